"""Channels and threads over HTTP."""

from __future__ import annotations

from datetime import datetime

from tests.discord import payloads, posts
from tests.discord.call import Answer, Call, route
from tests.discord.channel import Channel
from tests.discord.errors import Refused, missing_access, missing_permissions, unknown
from tests.discord.permissions import bits, of_member, require, require_in_guild, sees
from tests.discord.state import FORUM, PRIVATE_THREAD, THREADS, Overwrite

CHANNEL = "/channels/{channel_id}"


@route("GET", CHANNEL)
def fetch(call: Call) -> Answer:
    return payloads.channel(call.channel)


@route("GET", "/guilds/{guild_id}/channels")
def of_guild(call: Call) -> Answer:
    return [payloads.channel(c) for c in call.guild.channels]


@route("POST", "/guilds/{guild_id}/channels")
def create(call: Call) -> Answer:
    guild, form = call.guild, call.form
    require_in_guild(guild, call.me, "manage_channels")
    channel = guild.add_channel(form["name"], form.get("type") or 0)
    channel.topic = form.get("topic") or ""
    channel.overwrites = [
        Overwrite(int(o["id"]), int(o["type"]) == 1, int(o.get("allow", 0)), int(o.get("deny", 0)))
        for o in form.get("permission_overwrites") or ()
    ]
    return payloads.channel(channel)


@route("PATCH", CHANNEL)
def change(call: Call) -> Answer:
    channel, form = call.channel, call.form
    if channel.is_thread:
        _may_change_thread(call, channel)
    else:
        require(channel, call.me, "manage_channels")
    thread_was_closed = channel.archived
    for key, name in (("name", "name"), ("topic", "topic"), ("archived", "archived"), ("locked", "locked"),
                      ("auto_archive_duration", "auto_archive")):  # fmt: skip
        if form.get(key) is not None:
            setattr(channel, name, form[key])
    if channel.archived != thread_was_closed:
        channel.archived_at = call.world.clock()
    channel.updated()
    return payloads.channel(channel)


def _may_change_thread(call: Call, thread: Channel) -> None:
    """Its own thread a bot may rename and close; a locked one, or one of others, only a moderator."""
    assert thread.guild
    moderates = of_member(thread.guild, call.me, thread) & bits("manage_threads")
    if thread.archived and call.form.get("archived") is not False:
        raise posts.closed_thread()
    reopens = call.form.get("archived") is False and not thread.locked and set(call.form) == {"archived"}
    own = thread.owner_id == call.me and "locked" not in call.form and not thread.locked
    if not (moderates or own or reopens):
        raise missing_permissions()


@route("DELETE", CHANNEL)
def delete(call: Call) -> Answer:
    channel = call.channel
    require(channel, call.me, "manage_threads" if channel.is_thread else "manage_channels")
    channel.delete()
    return payloads.channel(channel)


@route("PUT", CHANNEL + "/permissions/{target_id}")
def set_overwrite(call: Call) -> Answer:
    channel, target = call.channel, call.id("target_id")
    require(channel, call.me, "manage_roles")
    channel.overwrites = [o for o in channel.overwrites if o.target != target]
    of_person = int(call.form["type"]) == 1
    allow, deny = int(call.form.get("allow") or 0), int(call.form.get("deny") or 0)
    channel.overwrites.append(Overwrite(target, of_person, allow, deny))
    channel.updated()
    return None


@route("DELETE", CHANNEL + "/permissions/{target_id}")
def remove_overwrite(call: Call) -> Answer:
    channel = call.channel
    require(channel, call.me, "manage_roles")
    channel.overwrites = [o for o in channel.overwrites if o.target != call.id("target_id")]
    channel.updated()
    return None


@route("POST", CHANNEL + "/messages/{message_id}/threads")
def thread_from_message(call: Call) -> Answer:
    message, form = call.message, call.form
    require(message.channel, call.me, "create_public_threads")
    if message.channel.type not in (0, 5):
        raise Refused(400, 50024, "Cannot execute action on this channel type")
    if message.thread:
        raise Refused(400, 160004, "A thread has already been created for this message")
    minutes = form.get("auto_archive_duration") or 1440
    thread = posts.open_thread(message.channel, form["name"], call.world.me, start=message, minutes=minutes)
    return payloads.channel(thread)


