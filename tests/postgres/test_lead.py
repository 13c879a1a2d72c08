"""Who leads, on a real PostgreSQL: one at a time, and never two that may speak at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.cli.run import _stand_by
from bot.config import load
from bot.guard import NotOurs
from bot.leading import lead as lead_of
from bot.model.community import Community
from bot.operating.attending import Attending, told
from bot.ports import StoreTrouble
from storage.lead import ENDS_AFTER, SURE, Instant, Lead, Name, now
from storage.migrate import migrate
from storage.store import SqlStore
from tests.postgres.line import Line
from tests.postgres.server import Database
from tests.postgres.test_database import configured

ACCOUNT = (Name("discord:1", together=True), Name("discord:1:0/2"))
# Seconds that a busy machine may add.
SLACK = 4.0


@asynccontextmanager
async def leading(url: str, *names: Name) -> AsyncIterator[Lead]:
    lead = Lead(url, names or ACCOUNT)
    await lead.stand_by()
    keeping = asyncio.create_task(lead.keep())
    try:
        yield lead
    finally:
        keeping.cancel()
        await lead.release()


def may_speak(lead: Lead) -> bool:
    with suppress(NotOurs):
        lead.check()
        return True
    return False


async def waits(lead: Lead) -> asyncio.Task[None]:
    standing = asyncio.create_task(lead.stand_by())
    await asyncio.wait_for(lead.elsewhere.wait(), 10)
    return standing


async def test_one_leads_and_whoever_waits_leads_once_it_gives_back(postgres: Database) -> None:
    other = Lead(postgres.url, ACCOUNT)
    async with leading(postgres.url) as lead:
        standing = await waits(other)
        assert may_speak(lead)
        assert not may_speak(other)
        began = time.monotonic()
        await lead.release()
        assert not may_speak(lead)
        await standing
        assert time.monotonic() - began < 1 + SLACK
    await other.release()


@pytest.mark.parametrize(
    ("wanted", "granted"),
    [
        ((Name("discord:1", together=True), Name("discord:1:1/2")), True),  # another part of the same account
        ((Name("discord:1"),), False),  # the whole of it
        ((Name("discord:2"), Name("matrix:@a:b")), True),
        ((Name("matrix:@a:b"), Name("discord:1:0/2")), False),  # all or none
    ],
)
async def test_what_may_be_led_side_by_side(postgres: Database, wanted: tuple[Name, ...], granted: bool) -> None:
    async with leading(postgres.url):
        other = Lead(postgres.url, wanted)
        standing = asyncio.create_task(other.stand_by())
        elsewhere = asyncio.create_task(other.elsewhere.wait())
        await asyncio.wait([standing, elsewhere], return_when=asyncio.FIRST_COMPLETED, timeout=10)
        assert standing.done() == granted
        if not granted:
            # It holds nothing of what it could not have whole.
            async with leading(postgres.url, Name("matrix:@a:b")):
                pass
        standing.cancel()
        elsewhere.cancel()
        await asyncio.gather(standing, elsewhere, return_exceptions=True)
        await other.release()


@pytest.mark.parametrize("how", ["nothing passes", "cut", "ended by the server"])
async def test_the_old_one_is_silent_before_the_new_one_speaks(postgres: Database, how: str) -> None:
    async with Line(postgres) as line, leading(line.url) as old:
        new = Lead(postgres.url, ACCOUNT)
        standing = await waits(new)
        began = time.monotonic()
        if how == "nothing passes":
            line.flows.clear()
        elif how == "cut":
            line.cut()
        else:
            postgres.rows("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted")

        async def speaks() -> None:
            await standing
            await new.settled()
            # Whatever the old one believes, and whoever told it.
            assert not may_speak(old)

        await asyncio.wait_for(speaks(), 30)
        assert time.monotonic() - began < (ENDS_AFTER if how == "nothing passes" else 0) + 0.5 + SURE + SLACK
        line.flows.set()
        line.cut()
        await asyncio.wait_for(old.lost.wait(), 30)
        await new.release()


async def test_frozen_it_doubts_as_it_wakes(postgres: Database) -> None:
    async with leading(postgres.url) as lead:
        assert may_speak(lead)
        time.sleep(SURE + 0.2)  # noqa: ASYNC251  nothing of this process goes on meanwhile
        assert not may_speak(lead)
        # The server was still there: it is sure again once it has asked.
        await asyncio.sleep(1)
        assert may_speak(lead)


def test_a_clock_set_forward_makes_it_doubt_and_one_set_back_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = now()
    monkeypatch.setattr("storage.lead.time.time", lambda: sent.wall + 3600)
    assert sent.ago > SURE
    monkeypatch.setattr("storage.lead.time.time", lambda: sent.wall - 3600)
    assert 0 <= sent.ago < SURE
    assert Instant(sent.running - 10, sent.wall).ago > SURE


async def test_what_is_lost_is_lost(postgres: Database) -> None:
    """Nothing is kept any more by who led, even where nobody else leads yet."""
    migrate(postgres.url)
    async with leading(postgres.url) as lead:
        store = SqlStore(postgres.url, lead.line)
        async with store.unit() as unit:
            assert await unit.count(Community) == 0
        postgres.rows("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted")
        for _ in range(3):
            with pytest.raises(StoreTrouble):
                async with store.unit() as unit:
                    await unit.count(Community)
        await asyncio.wait_for(lead.lost.wait(), 10)
        await store.close()


async def test_a_cancelled_task_does_not_take_the_lead_with_it(postgres: Database) -> None:
    migrate(postgres.url)
    async with leading(postgres.url) as lead:
        store = SqlStore(postgres.url, lead.line)

        async def work() -> None:
            async with store.unit() as unit:
                for _ in range(3):
                    await unit._session.execute(text("select pg_sleep(0.1)"))

        for after in (0.0, 0.05, 0.15, 0.25):
            working = asyncio.create_task(work())
            await asyncio.sleep(after)
            working.cancel()
            assert isinstance((await asyncio.gather(working, return_exceptions=True))[0], asyncio.CancelledError)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.15):
                await work()
        async with store.unit() as unit:
            assert await unit.count(Community) == 0
        assert may_speak(lead)
        await store.close()


async def test_whoever_stands_by_and_is_not_let_in_says_so_until_it_is(
    postgres: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.lead.AWAY", 1.0)
    config = load(configured(tmp_path, f'url = "{postgres.url}"'))
    attending, other = Attending(config), lead_of(config)
    assert other is not None

    async def until(well: bool) -> None:
        while (await attending.health.look()).well is not well:
            await asyncio.sleep(0.1)

    def let_in(may: bool) -> None:
        with postgres.server.administer() as admin:
            admin.execute(f"alter database {postgres.name} allow_connections {may}")

    async with leading(postgres.url, *other._names):
        standing = asyncio.create_task(_stand_by(config, other, attending))
        await asyncio.wait_for(until(True), 20)
        with postgres.connect() as inside, capture_logs() as logged:
            let_in(False)
            inside.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'veillee'"
                " and datname = current_database()"
                " and pid not in (select pid from pg_locks where locktype = 'advisory')"
            )
            await asyncio.wait_for(until(False), 20)
        (said,) = told(await attending.health.look(), "en")["says"]
        assert "is not currently accepting connections" in said
        lines = [entry for entry in logged if entry["event"] == "standing by without a database"]
        assert "is not currently accepting connections" in lines[-1]["says"]
        assert len(lines) == 2, "each reason once: the session was ended, and no other is let in"
        assert postgres.server.password not in str(logged) + said
        let_in(True)
        await asyncio.wait_for(until(True), 20)
        assert other.trouble == ""
        standing.cancel()
        await asyncio.gather(standing, return_exceptions=True)
