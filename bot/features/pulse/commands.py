"""Asked by a facilitator, or read again by anyone."""

from __future__ import annotations

from datetime import timedelta

from bot import deeds
from bot.chat.content import Argument, Choice, Choices, Quote
from bot.context import Context
from bot.errors import Problem
from bot.feature import Arguments, Field
from bot.features.pulse.asking import ask, to_ask
from bot.features.pulse.closing import results
from bot.features.pulse.declaration import FEWEST, feature
from bot.features.pulse.questions import next_question, question
from bot.fields import Answers
from bot.forecast import of
from bot.model.community import Person
from bot.model.pulse import Pulse
from bot.ports import AtLeast

# Two clicks within so long are one.
JUST_NOW = timedelta(minutes=10)


@feature.command(
    "now", en="pulse", fr="pouls", fields=[Field("question", optional=True)], facilitator=True,
    path=("pulse now", "pouls maintenant"),
)  # fmt: skip
async def now(ctx: Context, answers: Answers) -> None:
    """What would be asked, and what it would cost everyone: nothing is asked yet."""
    people = await _enough(ctx)
    own = answers.text("question")
    question_id = "" if own else await next_question(ctx, after_session=False)
    forecast = await of(ctx, lambda then: ask(then, people, own=own, question_id=question_id))
    voice = ctx.here
    words = own or question(question_id, own, voice).text
    args: dict[str, Argument] = {"own": own, "question": question_id}
    offered = Choice(voice.text("pulse-choice-ask"), "pulse.ask", args)
    left = Choice(voice.text("pulse-choice-leave"), "pulse.leave")
    cost = forecast.cost(voice)
    await deeds.asked(ctx)
    await ctx.reply_privately(
        voice.say("pulse-check"), Quote(words), *([cost] if cost else []), Choices((offered, left))
    )


@feature.choice("ask", facilitator=True)
async def confirmed(ctx: Context, args: Arguments) -> None:
    people = await _enough(ctx)
    own, question_id = str(args["own"]), str(args["question"])
    if await ctx.unit.count(
        Pulse, community_id=ctx.community.id, own=own, question=question_id, opens=AtLeast(ctx.now - JUST_NOW)
    ):
        raise Problem("pulse-asked-already")
    pulse = await ask(ctx, people, own=own, question_id=question_id)
    await ctx.reply_privately(ctx.here.say("pulse-asked", count=len(people), when=ctx.here.when(pulse.closes)))


@feature.choice("leave", facilitator=True)
async def left(ctx: Context, args: Arguments) -> None:
    await deeds.declined(ctx)
    await ctx.reply_privately(ctx.here.say("pulse-left"))


async def _enough(ctx: Context) -> list[Person]:
    people = await to_ask(ctx)
    if len(people) < FEWEST:
        raise Problem("pulse-too-few-people")
    return people


@feature.command(
    "results", en="pulse results", fr="pouls résultats", path=("pulse-results", "résultats-du-pouls")
)
async def last_results(ctx: Context, answers: Answers) -> None:
    closed = await ctx.unit.find(Pulse, community_id=ctx.community.id, state="closed", order="-closes")
    last = next((p for p in closed if p.counts), None)
    if last is None:
        raise Problem("pulse-no-results")
    await ctx.reply(*await results(ctx, last, ctx.here))
