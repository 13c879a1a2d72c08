"""What is asked: from the bank, in turn, or in the community's own words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from random import Random

from bot.banks.read import bank, bank_for
from bot.context import Context
from bot.model.pulse import Pulse
from bot.voice import Voice


@dataclass(frozen=True, slots=True)
class Question:
    """`low` and `high` are the two ends of the scale."""

    text: str
    low: str
    high: str


async def next_question(ctx: Context, *, after_session: bool) -> str:
    """The one asked least often, in an order of the community's own: none again until all were asked."""
    ids: list[str] = sorted(q["id"] for q in bank("pulse", "en")["pulse"] if q["after_session"] is after_session)
    Random(ctx.community.slug).shuffle(ids)
    asked = Counter(p.question for p in await ctx.unit.find(Pulse, community_id=ctx.community.id))
    return min(ids, key=lambda each: asked[each])


def question(id: str, own: str, voice: Voice) -> Question:
    """As this reader is asked it: that of the bank, or one of the community's own."""
    known = {q["id"]: q for q in bank_for(voice, "pulse")["pulse"]}
    if own or id not in known:
        return Question(own or id, voice.text("pulse-own-low"), voice.text("pulse-own-high"))
    found = known[id]
    return Question(found["text"], found["low"], found["high"])
