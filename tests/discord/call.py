"""One request of the bot's, as a route of the API receives it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.discord.channel import Channel
from tests.discord.errors import invalid_body, missing_access, unknown
from tests.discord.guild import Guild
from tests.discord.permissions import require
from tests.discord.state import Attachment, Json, Message
from tests.discord.world import World

if TYPE_CHECKING:
    from tests.discord.interactions import Interaction


@dataclass
class Call:
    """`route`: its pattern, such as "/channels/{channel_id}/messages". `body`: None where there was none. `files`: by
    their number in the form, as (name, type, bytes). `status`: that of the answer, 0 where none was given. `host`:
    under which name the double was asked."""

    world: World = field(repr=False)
    method: str
    path: str
    route: str
    parts: dict[str, str]
    query: dict[str, str]
    body: Any
    files: dict[int, tuple[str, str, bytes]] = field(default_factory=dict, repr=False)
    status: int = 0
    host: str = ""

    def id(self, name: str) -> int:
        return int(self.parts[name])

    @property
    def form(self) -> Json:
        return self.body if isinstance(self.body, dict) else {}

    @property
    def me(self) -> int:
        return self.world.me.id

    def limit(self, most: int = 100, otherwise: int = 50) -> int:
        limit = int(self.query.get("limit", otherwise))
        if not 1 <= limit <= most:
            raise invalid_body("limit", "NUMBER_TYPE_MAX", f"from 1 to {most}")
        return limit

    @property
    def guild(self) -> Guild:
        return self.world.find_guild(self.id("guild_id"))

    @property
    def channel(self) -> Channel:
        """That of the address, which the bot must see."""
        channel = self.world.find_channel(self.id("channel_id"))
        if channel.guild and self.me not in channel.guild.members:
            raise missing_access()
        require(channel, self.me, "view_channel")
        return channel

    @property
    def message(self) -> Message:
        found = self.channel.kept.get(self.id("message_id"))
        if found is None:
            raise unknown("Message")
        return found

    @property
    def interaction(self) -> Interaction:
        interaction = self.world.interactions.get(self.parts["token"])
        if interaction is None:
            raise unknown("Webhook")
        return interaction

    def attachments(self, form: Json, earlier: list[Attachment] | None = None) -> list[Attachment]:
        """Those that the body names, new or kept from `earlier`; and files it does not name."""
        named = {str(a.get("id")): a for a in form.get("attachments") or ()}
        kept = [a for a in earlier or () if str(a.id) in named]
        for number, (name, kind, data) in self.files.items():
            given = named.get(str(number), {})
            new = self.world.keep_file(given.get("filename") or name, data, kind)
            new.description, new.duration = given.get("description"), given.get("duration_secs")
            kept.append(new)
        return kept


Answer = Json | list[Any] | None
Handler = Callable[[Call], Answer]


@dataclass(frozen=True)
class Route:
    method: str
    pattern: str
    regex: re.Pattern[str]
    handler: Handler


ROUTES: list[Route] = []


def route(method: str, pattern: str) -> Callable[[Handler], Handler]:
    """Answers what the function returns; 204 for None. It may raise Refused."""

    def add(handler: Handler) -> Handler:
        named = re.sub(r"\{(\w*token)\}", r"(?P<\1>[^/]+)", pattern)
        named = re.sub(r"\{(emoji)\}", r"(?P<\1>[^/]+)", named)
        named = re.sub(r"\{(\w+)\}", r"(?P<\1>[0-9]+)", named)
        ROUTES.append(Route(method, pattern, re.compile(named), handler))
        return handler

    return add
