"""Everything that exists, and the telling of what happens."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.discord.errors import missing_access, unknown
from tests.discord.state import DM, Application, Attachment, Json, Message, User

if TYPE_CHECKING:
    from tests.discord.channel import Channel
    from tests.discord.guild import Guild
    from tests.discord.interactions import Interaction

PREFIX = "/api/v10"
EPOCH = 1420070400000
# Seconds between two looks.
GLANCE = 0.02
Clock = Callable[[], datetime]


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Happening:
    """One dispatch, before it is known who may hear of it. `channel`: only who sees it does."""

    name: str
    data: Json
    guild: Guild | None = None
    channel: Channel | None = None


class World:
    def __init__(self, *, clock: Clock = now, token: str = "token") -> None:
        self.clock = clock
        self.url = ""
        self._last = 0
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.attachments: dict[int, Attachment] = {}
        self.interactions: dict[str, Interaction] = {}
        self.shards = 1
        self.nonces: dict[tuple[int, str], tuple[float, Message]] = {}
        self.listeners: list[Callable[[Happening], None]] = []
        self.news = asyncio.Event()
        me = self.new_user("Veillée", bot=True)
        self.application = Application(self.new_id(), me, token)

    @property
    def me(self) -> User:
        """The bot."""
        return self.application.user

    def new_id(self) -> int:
        """A snowflake: ordered by time, never twice the same."""
        stamp = (int(self.clock().timestamp() * 1000) - EPOCH) << 22
        self._last = max(stamp, self._last + 1)
        return self._last

    def new_guild_id(self) -> int:
        """By Discord's rule the first server falls to the first shard, the next to the next, with up to six."""
        stamp = (self.new_id() >> 22) + 1
        stamp += (len(self.guilds) - stamp) % 60
        self._last = stamp << 22
        return self._last

    def new_user(self, name: str, *, bot: bool = False, locale: str = "fr", webhook: bool = False) -> User:
        user = User(self.new_id(), name, bot=bot, locale=locale, webhook=webhook)
        if not webhook:
            self.users[user.id] = user
        return user

    def keep_file(self, filename: str, data: bytes, content_type: str) -> Attachment:
        id = self.new_id()
        kept = Attachment(id, filename, content_type, data, f"{self.url}/attachments/{id}/{filename}")
        self.attachments[id] = kept
        return kept

    def emit(self, name: str, data: Json, guild: Guild | None = None, channel: Channel | None = None) -> None:
        for listener in self.listeners:
            listener(Happening(name, data, guild, channel))
        self.tell()

    def tell(self) -> None:
        """Something changed: whoever waits for something looks again."""
        self.news.set()
        self.news = asyncio.Event()

    async def until(self, check: Callable[[], object], seconds: float = 10, what: str = "") -> None:
        """Looked at whenever something happens here, and often enough for what happens elsewhere."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while not check():
            # Not by asyncio.timeout: its one cancellation gets lost where news come at the same instant.
            if loop.time() >= end:
                raise AssertionError(f"it never came{': ' + what if what else ''}")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.news.wait(), GLANCE)

    def find_guild(self, id: int) -> Guild:
        if (guild := self.guilds.get(id)) is None:
            raise unknown("Guild")
        if self.me.id not in guild.members:
            raise missing_access()
        return guild

    def find_channel(self, id: int) -> Channel:
        if (channel := self.channels.get(id)) is None:
            raise unknown("Channel")
        return channel

    def direct(self, user: User) -> Channel:
        """The private channel between the bot and someone, made on first use."""
        from tests.discord.channel import Channel

        for channel in self.channels.values():
            if channel.type == DM and channel.recipient is user:
                return channel
        channel = Channel(world=self, id=self.new_id(), type=DM, name="", recipient=user)
        self.channels[channel.id] = channel
        return channel

    def shares_guild(self, user: User) -> bool:
        return any(user.id in g.members and self.me.id in g.members for g in self.guilds.values())
