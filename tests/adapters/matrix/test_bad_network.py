"""Servers and networks that fail: nothing is lost, nothing comes twice, and nobody is bombarded."""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random

import pytest

from adapters.matrix.settings import MatrixPlaces
from bot.ports import TryLater
from tests.adapters.matrix.conftest import Bot, words
from tests.synapse import proxy as network
from tests.synapse.homeserver import Homeserver
from tests.synapse.member import Member
from tests.synapse.proxy import FaultyProxy


@pytest.mark.parametrize(
    "fault", [network.bad_gateway(), network.limited(), network.server_error(), network.truncated(0.3)]
)
async def test_no_hot_loop(bot: Bot, proxy: FaultyProxy, hall: tuple[Member, str], fault: network.Fault) -> None:
    ana, room = hall
    await bot.start()
    proxy.fault = lambda request: fault
    await ana.say(room, "wakes the long poll")
    await asyncio.sleep(0.2)
    before = len(proxy.requests)
    saying = [asyncio.create_task(bot.platform.post(room, words("x"), key=f"h{n}")) for n in range(4)]
    await asyncio.gather(*saying, return_exceptions=True)
    await asyncio.sleep(4)
    # Four that were asked for at once, and then at most one a second.
    assert len(proxy.requests) - before <= 4 + 4
    proxy.fault = lambda request: None
    await ana.say(room, "after")
    await bot.kept.until(lambda: bot.kept.texts() == ["wakes the long poll", "after"], 30)


async def test_unreachable_from_the_start(bot: Bot, proxy: FaultyProxy, hall: tuple[Member, str]) -> None:
    ana, room = hall
    async with proxy.unreachable():
        await bot.start(listening=False)
        await asyncio.sleep(1)
    await bot.kept.until(lambda: bot.kept.batches)
    async with proxy.unreachable():
        await ana.say(room, "while away")
        with pytest.raises(TryLater):
            await bot.platform.post(room, words("x"), key="u1")
        await asyncio.sleep(1)
    await bot.kept.until(lambda: bot.kept.texts() == ["while away"], 20)


async def test_a_bad_evening(bot: Bot, proxy: FaultyProxy, hall: tuple[Member, str]) -> None:
    """Every third request fails in one way or another, while people talk and the bot answers."""
    ana, room = hall
    bot.timeline_limit = 10
    await bot.start()
    chance = Random(23)
    faults = [
        network.bad_gateway(), network.server_error(), network.truncated(), network.broken_off(),
        network.limited(200), network.answer_lost(), network.cut_before(),
        network.bad_gateway(reaches_server=True),
    ]  # fmt: skip
    proxy.fault = lambda request: chance.choice(faults) if chance.random() < 0.3 else None

    async def answer(number: int) -> None:
        while True:
            try:
                await bot.platform.post(room, words(f"answer {number}"), key=f"evening {number}")
            except TryLater as trouble:
                await asyncio.sleep(min(trouble.after, 2))
            else:
                return

    answering = [asyncio.create_task(answer(number)) for number in range(5)]
    for number in range(40):
        await ana.say(room, str(number))
        await asyncio.sleep(0.1)
    await asyncio.wait(answering, timeout=60)
    proxy.fault = lambda request: None
    await asyncio.gather(*answering)
    await bot.kept.until(lambda: "39" in bot.kept.texts(), 70)
    assert bot.kept.texts() == [str(n) for n in range(40)]
    said = [e["content"].get("body", "") for e in await ana.read_all(room) if e["sender"] == bot.user_id]
    assert sorted(b for b in said if b) == [f"answer {n}" for n in range(5)]


async def test_the_server_is_killed(tmp_path: Path) -> None:
    with Homeserver(tmp_path) as server:
        bot = Bot(server.url, server.register("veillee"))
        async with Member(server.url, server.register("ana")) as ana:
            room = await ana.create_room("Hall", public=True)
            bot.places = [MatrixPlaces(slug="potters", rooms=(room,))]
            await bot.start()
            await ana.say(room, "before")
            await bot.kept.until(lambda: "before" in bot.kept.texts())
            first = await bot.platform.post(room, words("once"), key="k")
            await asyncio.to_thread(server.kill)
            with pytest.raises(TryLater):
                await bot.platform.post(room, words("later"), key="later")
            await asyncio.to_thread(server.start)
            await ana.say(room, "after")
            await bot.kept.until(lambda: bot.kept.texts() == ["before", "after"], 60)
            assert await bot.platform.post(room, words("once"), key="k") == first
            await bot.close()
