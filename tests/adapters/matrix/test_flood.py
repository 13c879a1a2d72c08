"""More messages than the tests' homeserver can store: a stand-in that says what a flood looks like."""

from __future__ import annotations

import asyncio
import itertools
import time
from typing import Any

from aiohttp import web

from adapters.matrix.settings import MatrixPlaces
from bot.chat.events import MessagePosted
from bot.ports import Batch
from tests.adapters.matrix.conftest import Bot
from tests.synapse.homeserver import Account

ME, ROOM, MEMBERS = "@veillee:flood", "!hall:flood", 2000


def event(kind: str, content: dict[str, Any], id: str, sender: str, **rest: Any) -> dict[str, Any]:
    at = int(time.time() * 1000)
    return {"type": kind, "content": content, "event_id": id, "sender": sender, "origin_server_ts": at, **rest}


def joined(person: str) -> dict[str, Any]:
    content = {"membership": "join", "displayname": person[1:4]}
    return event("m.room.member", content, f"${person}", person, state_key=person)


class Flood:
    """Says `rate` messages a second for `seconds`, in one room of 2,000."""

    def __init__(self, rate: int, seconds: float) -> None:
        self.rate, self.total = rate, int(rate * seconds)
        self.said: list[tuple[float, dict[str, Any]]] = []
        self.began = 0.0
        people = [ME, *(f"@p{n}:flood" for n in range(MEMBERS))]
        self.state = [joined(person) for person in people]

    async def answer(self, request: web.Request) -> web.Response:
        path = request.path.removeprefix("/_matrix/client/v3")
        if path == "/account/whoami":
            return web.json_response({"user_id": ME, "device_id": "D"})
        if path == "/joined_rooms":
            return web.json_response({"joined_rooms": [ROOM]})
        if path == "/sync":
            return await self.sync(request.query.get("since", ""))
        return web.json_response({})

    async def sync(self, since: str) -> web.Response:
        if not since:
            part = {"state": {"events": self.state}, "timeline": {"events": []}}
            self.began = time.monotonic()
            return web.json_response({"next_batch": "0", "rooms": {"join": {ROOM: part}}})
        start = int(since)
        while True:
            due = min(int((time.monotonic() - self.began) * self.rate), self.total)
            if due > start:
                break
            await asyncio.sleep(0.002)
        for number in range(len(self.said), due):
            content = {"msgtype": "m.text", "body": f"words {number} " * 20, "m.mentions": {}}
            said = event("m.room.message", content, f"$m{number}", f"@p{number % MEMBERS}:flood")
            self.said.append((self.began + (number + 1) / self.rate, said))
        part = {"timeline": {"events": [said for _, said in self.said[start:due]], "limited": False}}
        return web.json_response({"next_batch": str(due), "rooms": {"join": {ROOM: part}}})


async def heard(rate: int, seconds: float, commit: float) -> tuple[list[float], float]:
    """The delays in which a bot took what was said, and the longest that the loop stood still."""
    flood = Flood(rate, seconds)
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", flood.answer)
    runner = web.AppRunner(application, shutdown_timeout=0.01, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    bot = Bot(f"http://127.0.0.1:{runner.addresses[0][1]}", Account(ME, "token", "D", ""))
    bot.places = [MatrixPlaces(slug="flood", rooms=(ROOM,))]
    delays: list[float] = []
    keep = bot.kept.take

    async def take(account: str, batch: Batch) -> None:
        await asyncio.sleep(commit)
        now = time.monotonic()
        await keep(account, batch)
        posted = (e for e in batch.events if isinstance(e, MessagePosted))
        delays.extend(now - flood.said[int(e.id[2:])][0] for e in posted)

    bot.kept.take = take  # type: ignore[method-assign]
    slowest = 0.0
    try:
        await bot.start()
        for _ in itertools.count():
            began = time.monotonic()
            await asyncio.sleep(0.005)
            slowest = max(slowest, time.monotonic() - began)
            if len(delays) >= flood.total or time.monotonic() - flood.began > 5 * seconds:
                break
    finally:
        await bot.close()
        await runner.cleanup()
    assert bot.kept.texts() == [said["content"]["body"] for _, said in flood.said]
    return sorted(delays), slowest


async def test_200_a_second_are_taken_at_once() -> None:
    for _ in range(4):  # the best of four: a machine busy with something else says nothing about us
        delays, slowest = await heard(rate=200, seconds=3, commit=0.02)
        assert len(delays) == 600
        if delays[-1] < 1 and slowest < 0.5:
            return
    raise AssertionError(f"{delays[-1]:.2f} s late, {slowest:.2f} s without a pause")
