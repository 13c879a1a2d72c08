"""The line to PostgreSQL is cut in the middle of a commit, before it came there or before its answer came back: each
thing is done once, and answered once."""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random

import pytest

from adapters.rehearsal.platform import BOT, RehearsalPlatform
from bot.app import App
from bot.chat.events import Someone
from bot.model.flow import Inbox, Outbox
from bot.model.icebreaker import OwnQuestion
from bot.model.settings import Settings
from scheduler.clock import VirtualClock
from storage.attachments import AttachmentFolder
from storage.seals import FileSeals
from storage.store import SqlStore
from tests.postgres.line import Line
from tests.postgres.server import Database
from tests.stage import HALL, START, read


async def _all_done(store: SqlStore) -> None:
    async with asyncio.timeout(30):
        while True:
            async with store.unit() as unit:
                if not await unit.count(Inbox, state="pending") + await unit.count(Outbox, state="pending"):
                    return
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("which", ["before", "after"])
async def test_done_once(tmp_path: Path, postgres_tables: Database, which: str) -> None:
    """A command is handled in one commit, and its answer marked as said in another: each is cut in its turn."""
    async with Line(postgres_tables) as line:
        store, besides, clock = SqlStore(line.url), SqlStore(postgres_tables.url), VirtualClock(START)
        platform = RehearsalPlatform(clock)
        app = App(
            store=store, clock=clock, seals=FileSeals(tmp_path / "seals"),
            copies=AttachmentFolder(tmp_path / "attachments"), platforms=[platform], random=Random(1),
        )  # fmt: skip
        await app.prepare([("cercle", Settings(name="Le cercle", zone="America/Montreal", facilitators=("ana",)))])
        await platform.run(app.intake)
        await platform.open_room(HALL, "Le salon", community="cercle", members=[Someone("ana", "Ana")])
        running = asyncio.create_task(app.run())
        asked = [f"Question {n} de ce soir" for n in range(4)]
        cuts = 0
        for spared, question in enumerate(asked):
            await _all_done(besides)
            await platform.say("ana", HALL, f"!veillee brise-glace ajouter {question}")
            line.spared = spared % 2
            setattr(line, f"lost_{which}", b"COMMIT")
            await _all_done(besides)
            cuts += not getattr(line, f"lost_{which}")
            line.lost_before = line.lost_after = b""
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        async with besides.unit() as unit:
            assert [kept.text for kept in await unit.find(OwnQuestion)] == asked
            assert await unit.count(Outbox, state="failed") == 0
        said = [read(s.message) for s in platform.said if s.person == BOT and not s.removed]
        assert [sum(question in text for text in said) for question in asked] == [1] * len(asked)
        assert cuts >= 2
        await besides.close()
        await app.close()
