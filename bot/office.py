"""Where whoever facilitates is written to: their office, or else each of them in private.

What is said there is given as a function of the voice, since each may read it in a language of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import structlog

from bot import people
from bot.context import Context, Said
from bot.model.community import Person, Room
from bot.model.flow import Outbox
from bot.ports import OneOf
from bot.voice import Voice

log = structlog.get_logger("office")

Words = Callable[[Voice], Sequence[Said]]


async def post(ctx: Context, key: str, words: Words, *, purpose: str, but: Room | None = None) -> None:
    """In the office on each platform that has one, be it not `but` this room. With none, to each facilitator the
    configuration names."""
    offices = await ctx.unit.find(Room, community_id=ctx.community.id, office=True, open=True)
    rooms = [room for room in offices if but is None or room.id != but.id]
    if rooms:
        await ctx.post(*words(ctx.voice()), purpose=purpose, key=key, rooms=rooms)
        return
    told = [
        await ctx.direct(person, *words(ctx.voice(person)), purpose=purpose, key=_private(key, person))
        for person in await facilitators(ctx)
    ]
    if not any(told):
        log.warning("no facilitator can be written to", community=ctx.community.slug, purpose=purpose)


async def posted(ctx: Context, key: str) -> bool:
    return bool(await _said(ctx, key))


async def edit(ctx: Context, key: str, words: Words, *, purpose: str) -> None:
    """Change what was said under that key, wherever it went."""
    for said, reader in await _said(ctx, key):
        await ctx.change(said, *words(ctx.voice(reader)), purpose=purpose)


async def withdraw(ctx: Context, key: str) -> None:
    """Take it back, wherever it went or may still go."""
    for said, _ in await _said(ctx, key):
        await ctx.remove(said)


async def facilitators(ctx: Context) -> list[Person]:
    """The members whom the configuration names."""
    ids = await people.named(ctx.unit, ctx.community.id, ctx.settings.facilitators)
    return await ctx.unit.find(Person, id=OneOf(sorted(ids)), present=True) if ids else []


async def _said(ctx: Context, key: str) -> list[tuple[Outbox, Person | None]]:
    """Each message that went out under that key, with who reads it if one does alone."""
    rooms = await ctx.unit.find(Room, community_id=ctx.community.id)
    readers: dict[str, Person | None] = {f"{key}@{room.id}": None for room in rooms}
    ids = await people.named(ctx.unit, ctx.community.id, ctx.settings.facilitators)
    named = await ctx.unit.find(Person, id=OneOf(sorted(ids))) if ids else []
    readers |= {_private(key, person): person for person in named}
    found = await ctx.unit.find(Outbox, key=OneOf(sorted(readers)))
    return [(row, readers[row.key]) for row in found]


def _private(key: str, person: Person) -> str:
    return f"{key}@p{person.id}"
