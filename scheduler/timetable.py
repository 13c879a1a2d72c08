"""Carrying out what is due: one timer to the next row, then the rows in order of their hour."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from bot.model.rhythm import Due
from bot.ports import Before, Clock, Store, StoreTrouble

log = structlog.get_logger("timetable")

AT_ONCE = 200
# A row added meanwhile, a clock set anew, a machine that slept: noticed within this many seconds.
LOOK_AGAIN = 1.0


class Timetable:
    """`carry_out` is given the id of a due row; it does nothing for one that is not pending any more."""

    def __init__(self, store: Store, clock: Clock, carry_out: Callable[[int], Awaitable[None]]) -> None:
        self._store = store
        self._clock = clock
        self._carry_out = carry_out

    async def next(self) -> datetime | None:
        """When something will next be due."""
        async with self._store.unit() as unit:
            due = await unit.one(Due, state="pending", order="due_at")
            return due.due_at if due else None

    async def drain(self) -> int:
        """Carry out all that is due by now; returns how many rows."""
        count = 0
        while True:
            now = self._clock.now()
            async with self._store.unit() as unit:
                just_after = Before(now + timedelta(microseconds=1))
                rows = await unit.find(Due, state="pending", due_at=just_after, order="due_at", limit=AT_ONCE)
            if not rows:
                return count
            for row in rows:
                await self._carry_out(row.id)
            count += len(rows)

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self.drain()
                upcoming = await self.next()
            except StoreTrouble as trouble:
                log.warning("due rows put off", reason=trouble.reason)
                await asyncio.sleep(1)
                continue
            gap = (upcoming - self._clock.now()).total_seconds() if upcoming else LOOK_AGAIN
            await asyncio.sleep(min(max(gap, 0.02), LOOK_AGAIN))
