"""Taking in what happened: the log's rows, what is to be handled, and the place reached, in one commit.

Most messages are only counted. What must be answered lies in the inbox first, so that a kill loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from random import Random
from typing import Any

from bot import people
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
    PollVoted,
    ReactionAdded,
    RoomClosed,
    RoomOpened,
    Someone,
    VoiceEntered,
)
from bot.commands import after_prefix
from bot.model.activity import Activity, ActivityKind
from bot.model.community import Community, Person, Presence, Room, draw_pseudonym
from bot.model.flow import Cursor, Inbox, Outbox
from bot.model.poll import PollVote
from bot.model.session import GATHERING, Session, put_there
from bot.ports import AtLeast, Batch, Clock, OneOf, Other, Store, Unit
from bot.text import folded


def new_person(community_id: int, event: Event, name: str, random: Random) -> Person:
    return Person(
        community_id=community_id,
        platform=event.platform,
        external=event.person,
        name=name,
        pseudonym=draw_pseudonym(random),
    )


AT_ONCE = 1000
"""Members of a room taken in by one statement: a large room must not hold up all others."""


def fields_of(person: Person) -> dict[str, Any]:
    return {f.name: getattr(person, f.name) for f in fields(person) if f.name != "id"}


class StoredIntake:
    """`wake` is called when something lies in the inbox."""

    def __init__(self, store: Store, clock: Clock, random: Random, wake: Callable[[], None]) -> None:
        self._store = store
        self._clock = clock
        self._random = random
        self._wake = wake

    async def cursor(self, account: str) -> str:
        async with self._store.unit() as unit:
            found = await unit.one(Cursor, account=account)
            return found.value if found else ""

    async def members(self, platform: str, room: str) -> set[str]:
        async with self._store.unit() as unit:
            known = await unit.one(Room, platform=platform, external=room)
            here = await unit.find(Presence, room_id=known.id) if known else []
            there = await unit.find(Person, id=OneOf([p.person_id for p in here]))
            return await people.identifiers(unit, there, platform)

    async def gatherings(self, platform: str, room: str) -> set[str]:
        async with self._store.unit() as unit:
            held = await unit.find(
                Outbox, platform=platform, room=room, purpose=GATHERING, state="sent", message=Other("")
            )
            named = {row.message: found[0] for row in held if (found := put_there(row.key))}
            ids = OneOf(sorted(set(named.values())))
            sessions = await unit.find(Session, id=ids, state="planned", starts=AtLeast(self._clock.now()))
            coming = {session.id for session in sessions}
            return {gathering for gathering, id in named.items() if id in coming}

    async def take(self, account: str, batch: Batch) -> None:
        async with self._store.unit() as unit:
            taking = _Taking(unit, self._clock, self._random)
            to_handle = await taking.take(batch.events)
            cursor = await unit.one(Cursor, account=account)
            if cursor is None:
                await unit.add(Cursor(account=account, value=batch.cursor))
            else:
                cursor.value = batch.cursor
        if to_handle:
            self._wake()


class _Taking:
    """One batch."""

    def __init__(self, unit: Unit, clock: Clock, random: Random) -> None:
        self._unit = unit
        self._clock = clock
        self._random = random
        self._rows: list[Activity] = []
        self._people: dict[tuple[int, str, str], Person] = {}

    async def take(self, events: Sequence[Event]) -> bool:
        """Whether anything is to be handled."""
        unit = self._unit
        for event in events:
            if isinstance(event, RoomOpened):
                await self._open(event)
        names = {e.room for e in events}
        rooms = {(r.platform, r.external): r for r in await unit.find(Room, external=OneOf(sorted(names)))}
        communities = {
            c.id: c for c in await unit.find(Community, id=OneOf(sorted({r.community_id for r in rooms.values()})))
        }
        clicked = sorted({e.message for e in events if isinstance(e, ReactionAdded)})
        ours = {o.message for o in await unit.find(Outbox, message=OneOf(clicked)) if o.choices}
        undone = sorted({e.message for e in events if isinstance(e, MessageRemoved) and e.message})
        if undone:
            votes = await unit.find(PollVote, order="person_id", trace=OneOf(undone))
            ours |= {vote.trace for vote in votes}
        await self._meet(events, rooms)
        to_handle: list[Event] = []
        removed: list[tuple[int, str]] = []
        for event in events:
            room = rooms.get((event.platform, event.room))
            if room is not None:
                community = communities[room.community_id]
                await self._count(event, room)
                if isinstance(event, MessageRemoved):
                    removed.append((community.id, event.message))
                if self._concerns_us(event, community, ours):
                    to_handle.append(event)
            elif getattr(event, "direct", False) and (
                # In private every word is for us; a reaction only where there was something to choose.
                not isinstance(event, ReactionAdded) or event.message in ours
            ):
                to_handle.append(event)
        await unit.record(self._rows)
        for community_id, message in removed:
            await unit.delete(Activity, community_id=community_id, event=message)
        keys = [f"{e.platform}:{e.id}" for e in to_handle]
        known = {i.key for i in await unit.find(Inbox, key=OneOf(keys))} if keys else set()
        fresh = {k: e for k, e in zip(keys, to_handle, strict=True) if k not in known}
        await unit.add(*(self._to_handle(key, event) for key, event in fresh.items()))
        return bool(to_handle)

    def _to_handle(self, key: str, event: Event) -> Inbox:
        return Inbox(
            key=key, platform=event.platform, room=event.room, event=EVENT.dump_json(event).decode(),
            at=self._clock.now(),
        )  # fmt: skip

    async def _meet(self, events: Sequence[Event], rooms: dict[tuple[str, str], Room]) -> None:
        """Everyone who did something in this batch, in one question to the database rather than one each."""
        present: dict[tuple[int, str], set[str]] = {}
        for event in events:
            room = rooms.get((event.platform, event.room))
            if room and isinstance(event, MessagePosted | ReactionAdded):
                present.setdefault((room.community_id, event.platform), set()).add(event.person)
        for (community_id, platform), externals in present.items():
            found = await people.among(self._unit, community_id, platform, externals)
            self._people |= {(community_id, platform, external): p for external, p in found.items()}

    @staticmethod
    def _concerns_us(event: Event, community: Community, ours: set[str]) -> bool:
        match event:
            case MessagePosted():
                if event.mentions_bot or after_prefix(event.text, community.settings.prefix) is not None:
                    return True
                # A prefix typed with nothing behind it is a call for help.
                return folded(event.text) == folded(community.settings.prefix)
            case ReactionAdded() | MessageRemoved():
                return event.message in ours
            case Asked() | MemberJoined() | MemberLeft() | RoomClosed() | MemberRenamed():
                return True
            case GatheringChanged() | InterestShown() | PollVoted() | VoiceEntered():
                return True
            case _:
                return False

    async def _count(self, event: Event, room: Room) -> None:
        """The row of the activity log, if this kind of event makes one."""
        answers = ""
        kind: ActivityKind
        match event:
            case MessagePosted():
                answers = event.answers or event.thread
                kind = "reply" if answers else "message"
            case ReactionAdded():
                answers, kind = event.message, "reaction"
            case _:
                return  # joins and leaves are logged once it is known that they are that
        person = await self._person(event, room, getattr(event, "name", ""))
        if person.logged:
            self._rows.append(
                Activity(
                    community_id=room.community_id, room_id=room.id, who=person.pseudonym, at=event.at,
                    kind=kind, event=event.id, answers=answers,
                )
            )  # fmt: skip

    async def _person(self, event: Event, room: Room, name: str) -> Person:
        key = (room.community_id, event.platform, event.person)
        if key not in self._people:
            self._people[key] = new_person(room.community_id, event, name, self._random)
            await self._unit.add(self._people[key])
        return self._people[key]

    async def _open(self, event: RoomOpened) -> None:
        """A room is ours from now on; who is in it already is known, and is no newcomer."""
        unit = self._unit
        community = await unit.one(Community, slug=event.community)
        if community is None:
            return
        room = await unit.one(Room, platform=event.platform, external=event.room)
        first = room is None
        if room is None:
            room = Room(
                community_id=community.id, platform=event.platform, external=event.room, name=event.name,
                main=event.main,
            )  # fmt: skip
            await unit.add(room)
        room.open, room.main, room.office = True, event.main, event.office
        room.name = event.name or room.name
        if not event.members and not event.main:
            # Where being there is told by one room for all, it may have been another one before.
            await unit.delete(Presence, room_id=room.id)
        if not first and await unit.count(Presence, room_id=room.id):
            return  # back in a room known before: joins meanwhile are events of their own
        for start in range(0, len(event.members), AT_ONCE):
            await self._settle_in(event, community.id, room.id, event.members[start : start + AT_ONCE])

    async def _settle_in(
        self, event: RoomOpened, community_id: int, room_id: int, members: Sequence[Someone]
    ) -> None:
        """Who was there before us: known, present, and greeted by nobody."""
        here: dict[str, Any] = {"community_id": community_id, "platform": event.platform}
        names = [m.person for m in members]
        known = await people.among(self._unit, community_id, event.platform, names)
        fresh = [
            fields_of(Person(**here, external=m.person, name=m.name, pseudonym=draw_pseudonym(self._random)))
            for m in members
            if m.person not in known
        ]
        await self._unit.add_rows(Person, fresh)
        there = await people.among(self._unit, community_id, event.platform, names)
        rows = [{"room_id": room_id, "person_id": id} for id in sorted({p.id for p in there.values()})]
        await self._unit.add_rows(Presence, rows)
