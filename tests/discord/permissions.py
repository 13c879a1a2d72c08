"""Who may do what, computed as Discord does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from tests.discord.errors import missing_access, missing_permissions
from tests.discord.state import FORUM, THREADS

if TYPE_CHECKING:
    from tests.discord.channel import Channel
    from tests.discord.guild import Guild


def bits(*names: str) -> int:
    """Of permissions by their names in discord.py, such as "send_messages"."""
    return discord.Permissions(**dict.fromkeys(names, True)).value


ALL = discord.Permissions.all().value
EVERYONE = bits(
    "view_channel", "send_messages", "send_messages_in_threads", "create_public_threads", "create_private_threads",
    "read_message_history", "add_reactions", "attach_files", "embed_links", "connect", "speak", "send_polls",
    "use_application_commands", "use_external_emojis", "change_nickname", "send_voice_messages",
)  # fmt: skip
# What a server's owner could be asked to grant the bot, short of running the server.
BOT = bits(
    "view_channel", "send_messages", "send_messages_in_threads", "create_public_threads", "read_message_history",
    "add_reactions", "attach_files", "embed_links", "connect", "send_polls", "manage_events", "create_events",
    "manage_roles", "manage_threads", "pin_messages", "use_external_emojis",
)  # fmt: skip
# Worth nothing to who may not write.
WITH_WORDS = bits("mention_everyone", "send_tts_messages", "attach_files", "embed_links")
TIMED_OUT = bits("view_channel", "read_message_history")


def of_member(guild: Guild, user_id: int, channel: Channel | None = None) -> int:
    """A thread has the permissions of the channel it stands in."""
    member = guild.members.get(user_id)
    if member is None:
        return 0
    if guild.owner_id == user_id:
        return ALL
    roles = [guild.roles[guild.id], *(guild.roles[r] for r in member.roles if r in guild.roles)]
    granted = 0
    for role in roles:
        granted |= role.permissions
    if granted & bits("administrator"):
        return ALL
    if channel is not None:
        granted = _overwritten(granted, channel.parent if channel.type in THREADS and channel.parent else channel,
                               [r.id for r in roles[1:]], guild.id, user_id)  # fmt: skip
    if member.timed_out:
        granted &= TIMED_OUT
    if channel is not None:
        if not granted & bits("view_channel"):
            return 0
        if not granted & (bits("send_messages_in_threads") if channel.type in THREADS else bits("send_messages")):
            granted &= ~WITH_WORDS
    return granted


def _overwritten(granted: int, channel: Channel, roles: list[int], everyone: int, user_id: int) -> int:
    overwrites = {(o.target, o.of_member): o for o in channel.overwrites}
    if (first := overwrites.get((everyone, False))) is not None:
        granted = granted & ~first.deny | first.allow
    of_roles = [o for role in roles if (o := overwrites.get((role, False)))]
    deny = allow = 0
    for overwrite in of_roles:
        deny |= overwrite.deny
        allow |= overwrite.allow
    granted = granted & ~deny | allow
    if (own := overwrites.get((user_id, True))) is not None:
        granted = granted & ~own.deny | own.allow
    return granted


def sees(channel: Channel, user_id: int) -> bool:
    if channel.guild is None:
        return True
    if channel.private and user_id not in channel.joined:
        return bool(of_member(channel.guild, user_id, channel) & bits("manage_threads"))
    return bool(of_member(channel.guild, user_id, channel) & bits("view_channel"))


def require(channel: Channel, user_id: int, *names: str) -> None:
    """Missing Access to who cannot even see the channel, Missing Permissions to who may not do this."""
    if channel.guild is None:
        return
    if not sees(channel, user_id):
        raise missing_access()
    wanted = bits(*names)
    if of_member(channel.guild, user_id, channel) & wanted != wanted:
        raise missing_permissions()


def require_to_post(channel: Channel, user_id: int) -> None:
    if channel.type == FORUM:
        raise missing_permissions()
    require(channel, user_id, "send_messages_in_threads" if channel.type in THREADS else "send_messages")


def require_in_guild(guild: Guild, user_id: int, *any_of: str) -> None:
    granted = of_member(guild, user_id)
    if not any(granted & bits(name) for name in any_of):
        raise missing_permissions()
