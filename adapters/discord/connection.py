"""The connection itself: discord.py's gateway client, read at the source.

Its own objects for messages, members and reactions are passed by: what is counted is read from what Discord sends,
in a third of the time, and no cache of members can be outgrown. discord.py keeps what it is best at: sockets,
heartbeats, resuming, shards, rate limits.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import discord
import structlog
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from adapters.discord.native import Json
from adapters.discord.settings import DiscordSettings
from adapters.guarded import guarded
from bot.guard import Guard

log = structlog.get_logger("discord")

LONGEST_LIMIT = 60.0
# Read by us alone.
OURS = (
    "MESSAGE_CREATE", "MESSAGE_DELETE", "MESSAGE_DELETE_BULK", "MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE",
    "MESSAGE_POLL_VOTE_ADD", "MESSAGE_POLL_VOTE_REMOVE", "INTERACTION_CREATE", "GUILD_MEMBER_ADD",
    "GUILD_MEMBER_REMOVE", "GUILD_MEMBER_UPDATE", "VOICE_STATE_UPDATE", "GUILD_SCHEDULED_EVENT_UPDATE",
    "GUILD_SCHEDULED_EVENT_DELETE", "GUILD_SCHEDULED_EVENT_USER_ADD", "GUILD_SCHEDULED_EVENT_USER_REMOVE",
)  # fmt: skip
# Read by discord.py as well: it knows its shards by them.
SHARED = (
    "READY", "GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE", "CHANNEL_CREATE", "CHANNEL_UPDATE", "CHANNEL_DELETE",
    "THREAD_CREATE", "THREAD_DELETE", "THREAD_LIST_SYNC", "GUILD_ROLE_CREATE", "GUILD_ROLE_UPDATE",
    "GUILD_ROLE_DELETE",
)  # fmt: skip

Heard = Callable[[str, Json], None]


class Connection(discord.AutoShardedClient):
    """`heard(kind, data)` is called with each thing that Discord tells, at once; it must not raise. `switches`: what
    is asked for, where that is not all that is wanted. `guard`: asked before each request."""

    def __init__(
        self, settings: DiscordSettings, heard: Heard, switches: discord.Intents | None = None,
        guard: Guard | None = None,
    ) -> None:  # fmt: skip
        Route.BASE = settings.api
        self._settings = settings
        self._guard = guard
        self._heard = heard
        self._begun = False
        super().__init__(
            intents=switches or intents(settings, members=settings.members),
            shard_count=settings.shard_count,
            shard_ids=list(settings.shard_ids) or None,  # type: ignore[arg-type]  # None is what it has otherwise
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_ratelimit_timeout=LONGEST_LIMIT,
            http_trace=guarded(guard) if guard else None,  # type: ignore[arg-type]  # None is what it has otherwise
        )
        parsers = self._connection.parsers
        for kind in OURS:
            parsers[kind] = _told(kind, heard)
        for kind in SHARED:
            parsers[kind] = _told(kind, heard, parsers[kind])

    @staticmethod
    def gateway_at(address: str) -> None:
        """Where Discord says that its gateway is. Where it does not say, discord.py has an address of its own."""
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(address)

    async def login(self, token: str) -> None:
        self._begun = True
        await super().login(token)

    async def close(self) -> None:
        if self._begun:  # before, discord.py has nothing that it could close
            await super().close()

    def anew(self) -> Connection:
        """Once it was closed: discord.py keeps closed sockets, and the news that it was closed, for the next time."""
        return Connection(self._settings, self._heard, self._connection._intents, self._guard)

    def connected(self) -> bool:
        """By every shard of this process. discord.py ends a line on which no heartbeat is answered for a minute."""
        return bool(self.shards) and not any(shard.is_closed() for shard in self.shards.values())

    def without_members(self) -> None:
        """Go on without the switch that the application lacks."""
        self._connection._intents.members = False

    def without_content(self) -> None:
        """As above."""
        self._connection._intents.message_content = False


def intents(settings: DiscordSettings, *, members: bool) -> discord.Intents:
    """Only what is read. The two that Discord hands out on request are members, and message_content if wanted."""
    wanted = discord.Intents.none()
    wanted.guilds = wanted.guild_messages = wanted.dm_messages = wanted.voice_states = True
    wanted.guild_reactions = wanted.guild_scheduled_events = wanted.guild_polls = True
    wanted.members = members
    wanted.message_content = settings.read_messages
    return wanted


def _told(kind: str, heard: Heard, then: Callable[[Any], Any] | None = None) -> Callable[[Any], Any]:
    if then is None:
        return lambda data: heard(kind, data)

    def both(data: Any) -> Any:
        heard(kind, data)
        return then(data)

    return both


class OneLine(logging.Handler):
    """What discord.py has to say, as a line of our log: its words alone. What it fills them with may be secret."""

    def emit(self, record: logging.LogRecord) -> None:
        said = str(record.msg)
        (log.error if record.levelno >= logging.ERROR else log.warning)("discord.py", said=said[:200])


def quieten() -> None:
    """Once for a process."""
    spoken = logging.getLogger("discord")
    spoken.setLevel(logging.WARNING)
    spoken.propagate = False
    # It only says that we shall not speak aloud.
    logging.getLogger("discord.client").setLevel(logging.ERROR)
    if not any(isinstance(handler, OneLine) for handler in spoken.handlers):
        spoken.addHandler(OneLine())
