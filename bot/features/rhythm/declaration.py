"""What goes out by itself: the rows to come, and how one of them is named."""

from __future__ import annotations

from datetime import timedelta

from bot.chat.content import Line, Strong, plain
from bot.context import Context
from bot.errors import Problem
from bot.falling_due import Fate
from bot.feature import Feature, Field
from bot.fields import Answers
from bot.model.rhythm import HOLIDAY, PAUSED, Due, DueState
from bot.rhythm import chore, coming, quiet_times
from bot.text import folded

feature = Feature("rhythm")

SHOWN = timedelta(days=30)


async def why_not(ctx: Context, due: Due, found: Fate) -> Line | None:
    """Why it will not go out at that hour. None: it will."""
    voice = ctx.here
    match found.state:
        case "skipped" if found.reason == HOLIDAY:
            quiet = await quiet_times(ctx)
            name = quiet.holidays.name(quiet.day(due.due_at), voice.language)
            return voice.say("rhythm-entry-holiday-named", name=name) if name else voice.say("rhythm-entry-holiday")
        case "pending" if found.at is not None:
            when = voice.text("rhythm-when", day=voice.day(found.at), time=voice.time(found.at))
            return voice.say("rhythm-entry-paused-later" if found.reason == PAUSED else "rhythm-entry-later", when=when)
        case "pending":
            return voice.say("rhythm-entry-paused-open")
        case "merged":
            return voice.say("rhythm-entry-merged", into=str(found.into))
        case "done":
            return None
        case "overtaken":
            return voice.say("rhythm-entry-overtaken")
        case _:
            return voice.say("rhythm-entry-paused")


def title(ctx: Context, due: Due) -> Line:
    voice = ctx.here
    name = voice.text(f"due-{due.kind.replace('.', '-')}")
    when = voice.text("rhythm-when", day=voice.day(due.due_at), time=voice.time(due.due_at))
    return voice.say("rhythm-entry", number=str(due.id), when=Strong(when), what=name)


async def row(ctx: Context, answers: Answers, state: DueState = "pending") -> Due:
    due = await ctx.unit.get(Due, answers.number("number"))
    ours = due is not None and due.community_id == ctx.community.id and not chore(ctx, due)
    if due is not None and ours and due.due_at >= ctx.now:
        if due.state == state:
            return due
        if due.state == "pending":
            raise Problem("rhythm-not-skipped", entry=title(ctx, due))
    raise Problem(
        "rhythm-no-such-entry", number=str(answers.number("number")), plan=ctx.typed("rhythm.plan", ctx.here)
    )


async def _to_come(ctx: Context, typed: str) -> list[tuple[str, str]]:
    return proposed(ctx, await coming(ctx, ctx.now + SHOWN), typed)


def proposed(ctx: Context, dues: list[Due], typed: str) -> list[tuple[str, str]]:
    found = [(plain(title(ctx, due)), str(due.id)) for due in dues]
    return [each for each in found if folded(typed) in folded(each[0])]


NUMBER = Field("number", "number", suggests=_to_come)
