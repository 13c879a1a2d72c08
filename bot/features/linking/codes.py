"""Codes that are read on one screen and typed on another: short, soon over, and kept by nobody."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from bot.context import Context
from bot.model.account import LinkCode, LinkTry
from bot.ports import AtLeast, Before

# Nothing that is taken for something else, read aloud or on paper: no O and 0, no I, L and 1, no U and V.
ALPHABET = "ABCDEFGHJKMNPQRSTWXYZ23456789"
LENGTH = 8
LASTS = timedelta(minutes=10)
TRIES = 5
WITHIN = timedelta(hours=1)
KEY = "linking"


async def give(ctx: Context) -> str:
    """A new code of whoever asks, in place of the one they had."""
    await tidy(ctx)
    await ctx.unit.delete(LinkCode, person_id=ctx.member.id)
    code = "".join(ctx.random.choice(ALPHABET) for _ in range(LENGTH))
    await ctx.unit.add(
        LinkCode(
            community_id=ctx.community.id, person_id=ctx.member.id, sealed=ctx.seals.seal(KEY, _digest(code)),
            expires=ctx.now + LASTS,
        )
    )  # fmt: skip
    return f"{code[:4]}-{code[4:]}"


async def typed(ctx: Context, said: str) -> LinkCode | None:
    """The code that was typed, if someone has yet to type it. Each is compared whole, whichever it is."""
    digest = _digest("".join(c for c in said.upper() if c.isalnum()))
    found: LinkCode | None = None
    for code in await ctx.unit.find(LinkCode, community_id=ctx.community.id, expires=AtLeast(ctx.now), other_id=None):
        if hmac.compare_digest(ctx.seals.open(KEY, code.sealed) or b"", digest):
            found = code
    return found


async def tried_too_often(ctx: Context) -> bool:
    return await ctx.unit.count(LinkTry, person_id=ctx.member.id, at=AtLeast(ctx.now - WITHIN)) >= TRIES


async def note_try(ctx: Context) -> None:
    await ctx.unit.add(LinkTry(person_id=ctx.member.id, at=ctx.now))


async def tidy(ctx: Context) -> None:
    """What is over is nothing to keep."""
    await ctx.unit.delete(LinkCode, community_id=ctx.community.id, expires=Before(ctx.now))
    await ctx.unit.delete(LinkTry, at=Before(ctx.now - WITHIN))


def _digest(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()
