"""Nothing leaves a process that is not sure to lead: not a byte, at whichever moment it begins to doubt."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

import aiohttp
import pytest
import pytest_asyncio
from pydantic import SecretStr

from adapters.discord.calls import Calls
from adapters.discord.connection import Connection
from adapters.discord.settings import DiscordSettings
from adapters.guarded import guarded
from adapters.matrix.server import Server
from adapters.matrix.settings import MatrixSettings
from bot.guard import NotOurs
from bot.ports import TryLater
from tests.discord.double import Double


class Doubting:
    """Sure so many times. `silent`: whoever led before has nothing more to say."""

    def __init__(self, sure: int) -> None:
        self.sure = sure
        self.silent = asyncio.Event()
        self.silent.set()
        self.waited = 0

    def check(self) -> None:
        self.sure -= 1
        if self.sure < 0:
            raise NotOurs

    async def settled(self) -> None:
        self.waited += 1
        await self.silent.wait()


class Listener:
    """Answers whatever it is asked, and keeps what it heard."""

    def __init__(self) -> None:
        self.heard = bytearray()
        self.connections = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        while piece := await reader.read(65536):
            self.heard += piece
            answer = b"{}"
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n" + answer)
        writer.close()


@pytest_asyncio.fixture
async def listener() -> AsyncIterator[tuple[Listener, str]]:
    heard = Listener()
    server = await asyncio.start_server(heard.serve, "127.0.0.1", 0)
    yield heard, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    server.close()


@asynccontextmanager
async def session(guard: Doubting) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(trace_configs=[guarded(guard)]) as opened:
        yield opened


@pytest.mark.parametrize("kept", [False, True], ids=["a new connection", "one that was kept"])
@pytest.mark.parametrize(("method", "body"), [("GET", None), ("PUT", b"{}"), ("PUT", None), ("DELETE", None)])
async def test_not_a_byte_at_whichever_moment_it_doubts(
    listener: tuple[Listener, str], method: str, body: bytes | None, kept: bool
) -> None:
    """At the start, once the connection is there, and once the body is about to go."""
    heard, url = listener
    for sure in range(3 if body else 2):
        guard = Doubting(100)
        async with session(guard) as asking:
            if kept:
                await (await asking.get(url)).read()
            before, guard.sure = bytes(heard.heard), sure
            with pytest.raises((NotOurs, aiohttp.ClientConnectionError)):
                await asking.request(method, url, data=body)
            await asyncio.sleep(0.02)
            assert bytes(heard.heard) == before
            # It is asked for again later, and goes out.
            guard.sure = 100
            assert (await asking.request(method, url, data=body)).status == 200
            assert bytes(heard.heard) != before


async def test_what_changes_something_waits_for_whoever_led_before(listener: tuple[Listener, str]) -> None:
    heard, url = listener
    guard = Doubting(100)
    guard.silent.clear()
    async with session(guard) as asking:
        assert (await asking.get(url)).status == 200
        assert guard.waited == 0
        before = bytes(heard.heard)
        saying = asyncio.create_task(_put(asking, url))
        await asyncio.sleep(0.05)
        assert guard.waited == 1
        assert bytes(heard.heard) == before
        guard.silent.set()
        assert await saying == 200


async def _put(asking: aiohttp.ClientSession, url: str) -> int:
    return (await asking.put(url, data=b"{}")).status


async def test_matrix_puts_it_off(listener: tuple[Listener, str]) -> None:
    heard, url = listener
    guard = Doubting(0)
    settings = MatrixSettings(homeserver=url, user_id="@v:localhost", password=SecretStr("secret"))
    server = Server(settings, Random(1), guard)
    with pytest.raises(NotOurs):
        await server.put("rooms", "!a", "send", "m.room.message", "1", body={})
    assert heard.heard == b""
    await server.close()


async def test_discord_puts_it_off(double: Double) -> None:
    guard = Doubting(100)
    settings = DiscordSettings(token=SecretStr("token"), api=double.url)
    client = Connection(settings, lambda *_: None, guard=guard)
    room = double.guild("Le cercle").text("salon")
    await client.login("token")
    try:
        for sure in range(3):
            guard.sure = sure
            with pytest.raises(TryLater):
                await Calls(client).call(
                    "POST", "/channels/{channel_id}/messages", json={"content": "a"}, channel_id=str(room.id)
                )
        assert room.texts == []
    finally:
        await client.close()
    guard.sure = 0
    again = client.anew()
    with pytest.raises(NotOurs):
        await again.login("token")
    await again.close()
