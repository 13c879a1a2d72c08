"""Keeping what is due in step with what ought to go out."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.context import Context
from bot.dates.recurrence import quiet_shift
from bot.model.flow import Conversation, DirectRoom, Inbox, Outbox
from bot.model.rhythm import Due, Pause
from bot.ports import AtLeast, OneOf

HORIZON = timedelta(days=35)
# Where nothing else was touched, the plan is as it was.
PLANS_NOTHING = {Inbox, Outbox, Conversation, DirectRoom}


async def replan(ctx: Context) -> None:
    """Add what is missing, put right what has changed, take away what no longer applies.

    What a person moved or skipped stays as they left it; what is past is left to be carried out or passed over.
    """
    until = ctx.now + HORIZON
    wanted: dict[str, tuple[str, datetime, dict[str, str | int]]] = {}
    planning: set[str] = set()
    for feature in ctx.features.all:
        if feature.planner is None:
            continue
        planning.add(feature.name)
        for planned in await feature.planner(ctx, until):
            at = planned.due_at
            if ctx.features.dues[planned.kind].heeds_quiet_hours:
                at = after_quiet_hours(ctx, at)
            wanted[planned.key] = (planned.kind, at, planned.args)
    community_id = ctx.community.id
    # What is due at this very instant is past already: it is about to be carried out.
    just_after = AtLeast(ctx.now + timedelta(microseconds=1))
    coming = await ctx.unit.find(Due, community_id=community_id, due_at=just_after)
    for due in coming:
        if due.state != "pending" or due.kind.split(".")[0] not in planning:
            continue
        if due.key not in wanted:
            if not due.moved:
                await ctx.unit.delete(Due, id=due.id)
        elif not due.moved and due.due_at != wanted[due.key][1]:
            due.due_at = wanted[due.key][1]
    # Of all that ever was, only what is wanted again.
    keys = await ctx.unit.only(Due, "key", community_id=community_id, key=OneOf(sorted(wanted)))
    known = {key for (key,) in keys}
    for key, (kind, at, args) in wanted.items():
        if key not in known and at >= ctx.now:
            ctx.unit.lay(Due(community_id=community_id, key=key, kind=kind, due_at=at, args=args))


def after_quiet_hours(ctx: Context, instant: datetime) -> datetime:
    quiet = ctx.settings.quiet_hours
    return quiet_shift(instant, zone=ctx.settings.clock, quiet_from=quiet.start, quiet_until=quiet.end)


async def paused(ctx: Context, feature: str, at: datetime) -> bool:
    """Whether someone asked that this feature, or all of them, be silent at that instant."""
    pauses = await ctx.unit.find(Pause, community_id=ctx.community.id) if ctx.pauses is None else ctx.pauses
    return any(p.feature in ("", feature) and (p.until is None or at < p.until) for p in pauses)
