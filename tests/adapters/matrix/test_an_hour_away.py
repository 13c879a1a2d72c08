"""A homeserver that is away for an hour, of which a few seconds pass here."""

from __future__ import annotations

import asyncio
import selectors
import time
from collections import Counter
from typing import Any

from aiohttp import web

from adapters.matrix.settings import MatrixPlaces
from bot.ports import TryLater
from tests.adapters.matrix.conftest import Bot, words
from tests.synapse import proxy as network
from tests.synapse.homeserver import Homeserver
from tests.synapse.member import Member
from tests.synapse.proxy import Fault, FaultyProxy

HOUR = 3600.0


class _Selector(selectors.DefaultSelector):
    speed = 1.0

    def select(self, timeout: float | None = None) -> Any:
        return super().select(timeout / self.speed if timeout is not None else None)


class HurriedLoop(asyncio.SelectorEventLoop):
    """Its clock runs `speed` times as fast."""

    def __init__(self) -> None:
        self._hurried = _Selector()
        self._since, self._reached = time.monotonic(), 0.0
        super().__init__(self._hurried)

    @property
    def speed(self) -> float:
        return self._hurried.speed

    @speed.setter
    def speed(self, speed: float) -> None:
        self._reached, self._since = self.time(), time.monotonic()
        self._hurried.speed = speed

    def time(self) -> float:
        return self._reached + (time.monotonic() - self._since) * self._hurried.speed


async def _say(bot: Bot, room: str, text: str) -> None:
    """As the outbox does: until it is said."""
    while True:
        try:
            await bot.platform.post(room, words(text), key=text)
        except TryLater as trouble:
            await asyncio.sleep(max(trouble.after, 1))
        else:
            return


async def _away_for_an_hour(homeserver: Homeserver) -> None:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, HurriedLoop)
    asked: list[float] = []
    away = False

    def fault(request: web.Request) -> Fault | None:
        if away:
            asked.append(loop.time())
            return network.cut_before()
        loop.speed = 1
        return None

    account, bot_account = homeserver.register_fresh("ana"), homeserver.register_fresh("veillee")
    async with Member(homeserver.url, account, listens=False) as ana, FaultyProxy(homeserver.url) as proxy:
        rooms = [await ana.create_room(f"Room {number}", public=True) for number in range(6)]
        bot = Bot(proxy.url, bot_account)
        bot.places = [MatrixPlaces(slug="potters", rooms=tuple(rooms))]
        await bot.start()
        proxy.fault, away = fault, True
        saying = [asyncio.create_task(_say(bot, room, f"said in {room}")) for room in rooms]
        await ana.say(rooms[0], "while away")
        began, loop.speed = loop.time(), 800
        await asyncio.sleep(HOUR)
        away = False
        await asyncio.gather(*saying)
        await bot.kept.until(lambda: "while away" in bot.kept.texts(), 120)
        for room in rooms:
            said = [e["content"]["body"] for e in await ana.read_all(room) if e["sender"] == bot.user_id and
                    e["type"] == "m.room.message"]  # fmt: skip
            assert said == [f"said in {room}"]
        await bot.close()
    later = [at for at in asked if at > began + 5]  # by then, what was under way is over
    # One a second would be 3,600.
    assert 30 < len(later) < 400, later
    # A second lasts a few milliseconds here, too few to be told apart: by the minute.
    assert max(Counter(int((at - began) // 60) for at in later).values()) <= 60


def test_an_hour_away(homeserver: Homeserver) -> None:
    with asyncio.Runner(loop_factory=HurriedLoop) as runner:
        runner.run(_away_for_an_hour(homeserver))
