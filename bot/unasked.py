"""What nobody asked for: planning what is to go out by itself, and carrying it out once it falls due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

import structlog

from bot.context import Context
from bot.feature import Features
from bot.logs import report
from bot.model.community import Community
from bot.model.flow import Outbox
from bot.model.rhythm import Due
from bot.ports import Clock, Seals, Store, StoreTrouble, Unit
from bot.rhythm import paused, replan
from bot.tally import Tally

log = structlog.get_logger("unasked")

# Later than so many seconds, it says that it is late.
LATE = 300


class Unasked:
    """`say` is called with what was said, once it lies in the outbox."""

    def __init__(
        self, store: Store, clock: Clock, features: Features, seals: Seals, random: Random,
        say: Callable[[Sequence[Outbox]], None], tally: Tally,
    ) -> None:  # fmt: skip
        self._store = store
        self._clock = clock
        self._features = features
        self._seals = seals
        self._random = random
        self._say = say
        self._tally = tally

    async def plan(self) -> None:
        """What each community has coming. Raises StoreTrouble."""
        async with self._store.unit() as unit:
            for community in await unit.find(Community, order="id"):
                ctx = self.context(unit, community, cause=f"plan:{self._clock.now()}")
                await replan(ctx)
                for finish in ctx.after_commit:
                    unit.after_commit(finish)

    async def due(self, id: int) -> None:
        """Carry out what is due, once; pass over what is too late or paused. Raises StoreTrouble."""
        try:
            async with self._store.unit() as unit:
                due = await unit.get(Due, id)
                if due is not None and due.state == "pending" and due.due_at <= self._clock.now():
                    await self._fall_due(unit, due)
        except StoreTrouble:
            raise
        except Exception as fault:  # noqa: BLE001  a bug in one handler must not silence all others
            report(fault, f"due:{id}")
            async with self._store.unit() as unit:
                if due := await unit.get(Due, id):
                    due.state = "failed"
                    self._tally.fall_due(due.kind, due.state)

    async def _fall_due(self, unit: Unit, due: Due) -> None:
        community = await unit.get(Community, due.community_id)
        kind = self._features.dues.get(due.kind)
        if community is None or kind is None:
            due.state = "overtaken"  # planned by a version that knew more
            return
        ctx = self.context(unit, community, cause=f"due:{due.id}")
        lateness = ctx.now - due.due_at
        ctx.late = lateness.total_seconds() > LATE
        if not kind.chore and await paused(ctx, due.kind.split(".")[0], due.due_at):
            due.state = "skipped"
        elif lateness > kind.useful_for:
            due.state = "overtaken"
            log.info("overtaken", kind=due.kind, late=str(lateness))
        else:
            due.state = "done"
            await kind.run(ctx, due)
        await replan(ctx)
        unit.after_commit(lambda: self._tally.fall_due(due.kind, due.state))
        for finish in ctx.after_commit:
            unit.after_commit(finish)

    def context(self, unit: Unit, community: Community, *, cause: str) -> Context:
        """Where nobody asked."""
        ctx = Context(
            unit=unit, community=community, now=self._clock.now(), cause=cause, features=self._features,
            seals=self._seals, random=self._random,
        )  # fmt: skip
        unit.after_commit(lambda: self._say(ctx.said))
        return ctx
