"""A question to break the ice, on its rhythm, never the same again until all have been asked."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot import deeds
from bot.chat.content import Heading, Line, Text
from bot.context import Context
from bot.dates.recurrence import Weekly, occurrences
from bot.errors import Problem
from bot.feature import Arguments, Feature, Field, Planned
from bot.fields import Answers
from bot.model.flow import Outbox
from bot.model.icebreaker import OwnQuestion, QuestionUse
from bot.model.rhythm import Due
from bot.model.settings import WEEKDAYS
from bot.questions import next_question, use

feature = Feature("icebreakers")


async def ask_now(ctx: Context) -> tuple[str, list[str]]:
    """Which question, and the outbox keys under which it was asked."""
    id, text = await next_question(ctx)
    await use(ctx, id)
    voice = ctx.voice()
    asked = await ctx.post(
        Heading(voice.say("icebreakers-title")),
        (Text(text),),
        voice.say("icebreakers-invitation"),
        purpose="icebreakers.weekly",
    )
    return id, asked


@feature.plans
async def plan(ctx: Context, until: datetime) -> list[Planned]:
    rhythm = ctx.settings.icebreakers
    if not rhythm.on:
        return []
    zone = ctx.settings.clock
    rule = Weekly(
        weekday=WEEKDAYS.index(rhythm.day), at=rhythm.at, every=rhythm.every,
        anchor=ctx.community.since.astimezone(zone).date(),
    )  # fmt: skip
    return [
        Planned(key=f"icebreakers:{at.astimezone(zone).date()}", kind="icebreakers.weekly", due_at=at)
        # From a day back: one put off by quiet hours is still to come.
        for at in occurrences(rule, zone, max(ctx.now - timedelta(days=1), ctx.community.since), until)
    ]


@feature.due("weekly", useful_for=timedelta(days=3), merges=(), on_holidays="skipped")
async def weekly(ctx: Context, due: Due) -> None:
    if ctx.settings.icebreakers.on:
        await ask_now(ctx)


@feature.command(
    "now", en="icebreaker", fr=("brise-glace", "brise glace"), facilitator=True,
    path=("icebreaker now", "brise-glace maintenant"),
)  # fmt: skip
async def now(ctx: Context, answers: Answers) -> None:
    question, asked = await ask_now(ctx)
    await deeds.note(ctx, "icebreakers.now", question=question, asked=" ".join(asked))
    if ctx.where and ctx.where.private:
        await ctx.reply(ctx.here.say("icebreakers-asked"))


@feature.undoes("now")
async def take_back(ctx: Context, args: Arguments) -> Line:
    """Nobody reads it any more, and it may be asked again."""
    for key in str(args["asked"]).split():
        if post := await ctx.unit.one(Outbox, key=key):
            await ctx.remove(post)
    await _unused(ctx, str(args["question"]))
    return ctx.here.say("icebreakers-taken-back")


async def _unused(ctx: Context, question: str) -> None:
    last = await ctx.unit.one(QuestionUse, community_id=ctx.community.id, question=question, order="-id")
    if last is not None:
        await ctx.unit.delete(QuestionUse, id=last.id)


@feature.command(
    "add", en="icebreaker add", fr="brise-glace ajouter", fields=[Field("question")], facilitator=True
)
async def add(ctx: Context, answers: Answers) -> None:
    text = answers.text("question")
    known = {q.text for q in await ctx.unit.find(OwnQuestion, community_id=ctx.community.id, removed=False)}
    if text in known:
        raise Problem("icebreakers-known-already")
    question = OwnQuestion(community_id=ctx.community.id, text=text)
    await ctx.unit.add(question)
    await deeds.note(ctx, "icebreakers.add", question=question.id)
    await ctx.reply(ctx.here.say("icebreakers-added", question=text))


@feature.undoes("add")
async def unadd(ctx: Context, args: Arguments) -> Line:
    question = await ctx.unit.get(OwnQuestion, int(args["question"]))
    if question is None or question.removed:
        raise deeds.changed(ctx)
    question.removed = True
    return ctx.here.say("icebreakers-removed", question=question.text)


@feature.command("next", en="icebreaker next", fr="brise-glace prochain", facilitator=True)
async def show_next(ctx: Context, answers: Answers) -> None:
    _, text = await next_question(ctx)
    await ctx.reply_privately(ctx.here.say("icebreakers-next", question=text))


@feature.command("skip", en="icebreaker skip", fr="brise-glace passer", facilitator=True)
async def skip(ctx: Context, answers: Answers) -> None:
    """Put the next question aside, and say which comes instead."""
    id, text = await next_question(ctx)
    await use(ctx, id, skipped=True)
    await deeds.note(ctx, "icebreakers.skip", question=id)
    _, instead = await next_question(ctx)
    await ctx.reply_privately(ctx.here.say("icebreakers-skipped", question=text, instead=instead))


@feature.undoes("skip")
async def unskip(ctx: Context, args: Arguments) -> Line:
    await _unused(ctx, str(args["question"]))
    _, text = await next_question(ctx)
    return ctx.here.say("icebreakers-next", question=text)
