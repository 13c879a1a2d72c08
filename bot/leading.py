"""What a process leads: its accounts, or the part of them that its configuration names. Nobody else uses them then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.config import Config
from bot.share import Divided, Share

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


def share(config: Config) -> Share:
    """What of the database this process sees to."""
    if config.database.url is None:
        return Share()
    platforms = [name for name in ("matrix", "discord") if getattr(config, name)]
    on_discord, divided = {place.slug for place in config.on_discord}, None
    if (discord := config.discord) and discord.shard_ids:
        from adapters.discord.interactions import asked_in

        here = {place.slug for place in config.on_discord if discord.serves(place.server)}
        elsewhere = frozenset(on_discord - here)
        divided = Divided("discord", elsewhere, discord.serves(""), lambda handle: discord.serves(asked_in(handle)))
        on_discord = here
    return Share(platforms, on_discord | {place.slug for place in config.on_matrix}, divided)
