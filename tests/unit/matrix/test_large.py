"""Thousands of members and events: others get their turn meanwhile, and what is remembered is bounded."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from typing import Any, TypeVar, cast

from adapters.matrix.outbound import Outbound
from adapters.matrix.places import Found, Place
from adapters.matrix.server import Server
from bot.chat.content import Paragraph, Text, message
from bot.chat.events import MessagePosted, RoomOpened
from tests.unit.matrix.test_reading import ANA, ME, ROOM, joined, member, reader, said

Result = TypeVar("Result")
MANY = 10_000
SIDE = "!side:x"


async def turns_during(work: Awaitable[Result]) -> tuple[Result, int]:
    """How often others got their turn."""
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    ticking = asyncio.create_task(others())
    try:
        return await work, turns
    finally:
        ticking.cancel()


async def test_ten_thousand_members() -> None:
    people = [member(f"@p{n}:x", "join", f"$j{n}", displayname=f"Person {n}") for n in range(MANY)]
    mine = member(ME, "join", "$me")
    answer = joined(state=[mine, *people])
    answer["rooms"]["join"][SIDE] = joined(state=[mine, *people[:50]])["rooms"]["join"][ROOM]
    reading, known = reader(rosters=False)
    known.found = Found({ROOM: Place("potters", main=True), SIDE: Place("potters")}, {}, {})
    read, turns = await turns_during(reading.read(answer, ""))
    hall, side = (event for event in read.events if isinstance(event, RoomOpened))
    assert (len(hall.members), len(side.members)) == (MANY, 50)
    assert turns >= MANY / 250
    read.keep(known)
    # Whoever is in many rooms is held in memory once.
    here = {person: person for person in known.rosters[ROOM]}
    assert all(here[person] is person for person in known.rosters[SIDE])


async def test_ten_thousand_messages() -> None:
    reading, _ = reader()
    read, turns = await turns_during(reading.read(joined(*(said(f"{n}", f"$m{n}") for n in range(MANY))), "s1"))
    assert [e.text for e in read.events if isinstance(e, MessagePosted)] == [str(n) for n in range(MANY)]
    assert turns >= MANY / 250


class Serving:
    """A server with as many rooms as are asked for."""

    account = ME

    async def get(self, *parts: str, query: Any = None, timeout: float = 0) -> Any:
        return {"sender": ANA, "content": {}}

    async def put(self, *parts: str, body: Mapping[str, Any]) -> Any:
        return {"event_id": "$said"}

    async def finished(self, work: asyncio.Future[Any]) -> Any:
        return await work


async def test_what_is_remembered_of_rooms_is_bounded() -> None:
    outbound = Outbound(cast(Server, Serving()))
    for number in range(2000):
        await outbound.create_event(f"!r{number}:x")
        outbound.encrypted[f"!r{number}:x"] = False
        await outbound.post(f"!r{number}:x", message(Paragraph((Text("."),))), key=f"k{number}")
    assert len(outbound._creates) <= 500
    assert len(outbound._authors) <= 500
    assert len(outbound._queues) == 0
