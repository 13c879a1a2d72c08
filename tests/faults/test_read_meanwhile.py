"""Somebody reads one instant of the database, as a backup does, while what was there is to leave no trace."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.model.community import Community
from bot.model.flow import Inbox
from bot.model.session import Session
from bot.model.settings import Settings
from bot.model.story import Story
from storage import store as storing
from storage.migrate import migrate
from storage.store import SqlStore
from tests.postgres.server import Database
from tests.postgres.test_store import NOW, bytes_of, inbox

MARK = "canari" * 20


@dataclass
class Kept:
    serving: SqlStore
    report: SqlStore
    there: Callable[[], bool]
    """Whether the mark is anywhere on the disk."""
    url: str


@pytest.fixture(params=["file", "postgresql"])
async def kept(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Kept]:
    if request.param == "file":
        url = f"sqlite+aiosqlite:///{tmp_path / 'v.db'}"
        migrate(tmp_path / "v.db")

        def there() -> bool:
            return any(MARK.encode() in file.read_bytes() for file in tmp_path.iterdir())
    else:
        database: Database = request.getfixturevalue("postgres_tables")
        url = database.url

        def there() -> bool:
            return any(MARK.encode() in bytes_of(database, table) for table in ("inbox", "story"))

    made = Kept(SqlStore(url), SqlStore(url, reading=True), there, url)
    async with made.serving.unit() as unit:
        await unit.add(Community(slug="c", settings=Settings(name="C", zone="UTC"), since=NOW))
        await unit.add(
            Session(community_id=1, number=1, theme="t", starts=NOW, minutes=60, state="planned", planned_by=1)
        )
        await unit.add(inbox("there", MARK), inbox("other"))
        for id in ("b", "a"):
            await unit.add(Story(id=id, session_id=1, person_id=None, sharing="unnamed", text=f"{id} {MARK}"))
    yield made
    await made.serving.close()
    await made.report.close()


async def test_they_see_what_was_there_and_hold_nobody_up(kept: Kept) -> None:
    async with kept.report.unit() as reading:
        assert await reading.count(Inbox) == 2
        async with asyncio.timeout(10), kept.serving.unit() as unit:
            await unit.delete(Inbox, key="there")
            for story in await unit.find(Story):
                story.text = "told"
            unit.leave_no_trace(rewrite=True)
        assert [row.event for row in await reading.find(Inbox, key="there")] == [MARK]
        assert sorted(story.text for story in await reading.find(Story)) == [f"a {MARK}", f"b {MARK}"]
        assert kept.there()
    async with kept.serving.unit() as unit:
        assert sorted(story.text for story in await unit.find(Story)) == ["told", "told"]
    assert kept.there()  # it is not tried again at once
    kept.serving._erases_at = 0.0
    await _anything(kept)
    assert not kept.there()


async def test_what_could_not_be_erased_before_a_stop_is_so_at_the_next_start(kept: Kept) -> None:
    await _erased_while_read(kept)
    await kept.serving.close()
    kept.serving = SqlStore(kept.url)
    await _anything(kept)
    assert not kept.there()


async def test_it_is_tried_again_after_a_while(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "ERASED_AGAIN", 0.0)
    await _erased_while_read(kept)
    await _anything(kept)
    assert not kept.there()


async def _erased_while_read(kept: Kept) -> None:
    async with kept.report.unit() as reading:
        assert await reading.count(Inbox) == 2
        async with kept.serving.unit() as unit:
            await unit.delete(Inbox, key="there")
            await unit.delete(Story, session_id=1)
            unit.leave_no_trace(rewrite=True)
        assert kept.there()


async def _anything(kept: Kept) -> None:
    async with kept.serving.unit() as unit:
        assert await unit.count(Community) == 1
