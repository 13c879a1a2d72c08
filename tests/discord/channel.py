"""A channel or a thread, as tests hold it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from tests.discord import payloads
from tests.discord.permissions import bits
from tests.discord.state import PRIVATE_THREAD, THREADS, Message, Overwrite, User

if TYPE_CHECKING:
    from tests.discord.guild import Guild
    from tests.discord.member import Member
    from tests.discord.state import Role
    from tests.discord.world import World


@dataclass(eq=False)
class Channel:
    """`kept`: all its messages by identifier, deleted ones left out. `joined`: who is in it, for a thread.
    `owner_id`: who opened it, for a thread. `in_voice`: who is connected."""

    world: World = field(repr=False)
    id: int
    type: int
    name: str
    guild: Guild | None = field(default=None, repr=False)
    parent: Channel | None = None
    recipient: User | None = None
    overwrites: list[Overwrite] = field(default_factory=list)
    kept: dict[int, Message] = field(default_factory=dict, repr=False)
    position: int = 0
    topic: str = ""
    archived: bool = False
    locked: bool = False
    auto_archive: int = 1440
    archived_at: datetime | None = None
    owner_id: int = 0
    joined: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    deleted: bool = False

    @property
    def is_thread(self) -> bool:
        return self.type in THREADS

    @property
    def private(self) -> bool:
        return self.type == PRIVATE_THREAD

    @property
    def mention(self) -> str:
        return f"<#{self.id}>"

    @property
    def messages(self) -> list[Message]:
        return list(self.kept.values())

    @property
    def from_bot(self) -> list[Message]:
        return [m for m in self.kept.values() if m.author is self.world.me]

    @property
    def texts(self) -> list[str]:
        """What the bot said here, in order."""
        return [m.content for m in self.from_bot]

    @property
    def threads(self) -> list[Channel]:
        return [c for c in self.world.channels.values() if c.is_thread and c.parent is self]

    async def heard(self, check: str | Callable[[Message], object], seconds: float = 10) -> Message:
        """The latest message of the bot's here that contains this, once there is one."""

        def found() -> list[Message]:
            fits = (lambda m: check in m.content) if isinstance(check, str) else check
            return [m for m in self.from_bot if fits(m)]

        await self.world.until(found, seconds, f"{check!r} in #{self.name}: {self.texts[-5:]}")
        return found()[-1]

    def allow(self, who: Role | Member, *permissions: str) -> None:
        self._overwrite(who, allow=bits(*permissions))

    def deny(self, who: Role | Member, *permissions: str) -> None:
        self._overwrite(who, deny=bits(*permissions))

    def _overwrite(self, who: Role | Member, *, allow: int = 0, deny: int = 0) -> None:
        from tests.discord.member import Member

        target, of_member = (who.user.id, True) if isinstance(who, Member) else (who.id, False)
        earlier = next((o for o in self.overwrites if (o.target, o.of_member) == (target, of_member)), None)
        if earlier is None:
            self.overwrites.append(earlier := Overwrite(target, of_member))
        earlier.allow = earlier.allow & ~deny | allow
        earlier.deny = earlier.deny & ~allow | deny
        self.updated()

    def archive(self, *, locked: bool = False) -> None:
        """What idleness, or a moderator, does to a thread."""
        self.archived, self.locked, self.archived_at = True, locked, self.world.clock()
        self.updated()

    def unarchive(self) -> None:
        self.archived = self.locked = False
        self.updated()

    def rename(self, name: str) -> None:
        self.name = name
        self.updated()

    def delete(self) -> None:
        if self.deleted:
            return
        for thread in self.threads:
            thread.delete()
        self.deleted = True
        self.world.channels.pop(self.id, None)
        name = "THREAD_DELETE" if self.is_thread else "CHANNEL_DELETE"
        self.world.emit(name, payloads.channel(self), self.guild, self if self.is_thread else None)

    def updated(self) -> None:
        name = "THREAD_UPDATE" if self.is_thread else "CHANNEL_UPDATE"
        self.world.emit(name, payloads.channel(self), self.guild, self if self.is_thread else None)
