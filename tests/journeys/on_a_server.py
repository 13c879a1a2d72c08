"""The gestures of a community as they are made on Discord: commands, buttons, sheets, its own polls and calendar."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from adapters.discord.client import DiscordPlatform
from adapters.discord.settings import DiscordPlaces, DiscordSettings
from bot.app import FEATURES
from bot.chat.commands import CommandShape
from bot.chat.events import (
    FormSubmitted,
    GatheringChanged,
    InterestShown,
    MemberJoined,
    MemberLeft,
    MessageRemoved,
    PollVoted,
    ReactionAdded,
    RoomOpened,
)
from bot.shapes import shapes
from tests.discord import forms
from tests.discord.channel import Channel
from tests.discord.double import Double
from tests.discord.guild import Guild
from tests.discord.interactions import Interaction
from tests.discord.member import Member
from tests.discord.state import Message, ScheduledEvent
from tests.journeys.life import SLUG, Hour
from tests.journeys.player import Lived, Player, is_called

SHAPES: dict[str, CommandShape] = {shape.id: shape for shape in shapes(FEATURES)}


class House:
    """A server. `members`: by name; the first facilitates and owns it."""

    def __init__(self, discord: Double, *names: str, facilitators: tuple[str, ...] = ()) -> None:
        self.discord = discord
        owner, *others = names
        self.guild: Guild = discord.guild("Le cercle", owner=owner)
        self.hall: Channel = self.guild.text("salon")
        self.role = self.guild.role("Animation", "manage_events")
        self.signed = self.guild.role("Membres")
        self.members: dict[str, Member] = {owner: self.guild.owner}
        for name in others:
            self.members[name] = self.guild.join(name)
        for name in facilitators or (owner,):
            self.members[name].give(self.role)

    def platform(self, hour: Hour) -> DiscordPlatform:
        settings = DiscordSettings.model_validate({"token": "token", "api": self.discord.url})
        places = DiscordPlaces(
            slug=SLUG, server=str(self.guild.id), main="salon", facilitators="Animation", members="Membres"
        )
        return DiscordPlatform(settings, [places], clock=hour, commands=tuple(SHAPES.values()))


class OnAServer(Player):
    def __init__(self, life: Lived, house: House) -> None:
        super().__init__(life)
        self.house = house
        self._said: dict[str, Message] = {}
        self._asked: dict[str, list[Interaction]] = {}

    async def opens(self) -> None:
        """Veillée comes in."""
        await self.life.heard(lambda e: isinstance(e, RoomOpened) and e.room == str(self.house.hall.id))

    async def arrives(self, who: str) -> None:
        before = await self._moment()
        member = self.house.members[who] = self.house.guild.join(who)
        await self.life.heard(lambda e: isinstance(e, MemberJoined) and e.person == member.id, after=before)

    async def leaves(self, who: str) -> None:
        before, member = await self._moment(), self.house.members[who]
        await member.leave()
        await self.life.heard(lambda e: isinstance(e, MemberLeft) and e.person == member.id, after=before)

    # -- in the room -------------------------------------------------------------------------------------------

    async def _say(self, who: str, words: str, **how: Any) -> None:
        before = await self._moment()
        said = self._said[words] = await self.house.members[who].say(self.house.hall, words, **how)
        await self._heard(str(said.id), before)

    async def says(self, who: str, words: str) -> None:
        await self._say(who, words)

    async def replies(self, who: str, to: str, words: str) -> None:
        await self._say(who, words, answers=self._said[to])

    async def reacts(self, who: str, to: str, emoji: str) -> None:
        before, member, message = await self._moment(), self.house.members[who], self._said[to]
        await member.react(message, emoji)
        await self.life.heard(
            lambda e: isinstance(e, ReactionAdded) and (e.person, e.message) == (member.id, str(message.id)),
            after=before,
        )

    async def takes_back(self, who: str, words: str) -> None:
        before, message = await self._moment(), self._said[words]
        await self.house.members[who].delete(message)
        await self.life.heard(
            lambda e: isinstance(e, MessageRemoved) and e.message == str(message.id), after=before
        )

    async def says_in_thread(self, who: str, theme: str, words: str) -> None:
        thread = self.shown(theme).thread
        assert thread is not None, f"{theme!r} has no thread"
        await self._say(who, words, thread=thread)

    async def asks_before_all(self, who: str, command: str) -> None:
        await self.asks(who, command)  # on Discord, before all or alone is the same

    # -- with Veillée alone ------------------------------------------------------------------------------------

    async def _ask(self, who: str, asked: Interaction, before: int) -> Interaction:
        self._asked.setdefault(who, []).append(asked)
        await self._heard(str(asked.id), before)
        return asked

    async def asks(self, who: str, command: str, *values: str) -> str:
        before, shape, member = await self._moment(), SHAPES[command], self.house.members[who]
        french = self.speaks.get(who, "fr") == "fr"
        member.user.locale = "fr" if french else "en-US"
        names = [field.name_fr if french else field.name_en for field in shape.fields]
        given: dict[str, Any] = {name: value for name, value in zip(names, values, strict=False) if value}
        path = " ".join(shape.path_fr if french else shape.path_en)
        asked = await self._ask(who, await member.slash(self.house.hall, path, **given), before)
        return asked.text

    async def clicks(self, who: str, label: str) -> None:
        await self._click(who, label)

    async def _click(self, who: str, label: str) -> Interaction:
        before, member = await self._moment(), self.house.members[who]
        answers = [message for asked in self._asked.get(who, []) for message in asked.messages]
        for message in sorted([*answers, *member.direct.from_bot], key=lambda m: m.id, reverse=True):
            for shown in message.labels:
                if is_called(shown, label):
                    return await self._ask(who, await member.click(message, shown), before)
        raise AssertionError(f"{who} is shown no {label!r}; there is {[m.labels for m in answers]}")

    async def writes(self, who: str, label: str, words: str) -> None:
        asked = await self._click(who, label)
        while asked.modal is None:  # too slow to be handed out: it is offered again
            asked = await self._click(who, self.words(who, "form-choice-open"))
        before, member = await self._moment(), self.house.members[who]
        (field,) = [label for label, field in forms.fields(asked.modal) if field["type"] == forms.LINE]
        filled = await member.submit(asked, {field: words})
        self._asked[who].append(filled)
        await self.life.heard(lambda e: isinstance(e, FormSubmitted) and e.id == str(filled.id), after=before)

    # -- what Veillée showed to all ----------------------------------------------------------------------------

    def shown(self, title: str, label: str = "") -> Message:
        for message in reversed(self.house.hall.from_bot):
            if title in message.content.split("\n")[0] and (not label or label in message.labels):
                return message
        raise AssertionError(f"no {label!r} under {title!r}: {self.house.hall.texts[-3:]}")

    async def clicks_under(self, who: str, title: str, label: str) -> None:
        before = await self._moment()
        await self._ask(who, await self.house.members[who].click(self.shown(title, label), label), before)

    def gathering(self, theme: str) -> ScheduledEvent:
        (found,) = [event for event in self.house.guild.events.values() if event.name == theme and event.live]
        return found

    async def is_interested(self, who: str, theme: str) -> None:
        before, member = await self._moment(), self.house.members[who]
        await member.interested(self.gathering(theme))
        await self.life.heard(lambda e: isinstance(e, InterestShown) and e.person == member.id, after=before)

    async def moves(self, who: str, theme: str, starts: datetime) -> None:
        await self._moment()  # to open the event's own form
        before, event = await self._moment(), self.gathering(theme)
        assert event.ends is not None
        ends = starts + (event.ends - event.starts)
        await self.house.members[who].move_event(event, starts=starts, ends=ends)
        await self.life.heard(lambda e: isinstance(e, GatheringChanged), after=before)

    def ballot(self, question: str) -> Message:
        (found,) = [m for m in self.house.hall.from_bot if m.poll and m.poll.question == question]
        return found

    async def votes(self, who: str, question: str, option: str) -> None:
        await self._vote(who, question, option)

    async def withdraws(self, who: str, question: str) -> None:
        await self._vote(who, question, "")

    async def _vote(self, who: str, question: str, option: str) -> None:
        before, member, ballot = await self._moment(), self.house.members[who], self.ballot(question)
        await (member.vote(ballot, option) if option else member.unvote(ballot))

        def fits(event: object) -> bool:
            return isinstance(event, PollVoted) and event.person == member.id and event.withdrawn is not bool(option)

        await self.life.heard(fits, after=before)
