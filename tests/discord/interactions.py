"""An interaction: what a member asked by a command, a button or a form, and all that they saw in answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.discord import payloads
from tests.discord.errors import CannotDo, Refused, unknown
from tests.discord.permissions import of_member
from tests.discord.state import DM, EPHEMERAL, LOADING, Json, Message, User

if TYPE_CHECKING:
    from tests.discord.channel import Channel
    from tests.discord.member import Member
    from tests.discord.world import World

PING, COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 1, 2, 3, 4, 5
# Seconds for the first answer, and for all that follows.
WINDOW, LIFE = 3.0, 900.0


@dataclass(eq=False)
class Interaction:
    """`shown`: every message put up in answer, deleted ones included, in order. `original`: the first of them, or
    the message the button stood in once it is being changed in place. `callback`: the type of the first answer.
    `window`, `life`: seconds, for a test to shorten."""

    world: World = field(repr=False)
    id: int
    token: str
    type: int
    user: User
    channel: Channel
    data: Json
    source: Message | None = None
    member: Member | None = None
    born: float = field(default_factory=lambda: asyncio.get_running_loop().time())
    window: float = WINDOW
    life: float = LIFE
    callback: int | None = None
    acknowledged_after: float | None = None
    original: Message | None = None
    modal: Json | None = None
    choices: list[Json] | None = None
    shown: list[Message] = field(default_factory=list)
    edits_before: int = 0

    # What the member sees

    @property
    def messages(self) -> list[Message]:
        """What stands, without what is still being thought about."""
        return [m for m in self.shown if not m.deleted and not m.flags & LOADING]

    @property
    def text(self) -> str:
        return "\n\n".join(m.content for m in self.messages)

    @property
    def ephemeral(self) -> bool:
        return all(m.flags & EPHEMERAL for m in self.shown)

    @property
    def thinking(self) -> bool:
        """« … réfléchit »: it was acknowledged, and nothing came yet."""
        return self.callback == 5 and any(m.flags & LOADING for m in self.shown)

    @property
    def acknowledged(self) -> bool:
        return self.callback is not None

    @property
    def failed(self) -> bool:
        """« L’interaction a échoué »: nobody acknowledged it in time."""
        return not self.acknowledged and self._age > self.window

    @property
    def answered(self) -> bool:
        """Something to read, to fill in or to choose from is there, or the message was changed in place."""
        return bool(self.messages or self.modal or self.choices is not None or self._changed)

    @property
    def _changed(self) -> bool:
        edits = len(self.source.earlier) if self.source else 0
        return self.callback == 7 or (self.callback == 6 and edits > self.edits_before)

    async def answer(self, seconds: float = 10) -> Interaction:
        """Once there is something to see. Fails if nobody acknowledged within Discord's window."""
        await self.acknowledgement()
        await self.world.until(lambda: self.answered, seconds, f"an answer, acknowledged by {self.callback}")
        return self

    async def acknowledgement(self) -> Interaction:
        left = self.window - self._age
        try:
            await self.world.until(lambda: self.acknowledged, max(left, 0) + 0.05)
        except AssertionError:
            raise CannotDo(f"nobody acknowledged {self.summary} within {self.window} seconds") from None
        return self

    async def says(self, words: str, seconds: float = 10) -> Interaction:
        """Once what the member sees in answer contains these words."""
        await self.world.until(lambda: words in self.text, seconds, f"{words!r} in answer; there is {self.text!r}")
        return self

    @property
    def summary(self) -> str:
        return str(self.data.get("name") or self.data.get("custom_id"))

    # What Discord keeps track of

    @property
    def _age(self) -> float:
        return asyncio.get_running_loop().time() - self.born

    def expire(self) -> None:
        """As if its fifteen minutes were over."""
        self.life = self.window = 0.0

    def must_be_new(self) -> None:
        if self.acknowledged:
            raise Refused(400, 40060, "Interaction has already been acknowledged.")
        if self._age > self.window:
            raise unknown("Interaction")

    def must_live(self) -> None:
        """For what follows the first answer."""
        if self._age > self.life:
            raise Refused(401, 50027, "Invalid Webhook Token")
        if not self.acknowledged:
            raise unknown("Webhook")

    def acknowledge(self, callback: int) -> None:
        self.callback = callback
        self.acknowledged_after = self._age
        self.world.tell()

    @property
    def metadata(self) -> Json:
        """As the messages that answer it carry it."""
        return {
            "id": str(self.id), "type": self.type, "user": payloads.user(self.user),
            "authorizing_integration_owners": {},
        }  # fmt: skip

    @property
    def event(self) -> Json:
        """As the gateway tells of it."""
        world, guild = self.world, self.channel.guild
        told: Json = {
            "id": str(self.id), "application_id": str(world.application.id), "type": self.type, "token": self.token,
            "version": 1, "data": self.data, "locale": self.user.locale, "entitlements": [],
            "entitlement_sku_ids": [], "attachment_size_limit": 10 * 1024 * 1024,
            "channel_id": str(self.channel.id), "channel": payloads.channel(self.channel),
            "authorizing_integration_owners": {"0": str(guild.id if guild else 0)}, "context": 0 if guild else 1,
            "app_permissions": str(of_member(guild, world.me.id, self.channel) if guild else 0),
        }  # fmt: skip
        if self.source:
            told["message"] = payloads.message(self.source)
        if guild is None or self.member is None:
            return told | {"user": payloads.user(self.user)}
        seen = payloads.member(self.member)
        seen["permissions"] = str(of_member(guild, self.user.id, self.channel))
        told["channel"]["permissions"] = seen["permissions"]
        return told | {
            "guild_id": str(guild.id), "guild_locale": guild.locale, "member": seen,
            "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
        }  # fmt: skip


def begin(
    world: World, type: int, user: User, channel: Channel, data: Json, *, source: Message | None = None
) -> Interaction:
    member = channel.guild.members.get(user.id) if channel.guild else None
    if channel.type != DM and member is None:
        raise CannotDo(f"{user.name} is not a member of this server")
    id = world.new_id()
    interaction = Interaction(world, id, f"token.{id}", type, user, channel, data, source, member)
    interaction.edits_before = len(source.earlier) if source else 0
    world.interactions[interaction.token] = interaction
    world.emit("INTERACTION_CREATE", interaction.event, channel.guild)
    return interaction
