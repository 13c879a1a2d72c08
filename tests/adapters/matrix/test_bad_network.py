"""Servers and networks that fail: nothing is lost, nothing comes twice, and nobody is bombarded."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from random import Random

import pytest

from adapters.matrix import server
from adapters.matrix.settings import MatrixPlaces
from bot.ports import PlatformProblem, TryLater
from tests.adapters.matrix.conftest import Bot, words
from tests.synapse import proxy as network
from tests.synapse.homeserver import Homeserver
from tests.synapse.member import Member
from tests.synapse.proxy import FaultyProxy

FAULTS = {
    "gateway": network.bad_gateway(), "gateway timeout": network.bad_gateway(504), "page": network.bad_gateway(200),
    "limited": network.limited(), "limited for a moment": network.limited(20), "error": network.server_error(),
    "cut off": network.truncated(0.3), "cut": network.cut_before(), "lost": network.answer_lost(),
    "silent": network.delayed(3600), "revoked": network.refused("M_UNKNOWN_TOKEN"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
async def test_never_more_than_one_request_a_second(
    bot: Bot, proxy: FaultyProxy, hall: tuple[Member, str], fault: network.Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is wrong, for the whole process, and however little those wait who ask: the listening, what is said in
    many rooms, files, powers, private rooms, work aside."""
    monkeypatch.setattr(server, "TIMEOUT", 0.3)
    ana, room = hall
    await bot.start()
    platform = bot.platform
    proxy.fault = lambda request: fault
    await ana.say(room, "ends the long poll")
    asked: list[Callable[[], Awaitable[object]]] = [
        *(partial(platform.post, f"!r{n}:localhost", words("x"), key=f"h{n}") for n in range(8)),
        lambda: platform.edit(room, "$e", words("x"), key="e"), lambda: platform.react(room, "$e", "1", key="r"),
        lambda: platform.pin(room, "$e"), lambda: platform.remove(room, "$e", key="x"),
        lambda: platform.direct_room(ana.user_id), lambda: platform.fetch("mxc://localhost/x"),
        lambda: platform.level(room, ana.user_id), lambda: platform.level("!elsewhere:localhost", ana.user_id),
    ]  # fmt: skip

    async def insist(ask: Callable[[], Awaitable[object]]) -> None:
        while True:
            with contextlib.suppress(PlatformProblem):
                await ask()
            await asyncio.sleep(0.05)

    async def aside() -> None:
        await platform._server.get("joined_rooms")

    platform._aside.do("something", aside)
    insisting = [asyncio.create_task(insist(ask)) for ask in asked]
    await asyncio.sleep(1.5)  # what was under way when it went down is over
    began = len(proxy.requests)
    await asyncio.sleep(3)
    seen = [seen.at for seen in proxy.requests[began:]]
    for task in insisting:
        task.cancel()
    await asyncio.gather(*insisting, return_exceptions=True)
    assert [later - at for at, later in itertools.pairwise(seen) if later - at < 0.95] == []
    assert len(proxy.requests) < began + 4
    proxy.fault = lambda request: None
    if fault == FAULTS["silent"]:
        async with proxy.unreachable():
            await asyncio.sleep(0.1)  # what is held for an hour is let go
    if fault not in (FAULTS["revoked"], FAULTS["silent"]):  # a silent one is found out by the long poll, in a minute
        await ana.say(room, "after")
        await bot.kept.until(lambda: bot.kept.texts() == ["ends the long poll", "after"], 40)


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
