"""Keeping what is due in step with what ought to go out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.context import Context
from bot.dates.recurrence import quiet_shift, wall
from bot.falling_due import Fate, Quiet, ended, fate, put_off, useful_until
from bot.feature import DueKind, Planned
from bot.holidays import Holidays
from bot.model.attention import Request
from bot.model.community import Community
from bot.model.flow import Conversation, DirectRoom, Inbox, Outbox
from bot.model.rhythm import NOBODY, PAUSED, Deed, Due, Holiday, Pause
from bot.ports import AtLeast, OneOf, Unit

HORIZON = timedelta(days=35)
# Where nothing else was touched, the plan is as it was.
PLANS_NOTHING = {Inbox, Outbox, Conversation, DirectRoom, Deed}
# The least that instants differ by.
TICK = timedelta(microseconds=1)


async def replan(ctx: Context) -> None:
    """Add what is missing, put right what has changed, take away what no longer applies.

    What a person moved or skipped stays as they left it; what is past is left to be carried out or passed over.
    """
    quiet = await quiet_times(ctx)
    wanted, planning = await _wanted(replace(ctx, quiet=quiet))
    community_id = ctx.community.id
    ours = OneOf([kind for kind in ctx.features.dues if kind.split(".")[0] in planning])
    # What is due at this very instant is past already: it is about to be carried out.
    for due in await ctx.unit.find(Due, community_id=community_id, kind=ours, due_at=AtLeast(ctx.now + TICK)):
        if due.key in wanted and due.state == "pending":
            due.args = wanted[due.key].args  # such as until when it is of use: its session may have moved
        if (due.key in wanted or due.moved) and _passed_over_ahead(due, ctx.now):
            due.reopen()
        if due.state == "pending" and not due.moved:
            await _put_right(ctx, due, wanted.get(due.key), quiet)
    # Of all that ever was, only what is wanted again.
    keys = await ctx.unit.only(Due, "key", community_id=community_id, key=OneOf(sorted(wanted)))
    known = {key for (key,) in keys}
    for key, planned in wanted.items():
        at = quiet.over(ctx.features.dues[planned.kind], planned.due_at, planned.args)
        if key not in known and at >= ctx.now:
            due = Due(community_id=community_id, key=key, kind=planned.kind, due_at=at, args=planned.args)
            due.rhythm_at = planned.due_at if at != planned.due_at else None
            ctx.unit.lay(due)


async def _wanted(ctx: Context) -> tuple[dict[str, Planned], set[str]]:
    """All that ought to go out, by its key, and the names of the features that were asked."""
    wanted: dict[str, Planned] = {}
    planning: set[str] = set()
    for feature in ctx.features.all:
        if feature.planner is not None:
            planning.add(feature.name)
            wanted |= {planned.key: planned for planned in await feature.planner(ctx, ctx.now + HORIZON)}
    return wanted, planning


def _passed_over_ahead(due: Due, now: datetime) -> bool:
    """Passed over at an hour that is still to come: the clock went ahead for a while, and was set right since. What
    was said is said."""
    nothing = due.state in ("overtaken", "merged") or due.reason in (PAUSED, NOBODY)
    return nothing and due.closed_at is not None and due.closed_at > now


async def _put_right(ctx: Context, due: Due, planned: Planned | None, quiet: Quiet) -> None:
    """A row to come. Where its own hour has passed it was put off: no planner need tell of it any more. Where that
    hour would have passed by a change of settings, it keeps the one it had. What lies beyond what is planned was
    planned by another clock, and is looked at when its time comes."""
    if planned is None:
        if _is_withdrawn(ctx, due):
            await ctx.unit.delete(Due, id=due.id)
    elif planned.due_at > ctx.now or (_own_hour(due) > ctx.now and planned.due_at == ctx.now):
        due.due_at = quiet.over(ctx.features.dues[due.kind], planned.due_at, planned.args)
        due.rhythm_at = planned.due_at if due.due_at != planned.due_at else None
        due.late_from = None


def _own_hour(due: Due) -> datetime:
    return due.late_from or due.rhythm_at or due.due_at


def _is_withdrawn(ctx: Context, due: Due) -> bool:
    """Whether that row is taken away once no planner tells of it any more. Of what members count on, they tell for
    as long as it is to come."""
    return ctx.features.dues[due.kind].useful_for is None or ctx.now < _own_hour(due) <= ctx.now + HORIZON


async def put_back(ctx: Context, due: Due) -> None:
    """What was passed over comes again: at the hour that a person gave it, or else at its own, which the rhythm may
    have changed since. What the rhythm would take away stays as they left it: they were told that it comes."""
    due.reopen()
    if due.moved:
        return
    wanted, planning = await _wanted(ctx)
    if due.key in wanted:
        await _put_right(ctx, due, wanted[due.key], await quiet_times(ctx))
    else:
        due.moved = due.kind.split(".")[0] in planning and _is_withdrawn(ctx, due)


async def quiet_times(ctx: Context) -> Quiet:
    """When the community is left in peace."""
    if ctx.quiet is not None:
        return ctx.quiet
    holidays = await ctx.unit.find(Holiday, community_id=ctx.community.id)
    return quiet_of(ctx, holidays, await ctx.unit.find(Pause, community_id=ctx.community.id))


def quiet_of(ctx: Context, holidays: list[Holiday], pauses: list[Pause]) -> Quiet:
    hours = ctx.settings.quiet_hours
    return Quiet(ctx.settings.clock, (hours.start, hours.end), Holidays(ctx.settings.holidays, holidays), pauses)


def after_quiet_hours(ctx: Context, instant: datetime) -> datetime:
    quiet = ctx.settings.quiet_hours
    return quiet_shift(instant, zone=ctx.settings.clock, quiet_from=quiet.start, quiet_until=quiet.end)


async def pauses_changed(ctx: Context) -> None:
    """What waits for the end of a pause, or was passed over since it would have waited for too long, is decided anew
    where it is still of use: it goes out now, waits for another end, or is passed over."""
    quiet = await quiet_times(ctx)
    ours: dict[str, Any] = {"community_id": ctx.community.id}
    to_come = await ctx.unit.find(Due, **ours, state="pending", due_at=AtLeast(ctx.now))
    passed_over = await ctx.unit.find(Due, **ours, state="skipped", reason=PAUSED)
    for due in [*(due for due in to_come if due.late_from is not None), *passed_over]:
        kind = ctx.features.dues.get(due.kind)
        if kind is None or not kind.waits_for_pause or ctx.now > useful_until(due, kind):
            continue
        closed_at = due.closed_at or ctx.now
        due.due_at, due.late_from = due.late_from or due.due_at, None
        due.reopen()
        found = fate(due, kind, ctx.now, quiet)
        if found.state == "skipped":
            due.close("skipped", closed_at, found.reason)
        elif found.state == "pending":
            put_off(due, found, ctx.now)
    # What was asked before, and waited for that as well, has its turn.
    await ctx.unit.change(Request, {"look_at": ctx.now}, **ours, state="waits", why="quiet")


async def coming(ctx: Context, until: datetime) -> list[Due]:
    """What is to go out by then, in the order of its hour."""
    pending = await ctx.unit.find(
        Due, community_id=ctx.community.id, state="pending", due_at=AtLeast(ctx.now), order="due_at"
    )
    return [due for due in pending if due.due_at <= until and not chore(ctx, due)]


def chore(ctx: Context, due: Due) -> bool:
    """Nobody hears of it; nor of what is not known any more."""
    kind = ctx.features.dues.get(due.kind)
    return kind is None or kind.chore


async def fates(ctx: Context, dues: list[Due]) -> dict[int, Fate]:
    """What will become of each, at its hour, by the rules that hold then."""
    quiet = await quiet_times(ctx)
    found: dict[int, Fate] = {}
    for due in dues:
        others = [d for d in dues if d.kind == due.kind and d.due_at == due.due_at]  # what is earlier has gone by then
        found[due.id] = fate(due, ctx.features.dues[due.kind], due.due_at, quiet, others)
    return found


def goes_out(found: Fate) -> bool:
    """At its hour, or once it has waited."""
    return found.state in ("done", "pending")


async def change_zone(
    unit: Unit, community: Community, before: ZoneInfo, after: ZoneInfo, now: datetime, kinds: Mapping[str, DueKind]
) -> None:
    """What a person chose to go out at some hour goes out at that hour of the new clock, even where it is put back only
    afterwards, and a pause ends on its day. Where it would be of no use any more at that hour, it goes out at the very
    instant that they chose. What comes every other week is counted from the day on which the community began."""
    if community.since.astimezone(before).date() != community.since.astimezone(after).date():
        community.since = _same_hour(community.since, before, after)
    chosen: dict[str, Any] = {"state": OneOf(["pending", "skipped"]), "moved": True, "due_at": AtLeast(now + TICK)}
    for due in await unit.find(Due, community_id=community.id, **chosen):
        last = ended(kinds[due.kind], due.args) if due.kind in kinds else None
        at = _same_hour(due.due_at, before, after)
        due.due_at = at if last is None or at < last else due.due_at
    for pause in await unit.find(Pause, community_id=community.id, until=AtLeast(now + TICK)):
        pause.until = _same_hour(pause.until, before, after) if pause.until else None


def _same_hour(at: datetime, before: ZoneInfo, after: ZoneInfo) -> datetime:
    shown = at.astimezone(before)
    return wall(shown.date(), shown.time().replace(fold=0), after)
