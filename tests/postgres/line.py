"""The line between Veillée and PostgreSQL, which fails when a test says so."""

from __future__ import annotations

import asyncio
import contextlib
from types import TracebackType
from typing import Self

from tests.postgres.server import Database


class Line:
    """`url`: the database, reached through it. `flows`: where it is cleared, nothing passes, and nobody is told.
    `lost_after`: once these bytes have gone to the server, no answer comes back, and the line is cut; what connects
    later is served again. `lost_before`: the same, before they have gone there. `spared`: how many times they pass
    first."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ends: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self.flows = asyncio.Event()
        self.flows.set()
        self._answers = asyncio.Event()
        self._answers.set()
        self.lost_after = self.lost_before = b""
        self.spared = 0
        self.url = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.url = self._database.at("127.0.0.1", self._server.sockets[0].getsockname()[1])
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        self.flows.set()
        self.cut()
        await self._server.wait_closed()

    def cut(self) -> None:
        """Whoever is connected is not any more."""
        for end in self._ends:
            end.close()
        self._ends.clear()

    def _strikes(self, awaited: bytes, data: bytes) -> bool:
        if not awaited or awaited not in data:
            return False
        self.spared -= 1
        return self.spared < 0

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self._database.server.port)
        self._ends |= {writer, back}
        with contextlib.suppress(ConnectionError):
            await asyncio.gather(self._pass(reader, back, asking=True), self._pass(there, writer, asking=False))

    async def _pass(self, source: asyncio.StreamReader, to: asyncio.StreamWriter, *, asking: bool) -> None:
        while data := await source.read(65536):
            if asking and self._strikes(self.lost_before, data):
                self.lost_before = b""
                self.cut()
                break
            lost = asking and self._strikes(self.lost_after, data)
            if lost:
                self.lost_after = b""
                self._answers.clear()
            await self.flows.wait()
            if not asking:
                await self._answers.wait()
            to.write(data)
            await to.drain()
            if lost:
                await asyncio.sleep(0.3)  # long enough for the server to have done it
                self.cut()
                self._answers.set()
        to.close()
