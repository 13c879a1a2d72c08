"""What a facilitator did last, and how it is undone: declared beside the command that does it.

A deed is kept with what it takes to bring back how things were. One for each facilitator: the last. Whatever they do
that nothing is declared for takes its place, so that "the last" is never another than they think of.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.chat.content import Argument, Line
from bot.context import Context
from bot.errors import Problem
from bot.model.rhythm import Deed
from bot.ports import Before

# Later than that, others have built on it.
KEPT = timedelta(days=1)
ASKED = "asked"


async def note(ctx: Context, name: str, **args: Argument) -> None:
    """They did this: `name` is "feature.command". `args`: what undoing it takes."""
    ctx.deed = name
    await ctx.unit.delete(Deed, person_id=ctx.member.id)
    await ctx.unit.add(
        Deed(community_id=ctx.community.id, person_id=ctx.member.id, name=name, args=args, at=ctx.now)
    )


def written(at: datetime | None) -> str:
    """An instant that undoing takes, "" for none."""
    return at.astimezone(UTC).isoformat() if at else ""


def instant(noted: Argument | None) -> datetime | None:
    """As it was written."""
    return datetime.fromisoformat(str(noted)) if noted else None


async def asked(ctx: Context) -> None:
    """They were asked to confirm it: there is nothing to undo yet, and what they did before is not meant any more."""
    await note(ctx, ASKED)


async def declined(ctx: Context) -> None:
    """They did not confirm it."""
    await ctx.unit.delete(Deed, person_id=ctx.member.id, name=ASKED)


async def undo(ctx: Context) -> Line:
    """What was brought back. Raises Problem."""
    deed = await ctx.unit.one(Deed, person_id=ctx.member.id, community_id=ctx.community.id)
    if deed is None:
        raise Problem("undo-nothing")
    if abs(ctx.now - deed.at) > KEPT:
        raise too_late(ctx)
    undoer = ctx.features.undoers.get(deed.name)
    if undoer is None:
        raise Problem(_why_not(ctx, deed.name), help=ctx.typed("help.help", ctx.here))
    said = await undoer(ctx, deed.args)
    ctx.deed = "undo"
    await ctx.unit.delete(Deed, id=deed.id)
    return said


async def forget(ctx: Context) -> None:
    """What can be undone no more."""
    await ctx.unit.delete(Deed, community_id=ctx.community.id, at=Before(ctx.now - KEPT))


def changed(ctx: Context) -> Problem:
    """Somebody did something since, which would be lost."""
    return Problem("undo-changed", plan=ctx.typed("rhythm.plan", ctx.here))


def too_late(ctx: Context) -> Problem:
    return Problem("undo-too-late", plan=ctx.typed("rhythm.plan", ctx.here))


def _why_not(ctx: Context, name: str) -> str:
    """What is never undone says why, and what to do instead, by a sentence of its own where it has one."""
    own = f"undo-not-{name.replace('.', '-')}"
    return own if ctx.here.knows(own) else "undo-not"
