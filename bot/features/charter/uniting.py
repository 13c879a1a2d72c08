"""Who came in by one account comes in by the other: they signed, and were welcomed, once."""

from __future__ import annotations

from bot.context import Context
from bot.features.charter.declared import feature
from bot.model.charter import Arrival, Signature
from bot.model.community import Person


@feature.unites
async def united(ctx: Context, kept: Person, gone: int) -> None:
    signed = await ctx.unit.count(Signature, person_id=kept.id)
    if signed and await ctx.unit.count(Arrival, person_id=kept.id, state="open"):
        await ctx.admit(kept)
