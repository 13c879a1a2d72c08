"""Asked by a facilitator, or read again by anyone."""

from __future__ import annotations

from bot.context import Context
from bot.errors import Problem
from bot.feature import Field
from bot.features.pulse.asking import ask, to_ask
from bot.features.pulse.closing import results
from bot.features.pulse.declaration import FEWEST, feature
from bot.fields import Answers
from bot.model.pulse import Pulse


@feature.command(
    "now", en="pulse", fr="pouls", fields=[Field("question", optional=True)], facilitator=True,
    path=("pulse now", "pouls maintenant"),
)  # fmt: skip
async def now(ctx: Context, answers: Answers) -> None:
    people = await to_ask(ctx)
    if len(people) < FEWEST:
        raise Problem("pulse-too-few-people")
    pulse = await ask(ctx, people, own=answers.text("question"))
    await ctx.reply_privately(ctx.here.say("pulse-asked", count=len(people), when=ctx.here.when(pulse.closes)))


@feature.command(
    "results", en="pulse results", fr="pouls résultats", path=("pulse-results", "résultats-du-pouls")
)
async def last_results(ctx: Context, answers: Answers) -> None:
    closed = await ctx.unit.find(Pulse, community_id=ctx.community.id, state="closed", order="-closes")
    last = next((p for p in closed if p.counts), None)
    if last is None:
        raise Problem("pulse-no-results")
    await ctx.reply(*await results(ctx, last, ctx.here))
