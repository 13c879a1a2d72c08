"""Which events a bot hears of, by what it asked for on connecting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.discord import payloads
from tests.discord.state import Json

if TYPE_CHECKING:
    from tests.discord.world import Happening, World

GUILDS, MEMBERS, VOICE_STATES, PRESENCES = 1 << 0, 1 << 1, 1 << 7, 1 << 8
MESSAGES, REACTIONS, DIRECT, DIRECT_REACTIONS = 1 << 9, 1 << 10, 1 << 12, 1 << 13
CONTENT, EVENTS, POLLS, DIRECT_POLLS = 1 << 15, 1 << 16, 1 << 24, 1 << 25
KNOWN = 0b11_1111_1111_1111_1111_1111_1111

# By the beginning of the event's name: in a server, and in private.
_NEEDS = (
    ("MESSAGE_REACTION_", REACTIONS, DIRECT_REACTIONS),
    ("MESSAGE_POLL_", POLLS, DIRECT_POLLS),
    ("MESSAGE_", MESSAGES, DIRECT),
    ("GUILD_MEMBER_", MEMBERS, 0),
    ("THREAD_MEMBERS_", GUILDS, 0),
    ("VOICE_", VOICE_STATES, 0),
    ("GUILD_SCHEDULED_EVENT_", EVENTS, 0),
    ("GUILD_", GUILDS, 0),
    ("CHANNEL_", GUILDS, DIRECT),
    ("THREAD_", GUILDS, 0),
)


def hears(happening: Happening, intents: int, me: int) -> bool:
    name, data = happening.name, happening.data
    if name == "GUILD_MEMBER_UPDATE" and data["user"]["id"] == str(me):
        return True
    for start, in_guild, in_private in _NEEDS:
        if name.startswith(start):
            return bool(intents & (in_guild if happening.guild else in_private))
    return True


def shaped(happening: Happening, intents: int, world: World) -> Json:
    """The event as this bot is told it: without the content of messages that do not concern it."""
    if happening.name not in ("MESSAGE_CREATE", "MESSAGE_UPDATE") or intents & CONTENT:
        return happening.data
    return happening.data if concerns(happening.data, world.me.id) else payloads.emptied(happening.data)


def concerns(message: Json, me: int) -> bool:
    return (
        "guild_id" not in message
        or message["author"]["id"] == str(me)
        or any(u["id"] == str(me) for u in message["mentions"])
    )
