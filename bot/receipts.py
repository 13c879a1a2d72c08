"""What is kept once something was said or refused, in one unit of work: the platform's identifier, what can be chosen
there, and what whoever waits for it is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bot import people
from bot.carrying import Carried
from bot.chat.actions import (
    ACTION,
    Admit,
    CallRoll,
    ClosePoll,
    Direct,
    Discard,
    Edit,
    OpenForm,
    Pin,
    Post,
    React,
    Remove,
    Unsay,
)
from bot.chat.capabilities import Capabilities
from bot.chat.content import Choices
from bot.chat.events import EVENT, AdmissionRefused, NotSaid, PollClosed, RemovalRefused, RoomBarred, VoiceEntered
from bot.fallbacks import by_words, sign
from bot.model.community import Person, Room
from bot.model.flow import UNSAID, Inbox, Outbox
from bot.ports import Clock, Unit


class Receipts:
    """`heard` is called with what a platform answered, once it lies in the inbox."""

    def __init__(self, clock: Clock, heard: Callable[[Sequence[Inbox]], None]) -> None:
        self._clock = clock
        self._heard = heard

    async def said(self, unit: Unit, row: Outbox, done: Carried, *, clicked: bool) -> None:
        """`clicked`: what can be chosen is chosen by reactions."""
        self.decided(unit, row)
        kept = await unit.get(Outbox, row.id)
        if kept is None:
            return  # its author was erased meanwhile
        if done.alone:
            await people.found_open(unit, row.community_id, row.platform, row.person)
        for event in done.heard:
            await self._hear(unit, replace(event, id=f"{row.key}/{event.person}"))
        if _fleeting(row):
            unit.leave_no_trace()
        if _over(row, said=bool(done.message)):
            await unit.delete(Outbox, id=row.id)
            return
        kept.state, kept.room, kept.message, kept.native = "sent", done.room, done.message, done.native
        # What was said is not kept; what can be chosen is.
        kept.action, kept.sent_at = "", self._clock.now()
        if kept.choices and clicked:
            await self._offer(unit, kept, await self._offered(unit, row))
        await self._hear_of_poll(unit, row, done.votes)

    async def refused(self, unit: Unit, row: Outbox, reason: str, *, closed: bool) -> None:
        """It will never be said. `closed`: whoever it was for cannot be written to at all."""
        await self._give_up(unit, row, reason, closed=closed)
        self.decided(unit, row)
        await self._hear_of_poll(unit, row, None)
        await self._hear_of_door(unit, row)
        await self._hear_of_removal(unit, row)

    def decided(self, unit: Unit, row: Outbox) -> None:
        """Clicks under it may have been left until now."""
        if row.choices:
            unit.after_commit(lambda: self._heard(()))

    async def _hear_of_poll(
        self, unit: Unit, row: Outbox, votes: tuple[tuple[str, ...], ...] | None
    ) -> None:
        """A poll takes no more votes, or cannot be asked: kept together with that it was asked, so that whoever
        waits for it hears of it once."""
        action = ACTION.validate_json(row.action)
        if not isinstance(action, ClosePoll):
            return
        closed = PollClosed(
            id=f"{row.key}/closed", platform=row.platform, room=row.room, person="", at=self._clock.now(),
            post=action.post, votes=votes,
        )  # fmt: skip
        await self._hear(unit, closed)

    async def _hear_of_door(self, unit: Unit, row: Outbox) -> None:
        """Someone stands before a door that we cannot open: whoever can open it by hand must know."""
        action = ACTION.validate_json(row.action)
        if isinstance(action, Admit):
            refused = AdmissionRefused(
                id=f"{row.key}/refused", platform=row.platform, room=row.room, person=row.person,
                at=self._clock.now(), withdrawn=action.withdrawn,
            )  # fmt: skip
            await self._hear(unit, refused)

    async def _hear_of_removal(self, unit: Unit, row: Outbox) -> None:
        """It stays where it was said: whoever said it can take it away by hand."""
        action = ACTION.validate_json(row.action)
        if isinstance(action, Remove) and action.about:
            refused = RemovalRefused(
                id=f"{row.key}/refused", platform=row.platform, room=row.room, person=action.person,
                at=self._clock.now(), about=action.about,
            )  # fmt: skip
            await self._hear(unit, refused)

    async def barred(self, unit: Unit, row: Outbox) -> None:
        """We may not write there: whoever can see to it is told, once."""
        event = RoomBarred(
            id=f"{row.key}/barred", platform=row.platform, room=row.room, person="", at=self._clock.now()
        )
        if not await unit.count(Inbox, key=f"{event.platform}:{event.id}"):
            await self._hear(unit, event)

    async def unsaid(self, unit: Unit, row: Outbox) -> None:
        """Whoever facilitates is told that it never will be. Nobody is named whom it was for."""
        if row.purpose == UNSAID:
            return
        here: dict[str, Any] = {"community_id": row.community_id, "platform": row.platform}
        room = row.room or next((r.external for r in await unit.find(Room, **here, main=True, open=True)), "")
        event = NotSaid(
            id=f"{row.key}/unsaid", platform=row.platform, room=room, person="", at=row.at, private=bool(row.person)
        )
        await self._hear(unit, event)

    async def _hear(
        self, unit: Unit, event: PollClosed | AdmissionRefused | RemovalRefused | VoiceEntered | RoomBarred | NotSaid
    ) -> None:
        """As anything else that happened."""
        key, held = f"{event.platform}:{event.id}", EVENT.dump_json(event).decode()
        row = Inbox(key=key, platform=event.platform, room=event.room, event=held, at=event.at)
        await unit.add(row)
        unit.after_commit(lambda: self._heard([row]))

    @staticmethod
    async def _offered(unit: Unit, row: Outbox) -> set[str]:
        """The reactions that are there already, where this changes what was said before."""
        action = ACTION.validate_json(row.action)
        original = await unit.one(Outbox, key=action.post) if isinstance(action, Edit) else None
        return {sign(i, c) for i, c in enumerate(original.choices)} if original else set()

    @staticmethod
    async def _offer(unit: Unit, row: Outbox, offered: set[str]) -> None:
        """Reactions of our own under the message, for one click to be enough."""
        for position, choice in enumerate(row.choices):
            if sign(position, choice) in offered:
                continue
            react = React(message=row.message, emoji=sign(position, choice))
            await unit.add(
                Outbox(
                    key=f"{row.key}/{position}", community_id=row.community_id, platform=row.platform,
                    room=row.room, language=row.language, purpose="choice",
                    action=ACTION.dump_json(react).decode(), at=row.at,
                )
            )  # fmt: skip

    @staticmethod
    async def _give_up(unit: Unit, row: Outbox, reason: str, *, closed: bool) -> None:
        kept = await unit.get(Outbox, row.id)
        if kept is None:
            return
        if closed:
            # Not written to again until they write: a closed door is an answer.
            member = await people.find(unit, row.community_id, row.platform, row.person)
            await people.close_door(unit, row.platform, row.person)
            if member is not None and await _by_another_door(unit, kept, member):
                return
        if _fleeting(row):
            await unit.delete(Outbox, id=row.id)
            unit.leave_no_trace()
            return
        kept.state, kept.problem, kept.action = "failed", reason[:200], ""


async def _by_another_door(unit: Unit, row: Outbox, person: Person) -> bool:
    """What was for someone alone goes to another of their accounts, if one can be written to."""
    action = ACTION.validate_json(row.action)
    if not isinstance(action, Direct) or not person.reachable or person.platform == row.platform:
        return False
    said = await people.as_addressed(unit, row.community_id, replace(action, handle=""), person.platform)
    row.platform, row.person, row.tries = person.platform, person.external, 0
    row.action = ACTION.dump_json(said).decode()
    return True


def to_be_typed(row: Outbox, room: Capabilities) -> bool:
    """What it offers is not to be clicked there."""
    action = ACTION.validate_json(row.action)
    blocks = action.message.blocks if isinstance(action, Post | Direct) else ()
    return any(isinstance(block, Choices) and by_words(block, room) for block in blocks)


def _fleeting(row: Outbox) -> bool:
    """Nothing of what is said is kept. Read from the row as it was taken: kept rows lose their action."""
    action = ACTION.validate_json(row.action)
    if isinstance(action, Post | Direct | OpenForm):
        return action.fleeting
    return isinstance(action, Admit | Remove | Unsay | Discard)


def _over(row: Outbox, *, said: bool) -> bool:
    """Once it is done, not even that it was done is kept: but what can be chosen is."""
    action = ACTION.validate_json(row.action)
    if (isinstance(action, OpenForm) and not said) or isinstance(action, CallRoll | Pin):
        return True  # a sheet was handed over: what would have been said otherwise was not
    return _fleeting(row) and not row.choices
