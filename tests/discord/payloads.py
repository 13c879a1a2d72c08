"""What exists, as Discord words it in JSON."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tests.discord.state import DM, FORUM, STAGE, VOICE, Attachment, Json, Message, Poll, Role, ScheduledEvent, User

if TYPE_CHECKING:
    from tests.discord.channel import Channel
    from tests.discord.guild import Guild
    from tests.discord.presence import Presence

CONTENT = ("content", "embeds", "attachments", "components")


def instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def user(u: User) -> Json:
    if u.webhook:
        return {"id": str(u.id), "username": u.name, "discriminator": "0000", "avatar": None, "bot": True,
                "global_name": None}  # fmt: skip
    return {
        "id": str(u.id), "username": f"{u.name.lower().replace(' ', '_')}_{u.id % 1000}", "discriminator": "0",
        "global_name": u.name, "avatar": None, "bot": u.bot, "public_flags": 0,
    }  # fmt: skip


def role(r: Role) -> Json:
    colors = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
    return {
        "id": str(r.id), "name": r.name, "permissions": str(r.permissions), "position": r.position, "color": 0,
        "colors": colors, "hoist": False, "managed": r.managed, "mentionable": False, "flags": 0, "icon": None,
        "unicode_emoji": None,
    }  # fmt: skip


def member(m: Presence, *, with_user: bool = True) -> Json:
    known = {
        "roles": [str(r) for r in m.roles], "nick": m.nick, "joined_at": instant(m.joined_at), "avatar": None,
        "premium_since": None, "deaf": False, "mute": False, "pending": m.pending, "flags": 0,
        "communication_disabled_until": instant(m.timed_out_until),
    }  # fmt: skip
    return known | {"user": user(m.user)} if with_user else known


def channel(c: Channel) -> Json:
    last = str(next(reversed(c.kept))) if c.kept else None
    if c.type == DM:
        assert c.recipient
        return {"id": str(c.id), "type": DM, "last_message_id": last, "recipients": [user(c.recipient)], "flags": 0}
    known: Json = {
        "id": str(c.id), "type": c.type, "name": c.name, "guild_id": str(c.guild.id if c.guild else 0), "flags": 0,
        "parent_id": str(c.parent.id) if c.parent else None, "last_message_id": last, "rate_limit_per_user": 0,
    }  # fmt: skip
    if c.is_thread:
        started = instant(c.archived_at)
        return known | {
            "owner_id": str(c.owner_id), "message_count": len(c.kept), "member_count": len(c.joined),
            "total_message_sent": len(c.kept), "applied_tags": c.tags,
            "thread_metadata": {
                "archived": c.archived, "locked": c.locked, "auto_archive_duration": c.auto_archive,
                "archive_timestamp": started, "create_timestamp": started, "invitable": True,
            },
        }  # fmt: skip
    known |= {
        "position": c.position, "topic": c.topic or None, "nsfw": False,
        "permission_overwrites": [
            {"id": str(o.target), "type": int(o.of_member), "allow": str(o.allow), "deny": str(o.deny)}
            for o in c.overwrites
        ],
    }  # fmt: skip
    if c.type in (VOICE, STAGE):
        known |= {"bitrate": 64000, "user_limit": 0, "rtc_region": None}
    if c.type == FORUM:
        known |= {"available_tags": [], "default_reaction_emoji": None, "default_forum_layout": 0}
    return known


def attachment(a: Attachment) -> Json:
    known: Json = {
        "id": str(a.id), "filename": a.filename, "size": len(a.data), "url": a.url, "proxy_url": a.url,
        "content_type": a.content_type,
    }  # fmt: skip
    if a.description is not None:
        known["description"] = a.description
    if a.duration is not None:
        known |= {"duration_secs": a.duration, "waveform": "AAAA"}
    return known


def emoji(text: str) -> Json:
    name, _, id = text.partition(":")
    return {"id": id or None, "name": name}


def poll(p: Poll, me: int) -> Json:
    counts = [
        {"id": n, "count": len(p.votes.get(n, ())), "me_voted": me in p.votes.get(n, ())} for n in p.answers
    ]
    return {
        "question": {"text": p.question},
        "answers": [{"answer_id": n, "poll_media": {"text": text}} for n, text in p.answers.items()],
        "expiry": instant(p.expiry), "allow_multiselect": p.multiselect, "layout_type": 1,
        "results": {"is_finalized": p.finalized, "answer_counts": counts},
    }  # fmt: skip


def message(m: Message, *, nested: bool = False) -> Json:
    me = m.channel.world.me.id
    known: Json = {
        "id": str(m.id), "channel_id": str(m.channel.id), "author": user(m.author), "content": m.content,
        "timestamp": instant(m.at), "edited_timestamp": instant(m.edited), "tts": False, "type": m.type,
        "mention_everyone": m.mention_everyone, "mentions": [user(u) for u in m.mentions],
        "mention_roles": [str(r) for r in m.mention_roles], "flags": m.flags, "pinned": m.pinned,
        "attachments": [attachment(a) for a in m.attachments], "embeds": m.embeds, "components": m.components,
    }  # fmt: skip
    if m.reactions:
        known["reactions"] = [
            {"emoji": emoji(e), "count": len(who), "me": me in who, "me_burst": False, "burst_colors": [],
             "count_details": {"normal": len(who), "burst": 0}}
            for e, who in m.reactions.items()
        ]  # fmt: skip
    if m.webhook_id:
        known["webhook_id"] = str(m.webhook_id)
    if m.interaction:
        known["interaction_metadata"] = m.interaction
        known["application_id"] = str(m.channel.world.application.id)
    if m.poll:
        known["poll"] = poll(m.poll, me)
    if m.thread:
        known["thread"] = channel(m.thread)
    if m.answers and not nested:
        found = m.channel.kept.get(m.answers)
        known["message_reference"] = {"type": 0, "message_id": str(m.answers), "channel_id": str(m.channel.id)}
        known["referenced_message"] = message(found, nested=True) if found else None
    return known


def dispatched(m: Message) -> Json:
    """As the gateway tells of it: with its server, and who its author is there."""
    known = message(m)
    if m.nonce:
        known["nonce"] = m.nonce
    if m.channel.guild is None:
        return known | {"channel_type": DM}
    known |= {"guild_id": str(m.channel.guild.id), "channel_type": m.channel.type}
    if not m.webhook_id and (author := m.channel.guild.members.get(m.author.id)):
        known["member"] = member(author, with_user=False)
    return known


def emptied(known: Json) -> Json:
    """Without what the message content intent is for."""
    return {k: v for k, v in known.items() if k != "poll"} | {
        k: type(known[k])() for k in CONTENT if k in known
    }


def event(e: ScheduledEvent) -> Json:
    return {
        "id": str(e.id), "guild_id": str(e.guild.id), "channel_id": str(e.channel_id) if e.channel_id else None,
        "creator_id": str(e.creator.id), "creator": user(e.creator), "name": e.name, "description": e.description,
        "scheduled_start_time": instant(e.starts), "scheduled_end_time": instant(e.ends), "privacy_level": 2,
        "status": e.status, "entity_type": e.kind, "entity_id": None, "user_count": len(e.interested), "image": None,
        "entity_metadata": {"location": e.place} if e.kind == 3 else None, "recurrence_rule": None,
    }  # fmt: skip


def voice_state(m: Presence) -> Json:
    return {
        "guild_id": str(m.guild.id), "channel_id": str(m.voice.id) if m.voice else None, "user_id": str(m.user.id),
        "member": member(m), "session_id": f"voice-{m.user.id}", "deaf": False, "mute": False, "self_deaf": False,
        "self_mute": False, "self_video": False, "suppress": False, "request_to_speak_timestamp": None,
    }  # fmt: skip


def guild(g: Guild) -> Json:
    return {
        "id": str(g.id), "name": g.name, "owner_id": str(g.owner_id), "icon": None, "splash": None, "banner": None,
        "discovery_splash": None, "description": None, "features": ["COMMUNITY"], "emojis": [], "stickers": [],
        "roles": [role(r) for r in g.roles.values()], "verification_level": 1, "explicit_content_filter": 0,
        "default_message_notifications": 1, "mfa_level": 0, "nsfw_level": 0, "premium_tier": 0,
        "premium_subscription_count": 0, "preferred_locale": g.locale, "afk_channel_id": None, "afk_timeout": 300,
        "system_channel_id": str(g.system_channel.id) if g.system_channel else None, "system_channel_flags": 0,
        "rules_channel_id": str(g.rules_channel.id) if g.rules_channel else None,
        "public_updates_channel_id": str(g.updates_channel.id) if g.updates_channel else None,
        "vanity_url_code": None, "premium_progress_bar_enabled": False, "safety_alerts_channel_id": None,
    }  # fmt: skip


def guild_create(g: Guild) -> Json:
    """As it arrives on connecting: of its members, only the bot and those in voice."""
    me = g.world.me.id
    return guild(g) | {
        "joined_at": instant(g.members[me].joined_at), "large": len(g.members) > 250, "unavailable": False,
        "member_count": len(g.members),
        "members": [member(m) for m in g.members.values() if m.voice or m.user.id == me],
        "channels": [channel(c) for c in g.channels], "presences": [], "stage_instances": [],
        "threads": [channel(t) for t in g.threads if not t.archived],
        "voice_states": [voice_state(m) for m in g.members.values() if m.voice],
        "guild_scheduled_events": [event(e) for e in g.events.values() if e.live], "soundboard_sounds": [],
    }  # fmt: skip
