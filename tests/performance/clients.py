"""The two that are compared, each in a process of its own: Veillée, and the bare library doing the same."""

from __future__ import annotations

import asyncio
import contextlib
import resource
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.performance.double import BOT


class Stalls:
    """The longest time for which the loop did nothing else. `turn`: the longest of its turns in its own processor time,
    which others on the machine do not lengthen."""

    def __init__(self) -> None:
        self.longest = self.turn = 0.0
        run = asyncio.Handle._run

        def timed(handle: asyncio.Handle) -> None:
            began = time.thread_time()
            run(handle)
            self.turn = max(self.turn, time.thread_time() - began)

        asyncio.Handle._run = timed  # type: ignore[assignment, method-assign]

    def said(self) -> dict[str, float]:
        return {"stall": self.longest, "turn": self.turn}

    async def watch(self) -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.001)
            self.longest = max(self.longest, time.perf_counter() - began - 0.001)


def megabytes() -> float:
    """The most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def _until_told(pipe: Connection) -> None:
    while not pipe.poll():
        await asyncio.sleep(0.05)
    pipe.recv()


def veillee(pipe: Connection, url: str, rooms: list[str]) -> None:
    asyncio.run(_veillee(pipe, url, rooms))


async def _veillee(pipe: Connection, url: str, rooms: list[str]) -> None:
    from adapters.matrix.client import MatrixPlatform
    from adapters.matrix.settings import MatrixPlaces, MatrixSettings
    from bot import logs
    from bot.app import App
    from bot.loaded import loaded
    from bot.model.activity import Activity
    from bot.model.settings import Settings
    from scheduler.clock import RealClock
    from storage.attachments import AttachmentFolder
    from storage.migrate import migrate
    from storage.seals import FileSeals
    from storage.store import SqlStore

    logs.set_up()
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "veillee.db"
        migrate(database)
        settings = MatrixSettings.model_validate({"homeserver": url, "user_id": BOT, "access_token": "t"})
        platform = MatrixPlatform(
            settings, [MatrixPlaces(slug="c", rooms=tuple(rooms))], clock=RealClock(), may_invite=lambda *_: True
        )
        app = App(
            store=SqlStore(f"sqlite+aiosqlite:///{database}"), clock=RealClock(),
            seals=FileSeals(Path(folder) / "seals"),
            copies=AttachmentFolder(Path(folder) / "attachments"), platforms=[platform],
        )  # fmt: skip
        await app.prepare([("c", Settings(name="C"))])
        loaded()
        before = megabytes()
        stalls = Stalls()
        tasks = [asyncio.create_task(app.run()), asyncio.create_task(stalls.watch())]
        await _until_told(pipe)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        async with app.store.unit() as unit:
            rows = await unit.count(Activity)
        await app.close()
    pipe.send({"rows": rows, **stalls.said(), "megabytes": megabytes() - before, "all": megabytes()})


def bare(pipe: Connection, url: str, rooms: list[str]) -> None:
    asyncio.run(_bare(pipe, url))


async def _bare(pipe: Connection, url: str) -> None:
    """matrix-nio with an echo: nothing stored, nothing survives."""
    from nio import AsyncClient, MatrixRoom, RoomMessageText

    heard = 0
    client = AsyncClient(url, BOT)
    client.restore_login(BOT, "D", "t")

    async def echo(room: MatrixRoom, event: RoomMessageText) -> None:
        nonlocal heard
        heard += 1
        if event.body.startswith("!veillee"):
            content: dict[str, Any] = {"msgtype": "m.notice", "body": "?"}
            content["m.relates_to"] = {"m.in_reply_to": {"event_id": event.event_id}}
            await client.room_send(room.room_id, "m.room.message", content)

    client.add_event_callback(echo, RoomMessageText)
    before = megabytes()
    stalls = Stalls()
    tasks = [asyncio.create_task(client.sync_forever(30000)), asyncio.create_task(stalls.watch())]
    await _until_told(pipe)
    for task in tasks:
        task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.gather(*tasks, return_exceptions=True)
    await client.close()
    pipe.send({"rows": heard, **stalls.said(), "megabytes": megabytes() - before, "all": megabytes()})
