"""Health and figures as they are asked for over a real socket: by whoever may, slowly, much, or nonsense."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator

import pytest

from adapters import web
from adapters.web import Answer, Web, as_json


@pytest.fixture
async def served() -> AsyncIterator[Web]:
    async def health() -> Answer:
        return as_json(503, {"says": ["Ça ne va pas."]})

    async def fails() -> Answer:
        raise ValueError("canary")

    made = Web({"/health": health, "/fails": fails}, closed=True)
    await made.open("127.0.0.1", 0)
    yield made
    await made.close()


async def exchange(served: Web, sent: bytes, patience: float = 5) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    try:
        writer.write(sent)
        await writer.drain()
        return await asyncio.wait_for(reader.read(), patience)
    finally:
        writer.close()


def asked(path: str = "/health", host: str = "127.0.0.1:9464", method: str = "GET", more: str = "") -> bytes:
    return f"{method} {path} HTTP/1.1\r\nHost: {host}\r\n{more}\r\n".encode()


async def test_asked_and_answered(served: Web) -> None:
    head, _, body = (await exchange(served, asked())).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 503")
    assert b"no-store" in head
    assert json.loads(body) == {"says": ["Ça ne va pas."]}


@pytest.mark.parametrize("host", ["localhost", "localhost:9464", "127.0.0.1", "[::1]:9464", "[::1]", "127.8.8.8"])
async def test_by_a_name_of_this_machine(served: Web, host: str) -> None:
    assert (await exchange(served, asked(host=host))).startswith(b"HTTP/1.1 503")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:9464", "", "localhost.evil", "192.0.2.1"])
async def test_a_page_of_the_internet_cannot_have_its_reader_ask(served: Web, host: str) -> None:
    said = await exchange(served, asked(host=host))
    assert said.startswith(b"HTTP/1.1 403")
    assert b"says" not in said


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (asked("/"), b"404"), (asked("/../etc/passwd"), b"404"), (asked("/health?x=1"), b"503"),
        (asked(method="POST", more="Content-Length: 5\r\n") + b"hello", b"405"),
        (asked("/" + "x" * 5000), b"400"), (asked(more="X: " + "y" * 5000 + "\r\n"), b"400"),
        (asked(more="".join(f"X{n}: y\r\n" for n in range(200))), b"400"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n", b"400"), (asked("/fails"), b"500"),
    ],
)  # fmt: skip
async def test_nonsense_is_answered_shortly(served: Web, sent: bytes, status: bytes) -> None:
    said = await exchange(served, sent)
    assert said.split(b" ")[1] == status
    assert b"canary" not in said
    assert (await exchange(served, asked())).startswith(b"HTTP/1.1 503")


async def test_who_asks_slowly_or_does_not_read_is_put_out(served: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "LONGEST", 0.3)
    started = time.monotonic()
    assert await exchange(served, b"GET /health HTTP/1.1\r\nHost: loc") == b""
    assert 0.2 < time.monotonic() - started < 3


async def test_no_more_than_so_many_at_once_and_others_as_soon_as_they_are_gone(
    served: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "MOST", 3)
    idle = [await asyncio.open_connection("127.0.0.1", served.port) for _ in range(3)]
    await asyncio.sleep(0.05)
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    assert await asyncio.wait_for(reader.read(), 5) == b""
    writer.close()
    for _, each in idle:
        each.close()
    await asyncio.sleep(0.05)
    assert (await exchange(served, asked())).startswith(b"HTTP/1.1 503")


async def test_a_hundred_who_ask_at_once_do_not_hold_up_the_loop() -> None:
    """Between two turns of whoever else works there, no more of them are answered than may be connected."""
    asked_for, at_once, going = 0, 0, True

    async def health() -> Answer:
        nonlocal asked_for
        asked_for += 1
        return as_json(200, {})

    busy = Web({"/health": health}, closed=True)
    await busy.open("127.0.0.1", 0)

    async def work() -> None:
        nonlocal at_once
        while going:
            before = asked_for
            await asyncio.sleep(0)
            at_once = max(at_once, asked_for - before)

    async def one() -> None:
        try:
            await exchange(busy, asked())
        except (ConnectionError, TimeoutError):
            return  # one too many; where more knock than may wait, the system leaves some without a word

    working = asyncio.create_task(work())
    await asyncio.gather(*(one() for _ in range(100)))
    going = False
    await working
    await busy.close()
    assert 0 < at_once <= web.MOST < 100
