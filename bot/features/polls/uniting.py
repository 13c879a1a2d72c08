"""Two accounts that both voted are one person's: what is open counts them once from now on."""

from __future__ import annotations

from bot.context import Context
from bot.features.polls.asking import count_again
from bot.features.polls.declaration import feature
from bot.model.community import Person
from bot.model.poll import Poll


@feature.unites
async def united(ctx: Context, kept: Person, gone: int) -> None:
    for poll in await ctx.unit.find(Poll, community_id=ctx.community.id, state="open"):
        await count_again(ctx, poll)
