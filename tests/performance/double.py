"""A stand-in for a homeserver, faster than any real one: what is measured is the client alone."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

from aiohttp import web

BOT = "@veillee:double"


def _event(kind: str, content: dict[str, Any], id: str, sender: str, **rest: Any) -> dict[str, Any]:
    at = int(time.time() * 1000)
    return {"type": kind, "content": content, "event_id": id, "sender": sender, "origin_server_ts": at, **rest}


def _joined(person: str) -> dict[str, Any]:
    content = {"membership": "join", "displayname": person[1:].split(":")[0]}
    return _event("m.room.member", content, f"$join{person}", person, state_key=person)


class Double:
    """`rooms` rooms; `members` people in the first, and 50 of them in each other.

    After the first sync it says `total` messages in the first room, `rate` a second (0: as fast as they are
    asked for, `at_once` a sync). Every `command_every`-th is `command`.
    """

    def __init__(
        self, *, rooms: int = 1, members: int = 100, total: int = 0, rate: int = 0, command_every: int = 0,
        command: str = "!veillee xyzzy", at_once: int = 500,
    ) -> None:  # fmt: skip
        people = [f"@p{n}:double" for n in range(members)]
        self.rooms = [f"!room{n}:double" for n in range(rooms)]
        inside = {room: people[n * 50 % members :][:50] for n, room in enumerate(self.rooms)}
        inside[self.rooms[0]] = people
        parts = {
            room: {
                "state": {"events": [_joined(person) for person in (BOT, *there)]},
                "timeline": {"events": [], "limited": False, "prev_batch": "0"},
            }
            for room, there in inside.items()
        }
        self._first = json.dumps({"next_batch": "0", "rooms": {"join": parts}}).encode()
        self._people = people
        self._rate, self._total, self._at_once = rate, total, at_once
        self._command_every, self._command = command_every, command
        self.said_at: dict[str, float] = {}
        self.answered_at: dict[str, float] = {}
        self.began = 0.0
        self.finished = asyncio.Event()
        self.took = 0.0
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def __aenter__(self) -> Double:
        application = web.Application(client_max_size=10**8)
        application.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(application, shutdown_timeout=0.01, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix("/_matrix/client/v3").removeprefix("/_matrix/client/r0")
        if path == "/account/whoami":
            return web.json_response({"user_id": BOT, "device_id": "D"})
        if path == "/joined_rooms":
            return web.json_response({"joined_rooms": self.rooms})
        if path == "/sync":
            return await self._sync(request.query.get("since", ""))
        if "/send/" in path:
            body = await request.json()
            relation = body.get("m.relates_to", {}).get("m.in_reply_to", {}).get("event_id", "")
            self.answered_at.setdefault(relation, time.monotonic())
            return web.json_response({"event_id": f"$sent{len(self.answered_at)}"})
        if "/state/" in path:
            return web.json_response({"errcode": "M_NOT_FOUND", "error": "none"}, status=404)
        return web.json_response({})

    async def _sync(self, since: str) -> web.StreamResponse:
        if not since:
            return web.Response(body=self._first, content_type="application/json")
        start = int(since)
        if start == 0 and not self.began:
            self.began = time.monotonic()
        if start >= self._total:
            self.took = self.took or time.monotonic() - self.began
            self.finished.set()
            await asyncio.sleep(30)
        end = min(start + self._at_once, self._total)
        while self._rate:
            due = min(int((time.monotonic() - self.began) * self._rate), self._total)
            if due > start:
                end = due
                break
            await asyncio.sleep(0.002)
        events = [self._message(number) for number in range(start, end)]
        part = {"timeline": {"events": events, "limited": False, "prev_batch": str(start)}}
        return web.json_response({"next_batch": str(end), "rooms": {"join": {self.rooms[0]: part}}})

    def _message(self, number: int) -> dict[str, Any]:
        command = self._command_every and number % self._command_every == self._command_every - 1
        text = self._command if command else f"words {number}, and some more of them to make a sentence"
        id = f"$m{number}"
        if command:
            self.said_at[id] = self.began + (number + 1) / self._rate
        content = {"msgtype": "m.text", "body": text, "m.mentions": {}}
        return _event("m.room.message", content, id, self._people[number % len(self._people)])
