"""From the outbox to the platforms: in order in each room, each row once, whatever happens in between.

A row is marked only after the platform has answered. Killed in between, the row is given to the platform again
under the same key, which recognises it.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing, nullcontext

import structlog

from bot.carrying import Carrier
from bot.copies import Copies
from bot.dispatch import LONGEST_WAIT, Dispatch
from bot.logs import report
from bot.model.flow import ANSWERS, Inbox, Outbox
from bot.ports import ChatPlatform, Clock, NotNow, OneOf, Store, StoreTrouble, TryLater, Unit
from bot.receipts import Receipts
from bot.share import Queue, Share, queue_of
from bot.tally import Tally
from bot.turns import InTurn, UnderWay

log = structlog.get_logger("delivery")

# Queues emptied side by side on one platform. Once half of them are done, others begin.
MOST_AT_ONCE = 32
# Seconds, at a stop, for what is under way: all of a stop takes less than five.
LAST_WORDS = 2.0


class Delivery:
    """`heard` is called with what a platform answered, once it lies in the inbox. `believed`: whether the hour is to be
    acted upon, where time goes by itself."""

    def __init__(
        self, store: Store, clock: Clock, platforms: Mapping[str, ChatPlatform],
        heard: Callable[[Sequence[Inbox]], None], copies: Copies, tally: Tally, share: Share | None = None,
        calm: asyncio.Event | None = None, believed: Callable[[], bool] = lambda: True,
    ) -> None:  # fmt: skip
        self._share = share or Share()
        self._store = InTurn(store, calm)
        self._tally = tally
        self._clock = clock
        self._platforms = platforms
        carrier, receipts = Carrier(self._store, platforms, copies), Receipts(clock, heard)
        self._dispatch = Dispatch(
            self._store, clock, platforms, carrier, receipts, tally, self._share, self.wake,
            lambda: not self._accepting or believed(),
        )  # fmt: skip
        self._something = asyncio.Event()
        self._something.set()
        self._running: dict[Queue, asyncio.Task[None]] = {}
        # A queue that met trouble rests until then, in seconds of the loop's clock.
        self._resting: dict[Queue, float] = {}
        # What was left by an earlier life may have been said by it: the last such row, None before it was looked for.
        self._left: int | None = None
        # What was tried in this life, and is not known to have been said.
        self._tried: set[int] = set()
        self.under_way = UnderWay()
        # Where more was laid down while something was being said.
        self._again: set[Queue] = set()
        # Whether queues wait for others to be done.
        self._beyond = False
        self._accepting = False
        self._stopping = False

    def wake(self) -> None:
        self._something.set()

    def take(self, rows: Sequence[Outbox]) -> None:
        """Called with what was just kept. An answer, for which somebody waits, goes out without being read again
        where nothing stands before it; other things may have been overtaken since."""
        for row in rows:
            queue = queue_of(row)
            free = self._accepting and queue not in self._running and queue not in self._resting
            if free and row.purpose in ANSWERS and self._share.says(row, surely=True):
                self._begin(queue, row)
        self._something.set()

    async def run(self) -> None:
        """Carry out what lies in the outbox, until cancelled."""
        self._left, self._stopping = None, False
        try:
            await self._keep_emptying()
        finally:
            # What is being said is marked as said. Nothing goes on in a database that is being closed.
            self._accepting, self._stopping = False, True
            running = list(self._running.values())
            if running:
                await asyncio.wait(running, timeout=LAST_WORDS)
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    def _begin(self, queue: Queue, first: Outbox | None = None) -> None:
        def ended(task: asyncio.Task[None]) -> None:
            del self._running[queue]
            if not task.cancelled() and isinstance(fault := task.exception(), Exception):
                report(fault, f"queue on {queue[0]}")
                self._resting[queue] = asyncio.get_running_loop().time() + LONGEST_WAIT
            room = self._beyond and self._side_by_side(queue[0]) <= MOST_AT_ONCE // 2
            if room or queue in self._again or queue in self._resting:
                self._something.set()
            self._again.discard(queue)

        self._running[queue] = asyncio.create_task(self._empty(queue, first))
        self._running[queue].add_done_callback(ended)

    async def _keep_emptying(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            self._something.clear()
            try:
                queues = await self._begin_some()
            except StoreTrouble as trouble:
                log.warning("outbox not readable", reason=trouble.reason)
                await asyncio.sleep(1)
                self._something.set()
                continue
            self._accepting = True
            waits = [self._resting[q] - loop.time() for q in queues if self._resting.get(q, 0) > loop.time()]
            waits += self._share.waits
            try:
                async with asyncio.timeout(min(waits, default=None)):
                    await self._something.wait()
            except TimeoutError:
                continue

    async def _begin_some(self) -> list[Queue]:
        """Those that wait, in the order of their first row. The first rows of all that begin are read together."""
        async with self._store.unit() as unit:
            queues = await self._queues(unit, enough=True)
            free = [queue for queue in queues if self._is_free(queue)]
            begun: list[Queue] = []
            for platform in dict.fromkeys(q[0] for q in free):
                those = [q for q in free if q[0] == platform]
                begun += those[: max(MOST_AT_ONCE - self._side_by_side(platform), 0)]
            self._beyond = len(begun) < len(free)
            # Whoever is saying something there may have looked for more already.
            self._again |= {q for q, id in queues.items() if q in self._running and id not in self._tried}
            rows = await unit.find(Outbox, id=OneOf([queues[queue] for queue in begun])) if begun else []
        for row in rows:
            if queue_of(row) in self._running:
                self._again.add(queue_of(row))  # an answer has gone ahead
            else:
                self._begin(queue_of(row), row)
        return list(queues)

    def _is_free(self, queue: Queue) -> bool:
        return queue not in self._running and self._resting.get(queue, 0.0) <= asyncio.get_running_loop().time()

    def _side_by_side(self, platform: str) -> int:
        return sum(queue[0] == platform for queue in self._running)

    async def drain(self) -> int:
        """Carry out all that lies there, one after another, and return from how many queues: for a rehearsal."""
        count = 0
        while True:
            async with self._store.unit() as unit:
                queues = [q for q in await self._queues(unit) if q not in self._resting]
            if not queues:
                return count
            for queue in queues:
                await self._empty(queue)
            count += len(queues)

    async def _queues(self, unit: Unit, *, enough: bool = False) -> dict[Queue, int]:
        """What waits, and the first row of each, in their order. `enough`: no further than to where more are free
        than can begin."""
        first: dict[Queue, int] = {}
        free: Counter[str] = Counter()
        last = 0
        async with aclosing(self._share.to_say(unit)) as pages:
            async for page in pages:
                for queue, last in page:
                    if queue not in first:
                        first[queue] = last
                        free[queue[0]] += self._is_free(queue)
                most = ((p, MOST_AT_ONCE - self._side_by_side(p)) for p in self._platforms)
                if enough and self._left is not None and all(free[p] > room for p, room in most):
                    break
        if self._left is None:
            self._left = last
        return first

    async def _empty(self, queue: Queue, row: Outbox | None = None) -> None:
        """`row`: the first, where it was read already."""
        loop = asyncio.get_running_loop()
        platform = queue[0]
        fresh = row is not None
        while not self._stopping:
            try:
                if not fresh:
                    async with self._store.unit() as unit:
                        row = await self._share.next_to_say(unit, queue)
                if row is None:
                    self._resting.pop(queue, None)
                    return
                # Said perhaps, and not marked as said: it is looked for before it is said again.
                perhaps_said = row.id in self._tried or row.id <= (self._left or 0)
                self._tried.add(row.id)
                with self.under_way.saying(queue) if row.choices else nullcontext():
                    following = await self._dispatch.carry_out(row, since=row.at if perhaps_said else None)
                self._tried.discard(row.id)
                row, fresh = following, True
            except TryLater as problem:
                if row is None or isinstance(problem, NotNow):
                    self._resting[queue] = loop.time() + min(max(problem.after, 1.0), LONGEST_WAIT)
                    if row is not None:
                        self._tally.say(row, "put off", self._clock.now())
                    return
                tries = row.tries + 1
                if await self._dispatch.given_up(row, tries, problem.reason):
                    self._tried.discard(row.id)
                    fresh = False
                    continue
                rest = min(max(problem.after, 2.0 ** min(tries - 1, 9)), LONGEST_WAIT)
                self._resting[queue] = loop.time() + rest
                log.warning("put off", platform=platform, reason=problem.reason, seconds=rest, tries=tries)
                self._tally.say(row, "put off", self._clock.now())
                return
            except StoreTrouble as trouble:
                self._resting[queue] = loop.time() + 1
                log.warning("receipt not kept, asked again", platform=platform, reason=trouble.reason)
                return
