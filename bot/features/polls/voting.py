"""Choosing: by a click on what we said, or in a poll of the platform's own."""

from __future__ import annotations

from bot.chat.events import Event, MessageRemoved, PollEnded, PollVoted
from bot.context import Context
from bot.feature import Arguments
from bot.features.polls.asking import count_again
from bot.features.polls.counting import cast, withdraw
from bot.features.polls.declaration import PURPOSE, feature
from bot.model.community import Person, Room
from bot.model.flow import Outbox
from bot.model.poll import Poll, PollVote


@feature.choice("vote")
async def clicked(ctx: Context, args: Arguments) -> None:
    poll = await _open(ctx, args)
    if poll is None or ctx.where is None:
        return
    option = int(args["option"])
    room = await ctx.unit.one(Room, platform=ctx.where.platform, external=ctx.where.room)
    changed = await cast(
        ctx, poll, ctx.member, option, room_id=room.id if room else None, trace=ctx.where.trace
    )
    if changed:
        await count_again(ctx, poll)
    if ctx.where.private:
        # Where all would read it, the count that changes is answer enough.
        noted = "polls-voted" if changed else "polls-voted-already"
        await ctx.reply_privately(ctx.here.say(noted, option=poll.options[option]))


@feature.choice("withdraw")
async def taken_back(ctx: Context, args: Arguments) -> None:
    poll = await _open(ctx, args)
    if poll is None or ctx.where is None:
        return
    had = await withdraw(ctx, poll, ctx.member)
    if had:
        await count_again(ctx, poll)
    if ctx.where.private:
        await ctx.reply_privately(ctx.here.say("polls-withdrawn" if had else "polls-not-voted"))


async def _open(ctx: Context, args: Arguments) -> Poll | None:
    """The poll, where it still takes votes. Otherwise whoever clicked is told that it is over."""
    poll = await ctx.unit.get(Poll, int(args["poll"]))
    if poll is None or poll.community_id != ctx.community.id or poll.state != "open":
        voice = ctx.here
        await ctx.reply_privately(voice.say("polls-over", results=ctx.typed("polls.results", voice)))
        return None
    return poll


@feature.on(PollVoted)
async def voted(ctx: Context, event: Event) -> None:
    """In a poll of the platform's own. Once it is closing, what the platform tells in the end is what counts."""
    assert isinstance(event, PollVoted)
    poll = await borne_by(ctx, event)
    room = await ctx.unit.one(Room, platform=event.platform, external=event.room)
    if poll is None or poll.state != "open" or room is None:
        return
    if event.option in range(len(poll.options)) and not event.withdrawn:
        changed = await cast(ctx, poll, ctx.member, event.option, room_id=room.id, trace=event.trace)
    else:
        kept = await ctx.unit.one(PollVote, order="person_id", poll_id=poll.id, person_id=ctx.member.id)
        # What was taken back may have been overtaken by another choice, told before it. Who chooses what there is
        # not, or nothing, gives up whatever they had chosen there.
        theirs = kept is not None and kept.room_id == room.id
        named = kept is not None and kept.option == event.option
        changed = theirs and (named or event.option not in range(len(poll.options)))
        changed = changed and await withdraw(ctx, poll, ctx.member)
    if changed:
        await count_again(ctx, poll)


async def borne_by(ctx: Context, event: PollVoted | PollEnded) -> Poll | None:
    """The poll of ours that this is about, where it stands as one of the platform's own."""
    asked = await ctx.unit.one(
        Outbox, platform=event.platform, room=event.room, message=event.message, purpose=PURPOSE, native=True
    )
    return await asked_as(ctx, asked.key) if asked else None


async def asked_as(ctx: Context, key: str) -> Poll | None:
    """The poll that was put to a room under that outbox key."""
    name, _, number = key.partition("@")[0].partition(":")
    return await ctx.unit.get(Poll, int(number)) if name == "poll" and number.isdigit() else None


@feature.on(MessageRemoved)
async def reaction_removed(ctx: Context, event: Event) -> None:
    """Where a reaction stands for a click, taking it away takes the vote back."""
    assert isinstance(event, MessageRemoved)
    for vote in await ctx.unit.find(PollVote, order="person_id", trace=event.message) if event.message else ():
        poll = await ctx.unit.get(Poll, vote.poll_id)
        person = await ctx.unit.get(Person, vote.person_id)
        if poll is None or person is None or poll.community_id != ctx.community.id or poll.state != "open":
            continue
        await withdraw(ctx, poll, person)
        await count_again(ctx, poll)
