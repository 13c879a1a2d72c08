"""Taking in what happened: the log's rows, what is to be handled, and the place reached, in one commit.

Most messages are only counted. What must be answered lies in the inbox first, so that a kill loses nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from random import Random
from typing import NamedTuple

from pydantic import ValidationError

from bot import people
from bot.chat.content import Choice
from bot.chat.events import (
    EVENT,
    Asked,
    Event,
    GatheringChanged,
    InterestShown,
    MemberJoined,
    MemberLeft,
    MemberRenamed,
    MessagePosted,
    MessageRemoved,
    MessageUnread,
    PollEnded,
    PollVoted,
    ReactionAdded,
    RoomClosed,
    VoiceEntered,
    trace_of,
)
from bot.commands import calls
from bot.doubt import undecided
from bot.fallbacks import chosen
from bot.logs import report
from bot.model.activity import Activity, ActivityKind, Entry
from bot.model.community import Community, Person, Room, draw_pseudonym
from bot.model.flow import Inbox, Outbox
from bot.model.poll import PollVote
from bot.model.session import RsvpSign
from bot.opening import fields_of, settle
from bot.ports import Batch, Clock, OneOf, Store, StoreTrouble, Unit
from bot.recalling import Recalling, keep_place
from bot.turns import UnderWay

AT_ONCE = 2000
"""Events taken in without anybody else getting a turn."""


def new_person(community_id: int, event: Event, name: str, random: Random) -> Person:
    return Person(
        community_id=community_id,
        platform=event.platform,
        external=event.person,
        name=name,
        pseudonym=draw_pseudonym(random),
    )


class StoredIntake(Recalling):
    """`heard` is called with what is to be handled, once it lies in the inbox. `under_way`: what is being said, and
    may be clicked before it is known to have been."""

    def __init__(
        self, store: Store, clock: Clock, random: Random, heard: Callable[[Sequence[Inbox]], None],
        under_way: UnderWay | None = None,
    ) -> None:  # fmt: skip
        super().__init__(store, clock)
        self._under_way = under_way or UnderWay()
        self._random = random
        self._heard = heard

    async def take(self, account: str, batch: Batch) -> None:
        for event in batch.events:
            if isinstance(event, ReactionAdded):
                await self._under_way.marked(event.platform, event.room, event.person)
        try:
            await self._take(account, batch)
        except StoreTrouble:
            raise
        except Exception as fault:  # noqa: BLE001  one event must not keep out all others, for ever
            report(fault, f"batch of {account}")
            await self._take_each(account, batch)

    async def _take_each(self, account: str, batch: Batch) -> None:
        """The place moves on once all were tried, and what was taken in by then is known when it comes again."""
        for event in batch.events:
            try:
                await self._take(account, Batch([event], ""))
            except StoreTrouble:
                raise
            except Exception as fault:  # noqa: BLE001  as above
                report(fault, f"{event.platform}:{event.id}")
        await self._take(account, Batch((), batch.cursor))

    async def _take(self, account: str, batch: Batch) -> None:
        async with self._store.unit() as unit:
            taking = _Taking(unit, self._clock, self._random)
            laid = await taking.take(batch.events)
            if batch.cursor:
                await keep_place(unit, account, batch.cursor)
            if laid:
                unit.after_commit(lambda: self._heard(laid))


class _Place(NamedTuple):
    """A room that is ours. `prefix`: of its community."""

    id: int
    community_id: int
    prefix: str


class _Ours(NamedTuple):
    """`offered`: of the messages clicked under, what there is to choose. `doubted`: those that may turn out to be ours.
    `meant`: of what was taken back, what meant something here."""

    offered: dict[str, tuple[Choice, ...]]
    doubted: set[str]
    meant: set[str]

    def chooses(self, event: Event) -> bool:
        """Whether it is a click, or may be: counted as what it chooses, and not as a sign left on a message besides."""
        return isinstance(event, ReactionAdded) and (
            event.message in self.doubted
            or chosen(self.offered.get(event.message, ()), emoji=event.emoji) is not None
        )


class _Taking:
    """One batch. Busy servers say thousands of things a second: what is only counted is looked up together, and no
    object of the model is made for it."""

    def __init__(self, unit: Unit, clock: Clock, random: Random) -> None:
        self._unit = unit
        self._clock = clock
        self._random = random
        # What stands for someone in the log, "" for who is not to be in it.
        self._pseudonyms: dict[tuple[int, str, str], str] = {}

    async def take(self, events: Sequence[Event]) -> list[Inbox]:
        """What is to be handled, as it lies in the inbox."""
        unit = self._unit
        events, told = await settle(unit, events, self._random)
        places = await self._places({e.room for e in events})
        ours = await self._ours(events)
        await self._meet(events, places)
        rows: dict[int, Entry] = {}
        to_handle: list[Event] = [*told]
        removed: dict[int | None, dict[str, int]] = {}  # by room, a message is taken back where it stands; and when
        for position, event in enumerate(events):
            if position % AT_ONCE == AT_ONCE - 1:
                await asyncio.sleep(0)
            place = places.get((event.platform, event.room))
            if place is not None:
                if isinstance(event, MessagePosted | ReactionAdded):
                    if not ours.chooses(event) and (row := self._row(event, place)):
                        rows[position] = row
                elif isinstance(event, MessageRemoved):
                    removed.setdefault(place.id, {})[event.message] = position
                if self._concerns_us(event, place.prefix, ours):
                    to_handle.append(event)
            elif getattr(event, "direct", False) and (
                # In private every word is for us; a reaction only where there was something to choose.
                self._concerns_us(event, "", ours)
                if isinstance(event, ReactionAdded | MessageRemoved)
                else True
            ):
                to_handle.append(event)
        for room_id, messages in removed.items():
            await unit.delete(Activity, room_id=room_id, event=OneOf(list(messages)))
        # A reaction may be put again after it was taken back.
        standing = [
            row for position, row in rows.items() if removed.get(row.room_id, {}).get(row.event, -1) < position
        ]
        for start in range(0, len(standing), AT_ONCE):
            await unit.record(standing[start : start + AT_ONCE])
        return await self._lay(to_handle) if to_handle else []

    async def _lay(self, events: Sequence[Event]) -> list[Inbox]:
        """In the inbox, each once."""
        by_key = {f"{e.platform}:{e.id}": e for e in reversed(events)}
        known = {key for (key,) in await self._unit.only(Inbox, "key", key=OneOf(list(by_key)))}
        now = self._clock.now()
        rows = [
            Inbox(key=key, platform=e.platform, room=e.room, event=EVENT.dump_json(e).decode(), at=now)
            for key, e in reversed(by_key.items())
            if key not in known
        ]
        await self._unit.add(*rows)
        return rows

    async def _places(self, names: set[str]) -> dict[tuple[str, str], _Place]:
        rooms = await self._unit.only(
            Room, "platform", "external", "id", "community_id", external=OneOf(sorted(names))
        )
        ids = OneOf(sorted({community_id for *_, community_id in rooms}))
        prefixes = {id: settings.prefix for id, settings in await self._unit.only(Community, "id", "settings", id=ids)}
        return {
            (platform, external): _Place(id, community_id, prefixes[community_id])
            for platform, external, id, community_id in rooms
        }

    async def _ours(self, events: Sequence[Event]) -> _Ours:
        clicked = sorted({e.message for e in events if isinstance(e, ReactionAdded)})
        undone = sorted({e.message for e in events if isinstance(e, MessageRemoved) and e.message})
        said = await self._unit.find(Outbox, message=OneOf(clicked)) if clicked else []
        known = {row.message for row in said}
        unknown = [e for e in events if isinstance(e, ReactionAdded) and e.message not in known]
        doubted = await undecided(self._unit, unknown, self._clock.now())
        meant = await self._meant(events, undone) if undone else set()
        return _Ours({row.message: row.choices for row in said if row.choices}, doubted, meant)

    async def _meant(self, events: Sequence[Event], undone: Sequence[str]) -> set[str]:
        """What stands for a vote or an answer, and what has yet to be handled: it may come to stand for one."""
        votes = await self._unit.find(PollVote, order="person_id", trace=OneOf(undone))
        answers = await self._unit.find(RsvpSign, trace=OneOf(undone))
        rooms = OneOf(sorted({e.room for e in events if isinstance(e, MessageRemoved)}))
        waiting = await self._unit.only(Inbox, "event", room=rooms, state="pending")
        to_come = {trace_of(e) for e in events}
        for held in (held for (held,) in waiting if any(trace in held for trace in undone)):
            with suppress(ValidationError):  # the router sets it aside
                to_come.add(trace_of(EVENT.validate_json(held)))
        return {vote.trace for vote in votes} | {sign.trace for sign in answers} | (to_come & set(undone))

    async def _meet(self, events: Sequence[Event], places: dict[tuple[str, str], _Place]) -> None:
        """Everyone who did something in this batch, in one question to the database rather than one each. Who is
        not known yet is from now on."""
        present: dict[tuple[int, str], dict[str, Event]] = {}
        for event in events:
            if isinstance(event, MessagePosted | ReactionAdded):
                place = places.get((event.platform, event.room))
                if place is not None:
                    present.setdefault((place.community_id, event.platform), {}).setdefault(event.person, event)
        for (community_id, platform), first in present.items():
            found = await people.fields(self._unit, community_id, platform, first, "pseudonym", "logged")
            known = {external: pseudonym if logged else "" for external, (pseudonym, logged) in found.items()}
            fresh = [
                new_person(community_id, event, getattr(event, "name", ""), self._random)
                for external, event in first.items()
                if external not in known
            ]
            await self._unit.add_rows(Person, [fields_of(person) for person in fresh])
            known |= {person.external: person.pseudonym for person in fresh}
            self._pseudonyms |= {(community_id, platform, external): who for external, who in known.items()}

    @staticmethod
    def _concerns_us(event: Event, prefix: str, ours: _Ours) -> bool:
        match event:
            case MessagePosted():
                # A prefix typed with nothing behind it is a call for help.
                return event.mentions_bot or (bool(event.text) and calls(event.text, prefix))
            case ReactionAdded():
                return event.message in ours.offered or event.message in ours.doubted
            case MessageRemoved():
                return event.message in ours.meant
            case Asked() | MessageUnread() | MemberJoined() | MemberLeft() | RoomClosed() | MemberRenamed():
                return True
            case GatheringChanged() | InterestShown() | PollVoted() | PollEnded() | VoiceEntered():
                return True
            case _:
                return False

    def _row(self, event: MessagePosted | ReactionAdded, place: _Place) -> Entry | None:
        """Joins and leaves are logged once it is known that they are that."""
        who = self._pseudonyms[place.community_id, event.platform, event.person]
        if not who:
            return None
        kind: ActivityKind
        if isinstance(event, ReactionAdded):
            answers, kind = event.message, "reaction"
        else:
            answers = event.answers or event.thread
            kind = "reply" if answers else "message"
        return Entry(place.community_id, place.id, who, event.at, kind, trace_of(event), answers)
