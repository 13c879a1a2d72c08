"""Killed with -9 at random on Discord, again and again: nothing is lost, nothing is said twice."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.discord.double import Double
from tests.journeys.on_discord import Busy, all_done, listening, serving
from tests.journeys.veillee import Running

ICEBREAKER = "Le brise-glace de la semaine"


async def busy_under_kills(tmp_path: Path, *, kills: int, seed: int, faulty: bool = False) -> None:
    """`faulty`: Discord has its troubles too, all along."""
    random = Random(seed)
    async with Double() as discord:
        busy = Busy(discord, "Le cercle", random)
        veillee = serving(tmp_path / "veillee", discord, busy.guild)
        veillee.start()
        try:
            await discord.until(lambda: listening(veillee) == 2, 60, "the rooms to be known")
            await busy.meet()
            veillee.kill()
            dues = fall_due(veillee, random, seconds=kills * 0.9)
            busy.live()
            troubles = asyncio.create_task(trouble(discord, random)) if faulty else None
            while veillee.kills < kills:
                await run_for(veillee, discord, random)
                await asyncio.to_thread(veillee.kill)
            veillee.start()
            if troubles:
                troubles.cancel()
                discord.faults.clear()
            await busy.rest()
            await discord.until(lambda: all_done(veillee) and busy.read_back(veillee), 120, "all to be done")
            await asyncio.sleep(1)
            assert veillee.running
            assert await asyncio.to_thread(veillee.stop) == 0
        finally:
            veillee.kill()
        busy.check(veillee)
        # What fell due while nothing ran may have become one.
        query = "select state from due where key like 'test:%'"
        states = Counter(state for (state,) in veillee.rows(query))
        assert states["done"] + states["merged"] == dues, states
        assert sum(ICEBREAKER in text for text in busy.hall.texts) == states["done"]


async def run_for(veillee: Running, discord: Double, random: Random) -> None:
    """From a start to some instant, given by what it asked of Discord by then: on a slow machine it gets as far."""
    few, more, many = random.randint(1, 15), random.randint(15, 60), random.randint(60, 120)
    last = len(discord.requests) + random.choice([few, more, many])
    veillee.start()
    with contextlib.suppress(AssertionError):  # it may have had nothing more to ask
        await discord.until(lambda: len(discord.requests) >= last, 8)
    await asyncio.sleep(random.uniform(0, 0.03))


async def trouble(discord: Double, random: Random) -> None:
    """What Discord does now and then, in a few minutes."""
    gateway, faults = discord.gateway, discord.faults
    while True:
        await asyncio.sleep(random.uniform(0.2, 1.5))
        match random.randrange(9):
            case 0:
                await gateway.drop()
            case 1:
                await gateway.reconnect()
            case 2:
                await gateway.invalidate(resumable=random.random() < 0.5)
            case 3:
                await gateway.drop()
                gateway.forget()
            case 4:
                faults.limit(seconds=random.uniform(0.05, 0.5), everywhere=random.random() < 0.3)
            case 5:
                faults.fail(random.choice([500, 502, 503, 504]))
            case 6:
                faults.html()
            case 7:
                faults.cut_before()
            case 8:
                faults.cut_after()


def fall_due(veillee: Running, random: Random, *, seconds: float, count: int = 20) -> int:
    """All along the time of the kills."""
    now = datetime.now(UTC).replace(tzinfo=None)
    instants = [now + timedelta(seconds=random.uniform(2, seconds)) for _ in range(count)]
    veillee.change(
        "insert into due (community_id, key, kind, due_at, args, state, moved)"
        " values (1, ?, 'icebreakers.weekly', ?, '{}', 'pending', true)",
        [(f"test:{n}", due.isoformat(sep=" ")) for n, due in enumerate(instants)],
    )
    return count


@pytest.mark.timeout(300)
async def test_kills_while_discord_has_its_troubles(tmp_path: Path) -> None:
    await busy_under_kills(tmp_path, kills=8, seed=3, faulty=True)


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("faulty", [False, True])
async def test_two_hundred_kills(tmp_path: Path, faulty: bool) -> None:
    await busy_under_kills(tmp_path, kills=200, seed=20, faulty=faulty)
