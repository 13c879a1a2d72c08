"""The room where one person is spoken to alone: found again whatever happened in between, or made.

Making a room cannot be repeated without harm. The room itself therefore says for whom it was made, in the one
event that never changes, so that a room made just before a crash is found among those we are in.
"""

from __future__ import annotations

import asyncio
from weakref import WeakValueDictionary

import structlog

from adapters.matrix.native import identifier, mapping, sequence, words
from adapters.matrix.outbound import Outbound, outward
from adapters.matrix.server import Denied, Server
from bot.ports import DoorClosed, TryLater

log = structlog.get_logger("matrix")

MARKER = "veillee.direct"
NOT_TO_BE_INVITED = "M_INVITE_BLOCKED"
ENCRYPTED = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}


class DirectRooms:
    """`rooms`: all that are known to be direct."""

    def __init__(self, server: Server, outbound: Outbound) -> None:
        self.server = server
        self.rooms: set[str] = set()
        self._outbound = outbound
        self._by_person: dict[str, list[str]] = {}
        self._listing = asyncio.Lock()
        # Each for as long as somebody holds it or waits for it.
        self._making: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @outward
    async def room(self, person: str) -> str:
        async with self._making.setdefault(person, asyncio.Lock()):
            room = await self._room(person)
            await self._outbound.is_encrypted(room)  # what can be done there goes by it
            return room

    async def learn(self) -> None:
        """From the account's own list."""
        self.listed(await self._list())

    def listed(self, content: object) -> None:
        self._by_person = {
            words(person): [r for r in map(identifier, sequence(rooms)) if r]
            for person, rooms in mapping(content).items()
        }
        self.rooms.update(room for rooms in self._by_person.values() for room in rooms)

    async def recognise(self, rooms: set[str]) -> None:
        """Those of the rooms that we made for one person and did not come to list."""
        for room in sorted(rooms - self.rooms):
            if person := await self._made_for(room):
                await self.note(person, room)

    async def note(self, person: str, room: str) -> None:
        """List the room as direct, for ourselves and for every client of this account."""
        self.rooms.add(room)
        async with self._listing:
            content = await self._list()
            listed = list(sequence(content.get(person)))
            if listed[:1] != [room]:
                content[person] = [room, *(r for r in listed if r != room)]
                await self.server.put("user", self.server.account, "account_data", "m.direct", body=content)
            self.listed(content)

    def of(self, room: str) -> set[str]:
        """For whom the room is listed. Whoever else was brought into it is not spoken to in private there."""
        return {person for person, rooms in self._by_person.items() if room in rooms}

    def forget(self, room: str) -> None:
        self.rooms.discard(room)

    async def end(self, room: str) -> None:
        """Nothing can be said there any more: it is taken off the list, and left."""
        async with self._listing:
            listed = await self._list()
            kept = {p: [r for r in sequence(rooms) if r != room] for p, rooms in listed.items()}
            content = {person: rooms for person, rooms in kept.items() if rooms or not listed[person]}
            if content != listed:
                await self.server.put("user", self.server.account, "account_data", "m.direct", body=content)
            self.listed(content)
        self.forget(room)
        await self.server.post("rooms", room, "leave", body={})

    async def _list(self) -> dict[str, object]:
        try:
            return dict(mapping(await self.server.get("user", self.server.account, "account_data", "m.direct")))
        except Denied as denied:
            if denied.errcode == "M_NOT_FOUND":
                return {}
            raise

    # -- finding -------------------------------------------------------------------------------------------

    async def _room(self, person: str) -> str:
        if not self._by_person.get(person):
            await self.learn()
        candidates = list(self._by_person.get(person, ()))
        for room in candidates:
            if await self._usable(room, person):
                return room
        joined = await self.server.get("joined_rooms")
        mine = {identifier(room) for room in sequence(mapping(joined).get("joined_rooms"))}
        # Those that are listed for others need not be looked at, of which there may be thousands.
        others = {room for other, rooms in self._by_person.items() if other != person for room in rooms}
        for room in sorted(mine - {""} - others):
            if await self._made_for(room) != person:
                continue
            if room not in candidates:
                await self.note(person, room)
                if await self._usable(room, person):
                    return room
            if await self._others(room, person) or not await self._outbound.may_speak(room):
                continue
            await self._invite_again(room, person)
            return room
        return await self._make(person)

    async def _usable(self, room: str, person: str) -> bool:
        """The person is there or on their way, and nobody else is."""
        try:
            if await self._others(room, person) or not await self._outbound.may_speak(room):
                return False
            member = mapping(await self.server.get("rooms", room, "state", "m.room.member", person))
        except Denied:
            return False
        return member.get("membership") in {"join", "invite"}

    async def _others(self, room: str, person: str) -> bool:
        there = mapping(mapping(await self.server.get("rooms", room, "joined_members")).get("joined"))
        return bool(set(there) - {person, self.server.account})

    async def _made_for(self, room: str) -> str:
        """For whom we made the room, "" if it is another kind of room."""
        try:
            create = await self._outbound.create_event(room)
        except Denied:
            return ""
        ours = words(create.get("sender")) == self.server.account
        return words(mapping(create.get("content")).get(MARKER)) if ours else ""

    async def _invite_again(self, room: str, person: str) -> None:
        """Who left may have tidied up: they are asked once. Who declined is left in peace."""
        query = {"format": "event"}
        try:
            member = mapping(await self.server.get("rooms", room, "state", "m.room.member", person, query=query))
        except Denied as denied:
            if denied.errcode != "M_NOT_FOUND":
                raise
        else:
            before = mapping(mapping(member.get("unsigned")).get("prev_content")).get("membership")
            if mapping(member.get("content")).get("membership") != "leave" or before != "join":
                raise DoorClosed("left the direct room")
        try:
            await self.server.post("rooms", room, "invite", body={"user_id": person})
        except Denied as denied:
            # We made the room, and may invite: it is they who do not let us, or are no more.
            if denied.errcode in {"M_FORBIDDEN", NOT_TO_BE_INVITED}:
                raise DoorClosed(denied.reason) from None
            raise
        log.info("invited again", room=room)

    async def _reads_sealed(self, person: str) -> bool:
        """Whether they have a device that can. Whoever has none would be told nothing at all."""
        body = {"device_keys": {person: []}, "timeout": 10_000}
        answer = mapping(await self.server.post("keys", "query", body=body, timeout=60))
        return bool(mapping(mapping(answer.get("device_keys")).get(person)))

    async def _make(self, person: str) -> str:
        body: dict[str, object] = {
            "preset": "private_chat",
            "is_direct": True,
            "invite": [person],
            "creation_content": {MARKER: person},
        }
        if await self._outbound.seals() and await self._reads_sealed(person):
            body["initial_state"] = [ENCRYPTED]
        try:
            made = mapping(await self.server.post("createRoom", body=body, timeout=60))
        except Denied as denied:
            if denied.errcode == NOT_TO_BE_INVITED:
                raise DoorClosed(denied.reason) from None
            raise  # it may be that we make no rooms there, for whomever
        room = identifier(made.get("room_id"))
        if not room:
            raise TryLater("answered without a room")
        await self.note(person, room)
        return room
