"""Which rooms are ours as time goes by: configured, put into a space, replaced by others, ours no more."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import structlog

from adapters.matrix import following, succession
from adapters.matrix import places as configured
from adapters.matrix.aside import Aside
from adapters.matrix.entering import Door
from adapters.matrix.inbound import PLATFORM
from adapters.matrix.memory import Known, Read
from adapters.matrix.native import identifier, mapping, sequence
from adapters.matrix.places import Found, Place
from adapters.matrix.reading import Reader
from adapters.matrix.server import Denied, Server
from adapters.matrix.settings import MatrixPlaces
from adapters.matrix.succession import Succession
from bot.chat.events import MemberLeft, RoomClosed, RoomOpened
from bot.ports import Clock, Intake, OurRoom, PlatformProblem

log = structlog.get_logger("matrix")

# No event tells that an alias leads elsewhere, nor what changed in a space that we are not in.
LOOK_EVERY = 600.0
# A room may have been replaced more than once while nobody listened.
_REPLACED_AT_MOST = 10


class Rooms:
    def __init__(
        self, server: Server, known: Known, reader: Reader, door: Door, aside: Aside, clock: Clock,
        places: Iterable[MatrixPlaces],
    ) -> None:  # fmt: skip
        self._server = server
        self._known = known
        self._reader = reader
        self._door = door
        self._aside = aside
        self._clock = clock
        self._places = tuple(places)
        self._told: set[str] = set()
        # Successors that could not be entered, and are not reported yet.
        self._lost: list[Succession] = []
        self._look_at = 0.0

    @property
    def news(self) -> bool:
        """Whether there is something to tell that no answer of the server will bring."""
        return bool(self._lost)

    # -- at the start --------------------------------------------------------------------------------------

    async def find(self) -> set[str]:
        """What is configured, as it is now. Returns the rooms that we are in."""
        await self._door.learn()
        await self._find()
        self._look_at = asyncio.get_running_loop().time() + LOOK_EVERY
        joined = await self._joined()
        if await self._enter(self._known.found.spaces, joined):
            # From within a space more of its rooms can be seen.
            await self._find()
        await self._catch_up(joined)
        for named, reason in self._known.found.missing.items():
            self._tell_once("place not found", named, reason)
        rooms = self._known.found.rooms
        await self._enter({room: place.via for room, place in rooms.items()}, joined)
        return joined

    async def compare(self, intake: Intake, since: str, joined: set[str]) -> Read:
        """What became of the rooms while nobody listened: those that are ours no more, those that are ours since."""
        ours = await intake.rooms(PLATFORM)
        self._stay(ours, joined)
        read = Read(since)
        for lost in self._lost:
            if lost.room in ours:
                read.events.append(lost.told(followed=False))
        self._lost.clear()
        await self._settle(read, ours, joined)
        for room in self._known.found.rooms:
            if room in joined and room not in read.rosters:
                await self._reader.open(read, room, since)
        return read

    def _stay(self, ours: Mapping[str, OurRoom], joined: set[str]) -> None:
        """What cannot be looked up just now, such as an alias that was removed, costs us no room that we have."""
        found = self._known.found
        kept = {
            room: Place(known.community, known.main, known.office) for room, known in ours.items()
            if known.community in found.incomplete and room in joined and room not in self._known.moved
        }  # fmt: skip
        self._known.found = replace(found, rooms={**kept, **found.rooms})

    async def _catch_up(self, joined: set[str]) -> None:
        """With rooms that were replaced while nobody listened, or are configured by what they were once."""
        looked_at: set[str] = set()
        for _ in range(_REPLACED_AT_MOST):
            found = self._known.found
            wanted: dict[str, Place | None] = {**dict.fromkeys(found.spaces), **found.rooms}
            fresh = [room for room in wanted if room in joined and room not in looked_at]
            if not fresh:
                return
            looked_at.update(fresh)
            for room in fresh:
                said = await succession.tombstone(self._server, room, wanted[room], self._clock.now())
                if said is not None:
                    await self._move_at_start(said, joined)
            await self._find()

    async def _move_at_start(self, said: Succession, joined: set[str]) -> None:
        if said.successor not in joined and await self._door.enter(said.successor, said.via):
            joined.add(said.successor)
        try:
            if await succession.predecessor(self._server, said.successor) == said.room:
                self._known.moved[said.room] = said.successor
                log.info("room followed", room=said.room, to=said.successor)
                return
        except Denied:
            self._known.expected[said.successor] = said
        self._known.given_up.add(said.room)
        self._lost.append(said)
        log.warning("room replaced, and not followed", room=said.room, to=said.successor)

    # -- while listening -----------------------------------------------------------------------------------

    async def settle(self, read: Read, intake: Intake) -> None:
        """What the batch changes about the rooms, and what is to be told with it."""
        for said in read.successions:
            await self._succeed(read, said)
        for said in self._lost:
            read.lose(said)
        now = asyncio.get_running_loop().time()
        if read.spaces_changed or now >= self._look_at:
            self._look_at = now + LOOK_EVERY
            try:
                await self._look_again(read)
            except PlatformProblem as problem:
                if read.spaces_changed:
                    raise
                log.info("places not looked up", reason=problem.reason)
        await self._who_left(read, intake)

    def kept(self, read: Read) -> None:
        """The batch is kept for good."""
        self._lost = [said for said in self._lost if said.room not in read.lost]
        if read.expected:
            self._aside.do("successors", self._follow)
        for room in read.strangers:
            self._aside.do("leaving", partial(self._door.leave, room))

    async def _succeed(self, read: Read, said: Succession) -> None:
        inside = said.successor in self._known.rosters or said.successor in await self._joined()
        if not inside:
            read.expected[said.successor] = said
        elif await succession.takes_place_of(self._server, said.successor, said.room):
            following.follow(read, self._known, said)
            if said.place is not None and said.successor not in {**self._known.rosters, **read.rosters}:
                await self._reader.open(read, said.successor, read.cursor)
        else:
            read.lose(said)

    async def _follow(self) -> None:
        """Into the successors, where we are let in. What comes then, the sync tells."""
        for successor, said in list(self._known.expected.items()):
            if said.room not in self._known.given_up and not await self._door.enter(successor, said.via):
                self._known.given_up.add(said.room)
                self._lost.append(said)
                log.warning("room replaced, and not followed", room=said.room, to=successor)

    async def _look_again(self, read: Read) -> None:
        """Rooms put into a space are ours from here on; where we are not yet, we go if allowed. Those taken out of
        it, and those whose alias leads elsewhere, are ours no more."""
        before, joined = self._known.found, await self._joined()
        after = await configured.find(self._server, self._places, self._known.moved)
        # Where something cannot be looked up just now, such as a space that we were put out of, nothing is dropped.
        stays = {room: place for room, place in before.rooms.items() if place.community in after.incomplete}
        awaited = {s.room for s in self._known.expected.values()} | {s.room for s in read.expected.values()}
        stays |= {room: place for room, place in before.rooms.items() if room in awaited}
        gone = self._known.given_up | read.lost
        rooms = {r: p for r, p in {**stays, **after.rooms}.items() if r not in gone}
        spaces = {**before.spaces, **after.spaces}
        self._known.found = Found(rooms, spaces, after.missing, after.incomplete)
        known = {room: place for room, place in before.rooms.items() if room in self._known.rosters}
        await self._settle(read, known, joined)
        missing = {}
        for room, place in self._known.found.rooms.items():
            if room not in joined:
                missing[room] = place.via
            elif room not in self._known.rosters and room not in read.rosters:
                await self._reader.open(read, room, read.cursor)

        async def enter_them() -> None:
            await self._enter(missing, set())

        if missing:
            self._aside.do("new rooms", enter_them)

    async def _settle(self, read: Read, ours: Mapping[str, object], joined: set[str]) -> None:
        """Of the rooms that were ours, those that are found no more: closed, unless another says that it takes their
        place."""
        found = self._known.found.rooms
        replaced = {event.room for event in read.events if event.kind == "room_replaced"}
        gone = [room for room in ours if room not in found and room not in replaced]
        if not gone:
            return
        now = self._clock.now()
        moved = self._known.moved
        followed = {room: configured.latest(room, moved) for room in gone if room in moved}
        for room in found:
            if room in joined and room not in ours:
                with contextlib.suppress(Denied):
                    followed[await succession.predecessor(self._server, room)] = room
        for room in gone:
            if room in followed:
                event = succession.unnamed(room, followed[room])
                said = Succession(room, followed[room], event, self._server.account, now)
                read.events.append(said.told(followed=True))
            else:
                log.info("room ours no more", room=room)
                read.events.append(
                    RoomClosed(
                        id=f"{room}/closed/{read.cursor}", platform=PLATFORM, room=room,
                        person=self._server.account, at=now,
                    )
                )  # fmt: skip
            read.rosters[room] = None

    async def _who_left(self, read: Read, intake: Intake) -> None:
        """Of a room that we come back to: nobody told us who left it meanwhile."""
        back = [e for e in read.events if isinstance(e, RoomOpened) and e.room not in self._known.rosters]
        followed = {e.successor for e in read.events if e.kind == "room_replaced"}
        for opened in back:
            if opened.room in followed:
                continue  # who did not come yet has not left
            there = {someone.person for someone in opened.members}
            for person in sorted(await intake.members(PLATFORM, opened.room) - there):
                if person not in (read.rosters.get(opened.room) or {}):
                    read.events.append(
                        MemberLeft(
                            id=f"{opened.id}/{person}", platform=PLATFORM, room=opened.room, person=person,
                            at=opened.at,
                        )
                    )  # fmt: skip

    # ------------------------------------------------------------------------------------------------------

    async def _find(self) -> None:
        found = await configured.find(self._server, self._places, self._known.moved)
        rooms = {room: place for room, place in found.rooms.items() if room not in self._known.given_up}
        self._known.found = replace(found, rooms=rooms)

    async def _joined(self) -> set[str]:
        answer = mapping(await self._server.get("joined_rooms"))
        return {room for room in map(identifier, sequence(answer.get("joined_rooms"))) if room}

    async def _enter(self, wanted: Mapping[str, Sequence[str]], joined: set[str]) -> bool:
        """Whether one was entered, which is added to `joined`. Being invited is enough, and so is a room open to all,
        or to those of a space."""
        any_entered = False
        for room, via in wanted.items():
            if room not in joined:
                if await self._door.enter(room, via):
                    joined.add(room)
                    self._known.entered.add(room)
                    any_entered = True
                elif room not in self._door.knocked:
                    self._tell_once("room not joined: an invitation is needed", room, "")
        return any_entered

    def _tell_once(self, what: str, room: str, reason: str) -> None:
        if room not in self._told:
            self._told.add(room)
            log.warning(what, room=room, reason=reason)
