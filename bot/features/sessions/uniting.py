"""Two accounts that both answered are one person's: the announcements count them once from now on."""

from __future__ import annotations

from bot.context import Context
from bot.features.sessions.announcing import count_again
from bot.features.sessions.declaration import feature
from bot.features.sessions.listing import upcoming
from bot.model.community import Person
from bot.model.session import Rsvp


@feature.unites
async def united(ctx: Context, kept: Person, gone: int) -> None:
    answered = {r.session_id for r in await ctx.unit.find(Rsvp, person_id=kept.id)}
    for session in await upcoming(ctx):
        if session.id in answered:
            await count_again(ctx, session)
