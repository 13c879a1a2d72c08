"""What nobody asked for: planning what is to go out by itself, and carrying it out once it falls due."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any, Self

import structlog

from bot import deeds
from bot.context import Context
from bot.falling_due import LOOKED_AT_AGAIN, fate, may_merge, put_off
from bot.feature import Features
from bot.logs import report
from bot.model.community import Community, Room
from bot.model.flow import Outbox
from bot.model.icebreaker import QuestionUse
from bot.model.rhythm import NOBODY, UNKNOWN, Due, Holiday, Pause
from bot.ports import Before, Clock, OneOf, Seals, Store, StoreTrouble, Unit
from bot.rhythm import PLANS_NOTHING, TICK, quiet_of, quiet_times, replan
from bot.share import Share
from bot.tally import Tally

log = structlog.get_logger("unasked")

# Rows carried out in one unit of work, and for how many seconds: others wait for the database meanwhile.
# More would hold the loop, where they are written, for longer than others wait without noticing.
AT_ONCE, HELD = 27, 0.05
# Where a handler touched nothing else, what is to come is as it was planned less than so long ago.
CHANGES_NO_PLAN = PLANS_NOTHING | {Due, QuestionUse}
PLANNED_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is asked of each row of a batch, read once for all of them, by community."""

    communities: dict[int, Community]
    rooms: dict[int, list[Room]]
    pauses: dict[int, list[Pause]]
    holidays: dict[int, list[Holiday]]

    @classmethod
    async def of(cls, unit: Unit, ids: Sequence[int]) -> Self:
        theirs = OneOf(sorted(set(ids)))
        rooms: dict[int, list[Room]] = {id: [] for id in ids}
        for room in await unit.find(Room, community_id=theirs, main=True):
            rooms[room.community_id].append(room)
        pauses: dict[int, list[Pause]] = {id: [] for id in ids}
        for pause in await unit.find(Pause, community_id=theirs):
            pauses[pause.community_id].append(pause)
        holidays: dict[int, list[Holiday]] = {id: [] for id in ids}
        for holiday in await unit.find(Holiday, community_id=theirs):
            holidays[holiday.community_id].append(holiday)
        return cls({c.id: c for c in await unit.find(Community, id=theirs)}, rooms, pauses, holidays)