@route("POST", CHANNEL + "/threads")
def open_thread(call: Call) -> Answer:
    """Without a message; or, in a forum, with its first."""
    channel, form = call.channel, call.form
    minutes = form.get("auto_archive_duration") or 1440
    if channel.type == FORUM:
        require(channel, call.me, "send_messages")
        first = form["message"]
        post = posts.open_thread(channel, form["name"], call.world.me, minutes=minutes)
        post.tags = [str(t) for t in form.get("applied_tags") or ()]
        message = posts.post(
            post, call.world.me, first.get("content") or "", components=first.get("components") or (),
            attachments=call.attachments(first), flags=first.get("flags") or 0, allowed=first.get("allowed_mentions"),
        )  # fmt: skip
        return payloads.channel(post) | {"message": payloads.message(message)}
    kind = form.get("type", PRIVATE_THREAD)
    require(channel, call.me, "create_private_threads" if kind == PRIVATE_THREAD else "create_public_threads")
    return payloads.channel(posts.open_thread(channel, form["name"], call.world.me, kind, minutes=minutes))


def _list(call: Call, threads: list[Channel]) -> dict[str, object]:
    joined = [
        {"id": str(t.id), "user_id": str(call.me), "join_timestamp": payloads.instant(t.archived_at), "flags": 0}
        for t in threads if call.me in t.joined
    ]  # fmt: skip
    return {"threads": [payloads.channel(t) for t in threads], "members": joined}


@route("GET", "/guilds/{guild_id}/threads/active")
def active(call: Call) -> Answer:
    threads = [t for t in call.guild.threads if not t.archived and sees(t, call.me)]
    return _list(call, sorted(threads, key=lambda t: -t.id))


@route("GET", CHANNEL + "/threads/archived/public")
def archived_public(call: Call) -> Answer:
    return _archived(call, [t for t in call.channel.threads if not t.private])


@route("GET", CHANNEL + "/threads/archived/private")
def archived_private(call: Call) -> Answer:
    require(call.channel, call.me, "manage_threads")
    return _archived(call, [t for t in call.channel.threads if t.private])


@route("GET", CHANNEL + "/users/@me/threads/archived/private")
def archived_joined(call: Call) -> Answer:
    return _archived(call, [t for t in call.channel.threads if t.private and call.me in t.joined])


def _archived(call: Call, threads: list[Channel]) -> Answer:
    """Those archived last come first."""
    require(call.channel, call.me, "read_message_history")
    found = [t for t in threads if t.archived and t.archived_at]
    found.sort(key=lambda t: (t.archived_at, t.id), reverse=True)
    if before := call.query.get("before"):
        limit = datetime.fromisoformat(before)
        found = [t for t in found if t.archived_at and t.archived_at < limit]
    return _list(call, found[: call.limit()]) | {"has_more": len(found) > call.limit()}


@route("PUT", CHANNEL + "/thread-members/@me")
def join(call: Call) -> Answer:
    return _member(call, call.me, joins=True)


@route("PUT", CHANNEL + "/thread-members/{user_id}")
def add(call: Call) -> Answer:
    return _member(call, call.id("user_id"), joins=True)


@route("DELETE", CHANNEL + "/thread-members/@me")
def leave(call: Call) -> Answer:
    return _member(call, call.me, joins=False)


@route("DELETE", CHANNEL + "/thread-members/{user_id}")
def remove(call: Call) -> Answer:
    return _member(call, call.id("user_id"), joins=False)


def _member(call: Call, user_id: int, *, joins: bool) -> Answer:
    thread = call.channel
    if thread.type not in THREADS or thread.guild is None:
        raise Refused(400, 50024, "Cannot execute action on this channel type")
    if thread.archived:
        raise posts.closed_thread()
    if user_id not in thread.guild.members:
        raise unknown("Member")
    if joins is (user_id not in thread.joined):
        (thread.joined.append if joins else thread.joined.remove)(user_id)
    return None


@route("POST", "/stage-instances")
def open_stage(call: Call) -> Answer:
    channel = call.world.find_channel(int(call.form["channel_id"]))
    if channel.guild is None or not sees(channel, call.me):
        raise missing_access()
    require(channel, call.me, "manage_channels")
    return {
        "id": str(call.world.new_id()), "guild_id": str(channel.guild.id), "channel_id": str(channel.id),
        "topic": call.form["topic"], "privacy_level": 2, "discoverable_disabled": True,
        "guild_scheduled_event_id": None,
    }  # fmt: skip


