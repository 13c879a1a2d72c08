"""The composition root: the one place that brings adapters, scheduler and storage together."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine, Iterable, Sequence
from random import Random, SystemRandom
from typing import Any

import structlog

from bot.autocomplete import Autocomplete
from bot.copies import Copies
from bot.counted import CountedIntake, CountedStore
from bot.delivery import Delivery
from bot.feature import Features
from bot.features import (
    attention,
    charter,
    icebreakers,
    linking,
    polls,
    privacy,
    pulse,
    rhythm,
    rooms,
    sessions,
    stories,
    unread,
    welcome,
)
from bot.features import help as help_
from bot.filing import Filing
from bot.intake import StoredIntake
from bot.logs import report
from bot.model.community import Community
from bot.model.flow import Inbox
from bot.model.settings import Settings
from bot.ports import ChatPlatform, Clock, Refused, Seals, Store, StoreTrouble
from bot.rhythm import change_zone
from bot.router import Router
from bot.share import Share
from bot.tally import Tally
from bot.unasked import Unasked
from scheduler.jumps import Belief
from scheduler.timetable import Timetable

log = structlog.get_logger("app")

# Seconds. What happens plans anew as well: this is for a community where nothing does.
PLAN_EVERY = 6 * 3600.0
# After a start: what a kill left behind is known by then to be needed by nobody.
PLAN_FIRST = 1000.0
PLAN_AGAIN = 60.0
# Seconds after trouble with the database.
LOOK_AGAIN = 1.0

FEATURES = Features(
    [  # in the order in which help shows them
        help_.feature,
        sessions.feature,
        stories.feature,
        icebreakers.feature,
        pulse.feature,
        polls.feature,
        rhythm.feature,
        attention.feature,
        welcome.feature,
        charter.feature,
        linking.feature,
        privacy.feature,
        rooms.feature,
        unread.feature,
    ]
)


class NoPlatformLeft(Exception):
    """`platform`: the last that refused to go on, and why."""

    def __init__(self, platform: str, reason: str) -> None:
        super().__init__(f"{platform}: {reason}")
        self.platform = platform
        self.reason = reason


class App:
    """Veillée at work, whatever the platforms, the clock and the store."""

    def __init__(
        self, *, store: Store, clock: Clock, seals: Seals, copies: Copies, platforms: Sequence[ChatPlatform],
        random: Random | None = None, tally: Tally | None = None, share: Share | None = None,
    ) -> None:  # fmt: skip
        """`share`: what of the database this process sees to; all of it where none is given."""
        self.store = store
        self.clock = clock
        self.platforms = platforms
        draws = random or SystemRandom()
        named = {p.name: p for p in platforms}
        self._something = asyncio.Event()
        self._something.set()
        self.tally = tally or Tally()
        self.share = share = share or Share()
        self._looking_again: asyncio.TimerHandle | None = None
        store = CountedStore(store, self.tally, self._in_doubt)
        calm = asyncio.Event()
        belief = Belief(clock)
        self.delivery = Delivery(
            store, clock, named, self._heard, copies, self.tally, share, calm, belief.believed
        )
        self.filing = Filing(store, clock, FEATURES, named, seals, copies, draws)
        self.router = Router(
            store, clock, FEATURES, named, seals, draws, self.delivery.take, self.filing, self.tally, share,
            self.delivery.under_way,
        )  # fmt: skip
        self.unasked = Unasked(store, clock, FEATURES, seals, draws, self.delivery.take, self.tally, share)
        self.intake = StoredIntake(store, clock, draws, self._heard, self.delivery.under_way)
        self.timetable = Timetable(store, clock, self.unasked.carry_out, belief, share, calm)
        self.suggestions = Autocomplete(store, clock, FEATURES, seals, draws, self.router.is_facilitator)

    def _heard(self, rows: Sequence[Inbox]) -> None:
        self.router.take(rows)
        self._something.set()

    def _in_doubt(self) -> None:
        """Something may have been kept of which nobody was told: in a moment it is looked for."""
        if self._looking_again is None:
            self._looking_again = asyncio.get_running_loop().call_later(LOOK_AGAIN, self._look_again)

    def _look_again(self) -> None:
        self._looking_again = None
        self._something.set()
        self.delivery.wake()

    async def prepare(self, communities: Iterable[tuple[str, Settings]]) -> None:
        """Keep the communities as they are configured now, and plan what each has coming."""
        async with self.store.unit() as unit:
            for slug, settings in communities:
                community = await unit.one(Community, slug=slug)
                if community is None:
                    await unit.add(Community(slug=slug, settings=settings, since=self.clock.now()))
                else:
                    before, community.settings = community.settings.clock, settings
                    if before != settings.clock:
                        now = self.clock.now()
                        await change_zone(unit, community, before, settings.clock, now, FEATURES.dues)
        await self.unasked.plan()
        await self.filing.sweep()

    async def settle(self) -> None:
        """Handle and say all that there is by now, in one fixed order: for a rehearsal and for tests."""
        while True:
            handled = await self.router.drain()
            if not await self.delivery.drain() and not await self.timetable.drain() and handled:
                return

    async def run(self) -> None:
        """Until cancelled, or until no platform can go on any more: raises NoPlatformLeft within a group then."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._route())
            tasks.create_task(self.delivery.run())
            tasks.create_task(self.timetable.run())
            tasks.create_task(self._plan_daily())
            listening = {platform.name for platform in self.platforms}
            for platform in self.platforms:
                tasks.create_task(self._listen(platform, listening))

    async def _listen(self, platform: ChatPlatform, listening: set[str]) -> None:
        """What is to be said on a platform that refuses us waits; those who meet on another are served all the same."""
        try:
            await platform.run(CountedIntake(self.intake, platform.name, self.tally))
        except Refused as refused:
            listening.discard(platform.name)
            if not listening:
                raise NoPlatformLeft(platform.name, refused.reason) from None
            log.error("refused, the others go on", platform=platform.name, reason=refused.reason)

    async def close(self, within: float = 10.0) -> None:
        """End every connection. What hangs is left to itself: nothing here takes longer than so many seconds, all
        told."""
        until = asyncio.get_running_loop().time() + within
        await _ended(within * 0.7, self.filing.close(), *(platform.close() for platform in self.platforms))
        await _ended(until - asyncio.get_running_loop().time(), self.store.close())

    async def _route(self) -> None:
        while True:
            self._something.clear()
            done = await self.router.drain()
            # Where something must wait for a platform or the database, what is new does not wait with it.
            with contextlib.suppress(TimeoutError):
                waits = [*self.share.waits, *([] if done else [1.0])]
                async with asyncio.timeout(min(waits, default=None)):
                    await self._something.wait()

    async def _plan_daily(self) -> None:
        wait = PLAN_FIRST
        while True:
            await asyncio.sleep(wait)
            wait = PLAN_EVERY
            try:
                await self.unasked.plan()
                await self.filing.sweep()
            except StoreTrouble as trouble:
                log.warning("planning put off", reason=trouble.reason)
                wait = PLAN_AGAIN
            except Exception as fault:  # noqa: BLE001  what is planned already goes on
                report(fault, "plan")


async def _ended(within: float, *closing: Coroutine[Any, Any, None]) -> None:
    tasks = [asyncio.create_task(each) for each in closing]
    ended, left = await asyncio.wait(tasks, timeout=within)
    if left:
        log.warning("left to itself", count=len(left))
    for task in left:
        task.cancel()
    for task in ended:
        if fault := task.exception():
            report(fault, "close")
