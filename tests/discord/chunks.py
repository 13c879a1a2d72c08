"""The members of a server, handed over a thousand at a time to a client that asks."""

from __future__ import annotations

from collections.abc import Iterator

from tests.discord import payloads
from tests.discord.state import Json
from tests.discord.world import World

SIZE = 1000


def chunks(world: World, asked: Json, members_intent: bool) -> Iterator[Json]:
    """Nothing is answered about a server the bot is not in; the whole list needs the members intent."""
    guild = world.guilds.get(int(asked["guild_id"]))
    if guild is None or world.me.id not in guild.members:
        return
    known: Json = {"guild_id": str(guild.id)}
    if "nonce" in asked:
        known["nonce"] = asked["nonce"]
    found = list(guild.members.values())
    ids = asked.get("user_ids")
    if ids is not None:
        wanted = [int(i) for i in (ids if isinstance(ids, list) else [ids])]
        known["not_found"] = [str(i) for i in wanted if i not in guild.members]
        found = [m for m in found if m.user.id in wanted]
    elif query := asked.get("query", ""):
        found = [m for m in found if (m.nick or m.user.name).lower().startswith(query.lower())][: asked["limit"] or 100]
    elif not members_intent:
        return
    elif asked.get("limit"):
        found = found[: asked["limit"]]
    count = max(1, -(-len(found) // SIZE))
    for n in range(count):
        part = found[n * SIZE : (n + 1) * SIZE]
        yield known | {"members": [payloads.member(m) for m in part], "chunk_index": n, "chunk_count": count}
