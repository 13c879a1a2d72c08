"""Who chose what, from what is kept: all platforms together."""

from __future__ import annotations

from collections import Counter

from bot.context import Context
from bot.model.activity import Activity
from bot.model.community import Person
from bot.model.poll import Poll, PollVote


async def votes(ctx: Context, poll: Poll) -> list[PollVote]:
    return await ctx.unit.find(PollVote, order="person_id", poll_id=poll.id)


async def counts(ctx: Context, poll: Poll) -> tuple[int, ...]:
    """How many chose each option: so far, or in the end."""
    if poll.state == "closed":
        return poll.counts
    chosen = Counter(vote.option for vote in await votes(ctx, poll))
    strangers = poll.strangers or (0,) * len(poll.options)
    return tuple(chosen[option] + strangers[option] for option in range(len(poll.options)))


async def members(ctx: Context, poll: Poll) -> int:
    """How many could have chosen: whoever is there, and whoever chose and has left since."""
    if poll.state == "closed":
        return poll.members
    there = {person.id for person in await ctx.members()}
    return len(there | {vote.person_id for vote in await votes(ctx, poll)}) + sum(poll.strangers)


async def cast(
    ctx: Context, poll: Poll, person: Person, option: int, *, room_id: int | None, trace: str = ""
) -> bool:
    """The last vote of a person counts. Whether this changes anything."""
    kept = await ctx.unit.one(PollVote, order="person_id", poll_id=poll.id, person_id=person.id)
    if kept is None:
        await ctx.unit.add(
            PollVote(
                poll_id=poll.id, person_id=person.id, option=option, room_id=room_id, trace=trace, at=ctx.now
            )
        )
        await ctx.log("vote", person, event=logged_as(poll, person))
        return True
    changed = kept.option != option
    if changed:
        # Some platforms tell of it as of a vote taken back and another given: wherever it was, the log says the same.
        await ctx.unit.delete(Activity, community_id=ctx.community.id, event=logged_as(poll, person))
        await ctx.log("vote", person, event=logged_as(poll, person))
    kept.option, kept.room_id, kept.trace, kept.at = option, room_id, trace, ctx.now
    return changed


async def withdraw(ctx: Context, poll: Poll, person: Person) -> bool:
    """As if they had not voted. Whether they had."""
    await ctx.unit.delete(Activity, community_id=ctx.community.id, event=logged_as(poll, person))
    return await ctx.unit.delete(PollVote, poll_id=poll.id, person_id=person.id) > 0


def logged_as(poll: Poll, person: Person) -> str:
    return f"poll:{poll.id}:{person.pseudonym}"
