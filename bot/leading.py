"""What a process leads: its accounts, or the part of them that its configuration names. Nobody else uses them then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.config import Config

if TYPE_CHECKING:
    from storage.lead import Lead


def lead(config: Config) -> Lead | None:
    """All of it is taken together, or none. None on SQLite: one process holds the file."""
    if config.database.url is None:
        return None
    from storage.lead import Lead, Name

    names: list[Name] = []
    if config.matrix:
        names.append(Name(f"matrix:{config.matrix.user_id}"))
    if config.discord:
        # A bot's token begins with its identifier, which no change of token changes.
        account = f"discord:{config.discord.token.get_secret_value().partition('.')[0]}"
        shards = config.discord.shard_ids
        names.append(Name(account, together=bool(shards)))
        names += [Name(f"{account}:{shard}/{config.discord.shard_count}") for shard in shards]
    return Lead(config.database.url.get_secret_value(), names)
