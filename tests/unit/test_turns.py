"""What falls due goes before what waits to be said, and does not hold it up for ever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest

from bot import turns
from bot.ports import Store
from bot.turns import InTurn, UnderWay
from scheduler import timetable
from scheduler.clock import VirtualClock
from scheduler.timetable import Timetable

NOW = datetime(2027, 1, 4, 15, tzinfo=UTC)


class Kept:
    @asynccontextmanager
    async def unit(self) -> AsyncIterator[None]:
        yield

    async def close(self) -> None:
        return


async def _say(store: InTurn, said: list[str]) -> None:
    async with store.unit():
        said.append("said")


async def test_all_that_is_due_comes_first() -> None:
    calm, done = asyncio.Event(), list[str]()
    left = iter([25, 25, 0])

    async def carry_out() -> int:
        if count := next(left):
            done.append("due")
        else:
            saying.append(asyncio.create_task(_say(InTurn(cast(Store, Kept()), calm), done)))
            await asyncio.sleep(0.05)  # it could, were it let
            done.append("none left")
        return count

    saying: list[asyncio.Task[None]] = []
    await Timetable(cast(Store, Kept()), VirtualClock(NOW), carry_out, calm=calm).drain()
    await saying[0]
    assert done == ["due", "due", "none left", "said"]


class Coming:
    """Where the next row is due in five milliseconds, so many times."""

    def __init__(self, times: int) -> None:
        self.times = times

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Coming]:
        yield self

    async def only(self, *_: object, **__: object) -> list[tuple[datetime]]:
        self.times -= 1
        return [(NOW + timedelta(milliseconds=5),)] if self.times >= 0 else []


@pytest.mark.parametrize(("first", "expected"), [(10.0, ["due"] * 4 + ["said"]), (-1.0, ["due", "said"])])
async def test_so_does_what_follows_upon_it_but_not_for_ever(
    monkeypatch: pytest.MonkeyPatch, first: float, expected: list[str]
) -> None:
    monkeypatch.setattr(timetable, "LETS_GO_FIRST", first)
    calm, done, left = asyncio.Event(), list[str](), iter([1, 0] * 4)
    said = asyncio.Event()

    async def say() -> None:
        await _say(InTurn(cast(Store, Kept()), calm), done)
        said.set()

    async def carry_out() -> int:
        if count := next(left, 0):
            done.append("due")
            if len(done) == 1:
                saying.append(asyncio.create_task(say()))
        return count

    saying: list[asyncio.Task[None]] = []
    running = asyncio.create_task(Timetable(cast(Store, Coming(3)), VirtualClock(NOW), carry_out, calm=calm).run())
    await asyncio.wait_for(said.wait(), 10)
    running.cancel()
    assert done[: len(expected)] == expected
    await asyncio.gather(running, return_exceptions=True)
    assert calm.is_set()


@pytest.mark.parametrize("fault", [ValueError, asyncio.CancelledError])
async def test_a_fault_lets_others_go_on(fault: type[BaseException]) -> None:
    calm = asyncio.Event()
    answers = iter([25])

    async def carry_out() -> int:
        if (count := next(answers, None)) is None:
            raise fault
        return count

    with pytest.raises(fault):
        await Timetable(cast(Store, Kept()), VirtualClock(NOW), carry_out, calm=calm).drain()
    assert calm.is_set()


async def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LETS_GO_FIRST", 0.01)
    said: list[str] = []
    await asyncio.wait_for(_say(InTurn(cast(Store, Kept()), asyncio.Event()), said), 10)
    assert said == ["said"]


async def test_what_a_platform_hangs_at_is_waited_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of clicks beside it would be heard hours later, were each to wait for it anew."""
    under_way = UnderWay()
    monkeypatch.setattr(turns, "A_MOMENT", 0.01)
    with under_way.saying(("matrix", "hall", "")):
        await under_way.marked("matrix", "hall", "bo")
        monkeypatch.setattr(turns, "A_MOMENT", 60.0)
        async with asyncio.timeout(5):
            await under_way.marked("matrix", "hall", "ana")


@pytest.mark.parametrize("moments", range(4))
async def test_a_stop_is_not_forgotten_where_calm_comes_just_then(moments: int) -> None:
    calm = asyncio.Event()

    async def says_for_ever() -> None:
        async with InTurn(cast(Store, Kept()), calm).unit():
            await asyncio.Event().wait()

    saying = asyncio.create_task(says_for_ever())
    await asyncio.sleep(0.01)
    calm.set()
    for _ in range(moments):
        await asyncio.sleep(0)
    saying.cancel()
    await asyncio.wait([saying], timeout=2)
    assert saying.cancelled()
