"""From what is configured to rooms: aliases looked up, spaces opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from adapters.matrix.native import Json, identifier, mapping, sequence, words
from adapters.matrix.server import Denied, Server
from adapters.matrix.settings import MatrixPlaces

# A room's identifier, and servers that know the room.
Via = dict[str, tuple[str, ...]]
_PAGES = 40


@dataclass(frozen=True, slots=True)
class Place:
    """A room of a community. `office`: facilitators are written to there. `via`: servers that know it."""

    community: str
    main: bool = False
    office: bool = False
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """`rooms` and `spaces`: by identifier, spaces with the servers that know them. `missing`: what leads
    nowhere, with the reason. `incomplete`: the communities of which something is missing."""

    rooms: Mapping[str, Place]
    spaces: Mapping[str, tuple[str, ...]]
    missing: Mapping[str, str]
    incomplete: frozenset[str] = frozenset()


async def find(server: Server, places: Iterable[MatrixPlaces], moved: Mapping[str, str] = {}) -> Found:
    """`moved`: rooms that others have replaced. Raises TryLater or TokenRefused, never Denied: one place that cannot
    be had keeps us from no other."""
    rooms: dict[str, Place] = {}
    spaces: dict[str, tuple[str, ...]] = {}
    all_missing: dict[str, str] = {}
    incomplete: set[str] = set()
    for place in places:
        found: Via = {}
        missing: dict[str, str] = {}
        main = await _look_up(server, place.main, found, missing, moved)
        named = [await _look_up(server, name, found, missing, moved) for name in place.rooms]
        office = await _look_up(server, place.office, found, missing, moved)
        main = main or next((room for room in named if room not in ("", office)), "")
        if place.space:
            itself: Via = {}
            if space := await _look_up(server, place.space, itself, missing, moved):
                spaces |= itself
                try:
                    listed = await children(server, space)
                    inside = {latest(room, moved): via for room, via in listed.items()}
                except Denied as denied:
                    missing[place.space], inside = denied.reason, {}
                main = main or next((room for room in inside if room != office), "")
                found = inside | found
        for room, via in found.items():
            rooms.setdefault(room, Place(place.slug, main=room == main, office=room == office, via=via))
        all_missing |= missing
        incomplete |= {place.slug} if missing else set()
    return Found(rooms, spaces, all_missing, frozenset(incomplete))


def latest(room: str, moved: Mapping[str, str]) -> str:
    """The room that stands for it by now. Each replaced one was replaced once, but by whom it pleased them."""
    seen = {room}
    while (next_ := moved.get(room, "")) and next_ not in seen:
        room = next_
        seen.add(room)
    return room


async def _look_up(
    server: Server, named: str, found: Via, missing: dict[str, str], moved: Mapping[str, str]
) -> str:
    """The room's identifier, "" if the alias leads nowhere."""
    room, servers = named, []
    if named.startswith("#"):
        try:
            answer = mapping(await server.get("directory", "room", named))
        except Denied as denied:
            missing[named] = denied.reason
            return ""
        room, servers = identifier(answer.get("room_id")), list(sequence(answer.get("servers")))
    room = latest(room, moved)
    if room:
        found[room] = _servers(servers)
    return room


def _servers(named: Sequence[object]) -> tuple[str, ...]:
    return tuple(s for s in map(words, named[:5]) if s)


async def children(server: Server, space: str) -> Via:
    """The rooms of the space in the order given to them. Spaces within it are passed over.

    Of a space we are not in, the server shows what it shows to everybody.
    """
    query = {"max_depth": "1", "limit": "500"}
    address = f"/_matrix/client/v1/rooms/{quote(space, safe='')}/hierarchy"
    described: list[Json] = []
    for _ in range(_PAGES):  # servers show some fifty rooms at a time
        shown = mapping(await server.request("GET", address, query=query))
        described += map(mapping, sequence(shown.get("rooms")))
        query["from"] = words(shown.get("next_batch"))
        if not query["from"]:
            break
    nested = {words(room.get("room_id")) for room in described if room.get("room_type") == "m.space"}
    itself = next((room for room in described if room.get("room_id") == space), {})
    listed = ordered(sequence(itself.get("children_state")))
    return {room: via for room, via in listed.items() if room not in nested}


def ordered(events: Sequence[object]) -> Via:
    """The children: those with an order first, then by age."""
    found: list[tuple[tuple[bool, str, float, str], tuple[str, ...]]] = []
    for event in map(mapping, events):
        content, room = mapping(event.get("content")), identifier(event.get("state_key"))
        if event.get("type") == "m.space.child" and room.startswith("!") and sequence(content.get("via")):
            found.append((_rank(event, content, room), _servers(sequence(content["via"]))))
    return {rank[-1]: via for rank, via in sorted(found)}


def _rank(event: Json, content: Json, room: str) -> tuple[bool, str, float, str]:
    order, at = content.get("order"), event.get("origin_server_ts")
    valid = isinstance(order, str) and len(order) <= 50 and order.isascii() and order.isprintable()
    return (not valid, str(order) if valid else "", at if isinstance(at, int | float) else 0.0, room)
