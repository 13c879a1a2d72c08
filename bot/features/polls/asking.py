"""Asking: by one command, at once, in the main room of every platform."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot import deeds
from bot.chat.content import Choice, Choices, Heading, Line, Message, message
from bot.chat.content import Poll as Ballot
from bot.context import Context, Said
from bot.feature import Arguments, Field
from bot.features.polls.counting import counts
from bot.features.polls.declaration import PURPOSE, feature
from bot.fields import Answers
from bot.model.poll import Poll

LASTS = timedelta(days=3)
WITHDRAW = "↩️"


@feature.command(
    "open", en="poll", fr="sondage", facilitator=True, path=("poll start", "sondage lancer"),
    fields=[Field("question"), Field("options", "choices"), Field("duration", "span", optional=True)],
)  # fmt: skip
async def ask(ctx: Context, answers: Answers) -> None:
    last = await ctx.unit.one(Poll, community_id=ctx.community.id, order="-number")
    lasts = answers.duration("duration") if answers.given("duration") else LASTS
    poll = Poll(
        community_id=ctx.community.id, number=last.number + 1 if last else 1, question=answers.text("question"),
        options=answers.options("options"), opens=ctx.now, closes=ctx.now + lasts,
    )  # fmt: skip
    await ctx.unit.add(poll)
    ballot = Ballot(poll.question, poll.options, poll.closes, await _said_beside(ctx, poll))
    await ctx.open_poll(poll.key, ballot, *await _question(ctx, poll, (0,) * len(poll.options)), purpose=PURPOSE)
    await deeds.note(ctx, "polls.open", poll=poll.id)
    voice = ctx.here
    await ctx.reply_privately(
        voice.say(
            "polls-asked", number=str(poll.number), when=voice.when(poll.closes),
            close=ctx.typed("polls.close", voice),
        )
    )  # fmt: skip


@feature.undoes("open")
async def take_back(ctx: Context, args: Arguments) -> Line:
    """As if it had never been asked, where nobody has voted yet."""
    poll = await ctx.unit.get(Poll, int(args["poll"]))
    if poll is None or poll.state != "open" or any(await counts(ctx, poll)):
        raise deeds.changed(ctx)
    await ctx.withdraw(poll.key)
    await ctx.unit.delete(Poll, id=poll.id)
    return ctx.here.say("polls-taken-back", question=poll.question)


async def count_again(ctx: Context, poll: Poll) -> None:
    """Someone voted: the message says so in place. A poll of the platform's own counts by itself."""
    await ctx.edit(poll.key, *await _question(ctx, poll, await counts(ctx, poll)), purpose=PURPOSE)


async def _said_beside(ctx: Context, poll: Poll) -> Message:
    """With a poll of the platform's own, which shows the question and the options by itself."""
    return message(*await _rules(ctx, poll))


async def _question(ctx: Context, poll: Poll, so_far: Sequence[int]) -> list[Said]:
    voice = ctx.voice()
    labels = [f"{option} · {count}" if count else option for option, count in zip(poll.options, so_far, strict=True)]
    offered = [Choice(label, "polls.vote", {"poll": poll.id, "option": i}) for i, label in enumerate(labels)]
    offered.append(Choice(voice.text("polls-choice-withdraw"), "polls.withdraw", {"poll": poll.id}, WITHDRAW))
    said: list[Said] = [Heading(voice.say("polls-title", question=poll.question)), *await _rules(ctx, poll)]
    if sum(so_far):
        said.append(voice.say("polls-so-far", count=sum(so_far)))
    return [*said, Choices(tuple(offered))]


async def _rules(ctx: Context, poll: Poll) -> list[Said]:
    """Who asks, what it takes, who sees it, and what comes of it."""
    voice = ctx.voice()
    everywhere = len(await ctx.main_rooms()) > 1
    return [
        voice.say("polls-why"),
        voice.say("polls-no-secret"),
        voice.say("polls-ends-everywhere" if everywhere else "polls-ends", when=voice.when(poll.closes)),
    ]
