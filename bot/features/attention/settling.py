"""When what was asked is decided on, and how long what became of it is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.attention import WEEK, settle
from bot.context import Context
from bot.feature import Planned
from bot.features.attention.declaration import feature
from bot.model.attention import Request
from bot.model.rhythm import Due
from bot.ports import Before, Other
from bot.rhythm import HORIZON

# As far back as a week is counted, and as far ahead as is planned.
KEPT = WEEK + HORIZON
DAY = timedelta(days=1)


@feature.plans
async def plan(ctx: Context, until: datetime) -> list[Planned]:
    planned: list[Planned] = []
    here = {"community_id": ctx.community.id}
    if first := await ctx.unit.one(Request, **here, state="waits", order="look_at"):
        # Again a day later, and another, should it fail.
        days = max(ctx.now - first.look_at, timedelta()) // DAY
        planned += [
            Planned(
                key=f"attention.settle:{first.id}:{first.look_at:%Y%m%dT%H%M%S}:{day}", kind="attention.settle",
                due_at=max(first.look_at + day * DAY, ctx.now),
            )
            for day in (days, days + 1)
        ]  # fmt: skip
    if oldest := await ctx.unit.one(Request, **here, order="asked_at"):
        at = max(oldest.asked_at + KEPT, ctx.now).replace(hour=0, minute=0, second=0, microsecond=0) + DAY
        planned.append(Planned(key=f"attention.tidy:{at.date()}", kind="attention.tidy", due_at=at))
    return [p for p in planned if p.due_at <= until]


@feature.due("settle", useful_for=timedelta(days=366), heeds_quiet_hours=False, chore=True)
async def decide(ctx: Context, due: Due) -> None:
    """What is said heeds quiet hours, holidays and pauses by itself."""
    await settle(ctx)
    # Free again: what waits may have its turn once more at that very instant, where somebody changes what they wish.
    due.key = f"{due.key}:{due.id}"


@feature.due("tidy", useful_for=timedelta(days=366), heeds_quiet_hours=False, chore=True)
async def tidy(ctx: Context, due: Due) -> None:
    old = Before(ctx.now - KEPT)
    await ctx.unit.delete(Request, community_id=ctx.community.id, asked_at=old, state=Other("waits"))
    await ctx.unit.delete(Due, community_id=ctx.community.id, kind="attention.settle", state="done", due_at=old)
