"""Days on which the community is off: added and taken away from chat, and listed."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from bot import deeds
from bot.chat.content import Block, Bullets, Line
from bot.context import Context
from bot.dates.recurrence import wall
from bot.errors import Problem
from bot.feature import Arguments, Field
from bot.features.rhythm.declaration import feature
from bot.fields import Answers
from bot.model.rhythm import Holiday
from bot.model.settings import LONGEST
from bot.rhythm import quiet_times

LISTED = timedelta(days=366)
LISTED_AT_MOST = 30
# Whoever notes days off after their first day does so within them, or next year’s.
JUST_BEGUN = timedelta(days=7)
PERIOD = (Field("first", "day"), Field("last", "day", optional=True))


@feature.command(
    "holiday", en=("plan holiday", "holiday"), fr=("plan congé", "congé"), fields=PERIOD, facilitator=True
)
async def holiday(ctx: Context, answers: Answers) -> None:
    said = await _said(ctx, answers, off=True)
    await ctx.reply_privately(_noted(ctx, "rhythm-holiday-set", said), _back(ctx))


@feature.command(
    "unholiday", en="plan holiday remove", fr="plan congé retirer", fields=PERIOD, facilitator=True,
    path=("plan holiday-remove", "plan congé-retirer"),
)  # fmt: skip
async def unholiday(ctx: Context, answers: Answers) -> None:
    said = await _said(ctx, answers, off=False)
    await ctx.reply_privately(_noted(ctx, "rhythm-holiday-taken", said), _back(ctx))


async def _said(ctx: Context, answers: Answers, *, off: bool) -> Holiday:
    zone = ctx.settings.clock
    first = answers.instant("first").astimezone(zone).date()
    last = answers.instant("last").astimezone(zone).date() if answers.given("last") else first
    first = _under_way(ctx, first, last)
    if last < first and _a_year_from(last, 1) - first <= LONGEST / 2:
        last = _a_year_from(last, 1)  # "20 December | 5 January", which is near when it is January
    if last < first:
        raise Problem("rhythm-holiday-backwards", first=_day(ctx, first), last=_day(ctx, last))
    if last - first > LONGEST:
        raise Problem("rhythm-holiday-long", first=_day(ctx, first), last=_day(ctx, last))
    said = Holiday(community_id=ctx.community.id, first=first, last=last, off=off)
    await ctx.unit.add(said)
    await deeds.note(ctx, "rhythm.holiday" if off else "rhythm.unholiday", holiday=said.id)
    return said


def _under_way(ctx: Context, first: date, last: date) -> date:
    """The first day, which is read as one to come: "2 January | 8 January" on the fourth is this year's."""
    today, before = ctx.now.astimezone(ctx.settings.clock).date(), _a_year_from(first, -1)
    return before if last < first and today - JUST_BEGUN <= before < today else first


def _a_year_from(day: date, years: int) -> date:
    year = day.year + years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


@feature.undoes("holiday")
@feature.undoes("unholiday")
async def forget(ctx: Context, args: Arguments) -> Line:
    """What was said of these days is said no more. Whether they are off is for others to tell: the country, the
    settings, and whoever spoke of them besides."""
    said = await ctx.unit.get(Holiday, int(args["holiday"]))
    if said is None:
        raise deeds.changed(ctx)
    await ctx.unit.delete(Holiday, id=said.id)
    voice, quiet = ctx.here, await quiet_times(ctx)
    off = quiet.holidays.periods(said.first, said.last)
    if not off:
        return _noted(ctx, "rhythm-holiday-none", said)
    days = sum(_days(first, last) for first, last in off)
    return voice.say("rhythm-holiday-still", period=voice.listed([_span(ctx, *each) for each in off]), days=days)


@feature.command("holidays", en=("plan holidays", "holidays"), fr=("plan congés", "congés"), facilitator=True)
async def holidays(ctx: Context, answers: Answers) -> None:
    voice, quiet = ctx.here, await quiet_times(ctx)
    today = quiet.day(ctx.now)
    lines: list[Line] = []
    for first, last in quiet.holidays.periods(today, today + LISTED)[:LISTED_AT_MOST]:
        name = quiet.holidays.name(first, voice.language) if first == last else ""
        line = _span(ctx, first, last)
        lines.append(voice.say("rhythm-holiday-named", period=line, name=name) if name else line)
    said: list[Block | Line] = [voice.say("rhythm-holidays"), Bullets(tuple(lines))]
    if not lines:
        said = [voice.say("rhythm-holidays-none")]
    example = voice.text("rhythm-holiday-example")
    await ctx.reply_privately(
        *said,
        voice.say(
            "rhythm-holidays-how", add=ctx.typed("rhythm.holiday", voice, example),
            remove=ctx.typed("rhythm.unholiday", voice, example),
        ),
    )  # fmt: skip


def _back(ctx: Context) -> Line:
    voice = ctx.here
    return voice.say("rhythm-how-to-undo", undo=ctx.typed("rhythm.undo", voice))


def _noted(ctx: Context, id: str, said: Holiday) -> Line:
    return ctx.here.say(id, period=_span(ctx, said.first, said.last), days=_days(said.first, said.last))


def _span(ctx: Context, first: date, last: date) -> Line:
    if first == last:
        return ctx.here.say("rhythm-holiday-day", day=_day(ctx, first))
    return ctx.here.say("rhythm-holiday-period", first=_day(ctx, first), last=_day(ctx, last))


def _days(first: date, last: date) -> int:
    return (last - first).days + 1


def _day(ctx: Context, day: date) -> str:
    return ctx.here.day(_noon(ctx, day))


def _noon(ctx: Context, day: date) -> datetime:
    """An hour that every zone has, of nearly every day."""
    return wall(day, time(12), ctx.settings.clock)
