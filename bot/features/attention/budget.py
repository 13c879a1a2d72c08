"""What facilitators see of it: what was asked lately, what waits, what is to come. Of nobody in particular."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from bot.attention import WEEK
from bot.chat.content import Bullets
from bot.context import Context, Said
from bot.features.attention.declaration import feature
from bot.fields import Answers
from bot.forecast import FEWEST, FEWEST_PEOPLE, coming
from bot.model.attention import Request
from bot.ports import AtLeast

SHOWN = timedelta(days=14)


@feature.command(
    "budget", en="plan budget", fr=("plan sollicitations", "plan budget"), facilitator=True,
    path=("plan budget", "plan sollicitations"),
)  # fmt: skip
async def budget(ctx: Context, answers: Answers) -> None:
    voice, most = ctx.here, ctx.settings.attention.per_week
    said: list[Said] = [voice.say("attention-budget", most=most), voice.say("attention-budget-choose")]
    said += await _lately(ctx)
    async with ctx.unit.rehearsed():
        to_come = await coming(ctx, ctx.now + SHOWN)
    said += [voice.say("attention-budget-to-come"), Bullets(tuple(to_come))] if to_come else []
    if not to_come:
        said.append(voice.say("attention-budget-nothing"))
    await ctx.reply_privately(*said)


async def _lately(ctx: Context) -> list[Said]:
    """What was asked within the last seven days, and what became of it, where it tells on nobody."""
    rows = await ctx.unit.find(Request, community_id=ctx.community.id, asked_at=AtLeast(ctx.now - WEEK))
    voice = ctx.here
    if not rows:
        return []
    if len({row.person_id for row in rows}) < FEWEST_PEOPLE:
        return [voice.say("attention-budget-few")]
    counted = Counter[str](row.state for row in rows)
    lines = [
        voice.say(f"attention-budget-{state}{how_many}", count=counted[state])
        for state in ("sent", "merged", "waits", "dropped")
        if (how_many := _how_many(counted, state)) is not None
    ]
    return [voice.say("attention-budget-lately"), Bullets(tuple(lines))]


def _how_many(counted: Counter[str], state: str) -> str | None:
    """How the sentence on that state ends; None where there is nothing to say. Fewer than five are "some", and then the
    most are "many": how many were asked is known, and what is left of it would tell."""
    count, most = counted.get(state), max(counted, key=counted.__getitem__)
    if not count:
        return None
    if count < FEWEST:
        return "-some"
    return "-many" if state == most and min(counted.values()) < FEWEST else ""
