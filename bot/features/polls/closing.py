"""The close: no more votes, then what the platforms' own polls tell in the end, then the results for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot import people
from bot.chat.content import Heading
from bot.chat.events import Event, PollClosed, PollEnded
from bot.context import Context
from bot.errors import Problem
from bot.falling_due import ON_TIME
from bot.feature import Planned
from bot.features.polls.asking import count_again
from bot.features.polls.counting import cast, counts, members, votes, withdraw
from bot.features.polls.declaration import PURPOSE, feature
from bot.features.polls.results import POLL, named, results
from bot.features.polls.voting import asked_as, borne_by
from bot.fields import Answers
from bot.model.community import Person, Room
from bot.model.flow import Outbox
from bot.model.poll import Poll, PollAwaited
from bot.model.rhythm import Due
from bot.ports import OneOf

# How long the results wait for a platform that does not answer.
PATIENCE = timedelta(hours=6)
RECOUNTED_FOR = timedelta(days=30)


@feature.plans
async def plan(ctx: Context, until: datetime) -> list[Planned]:
    """Of each poll whose results are to come, until they are told, however late."""
    planned: list[Planned] = []
    for poll in await ctx.unit.find(Poll, community_id=ctx.community.id, state=OneOf(["open", "closing"])):
        what, at = ("close", poll.closes) if poll.state == "open" else ("results", poll.closes + PATIENCE)
        due_at = max(at, ctx.now)
        planned.append(Planned(key=_key(poll, what), kind=f"polls.{what}", due_at=due_at, args={"poll": poll.id}))
    return planned


def _key(poll: Poll, what: str) -> str:
    """Of the row that does it."""
    return f"polls.{what}:{poll.id}"


@feature.due("close", useful_for=None, confided=True, on_holidays="goes", waits_for_pause=True)
async def close_when_due(ctx: Context, due: Due) -> None:
    poll = await ctx.unit.get(Poll, int(due.args["poll"]))
    if poll is not None and poll.state == "open" and poll.closes <= ctx.now:
        await close(ctx, poll)


@feature.command(
    "close", en=("poll close", "close poll"), fr=("sondage clore", "clore sondage", "clore le sondage"),
    fields=[POLL], facilitator=True, path=("poll close", "sondage clore"),
)  # fmt: skip
async def close_early(ctx: Context, answers: Answers) -> None:
    voice = ctx.here
    open_ = await ctx.unit.find(Poll, community_id=ctx.community.id, state="open", order="number")
    if answers.given("poll"):
        poll = await named(ctx, answers.text("poll"))
    elif len(open_) > 1:
        raise Problem("polls-which", polls=voice.listed([f"{p.number} ({p.question})" for p in open_]))
    elif open_:
        poll = open_[0]
    else:
        raise Problem("polls-none-open")
    if poll.state != "open":
        raise Problem("polls-over-already", results=ctx.typed("polls.results", voice, str(poll.number)))
    await close(ctx, poll)
    await ctx.reply_privately(voice.say("polls-closed", number=str(poll.number)))


async def close(ctx: Context, poll: Poll) -> None:
    """No more votes. The results wait for the platforms' own polls, whose last votes may not have been heard."""
    poll.state, poll.closes = "closing", ctx.now
    voice = ctx.voice()
    await ctx.edit(
        poll.key, Heading(voice.say("polls-title", question=poll.question)), voice.say("polls-ended"),
        purpose=PURPOSE,
    )  # fmt: skip
    asked = await ctx.close_poll(poll.key, voice.say("polls-ended"), purpose="polls.close")
    for room in asked:
        await ctx.unit.add(PollAwaited(poll_id=poll.id, room_id=room.id))
    if not asked:
        await _publish(ctx, poll)


@feature.on(PollEnded)
async def ended_there(ctx: Context, event: Event) -> None:
    """Whoever may end it by a command may end it by the platform's own means."""
    assert isinstance(event, PollEnded)
    poll = await borne_by(ctx, event)
    if poll is not None and poll.state == "open" and ctx.facilitator:
        await close(ctx, poll)


@feature.on(PollClosed)
async def closed(ctx: Context, event: Event) -> None:
    """A platform told who chose what in the end, or that it cannot tell."""
    assert isinstance(event, PollClosed)
    poll = await asked_as(ctx, event.post)
    room = await ctx.unit.one(Room, platform=event.platform, external=event.room)
    if poll is None or room is None:
        return
    if not await ctx.unit.delete(PollAwaited, poll_id=poll.id, room_id=room.id):
        return
    if event.votes is not None:
        await _settle(ctx, poll, room, event.votes)
    elif await ctx.unit.count(Outbox, key=event.post, native=True):
        poll.lacking = True
    if not await ctx.unit.count(PollAwaited, poll_id=poll.id):
        await _publish(ctx, poll)


async def _settle(ctx: Context, poll: Poll, room: Room, told: Sequence[Sequence[str]]) -> None:
    """What the platform tells of its room replaces what was heard from there. Whom nobody here knows stays a
    number: they may have asked to be forgotten."""
    chosen = {external: option for option, voters in enumerate(told[: len(poll.options)]) for external in voters}
    known = await people.among(ctx.unit, ctx.community.id, room.platform, chosen)
    strangers = Counter(option for external, option in chosen.items() if external not in known)
    before = poll.strangers or (0,) * len(poll.options)
    poll.strangers = tuple(count + strangers[option] for option, count in enumerate(before))
    kept = {vote.person_id: vote for vote in await votes(ctx, poll)}
    final = {person.id: (person, chosen[external]) for external, person in known.items()}
    for id, (person, option) in final.items():
        # Of who voted in two rooms, the last vote that was heard counts.
        if id not in kept or (kept[id].room_id == room.id and kept[id].option != option):
            await cast(ctx, poll, person, option, room_id=room.id)
    for id, vote in kept.items():
        person_there = await ctx.unit.get(Person, id) if vote.room_id == room.id and id not in final else None
        if person_there is not None:
            await withdraw(ctx, poll, person_there)


@feature.due("results", useful_for=None, confided=True, on_holidays="goes", waits_for_pause=True)
async def wait_no_more(ctx: Context, due: Due) -> None:
    """A platform has not answered for long: the others are not kept waiting."""
    poll = await ctx.unit.get(Poll, int(due.args["poll"]))
    if poll is not None and poll.state == "closing":
        poll.lacking = True
        await _publish(ctx, poll)


async def _publish(ctx: Context, poll: Poll) -> None:
    await _excused(ctx, poll)
    poll.counts, poll.members = await counts(ctx, poll), await members(ctx, poll)
    poll.state = "closed"
    await ctx.unit.delete(PollAwaited, poll_id=poll.id)
    await ctx.post(*await results(ctx, poll, ctx.voice()), purpose="polls.results", key=f"{poll.key}:results")


async def _excused(ctx: Context, poll: Poll) -> None:
    """Results that waited for the platforms' own polls as well say it where the close was late already."""
    closing = await ctx.unit.one(Due, community_id=ctx.community.id, key=_key(poll, "close"))
    if closing is None or closing.closed_at is None:
        return  # by hand
    if closing.closed_at - (closing.late_from or closing.due_at) > ON_TIME:
        ctx.due, ctx.excuse = closing, True


@feature.due("recount", useful_for=RECOUNTED_FOR, heeds_quiet_hours=False, chore=True)
async def recount(ctx: Context, due: Due) -> None:
    """Someone who had voted was forgotten."""
    poll = await ctx.unit.get(Poll, int(due.args["poll"]))
    if poll is not None and poll.state == "open":
        await count_again(ctx, poll)
