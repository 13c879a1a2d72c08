"""What the configuration says about Discord."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from bot.mistakes import Token, is_machine, mistake, shaped

Snowflake = Annotated[str, shaped(r"[1-9][0-9]{15,19}", "config-discord-server")]
# Of a thousand servers each, more than Discord has.
MOST_SHARDS = 100_000
# A channel or a role, by identifier or by name.
Named = Annotated[str, shaped(r"(\S.{0,99})?", "config-discord-name")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DiscordSettings(_Part):
    """The bot's account.

    `shard_count` and `shard_ids`: which part of the servers this process serves, counted by Discord's own rule.
    Left out, one process serves all, in as many shards as Discord asks for. `read_messages`: read what is said in
    the channels, for commands typed with the prefix; it asks Discord for the message content intent, and nothing
    else needs it. `members`: learn of arrivals and departures, by the members intent. `api`: the address of Discord's
    API, which may be a proxy that several processes share.
    """

    token: Token
    shard_count: Annotated[int, Field(ge=1, le=MOST_SHARDS)] | None = None
    shard_ids: tuple[Annotated[int, Field(ge=0)], ...] = ()
    read_messages: bool = False
    members: bool = True
    api: str = "https://discord.com/api/v10"

    @field_validator("api")
    @classmethod
    def _address(cls, typed: str) -> str:
        found = re.fullmatch(r"https?://([^\s/?#]+)(/[^\s?#]*[^\s?#/])?", typed)
        if not found or not is_machine(found[1]):
            raise mistake("config-address", example="https://discord.com/api/v10")
        return typed

    @model_validator(mode="after")
    def _shards_of_a_count(self) -> DiscordSettings:
        if self.shard_ids and (self.shard_count is None or max(self.shard_ids) >= self.shard_count):
            raise mistake("config-shards")
        return self

    def serves(self, server: str) -> bool:
        """Whether what happens there is told to this process, by Discord's own rule; "" for what is private."""
        shard = (int(server or 0) >> 22) % (self.shard_count or 1)
        return not self.shard_ids or shard in self.shard_ids


class DiscordServer(_Part):
    """Where one community meets: a server.

    The community is spoken to in `main`, else in the server's own channel for its announcements, else in the first
    channel where the bot may write. `channels`: those that count, all that the bot sees if none is named.
    `facilitators`: a role whose members facilitate, besides whoever may manage the server. `members`: the role that
    opens the channels kept for members. `office`: the channel where facilitators are written to.
    """

    server: Snowflake
    main: Named = ""
    channels: tuple[Named, ...] = ()
    facilitators: Named = ""
    members: Named = ""
    office: Named = ""


class DiscordPlaces(DiscordServer):
    """The same, with the community's short name."""

    slug: str