class Unasked:
    """`say` is called with what was said, once it lies in the outbox."""

    def __init__(
        self, store: Store, clock: Clock, features: Features, seals: Seals, random: Random,
        say: Callable[[Sequence[Outbox]], None], tally: Tally, share: Share | None = None,
    ) -> None:  # fmt: skip
        self._share = share or Share()
        self._store = store
        self._clock = clock
        self._features = features
        self._seals = seals
        self._random = random
        self._say = say
        self._tally = tally
        self._planned: dict[int, datetime] = {}

    async def plan(self) -> None:
        """What each community has coming, one after another. Raises StoreTrouble."""
        async with self._store.unit() as unit:
            ids = [id for (id,) in await unit.only(Community, "id")]
        for id in ids:
            async with self._store.unit() as unit:
                if community := await unit.get(Community, id):
                    ctx = self.context(unit, community, cause=f"plan:{self._clock.now()}")
                    await self._replan(ctx)
                    await deeds.forget(ctx)
                    _finish(ctx)

    async def carry_out(self) -> int:
        """A batch of what is due, in the order of its hour: how many rows. None is left once it returns 0.

        One unit of work for all, so that each row is marked together with what it causes, or not at all. Where one
        of them fails, all is undone, and done again each by itself. Raises StoreTrouble.
        """
        try:
            async with self._store.unit() as unit:
                return await self._batch(unit)
        except StoreTrouble:
            raise
        except Exception:  # noqa: BLE001  each says what is the matter with it
            async with self._store.unit() as unit:
                ids = [id for (id,) in await unit.only(Due, "id", **await self._by_now(unit))]
            for id in ids:
                await self.due(id)
            return len(ids)

    async def _by_now(self, unit: Unit) -> dict[str, Any]:
        """The criteria of a batch of what is due."""
        ours, by_now = await self._share.due(unit), Before(self._clock.now() + TICK)
        return {"state": "pending", "due_at": by_now, "order": "due_at", "limit": AT_ONCE, **ours}

    async def _batch(self, unit: Unit) -> int:
        """How many rows were tried."""
        rows = await unit.find(Due, claimed=True, **await self._by_now(unit))
        if not rows:
            return 0
        known = await _Known.of(unit, [due.community_id for due in rows])
        loop = asyncio.get_running_loop()
        began = loop.time()
        for count, due in enumerate(rows, start=1):
            still = due.state == "pending" and due.due_at <= self._clock.now()
            if (still and await self._carry_out(unit, due, known)) or loop.time() - began > HELD:
                return count
            await asyncio.sleep(0)  # whoever waits for nothing but their turn has it
        return len(rows)

    async def due(self, id: int) -> None:
        """Carry out one row, once; pass over what is too late or paused. Raises StoreTrouble."""
        try:
            async with self._store.unit() as unit:
                due = await unit.get(Due, id)
                if due is not None and due.state == "pending" and due.due_at <= self._clock.now():
                    await self._carry_out(unit, due, await _Known.of(unit, [due.community_id]))
        except StoreTrouble:
            raise
        except Exception as fault:  # noqa: BLE001  a bug in one handler must not silence all others
            report(fault, f"due:{id}")
            async with self._store.unit() as unit:
                await self._fail(unit, id)

    async def _fail(self, unit: Unit, id: int) -> None:
        """What members count on is tried again the day after. Not all of that row may be read: that it cannot be may
        be the fault."""
        now = self._clock.now()
        for name, due_at, late_from in await unit.only(Due, "kind", "due_at", "late_from", id=id):
            kind = self._features.dues.get(name)
            becomes: dict[str, Any] = {"state": "failed", "closed_at": now}
            if kind is not None and kind.useful_for is None:
                becomes = {"due_at": now + LOOKED_AT_AGAIN, "late_from": late_from or due_at}
            if await unit.change(Due, becomes, id=id, state="pending"):
                unit.after_commit(partial(self._tally.fall_due, name, "failed"))

    async def _carry_out(self, unit: Unit, due: Due, known: _Known) -> bool:
        """Whether that changed what is to come, so that it was planned anew."""
        community = known.communities.get(due.community_id)
        if community is None:
            due.close("overtaken", self._clock.now(), UNKNOWN)
            return False
        ctx = self.context(unit, community, cause=f"due:{due.id}")
        ctx.rooms = known.rooms[community.id]
        ctx.quiet = quiet_of(ctx, known.holidays[community.id], known.pauses[community.id])
        await self._fall_due(ctx, due)
        planned = self._planned.get(community.id)
        changed = planned is None or abs(ctx.now - planned) >= PLANNED_FOR or not unit.touched() <= CHANGES_NO_PLAN
        if changed:
            await self._replan(ctx)
        unit.after_commit(lambda: self._tally.fall_due(due.kind, due.state))
        _finish(ctx)
        return changed

    async def _fall_due(self, ctx: Context, due: Due) -> None:
        kind = self._features.dues.get(due.kind)
        if kind is None:
            due.close("overtaken", ctx.now, UNKNOWN)  # planned by a version that knew more
            return
        others: list[Due] = []
        if may_merge(due, kind, ctx.now):
            others = await ctx.unit.find(
                Due, community_id=due.community_id, kind=due.kind, state="pending", due_at=Before(ctx.now + TICK)
            )
        found = fate(due, kind, ctx.now, await quiet_times(ctx), others)
        if found.state == "pending":
            put_off(due, found, ctx.now)
        elif found.state == "done":
            due.close("done", ctx.now)
            ctx.due, ctx.late = due, found.late
            ctx.excuse = not kind.tells_lateness and found.late
            await kind.run(ctx, due)
            if not ctx.said and not ctx.asked:
                due.reason = NOBODY
        else:
            due.close(found.state, ctx.now, found.reason, found.into)
        if found.state != "done":
            log.info("not sent", kind=due.kind, became=found.state, reason=found.reason)

    async def _replan(self, ctx: Context) -> None:
        await replan(ctx)
        self._planned[ctx.community.id] = ctx.now

    def context(self, unit: Unit, community: Community, *, cause: str) -> Context:
        """Where nobody asked."""
        ctx = Context(
            unit=unit, community=community, now=self._clock.now(), cause=cause, features=self._features,
            seals=self._seals, random=self._random,
        )  # fmt: skip
        unit.after_commit(lambda: self._say(ctx.said))
        return ctx


def _finish(ctx: Context) -> None:
    for finish in ctx.after_commit:
        ctx.unit.after_commit(finish)
