"""Asked to stop, Veillée is gone within five seconds, whatever Discord and the database do. Nothing is lost, and
nothing is said twice."""

from __future__ import annotations

import asyncio
import math
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.discord.double import Double
from tests.discord.guild import Guild
from tests.discord.member import Member
from tests.journeys.on_discord import all_done, serving
from tests.journeys.test_running_on_discord import known, running, servers
from tests.journeys.veillee import Running
from tests.postgres.line import Line
from tests.postgres.server import Database

# Seconds. The promise.
GONE = 5.0
POSTS = "POST", "/channels/*/messages"


async def stopped(veillee: Running) -> float:
    """How long it took. It ends well."""
    began = time.monotonic()
    assert await asyncio.to_thread(veillee.stop) == 0, veillee.logged[-2000:]
    return time.monotonic() - began


async def met(guild: Guild) -> Member:
    """Bo, whom Veillée knows."""
    bo = guild.join("Bo")
    await (await bo.slash(guild.channels[0], "aide")).answer(60)
    return bo


async def test_what_is_being_said_is_noted_as_said(double: Double, tmp_path: Path) -> None:
    """Discord takes a second to answer; it is asked once."""
    (guild,) = servers(double, "Le cercle")
    veillee = serving(tmp_path, double, guild)
    async with running(veillee):
        await known(double, veillee, 1)
        bo = await met(guild)
        double.faults.slow(1.0, *POSTS)
        await bo.dm("aide")
        await double.until(lambda: double.asked("POST", "/channels/{channel_id}/messages"), 20)
        assert await stopped(veillee) < GONE
        assert veillee.rows("select count(*) from outbox where state = 'pending' and purpose = 'reply'") == [(0,)]


@pytest.mark.parametrize("hangs", ["Discord", "all of Discord", "the database"])
async def test_whatever_hangs(double: Double, tmp_path: Path, postgres: Database, hangs: str) -> None:
    """It accepts, and never answers."""
    (guild,) = servers(double, "Le cercle")
    async with Line(postgres) as line:
        veillee = serving(tmp_path, double, guild, url=postgres.url, through=line.url)
        async with running(veillee):
            await known(double, veillee, 1)
            bo = await met(guild)
            await bo.dm("aide")
            await bo.direct.heard("Voici ce que", 30)
            if hangs == "the database":
                line.flows.clear()
            else:
                double.faults.slow(600, *(POSTS if hangs == "Discord" else ()), times=math.inf)
            if hangs == "all of Discord":
                double.gateway.hold()
            before = len(double.requests)
            await bo.dm("aide")
            if hangs == "Discord":
                await double.until(lambda: double.requests[before:], 20, "it to ask something")
            assert await stopped(veillee) < GONE
            double.faults.clear()
            double.gateway.release()
            line.flows.set()
            line.cut()
            veillee.start()
            await double.until(lambda: len([t for t in bo.direct.texts if "Voici ce que" in t]) == 2, 60)
            await double.until(lambda: all_done(veillee), 30)
            assert await stopped(veillee) < GONE
        assert len([t for t in bo.direct.texts if "Voici ce que" in t]) == 2


async def test_asked_twice_it_is_gone_at_once(double: Double, tmp_path: Path) -> None:
    (guild,) = servers(double, "Le cercle")
    veillee = serving(tmp_path, double, guild)
    async with running(veillee):
        await known(double, veillee, 1)
        bo = await met(guild)
        double.faults.slow(600, *POSTS, times=math.inf)
        before = len(double.requests)
        await bo.dm("aide")
        await double.until(lambda: any(c.method == "POST" for c in double.requests[before:]), 20, "it to say something")
        veillee.ask_to_stop()
        await asyncio.sleep(0.3)
        assert await asyncio.to_thread(veillee.stop) == -signal.SIGTERM, "it did not wait for what is being said"


@pytest.mark.parametrize("what", ["time.sleep(60)", "never_ends()"], ids=["the loop itself", "work that will not end"])
@pytest.mark.parametrize("heard", [True, False])
def test_even_what_cannot_be_stopped(what: str, heard: bool) -> None:
    """`heard`: somebody still reads what is printed."""
    program = f"""
import asyncio, time
from bot.cli.stopping import Stop

async def never_ends():
    while True:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            pass

async def work():
    print("begun", flush=True)
    try:
        await asyncio.sleep(60)
    finally:
        {"await " if "ends" in what else ""}{what}

async def main():
    await Stop().unless_asked(work(), 2.0)

asyncio.run(main())
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        if not heard:
            process.stdout.close()
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert time.monotonic() - began < GONE


async def test_asked_while_it_starts(double: Double, tmp_path: Path) -> None:
    (guild,) = servers(double, "Le cercle")
    veillee = serving(tmp_path, double, guild)
    double.faults.slow(600, times=math.inf)
    async with running(veillee):
        await double.until(lambda: double.requests, 60, "it to begin")
        assert await stopped(veillee) < GONE
