"""One websocket of the gateway, and the session it carries."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import json
import zlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web

Packer = Callable[[str], bytes]


@dataclass(eq=False)
class Session:
    """`told`: each dispatch since it began, by its number, for who comes back. `connection`: None while away."""

    id: str
    shard: int
    shards: int
    intents: int
    seq: int = 0
    connection: Connection | None = None
    told: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=20_000))
    resumed: int = 0


class Connection:
    """Frames go out in order, packed as the client asked in the address it came to."""

    def __init__(self, request: web.Request, ws: web.WebSocketResponse, pack: Packer | None) -> None:
        self.ws = ws
        self.transport = request.transport
        self.pack = pack
        self.session: Session | None = None
        self.queue: asyncio.Queue[str] = asyncio.Queue()
        self.flowing = asyncio.Event()
        self.flowing.set()
        self._sender = asyncio.create_task(self._send())

    def op(self, op: int, data: object = None) -> None:
        self.queue.put_nowait(json.dumps({"op": op, "d": data, "s": None, "t": None}))

    async def at_once(self, op: int, data: object = None) -> None:
        """Past whatever waits in the queue."""
        await self._write(json.dumps({"op": op, "d": data, "s": None, "t": None}))

    async def _send(self) -> None:
        while True:
            text = await self.queue.get()
            await self.flowing.wait()
            await self._write(text)

    async def _write(self, text: str) -> None:
        with contextlib.suppress(ConnectionError, RuntimeError):
            if self.pack:
                await self.ws.send_bytes(self.pack(text))
            else:
                await self.ws.send_str(text)

    async def close(self, code: int) -> None:
        await self.ws.close(code=code)

    def sever(self) -> None:
        """As when a cable is cut: no close frame."""
        if self.transport:
            self.transport.abort()

    async def end(self) -> None:
        self._sender.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._sender


def packer(compress: str) -> Packer | None:
    """Of a whole stream: each frame leans on those before it."""
    if compress == "zlib-stream":
        deflate = zlib.compressobj()
        return lambda text: deflate.compress(text.encode()) + deflate.flush(zlib.Z_SYNC_FLUSH)
    if compress == "zstd-stream":
        zstandard = importlib.import_module("zstandard")
        stream = zstandard.ZstdCompressor().compressobj()
        block = zstandard.COMPRESSOBJ_FLUSH_BLOCK
        return lambda text: bytes(stream.compress(text.encode()) + stream.flush(block))
    return None
