"""Carrying out what is due: one timer to the next row, then the rows in order of their hour."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog

from bot.model.rhythm import Due
from bot.ports import Clock, Store, StoreTrouble
from bot.share import Share
from bot.turns import LETS_GO_FIRST
from scheduler.jumps import Belief

log = structlog.get_logger("timetable")

# Seconds. A row added meanwhile, a clock set anew, a machine that slept: noticed within this many.
LOOK_AGAIN = 1.0
# What falls due within this many is carried out together.
BREATH = 0.01


class Timetable:
    """`carry_out` carries out some of what is due by now, and returns how many rows; 0 once there is none left.
    `share`: of which rows. `calm`: not set as long as more may be due by now, so that what can wait for it does."""

    def __init__(
        self, store: Store, clock: Clock, carry_out: Callable[[], Awaitable[int]],
        belief: Belief | None = None, share: Share | None = None, calm: asyncio.Event | None = None,
    ) -> None:  # fmt: skip
        self._share = share or Share()
        self._belief = belief or Belief(clock)
        self._store = store
        self._clock = clock
        self._carry_out = carry_out
        self._calm = calm or asyncio.Event()
        self._calm.set()
        # Since when what falls due has followed one upon another.
        self._first_since: float | None = None

    async def next(self) -> datetime | None:
        """When something will next be due."""
        async with self._store.unit() as unit:
            ours = await self._share.due(unit)
            found = await unit.only(Due, "due_at", state="pending", order="due_at", limit=1, **ours)
            return found[0][0] if found else None

    async def drain(self) -> int:
        """Carry out all that is due by now; returns how many rows."""
        try:
            return await self._all_due()
        finally:
            self._calm.set()

    async def _all_due(self) -> int:
        count = 0
        while done := await self._carry_out():
            self._calm.clear()
            count += done
        return count

    async def run(self) -> None:
        """Until cancelled."""
        try:
            while True:
                if not self._belief.believed():
                    self._calm.set()
                    await asyncio.sleep(LOOK_AGAIN)
                    continue
                await asyncio.sleep(await self._once())
        finally:
            self._calm.set()

    async def _once(self) -> float:
        """Carries out what is due. Returns after how many seconds to look again."""
        loop = asyncio.get_running_loop()
        try:
            await self._all_due()
            upcoming = await self.next()
        except StoreTrouble as trouble:
            log.warning("due rows put off", reason=trouble.reason)
            self._calm.set()
            return LOOK_AGAIN
        gap = (upcoming - self._clock.now()).total_seconds() if upcoming else LOOK_AGAIN
        # Where one falls due after another, there is no calm in between, but for others' sake after a while.
        if gap > BREATH:
            self._first_since = None
        elif self._first_since is None:
            self._first_since = loop.time()
        if self._first_since is None or loop.time() - self._first_since > LETS_GO_FIRST:
            self._calm.set()
        return min(max(gap, BREATH), LOOK_AGAIN)
