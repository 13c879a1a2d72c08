"""A community's life, where the product is a process that is killed all along and started again.

The hour stands still until all that it brought is done; the kills fall meanwhile, wherever they may: while something
is handled, said or marked, while Veillée starts, and while it ends.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from bot.chat.events import Event
from tests.journeys.life import Hour
from tests.journeys.veillee import Running

PATIENCE = 180.0
GLANCE = 0.03
# Seconds between two looks at whether something is about to be said.
BLINK = 0.004
# Seconds: a machine with much else to do is not waited for.
LONGEST_START = 0.8
# How many times the hour moves in a fortnight, about.
STEPS = 120

LEFT = (
    "select (select count(*) from inbox where state = 'pending'),"
    " (select count(*) from outbox where state = 'pending'), (select min(due_at) from due where state = 'pending')"
)

Doing = Callable[[int], Awaitable[None]]
"""Something that happens besides, by its number."""


class Mortal:
    """`beside`: what goes on meanwhile, now and then. `trouble`: what else is killed, more rarely. `reached`: by what
    it is known that Veillée heard of all that happened on the platform until now."""

    def __init__(self, veillee: Running, hour: Hour, random: Random, *, kills: int) -> None:
        self.veillee = veillee
        self.hour = hour
        self.happened: list[Event] = []
        self.beside: list[Doing] = []
        self.trouble: Callable[[], None] | None = None
        self.troubles = 0
        self.reached: Callable[[], Awaitable[Callable[[], bool]]] | None = None
        self.wanted = kills
        # While that is so, nobody is killed: for what is told once, and to nobody who asks later.
        self.spared = False
        self._random = random
        self._rate = kills / STEPS
        self._start_takes = 0.0
        self._number = 0
        self._going_on: set[asyncio.Task[None]] = set()
        self._settled = False
        # One is killed and the next one started before anything else is.
        self._killing = asyncio.Lock()

    async def begin(self, known: Callable[[], object]) -> None:
        """Once the rooms are known. The very first start takes much longer than all others."""
        self.veillee.start()
        await self.until(known, "the rooms to be known")
        await asyncio.to_thread(self.veillee.kill)
        logged, began = len(self.veillee.logged), time.monotonic()
        self.veillee.start()
        await self.until(lambda: len(self.veillee.logged) > logged, "a start")
        self._start_takes = min(2 * (time.monotonic() - began), LONGEST_START)

    async def end(self) -> None:
        """Whatever is left to be killed is; then it is let live, and stopped in order."""
        await self.settle()
        while self.veillee.kills < self.wanted:
            await self._step(at_least=1)
            await self.settle()
        await asyncio.to_thread(self.veillee.kill)
        logged = len(self.veillee.logged)
        self.veillee.start()
        await self.until(lambda: "listening" in self.veillee.logged[logged:], "the last start")
        assert await asyncio.to_thread(self.veillee.stop) == 0, self.veillee.logged[-3000:]

    # -- time --------------------------------------------------------------------------------------------------

    async def at(self, instant: datetime) -> None:
        """Let time go by, stopping where something is due. What is done next is done under kills."""
        if not self._settled:
            await self.settle()
        while (due := self._left()[2]) is not None and due <= instant:
            self.hour.move_to(max(due, self.hour.now()))
            await self._step()
            await self.settle()
        self.hour.move_to(instant)
        if not self.spared:
            await self._step()

    async def _step(self, at_least: int = 0) -> None:
        self._settled = False
        kills = max(at_least, int(self._rate + self._random.random()))
        if kills:
            self._go_on(self._kill(kills))
        for do in self.beside:
            if self._random.random() < 0.4:
                self._number += 1
                self._go_on(do(self._number))

    def _go_on(self, doing: Awaitable[None]) -> None:
        async def finished() -> None:
            await doing

        self._going_on.add(asyncio.create_task(finished()))

    async def settle(self) -> None:
        """Once the kills are over and nothing waits any more."""
        while self._going_on:
            going_on, self._going_on = self._going_on, set()
            await asyncio.gather(*going_on)
        if self.reached is not None:
            await self.until(await self.reached(), "all that happened to be known")
        await self.until(self._quiet, "nothing to wait")
        self._settled = True

    async def heard(self, check: Callable[[Event], object], *, after: int = 0) -> None:
        """It happened: what comes of it is done once nothing waits."""
        await self.settle()

    async def direct_room(self, person: str) -> str:
        found = self.veillee.rows(f"select room from direct_room where person = '{person}'")
        return str(found[0][0]) if found else ""

    # -- looking -----------------------------------------------------------------------------------------------

    def _left(self) -> tuple[int, int, datetime | None]:
        """Of the inbox, of the outbox, and when something is next due."""
        ((heard, to_say, due),) = self.veillee.rows(LEFT)
        return int(str(heard)), int(str(to_say)), instant(due) if due else None

    def all_said(self) -> bool:
        heard, to_say, _ = self._left()
        return not heard and not to_say

    def _quiet(self) -> bool:
        due = self._left()[2]
        return self.all_said() and (due is None or due > self.hour.now())

    async def until(self, check: Callable[[], object], what: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while not check():
                    if not self.veillee.running and not self._killing.locked():
                        self.veillee.start()  # as a service is: it finds no database while its server is killed
                    await asyncio.sleep(GLANCE)
        except TimeoutError:
            left = self.veillee.rows(
                "select key, state from inbox where state = 'pending' union all"
                " select purpose, action from outbox where state = 'pending'"
            )
            raise AssertionError(f"waited for {what}: {left}; the log ends: {self.veillee.logged[-3000:]}") from None

    # -- kills -------------------------------------------------------------------------------------------------

    async def _kill(self, times: int) -> None:
        for _ in range(times):
            await self._a_moment()
            if self.trouble is not None and self._random.random() < 0.2:
                self.troubles += 1
                await asyncio.to_thread(self.trouble)
            if self._random.random() < 0.15:
                self.veillee.ask_to_stop()
                await asyncio.sleep(self._random.uniform(0, 0.4))
            async with self._killing:
                await asyncio.to_thread(self.veillee.kill)
                self.veillee.start()

    async def _a_moment(self) -> None:
        """As long as a start takes, more or less; or until something is about to be handled or said, or what was due
        was just marked."""
        draw = self._random.random()
        if draw < 0.4:
            await asyncio.sleep(self._start_takes * self._random.choice([0.3, 1, 2]) * self._random.random())
            return
        loop = asyncio.get_running_loop()
        end = loop.time() + 4 * self._start_takes
        first = self._left()[2]
        while loop.time() < end:
            heard, to_say, due = self._left()
            if to_say or due != first or (draw < 0.6 and heard):
                break
            await asyncio.sleep(BLINK)
        await asyncio.sleep(self._random.choice([0, 0.01, 0.05]) * self._random.random())


def told_by(file: Path, hour: Hour) -> Path:
    """The hour in a file, as a process goes by it: whole at every instant."""

    def write(now: datetime) -> None:
        unfinished = file.with_suffix(".next")
        unfinished.write_text(str(int(now.timestamp() * 1000)))
        unfinished.replace(file)

    write(hour.now())
    hour.followers.append(write)
    return file


def instant(kept: object) -> datetime:
    """As a database tells of it."""
    found = kept if isinstance(kept, datetime) else datetime.fromisoformat(str(kept))
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
