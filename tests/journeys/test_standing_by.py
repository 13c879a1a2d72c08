"""Two processes on one account and one PostgreSQL: one leads, the other stands by. Whatever becomes of the first, the
other answers within ten seconds; and what comes to itself again says nothing."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from tests.discord.double import Double
from tests.discord.interactions import Interaction
from tests.journeys.on_discord import Busy, all_done, listening, serving
from tests.journeys.test_killed_on_discord import ICEBREAKER, fall_due
from tests.journeys.veillee import Running
from tests.postgres.line import Line
from tests.postgres.server import Database, Server

# Seconds from the moment at which the leader falls silent to an answer: what is promised, and what the tests' own load
# adds on a small machine.
PROMISED = 10.0 + 5.0
STANDS_BY = "Another Veillée is running"
STARTED = "To stop it: Ctrl+C"
LOST = "Veillée is silent"


class Pair(NamedTuple):
    """Two processes that stand in for each other. Discord knows each by the name under which it is asked."""

    discord: Double
    busy: Busy
    first: Running
    second: Running
    names: dict[Running, str]

    @property
    def leader(self) -> Running:
        """Whoever said last that it leads, and did not say since that it does not."""
        return next(v for v in (self.first, self.second) if leads(v))

    @property
    def other(self) -> Running:
        return self.second if self.leader is self.first else self.first

    async def until_one_leads(self) -> None:
        await self.discord.until(lambda: any(map(leads, (self.first, self.second))), 60, "one to lead")

    async def until_other_stands_by(self) -> None:
        await self.discord.until(lambda: stands_by(self.other), 60, "the other to stand by")

    async def answered(self) -> float:
        """Somebody asks for help every half second. How many seconds it takes until they are answered."""
        began = time.monotonic()
        eve = self.busy.guild.join("Eve")
        asked: list[Interaction] = []
        while not any(a.answered for a in asked):
            asked.append(await eve.slash(self.busy.other, "aide"))
            with contextlib.suppress(AssertionError):
                await self.discord.until(lambda: any(a.answered for a in asked), 0.5)
            assert time.monotonic() - began < 60, self.first.logged[-2000:] + self.second.logged[-2000:]
        return time.monotonic() - began

    def asked_by(self, veillee: Running, since: int) -> list[str]:
        """What it asked of Discord since then."""
        name = self.names[veillee]
        return [f"{c.method} {c.route}" for c in self.discord.requests[since:] if c.host.startswith(name)]


def leads(veillee: Running) -> bool:
    said = veillee.logged
    return veillee.running and said.rfind(STARTED) > max(said.rfind(STANDS_BY), said.rfind(LOST))


def stands_by(veillee: Running) -> bool:
    said = veillee.logged
    return veillee.running and said.rfind(STANDS_BY) > said.rfind(STARTED)


@asynccontextmanager
async def pair(folder: Path, database: Database, seed: int = 1, first_through: str = "") -> AsyncIterator[Pair]:
    """Both started at once. `first_through`: by which address the first reaches the database."""
    async with Double() as discord:
        busy = Busy(discord, "Le cercle", Random(seed))
        names = {"a": "127.0.0.1", "b": "localhost"}
        both = [
            serving(
                folder / name, discord, busy.guild, url=database.url, shared=folder,
                api=discord.url.replace("127.0.0.1", host), through=first_through if name == "a" else "",
            )
            for name, host in names.items()
        ]  # fmt: skip
        first, second = both
        two = Pair(discord, busy, first, second, dict(zip(both, names.values(), strict=True)))
        try:
            two.first.start()
            if first_through:
                await discord.until(lambda: leads(two.first), 60, "the first to lead")
            two.second.start()
            await two.until_one_leads()
            await two.until_other_stands_by()
            await discord.until(lambda: listening(two.first) == 2, 60, "the rooms to be known")
            yield two
        finally:
            for veillee in both:
                veillee.thaw()
                veillee.kill()
                veillee.let_go()


async def over(two: Pair, dues: int) -> None:
    """Nothing is missing, and nothing was said twice. What fell due while nobody led may have become one."""
    await two.busy.rest()
    await two.discord.until(lambda: all_done(two.first), 60, "all to be done")
    await asyncio.sleep(0.5)
    two.busy.check(two.first)
    states = Counter(state for (state,) in two.first.rows("select state from due where key like 'test:%'"))
    assert states["done"] + states["merged"] == dues, states
    assert sum(ICEBREAKER in text for text in two.busy.hall.texts) == states["done"]


@pytest.mark.timeout(180)
async def test_killed_asked_to_stop_or_frozen_the_other_goes_on(tmp_path: Path, postgres: Database) -> None:
    async with pair(tmp_path, postgres) as two:
        dues = fall_due(two.first, Random(1), seconds=16)
        await two.busy.meet()
        two.busy.live()
        # Killed: it comes back, and stands by.
        killed = two.leader
        await asyncio.to_thread(killed.kill)
        assert await two.answered() < PROMISED
        killed.start()
        await two.discord.until(lambda: stands_by(killed), 60, "it to stand by")
        # Frozen: when it wakes, it says nothing.
        frozen = two.leader
        frozen.freeze()
        assert await two.answered() < PROMISED
        since = len(two.discord.requests)
        frozen.thaw()
        await two.discord.until(lambda: stands_by(frozen), 60, "it to stand by")
        asked = two.asked_by(frozen, since)
        assert len(asked) <= 1, "what was begun as it froze may arrive (docs/several-machines.md)"
        assert all(each.startswith("GET ") for each in asked), "it says nothing"
        # Asked to stop: the lead is free at once.
        began = time.monotonic()
        assert await asyncio.to_thread(two.leader.stop) == 0
        stopped = time.monotonic()
        assert stopped - began < 5
        await two.until_one_leads()
        assert time.monotonic() - stopped < 3
        await over(two, dues)
        assert await asyncio.to_thread(frozen.stop) == 0


@pytest.mark.soak
@pytest.mark.timeout(180)
@pytest.mark.parametrize("how", ["nothing passes", "cut"])
async def test_cut_off_from_the_database_it_falls_silent(tmp_path: Path, postgres: Database, how: str) -> None:
    async with Line(postgres) as line, pair(tmp_path, postgres, first_through=line.url) as two:
        dues = fall_due(two.first, Random(2), seconds=8)
        await two.busy.meet()
        two.busy.live()
        assert two.leader is two.first
        if how == "nothing passes":
            line.flows.clear()
        else:
            line.cut()
        took = await two.answered()
        assert took < PROMISED
        if how == "nothing passes":
            # The other leads by now: what this one asks, it asks in vain.
            since = len(two.discord.requests)
            assert two.leader is two.second or leads(two.second)
            await asyncio.sleep(1)
            assert two.asked_by(two.first, since) == []
            line.flows.set()
            line.cut()
            await two.discord.until(lambda: stands_by(two.first), 60, "it to stand by")
        await over(two, dues)


@pytest.mark.soak
@pytest.mark.timeout(180)
async def test_the_database_starts_again(tmp_path: Path) -> None:
    with Server() as server:
        async with pair(tmp_path, server.database()) as two:
            dues = fall_due(two.first, Random(3), seconds=8)
            await two.busy.meet()
            two.busy.live()
            await asyncio.sleep(1)
            for by in (signal.SIGINT, signal.SIGQUIT):
                await asyncio.to_thread(server.stop, by)
                await asyncio.sleep(1)
                await asyncio.to_thread(server.start)
                assert await two.answered() < PROMISED
            await over(two, dues)
            assert sorted([leads(two.first), leads(two.second)]) == [False, True]
