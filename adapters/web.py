"""Health and figures, for whoever watches over Veillée, on an address of this machine.

It shares the loop with everything else: whoever asks slowly, much, or nonsense is put out, and nobody waits for them.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
from collections.abc import Awaitable, Callable

from aiohttp import web

# Seconds within which a connection is made, asked by, answered and ended; and how many there may be at once.
LONGEST = 10.0
MOST = 32
# Bytes. Who asks for two pages of this machine's needs no more.
LONGEST_LINE = 2048
MOST_HEADERS = 40

Answer = tuple[int, str, bytes]
"""A status, what kind of text it is, and the text."""
Page = Callable[[], Awaitable[Answer]]


class Web:
    """`pages`: by their path. `closed`: only this machine asks, and by a name of its own: a page of the internet that
    has its reader's browser ask here is not answered."""

    def __init__(self, pages: dict[str, Page], *, closed: bool) -> None:
        self._pages = pages
        self._closed = closed
        self._server = web.Server(
            self._answer, access_log=None, lingering_time=0, keepalive_timeout=0,
            max_line_size=LONGEST_LINE, max_field_size=LONGEST_LINE, max_headers=MOST_HEADERS,
        )  # fmt: skip
        self._listening: asyncio.Server | None = None
        self._ends: set[asyncio.TimerHandle] = set()

    async def open(self, host: str, port: int) -> None:
        """Raises OSError where the address is another's, or none of this machine's."""
        self._listening = await asyncio.get_running_loop().create_server(self._connect, host, port, backlog=MOST)

    @property
    def port(self) -> int:
        assert self._listening is not None
        return int(self._listening.sockets[0].getsockname()[1])

    async def close(self) -> None:
        if self._listening is not None:
            self._listening.close()
        for end in self._ends:
            end.cancel()
        await self._server.shutdown(1.0)

    def _connect(self) -> asyncio.Protocol:
        if len(self._server.connections) >= MOST:
            return _Full()
        one = self._server()

        def end() -> None:
            self._ends.discard(handle)
            if one.transport is not None:
                one.transport.abort()

        handle = asyncio.get_running_loop().call_later(LONGEST, end)
        self._ends.add(handle)
        return one

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        page = self._pages.get(request.path)
        if self._closed and not _of_this_machine(request.headers.get("Host", "")):
            status, kind, text = 403, "text/plain", b"Ask by 127.0.0.1 or localhost.\n"
        elif page is None:
            status, kind, text = 404, "text/plain", f"There is: {', '.join(self._pages)}\n".encode()
        elif request.method not in ("GET", "HEAD"):
            status, kind, text = 405, "text/plain", b"There is nothing to be changed here.\n"
        else:
            status, kind, text = await page()
        response = web.Response(status=status, body=text, headers={"Content-Type": kind, "Cache-Control": "no-store"})
        response.force_close()
        return response


class _Full(asyncio.Protocol):
    """One too many."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()


def as_json(status: int, value: object) -> Answer:
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    return status, "application/json; charset=utf-8", text.encode()


def _of_this_machine(named: str) -> bool:
    host = named.rpartition(":")[0] if named.rpartition(":")[2].isdecimal() else named
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
