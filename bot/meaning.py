"""What an event means: who did it, in which community, and what they want by it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from bot import forms, people
from bot.chat.content import Choice
from bot.chat.events import (
    Asked,
    ButtonPressed,
    CommandUsed,
    Event,
    FormSubmitted,
    InterestShown,
    MemberJoined,
    MessagePosted,
    MessageUnread,
    PollEnded,
    PollVoted,
    ReactionAdded,
    VoiceEntered,
    trace_of,
)
from bot.chat.language import Language
from bot.commands import Call, Unknown, after_prefix, find
from bot.context import Where
from bot.conversing import may_answer
from bot.fallbacks import chosen
from bot.feature import Features
from bot.intake import new_person
from bot.model.community import Community, Person, Room
from bot.model.flow import Conversation, Outbox
from bot.ports import OneOf, Other, Unit


class Settled:
    """A button was pressed where there is nothing to choose any more."""


Meaning = Call | Unknown | Choice | Settled | Conversation | Event | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What an event means. `facilitators_only` says that the right must be asked of the platform first.
    `named`: the configuration gives it. `spoken`: the language in which the person uses the platform, if it told."""

    community: Community
    person: Person | None
    where: Where
    meaning: Meaning
    facilitators_only: bool
    level_room: str
    named: bool = False
    spoken: Language | None = None


# Leaving, or a new name, is not a reason to begin knowing someone.
BEGINS = MemberJoined | MessagePosted | MessageUnread | ReactionAdded | Asked | InterestShown | PollVoted | VoiceEntered


