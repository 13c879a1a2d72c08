"""A bad network on demand: a loopback proxy in front of the homeserver that fails when a test says so."""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import NamedTuple, Self

import aiohttp
import yarl
from aiohttp import web

HOP_BY_HOP = {"connection", "content-encoding", "content-length", "host", "keep-alive", "transfer-encoding"}


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    content_type: str = "application/json"


@dataclass(frozen=True)
class Fault:
    """What happens to one request, in this order; the functions below name the usual combinations."""

    wait: float = 0.0  # seconds before anything happens
    reaches_server: bool = True
    hold: float = 0.0  # seconds between the homeserver's answer and ours
    instead: Answer | None = None  # given in place of the homeserver's answer
    keep: float | None = None  # how much of the answer's body is sent, from 0 to 1, as if that were all
    cut_after: float | None = None  # how much of the body is sent before the connection breaks; 0: no answer


def limited(retry_after_ms: int | None = None) -> Fault:
    problem: dict[str, object] = {"errcode": "M_LIMIT_EXCEEDED", "error": "Too Many Requests"}
    if retry_after_ms is not None:
        problem["retry_after_ms"] = retry_after_ms
    return Fault(reaches_server=False, instead=Answer(429, json.dumps(problem).encode()))


def server_error(status: int = 500, *, reaches_server: bool = False) -> Fault:
    problem = b'{"errcode": "M_UNKNOWN", "error": "Internal server error"}'
    return Fault(reaches_server=reaches_server, instead=Answer(status, problem))


def refused(errcode: str, status: int = 401) -> Fault:
    problem = json.dumps({"errcode": errcode, "error": "No"}).encode()
    return Fault(reaches_server=False, instead=Answer(status, problem))


def bad_gateway(status: int = 502, *, reaches_server: bool = False) -> Fault:
    """What a reverse proxy says while the homeserver behind it is being updated: a page for people."""
    page = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
    return Fault(reaches_server=reaches_server, instead=Answer(status, page, "text/html"))


def truncated(keep: float = 0.5) -> Fault:
    """A well-formed answer whose JSON stops in the middle."""
    return Fault(keep=keep)


def broken_off(after: float = 0.5) -> Fault:
    """The connection breaks while the answer is being sent."""
    return Fault(cut_after=after)


def cut_before() -> Fault:
    """The connection breaks before the request reached the homeserver."""
    return Fault(reaches_server=False, cut_after=0)


def answer_lost() -> Fault:
    """The homeserver did what it was asked, and nobody ever hears of it."""
    return Fault(cut_after=0)


def delayed(seconds: float) -> Fault:
    return Fault(wait=seconds)


def answered_late(seconds: float) -> Fault:
    """The homeserver acts at once, its answer takes its time."""
    return Fault(hold=seconds)


class Seen(NamedTuple):
    at: float  # time.monotonic()
    method: str
    path: str  # decoded, without the query


class FaultyProxy:
    """`async with FaultyProxy(homeserver.url) as proxy: proxy.fault = lambda request: limited()`

    `fault` is asked once for each request, in the order of arrival; None lets the request pass.

    Beware: on a connection it had kept, aiohttp (so matrix-nio too) repeats a cut GET or PUT once by itself.
    A single cut is then never felt; `requests` shows both attempts. Cut until the client has noticed.
    """

    def __init__(self, target: str) -> None:
        self.fault: Callable[[web.Request], Fault | None] = lambda request: None
        self.requests: list[Seen] = []
        self._target = target
        self._port = 0
        self._open: set[asyncio.Transport] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def __aenter__(self) -> Self:
        # No kept connections towards the homeserver: on those aiohttp would repeat a request by itself.
        connector = aiohttp.TCPConnector(force_close=True, limit=0)
        self._http = aiohttp.ClientSession(
            connector=connector, timeout=aiohttp.ClientTimeout(total=None), auto_decompress=True
        )
        application = web.Application(client_max_size=64 * 1024 * 1024)
        application.router.add_route("*", "/{path:.*}", self._handle)
        # Long polls are cut at the end of a test instead of being waited for.
        self._runner = web.AppRunner(application, shutdown_timeout=0.01, access_log=None)
        await self._runner.setup()
        await self._listen()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._cut_all()
        await self._runner.cleanup()
        await self._http.close()

    @contextlib.asynccontextmanager
    async def unreachable(self) -> AsyncIterator[None]:
        """Meanwhile nobody listens and open connections are gone. Afterwards it is the same address."""
        await self._site.stop()
        self._cut_all()
        try:
            yield
        finally:
            await self._listen()

    def seen(self, part: str, method: str | None = None) -> list[Seen]:
        """The requests so far whose path contains `part`."""
        return [seen for seen in self.requests if part in seen.path and method in (None, seen.method)]

    async def _listen(self) -> None:
        self._site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True)
        await self._site.start()
        self._port = self._runner.addresses[0][1]

    def _cut_all(self) -> None:
        for transport in self._open:
            transport.abort()
        self._open.clear()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(Seen(time.monotonic(), request.method, request.path))
        fault = self.fault(request) or Fault()
        if request.transport is not None:
            self._open.add(request.transport)  # for good: a kept connection is to be cut while idle, too
        # Read in full before anything breaks: a client whose upload is interrupted sees another error.
        body = await request.read()
        await asyncio.sleep(fault.wait)
        answer = fault.instead
        if fault.reaches_server:
            try:
                told = await self._forward(request, body)
            except aiohttp.ClientError:
                return self._break(request)  # the homeserver is down: so are we
            answer = answer or told
        await asyncio.sleep(fault.hold)
        if answer is None or fault.cut_after == 0:
            return self._break(request)
        if fault.cut_after is not None:
            return await self._break_off(request, answer, fault.cut_after)
        kept = answer.body if fault.keep is None else answer.body[: int(len(answer.body) * fault.keep)]
        return web.Response(status=answer.status, body=kept, headers={"Content-Type": answer.content_type})

    async def _forward(self, request: web.Request, body: bytes) -> Answer:
        headers = {name: value for name, value in request.headers.items() if name.lower() not in HOP_BY_HOP}
        url = yarl.URL(self._target + request.raw_path, encoded=True)
        async with self._http.request(
            request.method, url, data=body, headers=headers, allow_redirects=False
        ) as response:
            return Answer(response.status, await response.read(), response.headers.get("Content-Type", ""))

    def _break(self, request: web.Request) -> web.StreamResponse:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()  # goes nowhere

    async def _break_off(self, request: web.Request, answer: Answer, share: float) -> web.StreamResponse:
        response = web.StreamResponse(status=answer.status, headers={"Content-Type": answer.content_type})
        response.content_length = len(answer.body)
        await response.prepare(request)
        await response.write(answer.body[: int(len(answer.body) * share)])
        if request.transport is not None:
            request.transport.close()  # what was written still leaves, unlike with abort()
        return response
