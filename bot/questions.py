"""Which question breaks the ice next: for the weekly icebreaker, and for the antechamber of a session."""

from __future__ import annotations

from random import Random

from bot.banks.read import bank_for
from bot.context import Context
from bot.model.icebreaker import OwnQuestion, QuestionUse


async def next_question(ctx: Context, *, light: bool = False) -> tuple[str, str]:
    """Id and text of the next question: the community's own first, then the bank in an order of its own,
    from light to deep. Once all have been asked, round again. `light`: one of the bank's light ones only."""
    bank_questions = bank_for(ctx.voice(), "icebreakers")["question"]
    shuffled = sorted(bank_questions, key=lambda q: q["id"])
    Random(ctx.community.slug).shuffle(shuffled)
    # The first weeks ask little; depth comes with acquaintance.
    shuffled.sort(key=lambda q: q["depth"])
    own = await ctx.unit.find(OwnQuestion, community_id=ctx.community.id, removed=False)
    questions = {f"own-{q.id}": q.text for q in own} | {q["id"]: q["text"] for q in shuffled}
    uses = await ctx.unit.find(QuestionUse, community_id=ctx.community.id, order="id")
    times = dict.fromkeys(questions, 0)
    for use in uses:
        if use.question in times:
            times[use.question] += 1
    depth = {q["id"]: q["depth"] for q in shuffled}
    candidates = [q for q in questions if not light or depth.get(q) == 1] or list(questions)
    chosen = min(candidates, key=times.__getitem__)
    return chosen, questions[chosen]


async def use(ctx: Context, question: str, *, skipped: bool = False) -> None:
    await ctx.unit.add(
        QuestionUse(community_id=ctx.community.id, question=question, at=ctx.now, skipped=skipped)
    )
