"""Rooms that others replace: where the old one says so, and the new one says that it takes its place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from adapters.matrix.inbound import PLATFORM
from adapters.matrix.native import Json, identifier, instant, mapping, words
from adapters.matrix.places import Place
from adapters.matrix.server import Denied, Server
from bot.chat.events import RoomReplaced

TOMBSTONE = "m.room.tombstone"


@dataclass(frozen=True, slots=True)
class Succession:
    """`room` is to be replaced by `successor`. `place`: what the room is to us, None for a space. `via`: servers that
    know the successor, whose identifier no longer names one."""

    room: str
    successor: str
    event: str
    person: str
    at: datetime
    via: tuple[str, ...] = ()
    place: Place | None = None

    def told(self, *, followed: bool) -> RoomReplaced:
        return RoomReplaced(
            id=f"{self.event}/{'followed' if followed else 'lost'}", platform=PLATFORM, room=self.room,
            person=self.person, at=self.at, successor=self.successor, followed=followed,
        )  # fmt: skip


def told_by(events: Iterable[Json], room: str, place: Place | None, now: datetime) -> Succession | None:
    """The last that these events say of the room, if they say which one replaces it."""
    said = None
    for event in events:
        if event.get("type") == TOMBSTONE and event.get("state_key") == "":
            said = event
    successor = identifier(mapping(mapping(said).get("content")).get("replacement_room"))
    if said is None or not successor.startswith("!") or successor == room:
        return None
    person = identifier(said.get("sender"))
    server = person.partition(":")[2]
    return Succession(
        room, successor, identifier(said.get("event_id")) or unnamed(room, successor), person,
        instant(said.get("origin_server_ts"), now) or now, (server,) if server else (), place,
    )  # fmt: skip


def unnamed(room: str, successor: str) -> str:
    """An identifier where no event gives one."""
    return hashlib.sha256(f"{room} {successor}".encode()).hexdigest()[:32]


async def tombstone(server: Server, room: str, place: Place | None, now: datetime) -> Succession | None:
    """What the room says now."""
    query = {"format": "event"}
    try:
        event = mapping(await server.get("rooms", room, "state", TOMBSTONE, "", query=query))
    except Denied:
        return None
    if "content" not in event:  # a server that does not know the format
        event = {"content": event}
    return told_by([{**event, "type": TOMBSTONE, "state_key": ""}], room, place, now)


async def predecessor(server: Server, room: str) -> str:
    """The room whose place this one takes, by its own word. Raises Denied where we are not in there."""
    create = mapping(await server.get("rooms", room, "state", "m.room.create", ""))
    return words(mapping(create.get("predecessor")).get("room_id"))


async def takes_place_of(server: Server, room: str, other: str) -> bool:
    """False, too, where we are not in there any more."""
    try:
        return await predecessor(server, room) == other
    except Denied:
        return False
