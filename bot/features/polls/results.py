"""What came of a poll: said once to all at the close, and again to whoever asks."""

from __future__ import annotations

from collections.abc import Sequence

from bot.bar import bar
from bot.chat.content import Bullets, Heading, Line, Strong, Text
from bot.context import Context, Said
from bot.errors import Problem
from bot.feature import Field
from bot.features.polls.counting import counts, members
from bot.features.polls.declaration import feature
from bot.fields import Answers
from bot.model.poll import Poll
from bot.text import folded
from bot.voice import Voice

SHOWN = 5


async def suggested(ctx: Context, typed: str) -> list[tuple[str, str]]:
    """The latest first."""
    polls = await ctx.unit.find(Poll, community_id=ctx.community.id, order="-number")
    return [(f"{p.number} · {p.question}", str(p.number)) for p in polls if folded(typed) in folded(p.question)]


POLL = Field("poll", optional=True, suggests=suggested)


@feature.command(
    "results", en=("poll results", "results of the poll"), fr=("sondage résultats", "résultats du sondage"),
    fields=[POLL], path=("poll-results", "résultats-du-sondage"),
)  # fmt: skip
async def read_again(ctx: Context, answers: Answers) -> None:
    if answers.given("poll"):
        poll = await named(ctx, answers.text("poll"))
    else:
        last = await ctx.unit.one(Poll, community_id=ctx.community.id, order="-number")
        if last is None:
            raise Problem("polls-none")
        poll = last
    await ctx.reply(*await results(ctx, poll, ctx.here))


async def named(ctx: Context, typed: str) -> Poll:
    """By its number, or by words of its question."""
    polls = await ctx.unit.find(Poll, community_id=ctx.community.id, order="-number")
    if not polls:
        raise Problem("polls-none")
    digits = typed.strip("#. ")
    found = [p for p in polls if str(p.number) == digits] or [p for p in polls if folded(typed) in folded(p.question)]
    if len(found) == 1:
        return found[0]
    several = ctx.here.listed([f"{p.number} ({p.question})" for p in (found or polls)[:SHOWN]])
    if found:
        raise Problem("polls-which", polls=several)
    raise Problem("polls-not-found", typed=typed, polls=several)


async def results(ctx: Context, poll: Poll, voice: Voice) -> list[Said]:
    """How many chose each option, what that comes to, and of how many."""
    chosen = await counts(ctx, poll)
    voters = sum(chosen)
    title = "polls-results" if poll.state == "closed" else "polls-so-far-title"
    bars: list[Line] = [
        (Text(f"{bar(count, voters)} {count} · {option}"),)
        for option, count in zip(poll.options, chosen, strict=True)
    ]
    said: list[Said] = [
        Heading(voice.say(title, question=poll.question)),
        _outcome(poll, chosen, voice),
        Bullets(tuple(bars)),
    ]
    if voters:
        said.append(voice.say("polls-turnout", voters=voters, members=str(await members(ctx, poll))))
    if poll.lacking:
        said.append(voice.say("polls-lacking"))
    if poll.state == "open":
        said.append(voice.say("polls-still-open", when=voice.when(poll.closes)))
    if poll.state == "closing":
        said.append(voice.say("polls-awaited"))
    return said


def _outcome(poll: Poll, chosen: Sequence[int], voice: Voice) -> Line:
    most = max(chosen)
    if most == 0:
        return voice.say("polls-no-vote" if poll.state == "closed" else "polls-no-vote-yet")
    first = [option for option, count in zip(poll.options, chosen, strict=True) if count == most]
    if len(first) == 1:
        return voice.say("polls-most", option=Strong(first[0]), count=most)
    return voice.say("polls-tie", options=voice.listed([Strong(option) for option in first]), count=most)
