"""From one answer of the sync to a batch of events, with whatever the answer left out fetched."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from sys import intern
from typing import TYPE_CHECKING, Any

import structlog

from adapters.matrix import arriving, following, history
from adapters.matrix.direct import MARKER
from adapters.matrix.inbound import OUT, PLATFORM, Me, Where, before, member_name, membership, said_in_clear, turned
from adapters.matrix.late import read_late
from adapters.matrix.memory import Known, Read, Roster
from adapters.matrix.native import Json, events, identifier, instant, mapping, words
from adapters.matrix.server import Denied, Server
from adapters.matrix.succession import TOMBSTONE
from bot.chat.events import MemberJoined, MemberLeft, RoomClosed, RoomOpened, Someone
from bot.ports import Clock, PlatformProblem

if TYPE_CHECKING:
    from adapters.matrix.crypto.encryption import Encryption

log = structlog.get_logger("matrix")


class Reader:
    def __init__(self, server: Server, clock: Clock, known: Known, encryption: Encryption | None = None) -> None:
        self._server = server
        self._gaps = history.Gaps(server)
        self._encryption = encryption
        self._clock = clock
        self._known = known
        self._me = server.account

    async def read(self, answer: Json, since: str) -> Read:
        """Events in order, room by room. Of a first sync, only which rooms there are: the rest is history."""
        read = Read(words(answer.get("next_batch")))
        if self._encryption:
            await read_late(read, self._encryption, self._known, self._clock, self._me)
        rooms = mapping(answer.get("rooms"))
        for room, part in mapping(rooms.get("join")).items():
            await self._passing(self._joined, read, words(room), mapping(part), since)
            await asyncio.sleep(0)  # others get their turn
        for room, part in mapping(rooms.get("leave")).items():
            await self._passing(self._left, read, words(room), mapping(part), since)
        for room, part in mapping(rooms.get("invite")).items():
            read.invitations[words(room)] = _events(mapping(part), "invite_state")
        for event in _events(answer, "account_data"):
            if mapping(event).get("type") == "m.direct":
                self._known.direct.listed(mapping(event).get("content"))
        return read

    async def _passing(
        self, one: Callable[[Read, str, Json, str], Awaitable[None]], read: Read, room: str, part: Json, since: str
    ) -> None:
        """A mistake of ours in one room costs what is new there, and not all that would ever come after it."""
        try:
            await one(read, room, part, since)
        except PlatformProblem:
            raise
        except Exception as fault:  # noqa: BLE001  whatever it is
            log.error("room passed over", room=room, type=type(fault).__name__)

    async def open(self, read: Read, room: str, at: str) -> bool:
        """A room of ours that we were in at that place of the stream. False if we were not."""
        try:
            there = await history.members(self._server, room, at)
            name = await history.room_name(self._server, room)
        except Denied:
            return False
        if self._me not in there:
            return False
        self._opened(read, room, await arriving.named(there), there[self._me], name)
        return True

    # -- rooms we are in -----------------------------------------------------------------------------------

    async def _joined(self, read: Read, room: str, part: Json, since: str) -> None:
        state, timeline = _events(part, "state"), _events(part, "timeline")
        # What bears no state key is a message of that kind, which anybody may write.
        changes = {event["type"] for event in (*state, *timeline) if "state_key" in event}
        if any(e["type"] == "m.room.encryption" and e.get("state_key") == "" for e in (*state, *timeline)):
            read.encrypted.add(room)
        if since and (said := self._known.expected.get(room)):
            await following.arrived(self._server, read, self._known, said)
        if since and TOMBSTONE in changes:
            following.replaced(read, self._known, room, (*state, *timeline), self._clock.now())
        if since and "m.room.canonical_alias" in changes:
            read.spaces_changed |= room in self._known.found.rooms or room in self._known.found.spaces
        if room in self._known.found.spaces:
            read.spaces_changed |= bool(since) and "m.space.child" in changes
        elif room in self._known.found.rooms:
            if room in self._known.rosters:
                events = await self._gaps.whole(room, part, state, timeline, since)
                await self._turn(read, room, events, self._known.rosters[room])
                if mapping(part.get("timeline")).get("limited") is True:
                    await self._compare(read, room)
            else:
                await self._newly_joined(read, room, part, state, timeline, since)
        elif since and (room in self._known.direct.rooms or self._is_direct(room, state, timeline)):
            # Who opens a private conversation writes before we have accepted: from our invitation on.
            mine = _last(timeline, lambda e: self._is_mine(e, "invite"))
            mine = self._own_join(timeline) if mine is None else mine
            if mine is not None:
                await self._turn(read, room, timeline[mine + 1 :], {}, direct=True)
            elif self._own_join(state) is not None:
                await self._turn(read, room, timeline, {}, direct=True)
            else:
                events = await self._gaps.whole(room, part, (), timeline, since)
                await self._turn(read, room, events, {}, direct=True)

    async def _newly_joined(
        self, read: Read, room: str, part: Json, state: Sequence[Any], timeline: Sequence[Any], since: str
    ) -> None:
        await asyncio.sleep(0)
        earlier: Sequence[Any] = ()
        if any(new == room and old in self._known.rosters for old, new in read.followed.items()):
            # What was said there before we came was said in one of ours: it goes on in this one from its beginning.
            timeline = await self._gaps.whole(room, part, (), timeline, "")
            earlier = [event for event in timeline[: self._own_join(timeline) or 0] if said_in_clear(event)]
        at = self._own_join(timeline)
        if not since and (at is None or room not in self._known.entered):
            at = len(timeline) - 1  # all of it is history, our arrival somewhere within
        live: Sequence[Any] = ()
        if at is not None:
            past, live = [*state, *timeline[: at + 1]], [*earlier, *timeline[at + 1 :]]
        elif (joined := self._own_join(state)) is not None:
            past = [*state]
            live = await self._gaps.whole(room, part, (), timeline, since, mapping(state[joined]).get("event_id"))
        elif await self.open(read, room, since):
            # In the room for long, and only now one of ours.
            await self._turn(read, room, timeline, read.rosters[room] or {})
            return
        else:
            return
        came = (e for e in live if membership(e) == "join" and before(e, _NOWHERE)[0] != "join")
        coming = {words(mapping(event).get("state_key")) for event in came}
        here = await arriving.found(past, coming, self._me)
        self._opened(read, room, here.roster, here.mine, here.name)
        await self._turn(read, room, live, here.roster)

    def _opened(self, read: Read, room: str, roster: Roster, mine: Json, name: str) -> None:
        place = self._known.found.rooms[room]
        now = self._clock.now()
        others = tuple(Someone(person, called) for person, called in roster.items() if person != self._me)
        inviter = identifier(mapping(mine.get("unsigned")).get("prev_sender"))
        read.rosters[room] = roster
        read.events.append(
            RoomOpened(
                id=identifier(mine.get("event_id")) or f"{room}/opened", platform=PLATFORM, room=room,
                person=inviter or self._me, at=instant(mine.get("origin_server_ts"), now) or now,
                community=place.community, name=name, main=place.main, office=place.office, members=others,
            )
        )  # fmt: skip

    async def _turn(
        self, read: Read, room: str, raws: Sequence[Any], roster: Roster, *, direct: bool = False
    ) -> None:
        """`roster`: the members before the first of the events."""
        theirs = self._known.direct.of(room) if direct else set()
        if theirs:
            raws = [raw for raw in raws if mapping(raw).get("sender") in theirs]
        if self._encryption:
            raws = await self._encryption.opened(room, raws)
        names = {p: self._known.name(p) for p in _senders(raws)} if direct else dict(roster)
        me = Me(self._me, names.get(self._me) or self._known.my_name)
        now = self._clock.now()
        async for raw in arriving.breathing(raws):
            event = turned(raw, Where(room, me, direct, names), now)
            if event is not None:
                read.events.append(event)
            if not direct and mapping(raw).get("type") == "m.room.member":
                person = identifier(mapping(raw).get("state_key"))
                if membership(raw) == "join" and person:
                    names[intern(person)] = intern(member_name(raw))
                elif membership(raw) in OUT:
                    names.pop(person, None)
        if not direct:
            read.rosters[room] = names

    # -- gaps ----------------------------------------------------------------------------------------------

    async def _compare(self, read: Read, room: str) -> None:
        """After a gap: who is there although we did not see them come, and who is not."""
        thought = read.rosters[room] or {}
        try:
            there = await history.names_now(self._server, room)
        except Denied:
            return  # put out meanwhile: the next sync says so
        now = self._clock.now()
        for person in sorted((set(there) ^ set(thought)) - {self._me}):
            event = await history.member_event(self._server, room, person)
            common: dict[str, Any] = {
                "id": identifier(event.get("event_id")) or f"{room}/{person}/{read.cursor}",
                "platform": PLATFORM, "room": room, "person": person,
                "at": instant(event.get("origin_server_ts"), now) or now,
            }  # fmt: skip
            read.events.append(
                MemberJoined(**common, name=there[person]) if person in there else MemberLeft(**common)
            )
        read.rosters[room] = there

    # -- rooms we are out of -------------------------------------------------------------------------------

    async def _left(self, read: Read, room: str, part: Json, since: str) -> None:
        read.left.add(room)
        timeline = _events(part, "timeline")
        if room not in self._known.found.rooms or not since:
            return
        if room in self._known.rosters:
            events = await self._gaps.whole(room, part, (), timeline, since)
            await self._turn(read, room, events, self._known.rosters[room])
        shown = (*_events(part, "state"), *timeline)
        mine = next((mapping(e) for e in reversed(shown) if self._is_mine(e, "leave", "ban")), {})
        if room not in self._known.rosters and before(mine, _NOWHERE)[0] != "join":
            return  # an invitation that we declined, or that was taken back
        now = self._clock.now()
        read.rosters[room] = None
        read.events.append(
            RoomClosed(
                id=identifier(mine.get("event_id")) or f"{room}/closed/{read.cursor}", platform=PLATFORM,
                room=room, person=identifier(mine.get("sender")) or self._me,
                at=instant(mine.get("origin_server_ts"), now) or now,
                put_out=identifier(mine.get("sender")) not in ("", self._me),
            )
        )  # fmt: skip

    # -- our own membership --------------------------------------------------------------------------------

    def _is_mine(self, raw: object, *memberships: str) -> bool:
        event = mapping(raw)
        return (
            event.get("type") == "m.room.member"
            and event.get("state_key") == self._me
            and membership(event) in memberships
        )

    def _own_join(self, events: Sequence[Any]) -> int | None:
        """Where we came in; a change of our own name is no arrival."""
        return _last(events, lambda e: self._is_mine(e, "join") and before(e, _NOWHERE)[0] != "join")

    def _is_direct(self, room: str, state: Sequence[Any], timeline: Sequence[Any]) -> bool:
        """Made by us for one person, or joined on an invitation to talk in private."""
        for event in map(mapping, (*state, *timeline)):
            content = mapping(event.get("content"))
            made = event.get("type") == "m.room.create" and MARKER in content
            ours = made and event.get("sender") == self._me
            if ours or (self._is_mine(event, "invite") and content.get("is_direct") is True):
                self._known.direct.rooms.add(room)
                return True
        return False


_NOWHERE = Where("", Me(""))


def _events(part: Json, name: str) -> Sequence[Any]:
    return events(mapping(part.get(name)).get("events"))


def _senders(raws: Sequence[Any]) -> set[str]:
    return {sender for raw in raws if (sender := identifier(mapping(raw).get("sender")))}


def _last(events: Sequence[Any], fits: Callable[[object], bool]) -> int | None:
    return next((i for i in range(len(events) - 1, -1, -1) if fits(events[i])), None)
