"""What a sync left out: the messages of a gap, and who is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import structlog

from adapters.matrix.inbound import membership
from adapters.matrix.native import Json, events, identifier, localpart, mapping, name, words
from adapters.matrix.server import Denied, Server
from bot.ports import NotNow, TryLater

log = structlog.get_logger("matrix")

PAGE = 500
# With the listening's patience between them, some ten minutes.
MOST_TRIES = 14


class Gaps:
    """One that the server fails at, although it answers all else, is given up at last: what comes after it must not
    wait for ever."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._failed: Counter[tuple[str, str]] = Counter()

    async def whole(
        self, room: str, part: Json, state: Sequence[Any], timeline: Sequence[Any], since: str, until: object = ""
    ) -> Sequence[Any]:
        """The timeline without its gap. Changes of membership that not even the gap's messages show stand in
        the state."""
        shown = mapping(part.get("timeline"))
        newest = words(shown.get("prev_batch"))
        if shown.get("limited") is not True or not newest:
            return timeline if not state else [*_unseen(state, timeline), *timeline]
        missed = await self._filled(room, newest, since, words(until))
        if missed:
            log.info("gap filled", room=room, events=len(missed))
        return [*_unseen(state, [*missed, *timeline]), *missed, *timeline]

    async def _filled(self, room: str, newest: str, oldest: str, until: str) -> list[Any]:
        try:
            found = await gap(self._server, room, newest, oldest, until)
        except NotNow:
            raise
        except TryLater as trouble:
            self._failed[room, oldest] += 1
            if self._failed[room, oldest] < MOST_TRIES:
                raise
            log.error("gap given up", room=room, reason=trouble.reason)
            found = []
        self._failed.pop((room, oldest), None)
        return found


def _unseen(state: Sequence[Any], events: Sequence[Any]) -> list[Any]:
    seen = {mapping(event).get("event_id") for event in events}
    return [
        e for e in state
        if mapping(e).get("type") == "m.room.member" and mapping(e).get("event_id") not in seen
    ]  # fmt: skip


async def gap(server: Server, room: str, newest: str, oldest: str, until: str = "") -> list[Any]:
    """What lies between the two places of the timeline, oldest first; not beyond the event `until`."""
    found: list[Any] = []
    token = newest
    while token:
        query = {"dir": "b", "limit": str(PAGE), "from": token}
        if oldest:
            query["to"] = oldest
        try:
            answer = mapping(await server.get("rooms", room, "messages", query=query, timeout=60))
        except Denied as denied:
            log.warning("gap not readable", room=room, reason=denied.reason)
            break
        page = events(answer.get("chunk"))
        found += page
        if until and any(mapping(event).get("event_id") == until for event in page):
            found = found[: next(i for i, e in enumerate(found) if mapping(e).get("event_id") == until)]
            break
        reached = words(answer.get("end"))
        token = reached if reached != token else ""
    return found[::-1]


async def members(server: Server, room: str, at: str) -> dict[str, Json]:
    """The membership event of everybody who was in the room at that place of the stream.

    Raises Denied where we were not in the room then.
    """
    query = {"membership": "join", "at": at}
    answer = mapping(await server.get("rooms", room, "members", query=query, timeout=60))
    joined = events(answer.get("chunk"))
    return {p: e for e in joined if membership(e) == "join" and (p := identifier(e.get("state_key")))}


async def names_now(server: Server, room: str) -> dict[str, str]:
    """Who is in the room now, and how they are called."""
    answer = mapping(await server.get("rooms", room, "joined_members", timeout=60))
    return {
        person: name(mapping(profile).get("display_name")) or localpart(person)
        for person, profile in mapping(answer.get("joined")).items()
        if identifier(person)
    }


async def member_event(server: Server, room: str, person: str) -> Json:
    """The last membership event of that person, empty where the server shows none."""
    try:
        return mapping(
            await server.get("rooms", room, "state", "m.room.member", person, query={"format": "event"})
        )
    except Denied:
        return {}


async def room_name(server: Server, room: str) -> str:
    try:
        content = mapping(await server.get("rooms", room, "state", "m.room.name", ""))
    except Denied:
        return ""
    return words(content.get("name"), 200)
