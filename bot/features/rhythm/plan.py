"""The plan, and one message of it as it will look."""

from __future__ import annotations

from bot.chat.content import Block, Heading, Line, Quote
from bot.context import Context
from bot.features.rhythm.declaration import NUMBER, SHOWN, feature, row, title, why_not
from bot.features.rhythm.previews import Preview, excerpt, harmless, previews
from bot.fields import Answers
from bot.model.rhythm import Due
from bot.rhythm import coming, fates, goes_out

# Of a message that is not the same for all: so many of them are enough to judge it by.
SHOWN_AT_MOST = 4


def _nothing_yet(ctx: Context, due: Due) -> Line:
    untold = ctx.features.dues[due.kind].confided
    return ctx.here.say("rhythm-entry-untold" if untold else "rhythm-entry-nobody")


def _for_whom(ctx: Context, preview: Preview) -> list[Line]:
    if preview.cost is not None:
        return [preview.cost]
    return [ctx.here.say("rhythm-entry-people", count=preview.people)] if preview.people else []


def _more(ctx: Context, shown: list[Preview]) -> list[Line]:
    more = sum(max(1, preview.people) for preview in shown[SHOWN_AT_MOST:])
    return [ctx.here.say("rhythm-show-more", count=more)] if more else []


@feature.command(
    "plan", en="plan", fr=("plan", "plan d’animation"), facilitator=True, path=("plan upcoming", "plan à-venir")
)
async def plan(ctx: Context, answers: Answers) -> None:
    voice = ctx.here
    entries: list[Block | Line] = []
    dues = await coming(ctx, ctx.now + SHOWN)
    found = await fates(ctx, dues)
    async with ctx.unit.rehearsed():
        for due in dues:
            entries.append(title(ctx, due))
            if reason := await why_not(ctx, due, found[due.id]):
                entries.append(reason)
            if not goes_out(found[due.id]):
                continue
            shown = await previews(ctx, due)
            if not shown:
                entries.append(_nothing_yet(ctx, due))
            for preview in shown[:SHOWN_AT_MOST]:
                entries += _for_whom(ctx, preview)
                entries.append(Quote(excerpt(preview.message)))
            entries += _more(ctx, shown)
    if not entries:
        await ctx.reply_privately(voice.say("rhythm-plan-empty"))
        return
    await ctx.reply_privately(
        Heading(voice.say("rhythm-plan-title")),
        *entries,
        voice.say(
            "rhythm-plan-how",
            show=ctx.typed("rhythm.show", voice, "12"),
            skip=ctx.typed("rhythm.skip", voice, "12"),
            move=ctx.typed("rhythm.move", voice, voice.text("rhythm-move-example")),
            journal=ctx.typed("rhythm.journal", voice),
        ),
    )


@feature.command("show", en="plan show", fr="plan voir", fields=[NUMBER], facilitator=True)
async def show(ctx: Context, answers: Answers) -> None:
    """One post as it would go out, each of its messages as a message."""
    wanted = await row(ctx, answers)
    dues = await coming(ctx, wanted.due_at)
    found = await fates(ctx, dues)
    shown: list[Preview] = []
    async with ctx.unit.rehearsed():
        # What goes out before it may change what it says: the question of an icebreaker, for one.
        for due in dues:
            goes = goes_out(found[due.id]) or due.id == wanted.id
            shown = await previews(ctx, due) if goes else []
            if due.id == wanted.id:
                break
    said: list[Block | Line] = [title(ctx, wanted)]
    if reason := await why_not(ctx, wanted, found[wanted.id]):
        said.append(reason)
    said.append(ctx.here.say("rhythm-show-as") if shown else _nothing_yet(ctx, wanted))
    await ctx.reply_privately(*said)
    for preview in shown[:SHOWN_AT_MOST]:
        for line in _for_whom(ctx, preview):
            await ctx.reply_privately(line)
        await ctx.reply_privately(*harmless(preview.message))
    for line in _more(ctx, shown):
        await ctx.reply_privately(line)
