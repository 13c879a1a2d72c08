"""What was to be said and is taken back, and may have been said without our hearing that it was: looked for, and taken
away where it is found. It is never said for that."""

from __future__ import annotations

from bot.chat.actions import Direct, OpenPoll, Post, Unsay
from bot.chat.capabilities import Level
from bot.chat.content import Message, Poll
from bot.fallbacks import fit
from bot.model.flow import DirectRoom, Outbox, part_key
from bot.ports import ChatPlatform, Store


async def take_away(store: Store, platform: ChatPlatform, row: Outbox, action: Unsay) -> None:
    room, thread = await _where(store, row, action.said)
    if not room:
        return
    there = [
        await platform.find(room, part, key=key, since=action.since, thread=thread)
        for key, part in _parts(platform, row, room, action)
    ]
    for position, message in enumerate(dict.fromkeys(there)):
        if message:
            await platform.remove(room, message, key=part_key(row.key, position))


async def _where(store: Store, row: Outbox, said: Post | Direct | OpenPoll) -> tuple[str, str]:
    """The room, and the message in whose thread it went. No room for someone whom we never wrote to."""
    async with store.unit() as unit:
        if isinstance(said, Direct):
            known = await unit.one(DirectRoom, platform=row.platform, person=row.person)
            return (known.room if known else ""), ""
        root = await unit.one(Outbox, key=said.thread) if isinstance(said, Post) and said.thread else None
        return row.room, root.message if root else ""


def _parts(platform: ChatPlatform, row: Outbox, room: str, action: Unsay) -> list[tuple[str, Message | Poll]]:
    """What may stand there, each under its key: a poll of the platform's own, or else messages."""
    said, can = action.said, platform.capabilities(room)
    words = said.otherwise if isinstance(said, OpenPoll) else said.message
    parts = platform.split(fit(words, can, row.language, direct=isinstance(said, Direct)))
    found: list[tuple[str, Message | Poll]] = [(part_key(action.key, n), part) for n, part in enumerate(parts)]
    if isinstance(said, OpenPoll) and can.polls is Level.NATIVE:
        found.insert(0, (action.key, said.poll))
    return found