class Reader:
    def __init__(self, features: Features, random: Random) -> None:
        self._features = features
        self._random = random

    async def read(self, unit: Unit, event: Event, *, meets: bool = True) -> Reading | None:
        """None where nobody we know, or no community of ours, is concerned. `meets`: whoever does something for the
        first time is known from then on."""
        direct = bool(getattr(event, "direct", False))
        found = await self._who(unit, event, direct, meets)
        if found is None:
            return None
        community, person = found
        where = Where(
            event.platform, event.room, direct,
            event.id if isinstance(event, MessagePosted) else "", getattr(event, "thread", ""),
            trace_of(event) if isinstance(event, MessagePosted | ReactionAdded) else "",
            event.handle if isinstance(event, Asked) else "", event.person,
        )  # fmt: skip
        meaning = await self._meaning(unit, event, community, person, direct)
        # A member's own command waits for no platform to say what they may do.
        only = (isinstance(meaning, Call) and (meaning.command.facilitator or meaning.command.shows_more)) or (
            isinstance(meaning, Choice)
            and meaning.does in self._features.choices
            and self._features.choices[meaning.does].facilitator
        )
        asked = _form_of(meaning)
        if asked:
            form = self._features.forms.get(asked)
            only = form is not None and form.facilitator
        only |= isinstance(meaning, PollEnded)
        level_room = event.room
        if direct:
            main = await unit.one(
                Room, community_id=community.id, platform=event.platform, main=True, open=True
            )
            level_room = main.external if main else ""
        spoken = event.language if isinstance(event, Asked) else None
        named = False
        if only and person is not None:
            given = community.settings.facilitators
            named = person.id in await people.named(unit, community.id, given)
        return Reading(community, person, where, meaning, only, level_room, named, spoken)

    async def _who(
        self, unit: Unit, event: Event, direct: bool, meets: bool
    ) -> tuple[Community, Person | None] | None:
        if direct:
            known = await people.everywhere(unit, event.platform, event.person)
            person = await self._which(unit, event, [p for p in known if p.present] or known)
            community = await unit.get(Community, person.community_id) if person else None
            return (community, person) if community else None
        room = await unit.one(Room, platform=event.platform, external=event.room)
        community = await unit.get(Community, room.community_id) if room else None
        if community is None:
            return None
        person = await people.find(unit, community.id, event.platform, event.person)
        if person is None and isinstance(event, BEGINS):
            person = new_person(community.id, event, getattr(event, "name", ""), self._random)
            if meets:
                await unit.add(person)
        return community, person

    @staticmethod
    async def _which(unit: Unit, event: Event, members: list[Person]) -> Person | None:
        """A member of several communities speaks, in private, as a member of the one whose message they click,
        whose question they answer, or that last wrote to them."""
        if len(members) < 2:
            return members[0] if members else None
        if isinstance(event, ReactionAdded | ButtonPressed):
            last = await _said(unit, event)
        else:
            for person in members:
                if await _under_way(unit, person, event.platform):
                    return person
            last = await unit.one(Outbox, order="-id", platform=event.platform, room=event.room, state="sent")
        return next((p for p in members if last and p.community_id == last.community_id), members[0])

    async def _meaning(
        self, unit: Unit, event: Event, community: Community, person: Person | None, direct: bool
    ) -> Meaning:
        match event:
            case ReactionAdded() | ButtonPressed():
                row = await _said(unit, event)
                if row is None or row.community_id != community.id:
                    return Settled() if isinstance(event, ButtonPressed) else None
                if isinstance(event, ReactionAdded):
                    return chosen(row.choices, emoji=event.emoji)
                return row.choices[event.choice] if event.choice < len(row.choices) else Settled()
            case CommandUsed():
                command = self._features.commands.get(event.command)
                if command is None:
                    return Unknown(event.command, ())  # declared by another version
                return Call(command, tuple(event.values.get(f.name, "") for f in command.fields))
            case MessagePosted():
                prefix = community.settings.prefix
                called = after_prefix(event.text, prefix)
                if called is None and event.mentions_bot:
                    called = _without_mention(event.text)
                if called is None and direct:
                    return await self._in_private(unit, event, person)
                return None if called is None else find(called or "help", self._features)
            case _:
                return event

    async def _in_private(
        self, unit: Unit, event: MessagePosted, person: Person | None
    ) -> Call | Unknown | Choice | Conversation | None:
        """Bare words: the answer to a question, or to what could be chosen, or a command."""
        if person and (conversation := await _under_way(unit, person, event.platform)):
            called = find(event.text, self._features)
            if isinstance(called, Call) and not may_answer(self._features, conversation, event.text):
                return called
            return conversation
        last = await unit.one(
            Outbox, order="-id", platform=event.platform, room=event.room, state="sent",
            purpose=Other("choice"),
        )  # fmt: skip
        if last and (choice := chosen(last.choices, typed=event.text)):
            return choice
        return find(event.text, self._features)


async def _under_way(unit: Unit, person: Person, platform: str) -> Conversation | None:
    """The form they fill in, if it is on this side that it is asked."""
    conversation = await unit.one(Conversation, person_id=person.id, waiting_for=Other(""))
    return conversation if conversation and conversation.platform in ("", platform) else None


async def _said(unit: Unit, event: ReactionAdded | ButtonPressed) -> Outbox | None:
    """What was clicked, as it lies in the outbox."""
    if isinstance(event, ButtonPressed) and event.post:
        # Said a moment ago, it may not be known by the platform's identifier yet. A part of what was too long for one
        # message goes by the same key, and its number.
        whole = event.post.rpartition(".")[0]
        return await unit.one(Outbox, platform=event.platform, key=OneOf([event.post, whole]), order="-key")
    return await unit.one(Outbox, platform=event.platform, room=event.room, message=event.message)


def _form_of(meaning: Meaning) -> str:
    match meaning:
        case Conversation() | FormSubmitted():
            return meaning.form
        case Choice(does=forms.OPEN_AGAIN):
            return str(meaning.args.get("form", ""))
        case _:
            return ""


def _without_mention(text: str) -> str:
    """What follows "@veillee:" or "Veillée,": the first word is the name."""
    _, _, rest = text.strip().partition(" ")
    return rest.strip()
