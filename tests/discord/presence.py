"""A member of a server: who they are there, and what they do that is not said to the bot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.discord import payloads
from tests.discord.errors import CannotDo, Refused
from tests.discord.permissions import of_member, require, sees
from tests.discord.state import EPHEMERAL, Message, Role, ScheduledEvent, User

if TYPE_CHECKING:
    from tests.discord.channel import Channel
    from tests.discord.guild import Guild
    from tests.discord.world import World


@dataclass(eq=False)
class Presence:
    """What the person may not do here, by Discord's own rules, fails the test that has them do it."""

    guild: Guild = field(repr=False)
    user: User
    joined_at: datetime
    nick: str | None = None
    roles: list[int] = field(default_factory=list)
    pending: bool = False
    timed_out_until: datetime | None = None
    voice: Channel | None = None

    @property
    def world(self) -> World:
        return self.guild.world

    @property
    def id(self) -> str:
        return str(self.user.id)

    @property
    def mention(self) -> str:
        return self.user.mention

    @property
    def timed_out(self) -> bool:
        return self.timed_out_until is not None and self.timed_out_until > self.world.clock()

    @property
    def direct(self) -> Channel:
        """Their private channel with the bot."""
        return self.world.direct(self.user)

    @property
    def told(self) -> list[str]:
        """What the bot wrote to them in private."""
        return self.direct.texts

    async def interested(self, event: ScheduledEvent) -> None:
        await self._interest(event, "ADD", self.user.id not in event.interested)

    async def not_interested(self, event: ScheduledEvent) -> None:
        await self._interest(event, "REMOVE", self.user.id in event.interested)

    async def _interest(self, event: ScheduledEvent, what: str, changes: bool) -> None:
        if not event.live:
            raise CannotDo("this event is over")
        if changes:
            (event.interested.append if what == "ADD" else event.interested.remove)(self.user.id)
            told = {"guild_scheduled_event_id": str(event.id), "user_id": self.id, "guild_id": str(self.guild.id)}
            self.world.emit(f"GUILD_SCHEDULED_EVENT_USER_{what}", told, self.guild)
        await asyncio.sleep(0)

    async def move_event(self, event: ScheduledEvent, **changes: Any) -> None:
        """`starts`, `ends`, `name`, `place`, `status`…: as a facilitator changes it in Discord's own form."""
        for name, value in changes.items():
            if not hasattr(event, name):
                raise AttributeError(name)
            setattr(event, name, value)
        self.world.emit("GUILD_SCHEDULED_EVENT_UPDATE", payloads.event(event), self.guild)
        await asyncio.sleep(0)

    async def start_event(self, event: ScheduledEvent) -> None:
        await self.move_event(event, status=2)

    async def end_event(self, event: ScheduledEvent) -> None:
        await self.move_event(event, status=3)

    async def cancel_event(self, event: ScheduledEvent, *, delete: bool = True) -> None:
        """By the button of that name, which deletes it, or by a change of status."""
        if not delete:
            await self.move_event(event, status=4)
            return
        event.status = 4
        self.guild.events.pop(event.id, None)
        self.world.emit("GUILD_SCHEDULED_EVENT_DELETE", payloads.event(event), self.guild)
        await asyncio.sleep(0)

    async def join_voice(self, channel: Channel) -> None:
        self.voice = channel
        self.world.emit("VOICE_STATE_UPDATE", payloads.voice_state(self), self.guild)
        await asyncio.sleep(0)

    async def leave_voice(self) -> None:
        self.voice = None
        self.world.emit("VOICE_STATE_UPDATE", payloads.voice_state(self), self.guild)
        await asyncio.sleep(0)

    async def rename(self, nick: str | None) -> None:
        self.nick = nick
        self.updated()
        await asyncio.sleep(0)

    async def leave(self) -> None:
        self.depart()
        await asyncio.sleep(0)

    def depart(self) -> None:
        del self.guild.members[self.user.id]
        told = {"guild_id": str(self.guild.id), "user": payloads.user(self.user)}
        self.world.emit("GUILD_MEMBER_REMOVE", told, self.guild)

    def close_dms(self, closed: bool = True) -> None:
        self.user.closed = closed

    def time_out(self, minutes: int = 10) -> None:
        self.timed_out_until = self.world.clock() + timedelta(minutes=minutes) if minutes else None
        self.updated()

    def give(self, role: Role) -> None:
        self.roles.append(role.id)
        self.updated()

    def take(self, role: Role) -> None:
        self.roles.remove(role.id)
        self.updated()

    def has(self, role: Role) -> bool:
        return role.id in self.roles

    def sees(self, channel: Channel) -> bool:
        return sees(channel, self.user.id)

    def updated(self) -> None:
        self.world.emit("GUILD_MEMBER_UPDATE", payloads.member(self) | {"guild_id": str(self.guild.id)}, self.guild)

    # What holds them back

    def _may(self, check: Callable[[], None]) -> None:
        try:
            check()
        except Refused as refused:
            raise CannotDo(f"{self.user.name}: {refused.message}") from None

    def _own(self, message: Message) -> None:
        if message.author is not self.user:
            raise CannotDo("one edits one's own messages only")

    def _sees(self, message: Message) -> None:
        if message.deleted or message.seen_by not in (None, self.user.id) or not sees(message.channel, self.user.id):
            raise CannotDo(f"{self.user.name} does not see {message!r}")
        if message.flags & EPHEMERAL and message.seen_by is None:
            raise CannotDo("nobody sees it")

    def _may_ask(self, channel: Channel) -> None:
        self._may(lambda: require(channel, self.user.id, "view_channel"))
        if channel.guild and (self.timed_out or not of_member(channel.guild, self.user.id, channel)):
            raise CannotDo(f"{self.user.name} can use nothing here")
