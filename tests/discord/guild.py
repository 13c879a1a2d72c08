"""A server, as tests build and hold it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.discord import payloads, posts
from tests.discord.channel import Channel
from tests.discord.member import Member
from tests.discord.permissions import BOT, EVERYONE, bits
from tests.discord.state import ANNOUNCEMENT, FORUM, STAGE, TEXT, VOICE, Attachment, Message, Role, ScheduledEvent, User

if TYPE_CHECKING:
    from tests.discord.world import World


@dataclass(eq=False)
class Guild:
    world: World = field(repr=False)
    id: int
    name: str
    locale: str = "fr"
    owner_id: int = 0
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict, repr=False)
    events: dict[int, ScheduledEvent] = field(default_factory=dict)
    system_channel: Channel | None = None
    rules_channel: Channel | None = None
    updates_channel: Channel | None = None
    greets: bool = False

    @classmethod
    def made(cls, world: World, name: str, permissions: int = BOT, locale: str = "fr", owner: str = "Olive") -> Guild:
        """With an owner, and the bot as a member that has a role of its own."""
        guild = cls(world, world.new_guild_id(), name, locale)
        guild.roles[guild.id] = Role(guild.id, "@everyone", EVERYONE, position=0)
        bot_role = guild.role(world.me.name, managed=True)
        bot_role.permissions, bot_role.position = permissions, 50
        founder = world.new_user(owner)
        guild.owner_id = founder.id
        guild.members[founder.id] = Member(guild, founder, world.clock())
        guild.members[world.me.id] = Member(guild, world.me, world.clock(), roles=[bot_role.id])
        world.guilds[guild.id] = guild
        guild.appear()
        return guild

    @property
    def me(self) -> Member:
        return self.members[self.world.me.id]

    @property
    def owner(self) -> Member:
        return self.members[self.owner_id]

    @property
    def bot_role(self) -> Role:
        return next(r for r in self.roles.values() if r.managed)

    @property
    def channels(self) -> list[Channel]:
        return [c for c in self.world.channels.values() if c.guild is self and not c.is_thread]

    @property
    def threads(self) -> list[Channel]:
        return [c for c in self.world.channels.values() if c.guild is self and c.is_thread]

    def text(self, name: str) -> Channel:
        return self.add_channel(name, TEXT)

    def voice(self, name: str) -> Channel:
        return self.add_channel(name, VOICE)

    def stage(self, name: str) -> Channel:
        return self.add_channel(name, STAGE)

    def forum(self, name: str) -> Channel:
        return self.add_channel(name, FORUM)

    def announcements(self, name: str) -> Channel:
        return self.add_channel(name, ANNOUNCEMENT)

    def add_channel(self, name: str, type: int) -> Channel:
        channel = Channel(self.world, self.world.new_id(), type, name, self, position=len(self.channels))
        self.world.channels[channel.id] = channel
        self.world.emit("CHANNEL_CREATE", payloads.channel(channel), self)
        return channel

    def role(self, name: str, *permissions: str, managed: bool = False) -> Role:
        role = Role(self.world.new_id(), name, bits(*permissions), position=len(self.roles), managed=managed)
        self.roles[role.id] = role
        self.world.emit("GUILD_ROLE_CREATE", {"guild_id": str(self.id), "role": payloads.role(role)}, self)
        return role

    def role_changed(self, role: Role) -> None:
        self.world.emit("GUILD_ROLE_UPDATE", {"guild_id": str(self.id), "role": payloads.role(role)}, self)

    def remove_role(self, role: Role) -> None:
        del self.roles[role.id]
        for member in self.members.values():
            if role.id in member.roles:
                member.roles.remove(role.id)
        self.world.emit("GUILD_ROLE_DELETE", {"guild_id": str(self.id), "role_id": str(role.id)}, self)

    def grant(self, *permissions: str) -> None:
        """To the bot, in all of the server."""
        self.bot_role.permissions |= bits(*permissions)
        self.role_changed(self.bot_role)

    def revoke(self, *permissions: str) -> None:
        self.bot_role.permissions &= ~bits(*permissions)
        self.role_changed(self.bot_role)

    def join(
        self, who: str | User, *, bot: bool = False, locale: str = "fr", roles: tuple[Role, ...] = (),
        since: datetime | None = None, pending: bool = False,
    ) -> Member:  # fmt: skip
        """Someone arrives. A `User` who is elsewhere already can be given instead of a name."""
        user = who if isinstance(who, User) else self.world.new_user(who, bot=bot, locale=locale)
        member = Member(self, user, since or self.world.clock(), roles=[r.id for r in roles], pending=pending)
        self.members[user.id] = member
        self.world.emit("GUILD_MEMBER_ADD", payloads.member(member) | {"guild_id": str(self.id)}, self)
        if self.greets and self.system_channel:
            posts.system(self.system_channel, user, 7)
        return member

    def populate(self, count: int) -> None:
        """So many people who were there before: nobody is told."""
        for n in range(count):
            user = self.world.new_user(f"Personne {n + 1}")
            self.members[user.id] = Member(self, user, self.world.clock() - timedelta(days=30))

    def webhook(self, channel: Channel, text: str, *, name: str = "Crochet") -> Message:
        """A message by no member at all."""
        author = self.world.new_user(name, webhook=True)
        return posts.post(channel, author, text, webhook_id=author.id)

    def event(
        self, name: str, starts: datetime, *, channel: Channel | None = None, place: str = "ici",
        by: Member | None = None,
    ) -> ScheduledEvent:  # fmt: skip
        """One that a member put in the calendar, not the bot."""
        kind = 3 if channel is None else 1 if channel.type == STAGE else 2
        event = ScheduledEvent(
            self.world.new_id(), self, (by or self.owner).user, name, None, kind, starts,
            starts + timedelta(hours=1) if kind == 3 else None, channel.id if channel else None,
            None if channel else place,
        )  # fmt: skip
        self.events[event.id] = event
        self.world.emit("GUILD_SCHEDULED_EVENT_CREATE", payloads.event(event), self)
        return event

    def file(self, name: str, data: bytes, content_type: str = "application/octet-stream") -> Attachment:
        """For someone to send."""
        return self.world.keep_file(name, data, content_type)

    def voice_note(self, data: bytes, seconds: float = 12.0) -> Attachment:
        note = self.world.keep_file("voice-message.ogg", data, "audio/ogg")
        note.duration = seconds
        return note

    def appear(self) -> None:
        """Tell the bot of the server, as on its arrival there or at the end of an outage."""
        self.world.emit("GUILD_CREATE", payloads.guild_create(self), self)

    def outage(self) -> None:
        self.world.emit("GUILD_DELETE", {"id": str(self.id), "unavailable": True}, self)

    def put_bot_out(self) -> None:
        self.world.emit("GUILD_DELETE", {"id": str(self.id)}, self)
        del self.members[self.world.me.id]

    def put_bot_in(self) -> None:
        self.members[self.world.me.id] = Member(self, self.world.me, self.world.clock(), roles=[self.bot_role.id])
        self.appear()
