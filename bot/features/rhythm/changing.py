"""One row passed over, put back, or moved."""

from __future__ import annotations

from datetime import datetime

from bot import deeds
from bot.chat.content import Block, Line
from bot.context import Context
from bot.errors import Problem
from bot.feature import Arguments, Field
from bot.features.rhythm.declaration import SHOWN, feature, proposed, row, title, why_not
from bot.features.rhythm.previews import previews
from bot.fields import Answers
from bot.model.rhythm import FACILITATOR, Due
from bot.ports import AtLeast
from bot.rhythm import chore, coming, fates, put_back, quiet_times


async def _to_change(ctx: Context, typed: str) -> list[tuple[str, str]]:
    dues = await coming(ctx, ctx.now + SHOWN)
    return proposed(ctx, [due for due in dues if not ctx.features.dues[due.kind].confided], typed)


async def _skipped(ctx: Context, typed: str) -> list[tuple[str, str]]:
    skipped = await ctx.unit.find(
        Due, community_id=ctx.community.id, state="skipped", due_at=AtLeast(ctx.now), order="due_at"
    )
    return proposed(ctx, [due for due in skipped if not chore(ctx, due)], typed)


async def _changeable(ctx: Context, answers: Answers) -> Due:
    """A row that a facilitator may do otherwise with."""
    due = await row(ctx, answers)
    if ctx.features.dues[due.kind].confided:
        id = "rhythm-promised-stories" if due.kind.startswith("stories.") else "rhythm-promised"
        raise Problem(id, entry=title(ctx, due), move=ctx.typed("sessions.move", ctx.here))
    return due


CHANGED = Field("number", "number", suggests=_to_change)


@feature.command("skip", en="plan skip", fr="plan passer", fields=[CHANGED], facilitator=True)
async def skip(ctx: Context, answers: Answers) -> None:
    due = await _changeable(ctx, answers)
    due.close("skipped", ctx.now, FACILITATOR)
    await deeds.note(ctx, "rhythm.skip", due=due.id)
    back = ctx.typed("rhythm.restore", ctx.here, str(due.id))
    await ctx.reply_privately(ctx.here.say("rhythm-skipped", entry=title(ctx, due), back=back))


@feature.undoes("skip")
async def unskip(ctx: Context, args: Arguments) -> Line:
    due = await _still(ctx, args, "skipped")
    await put_back(ctx, due)
    return ctx.here.say("rhythm-restored", entry=title(ctx, due))


@feature.command(
    "restore", en="plan restore", fr="plan remettre", facilitator=True,
    fields=[Field("number", "number", suggests=_skipped)],
)  # fmt: skip
async def restore(ctx: Context, answers: Answers) -> None:
    due = await row(ctx, answers, state="skipped")
    await put_back(ctx, due)
    await deeds.note(ctx, "rhythm.restore", due=due.id)
    await ctx.reply_privately(ctx.here.say("rhythm-restored", entry=title(ctx, due)))


@feature.undoes("restore")
async def unrestore(ctx: Context, args: Arguments) -> Line:
    due = await _still(ctx, args, "pending")
    due.close("skipped", ctx.now, FACILITATOR)
    back = ctx.typed("rhythm.restore", ctx.here, str(due.id))
    return ctx.here.say("rhythm-skipped", entry=title(ctx, due), back=back)


@feature.command(
    "move", en="plan move", fr="plan déplacer", fields=[CHANGED, Field("when", "instant")], facilitator=True
)
async def move(ctx: Context, answers: Answers) -> None:
    due = await _changeable(ctx, answers)
    await deeds.note(
        ctx, "rhythm.move", due=due.id, before=due.due_at.isoformat(), moved=int(due.moved),
        late_from=deeds.written(due.late_from), rhythm_at=deeds.written(due.rhythm_at),
        after=answers.instant("when").isoformat(),
    )  # fmt: skip
    would_say = await _would_say(ctx, due)
    due.due_at, due.moved = answers.instant("when"), True
    due.rhythm_at = due.late_from = None
    found = (await fates(ctx, [due]))[due.id]
    if found.state == "overtaken" or (would_say and not await _would_say(ctx, due)):
        raise Problem("rhythm-nothing-then", entry=title(ctx, due))
    said: list[Block | Line] = [ctx.here.say("rhythm-moved", entry=title(ctx, due))]
    quiet = await quiet_times(ctx)
    if reason := await why_not(ctx, due, found):
        said.append(reason)
    elif quiet.off(due.due_at):
        said.append(ctx.here.say("rhythm-moved-to-holiday"))
    await ctx.reply_privately(*said)


async def _would_say(ctx: Context, due: Due) -> bool:
    """Whether it would say anything at its hour, as things stand."""
    async with ctx.unit.rehearsed():
        return bool(await previews(ctx, due))


@feature.undoes("move")
async def unmove(ctx: Context, args: Arguments) -> Line:
    due = await _still(ctx, args, "pending")
    if due.due_at != datetime.fromisoformat(str(args["after"])):
        raise deeds.changed(ctx)
    before = datetime.fromisoformat(str(args["before"]))
    if before <= ctx.now:
        raise deeds.too_late(ctx)
    due.due_at, due.moved = before, bool(args["moved"])
    due.late_from, due.rhythm_at = deeds.instant(args.get("late_from")), deeds.instant(args.get("rhythm_at"))
    await put_back(ctx, due)
    return ctx.here.say("rhythm-moved", entry=title(ctx, due))


async def _still(ctx: Context, args: Arguments, state: str) -> Due:
    due = await ctx.unit.get(Due, int(args["due"]))
    if due is None or due.state != state:
        raise deeds.changed(ctx)
    if due.due_at <= ctx.now:
        raise deeds.too_late(ctx)
    return due
