"""The database file itself in trouble: another program holds it, the disk is full, nothing can be written there. What
was asked meanwhile is answered once there is room again, once, and by itself."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import event

from bot.model.icebreaker import OwnQuestion
from bot.ports import StoreTrouble
from storage.store import SqlStore
from tests.kept import only_on_a_file
from tests.stage import Stage, stage

pytestmark = only_on_a_file
Trouble = Callable[[Stage, Path], Any]


@asynccontextmanager
async def _alive(folder: Path) -> AsyncIterator[Stage]:
    async with stage(folder, facilitators=("ana",), icebreakers={"on": False}) as s:
        running = asyncio.create_task(s.app.run())
        await asyncio.sleep(0.2)
        yield s
        assert not running.done()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@contextmanager
def held(s: Stage, folder: Path) -> Iterator[None]:
    """By another writer, for longer than anybody waits for it."""
    holds, enough = threading.Event(), threading.Event()

    def hold() -> None:
        other = sqlite3.connect(folder / "veillee.db", isolation_level=None, timeout=10)
        other.execute("begin immediate")
        holds.set()
        enough.wait(30)
        other.execute("rollback")
        other.close()

    holding = threading.Thread(target=hold)
    holding.start()
    holds.wait(10)
    try:
        yield
    finally:
        enough.set()
        holding.join()


@contextmanager
def full(s: Stage, folder: Path) -> Iterator[None]:
    """The file grows no more."""
    engine, room = cast(SqlStore, s.store).database.engine.sync_engine, [1]

    def limit(connection: Any) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {room[0]}")

    event.listen(engine, "begin", limit)
    yield
    room[0] = 1 << 30


@contextmanager
def no_longer_files(s: Stage, folder: Path) -> Iterator[None]:
    """As with a quota: no file grows beyond what it is, the journal neither."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((folder / "veillee.db-wal").stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("trouble", [held, full, no_longer_files])
async def test_it_goes_on_by_itself(tmp_path: Path, trouble: Trouble) -> None:
    async with _alive(tmp_path) as s:
        asked = [f"Question {n} de ce soir {'x' * 150}" for n in range(24 if trouble is full else 8)]
        met = 0
        with trouble(s, tmp_path):
            waiting = []
            for question in asked:
                waiting.append(asyncio.create_task(_says(s, f"!veillee brise-glace ajouter {question}")))
            began = time.monotonic()
            while not met and time.monotonic() - began < 20:
                await asyncio.sleep(0.1)
                met = s.app.tally.troubles
        await asyncio.gather(*waiting)
        assert met, "it was no trouble at all"
        async with asyncio.timeout(30):
            while sum("Question" in said for said in s.in_room()) < len(asked):
                await asyncio.sleep(0.05)
        await asyncio.sleep(0.3)
        said = s.in_room()
        assert [sum(question in text for text in said) for question in asked] == [1] * len(asked)
        assert sorted(q.text for q in await s.kept(OwnQuestion)) == sorted(asked)


async def _says(s: Stage, words: str) -> None:
    """What could not be kept is told by the platform again."""
    while True:
        try:
            await s.platform.say("ana", "hall", words)
            return
        except StoreTrouble:
            await asyncio.sleep(0.1)
