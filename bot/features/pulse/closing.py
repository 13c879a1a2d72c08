"""The seals are opened all at once, counted, and destroyed."""

from __future__ import annotations

from functools import partial

from bot.bar import bar
from bot.chat.content import Block, Bullets, Heading, Line, Quote, Text
from bot.context import Context
from bot.features.pulse.answering import key_of, unseal
from bot.features.pulse.asking import request_key
from bot.features.pulse.declaration import FEWEST, feature
from bot.features.pulse.questions import question
from bot.model.attention import Request
from bot.model.pulse import Pulse, PulseSentence, SealedAnswer
from bot.model.rhythm import Due
from bot.ports import Before, OneOf
from bot.voice import Voice

EARLIER = 3


@feature.due("close", useful_for=None, confided=True, on_holidays="goes", waits_for_pause=True)
async def close(ctx: Context, due: Due) -> None:
    pulse = await ctx.unit.get(Pulse, int(due.args["pulse"]))
    if pulse is None or pulse.state == "closed" or ctx.now < pulse.closes:
        return
    rows = await ctx.unit.find(SealedAnswer, pulse_id=pulse.id)
    opened = [unseal(ctx, pulse, row) for row in rows]
    steps = [what for what in opened if isinstance(what, int)]
    sentences = [what for what in opened if isinstance(what, str)]
    pulse.state, pulse.closes = "closed", ctx.now
    was_asked = OneOf(["sent", "merged"])
    heard_it = await ctx.unit.count(Request, community_id=ctx.community.id, key=request_key(pulse), state=was_asked)
    pulse.asked = heard_it or pulse.asked
    if len(steps) >= FEWEST:
        pulse.counts = tuple(steps.count(step) for step in range(1, 6))
        for text in sentences:
            drawn = f"{ctx.random.getrandbits(128):032x}"
            await ctx.unit.add(PulseSentence(id=drawn, pulse_id=pulse.id, text=text))
    await ctx.unit.delete(SealedAnswer, pulse_id=pulse.id)
    # Only once this is kept. Killed in between, planning sees to it.
    ctx.after_commit.append(partial(ctx.seals.destroy, key_of(pulse.id)))
    ctx.unit.leave_no_trace(rewrite=True)
    voice = ctx.voice()
    if pulse.counts:
        said = await results(ctx, pulse, voice)
        if None in opened:
            said.append(voice.say("pulse-some-lost"))
        await ctx.post(*said, purpose="pulse.results")
    else:
        why = "pulse-lost" if None in opened else "pulse-too-few-answered"
        asked = question(pulse.question, pulse.own, voice).text
        await ctx.post(voice.say(why, question=asked), purpose="pulse.results")


async def results(ctx: Context, pulse: Pulse, voice: Voice) -> list[Block | Line]:
    """How many chose each step, the mean, how it was before, and what was added."""
    asked = question(pulse.question, pulse.own, voice)
    answered = sum(pulse.counts)
    # The bars one below the other: whatever differs in length stands after them.
    words = {1: f" · {asked.low}", 5: f" · {asked.high}"}
    bars: list[Line] = [
        (Text(f"{step} {bar(count, answered)} {count}{words.get(step, '')}"),)
        for step, count in reversed(list(enumerate(pulse.counts, start=1)))
    ]
    said: list[Block | Line] = [
        Heading(voice.say("pulse-results", question=asked.text)),
        voice.say("pulse-mean", mean=mean(pulse), answered=answered, asked=max(pulse.asked, answered)),
        Bullets(tuple(bars)),
    ]
    said += await _trend(ctx, pulse, voice)
    sentences = [s.text for s in await ctx.unit.find(PulseSentence, pulse_id=pulse.id)]
    if sentences:
        said.append(voice.say("pulse-sentences"))
        said += [Quote(text) for text in sentences]
    return said


def mean(pulse: Pulse) -> float:
    return round(sum(step * n for step, n in enumerate(pulse.counts, start=1)) / sum(pulse.counts), 1)


async def _trend(ctx: Context, pulse: Pulse, voice: Voice) -> list[Line]:
    """The same question, asked before; failing that, the last ones of the same kind, on other questions."""
    closed = await ctx.unit.find(
        Pulse, community_id=ctx.community.id, state="closed", closes=Before(pulse.closes), order="-closes"
    )
    shown = [p for p in closed if p.counts and (p.session_id is None) == (pulse.session_id is None)]
    same = [p for p in shown if (p.question, p.own) == (pulse.question, pulse.own)]
    if same:
        before = same[0]
        change = "higher" if mean(pulse) > mean(before) else "lower" if mean(pulse) < mean(before) else "same"
        return [voice.say(f"pulse-trend-{change}", mean=mean(before), day=voice.day(before.closes))]
    if shown:
        figures = " · ".join(voice.text("pulse-figure", mean=mean(p)) for p in reversed(shown[:EARLIER]))
        return [voice.say("pulse-trend-others", figures=figures)]
    return []
