"""The HTTP side: finds the route, holds the body to what Discord takes, lets faults strike, words the answer."""

from __future__ import annotations

import asyncio
import hashlib
import json
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from tests.discord import (  # noqa: F401
    rest_application,
    rest_channels,
    rest_events,
    rest_guilds,
    rest_interactions,
    rest_messages,
)
from tests.discord.bodies import Bodies
from tests.discord.call import ROUTES, Answer, Call, Handler
from tests.discord.errors import Refused
from tests.discord.faults import Fault, Faults
from tests.discord.world import PREFIX, World

# By the token in the address, and not by the bot's own.
UNSIGNED = ("/interactions/", "/webhooks/")
PAGE = "<!DOCTYPE html><html><head><title>error</title></head><body><h1>error code: 502</h1></body></html>"


class Rest:
    """`requests`: everything the bot asked, in order."""

    def __init__(self, world: World, faults: Faults, bodies: Bodies) -> None:
        self.world = world
        self.faults = faults
        self.bodies = bodies
        self.requests: list[Call] = []

    async def serve(self, request: web.Request) -> web.StreamResponse:
        path = request.rel_url.raw_path.removeprefix(PREFIX)
        call, handler = await self._read(request, path)
        self.requests.append(call)
        fault = self.faults.strikes(call.method, call.route, call.path)
        if fault and fault.kind not in ("slow", "cut_after"):
            return self._struck(request, call, fault)
        response = self._answer(request, call, handler)
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        elif fault:
            call.status = 0
            return _cut(request)
        call.status = response.status
        self.world.tell()
        return response

    async def _read(self, request: web.Request, path: str) -> tuple[Call, Handler | None]:
        route, handler, parts = "", None, dict[str, str]()
        for known in ROUTES:
            if known.method == request.method and (match := known.regex.fullmatch(path)):
                route, handler = known.pattern, known.handler
                parts = {k: unquote(v) for k, v in match.groupdict().items()}
                break
        body, files = await _body(request)
        call = Call(self.world, request.method, path, route, parts, dict(request.query), body, files, host=request.host)
        return call, handler

    def _answer(self, request: web.Request, call: Call, handler: Handler | None) -> web.Response:
        token = f"Bot {self.world.application.token}"
        if not call.path.startswith(UNSIGNED) and request.headers.get("Authorization") != token:
            return _json({"message": "401: Unauthorized", "code": 0}, status=401)
        if handler is None:
            self.bodies.note(call, "", "no such route in this double")
            return _json({"message": "404: Not Found", "code": 0}, status=404)
        checked = False
        try:
            self.bodies.check(call)
            checked = True
            answer: Answer = handler(call)
        except Refused as refused:
            if checked and not refused.blameless:
                self.bodies.note(call, "", str(refused.errors))
            return _json(refused.body, status=refused.status, headers=_limits(call))
        except Exception as broken:
            self.bodies.note(call, "", f"this double broke on it: {broken!r}")
            raise
        if answer is None:
            return web.Response(status=204, headers=_limits(call))
        return _json(answer, headers=_limits(call))

    def _struck(self, request: web.Request, call: Call, fault: Fault) -> web.Response:
        if fault.kind == "cut_before":
            return _cut(request)
        call.status = fault.status
        if fault.kind == "html":
            return web.Response(text=PAGE, status=fault.status, content_type="text/html")
        if fault.kind == "status":
            return _json({"message": f"{fault.status}: error", "code": 0}, status=fault.status)
        body = {"message": "You are being rate limited.", "retry_after": fault.seconds, "global": fault.everywhere}
        headers = _limits(call, left=0, after=fault.seconds) | {
            "Retry-After": str(max(1, round(fault.seconds))), "Via": "1.1 google",
            "X-RateLimit-Scope": "global" if fault.everywhere else "user",
        }  # fmt: skip
        if fault.everywhere:
            headers["X-RateLimit-Global"] = "true"
        return _json(body, status=429, headers=headers)


def _json(body: Answer, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Without a charset in its type, as Discord words it: discord.py compares the whole."""
    text = json.dumps(body).encode()
    return web.Response(body=text, status=status, headers=headers, content_type="application/json")


def _limits(call: Call, *, left: int = 49, after: float = 1.0) -> dict[str, str]:
    """Discord's own count of what one may still ask, generous here."""
    bucket = hashlib.md5(f"{call.method} {call.route}".encode(), usedforsecurity=False).hexdigest()
    reset = call.world.clock().timestamp() + after
    return {
        "X-RateLimit-Limit": "50", "X-RateLimit-Remaining": str(left), "X-RateLimit-Reset": f"{reset:.3f}",
        "X-RateLimit-Reset-After": f"{after:.3f}", "X-RateLimit-Bucket": bucket, "Via": "1.1 google",
    }  # fmt: skip


def _cut(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response()


async def _body(request: web.Request) -> tuple[Any, dict[int, tuple[str, str, bytes]]]:
    """JSON, or a form whose part `payload_json` is the JSON and whose other parts are files."""
    if not request.can_read_body:
        return None, {}
    if not request.content_type.startswith("multipart/"):
        raw = await request.read()
        return (json.loads(raw) if raw else None), {}
    body: Any = None
    files: dict[int, tuple[str, str, bytes]] = {}
    form = await request.post()
    for name, value in form.items():
        if name == "payload_json":
            text = value.file.read() if isinstance(value, web.FileField) else value
            body = json.loads(text)
        elif isinstance(value, web.FileField):
            number = int("".join(c for c in name if c.isdigit()) or 0)
            files[number] = (value.filename, value.content_type, value.file.read())
    return body, files
