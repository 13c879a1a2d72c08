"""Messages, reactions, pins and polls over HTTP."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.discord import payloads, posts
from tests.discord.call import Answer, Call, route
from tests.discord.channel import Channel
from tests.discord.errors import Refused, missing_permissions, unknown
from tests.discord.intents import concerns
from tests.discord.permissions import bits, of_member, require, require_to_post
from tests.discord.state import DM, Json, Message

MESSAGES = "/channels/{channel_id}/messages"
MESSAGE = MESSAGES + "/{message_id}"
REACTION = MESSAGE + "/reactions/{emoji}"
# Seconds for which a nonce is remembered: Discord says "the past few minutes".
REMEMBERED = 180.0


def told(message: Message) -> Json:
    """As HTTP tells of it: emptied, without the content intent, of what others said."""
    known = payloads.message(message)
    world = message.channel.world
    in_guild = {"guild_id": ""} if message.channel.guild else {}
    if world.application.content_approved or concerns(known | in_guild, world.me.id):
        return known
    return payloads.emptied(known)


@route("POST", MESSAGES)
def create(call: Call) -> Answer:
    channel, form, world = call.channel, call.form, call.world
    _may_write(call, channel)
    nonce = str(form["nonce"]) if form.get("nonce") is not None else None
    loop = asyncio.get_running_loop()
    if nonce and form.get("enforce_nonce"):
        earlier = world.nonces.get((call.me, nonce))
        if earlier and loop.time() - earlier[0] < REMEMBERED:
            return payloads.message(earlier[1]) | {"nonce": nonce}
    reference = form.get("message_reference") or {}
    answers = int(reference["message_id"]) if "message_id" in reference else None
    if answers and answers not in channel.kept:
        if reference.get("fail_if_not_exists", True):
            raise Refused(400, 50035, "Invalid Form Body", {
                "message_reference": {"_errors": [{"code": "REPLIES_UNKNOWN_MESSAGE", "message": "Unknown message"}]}
            }, blameless=True)  # fmt: skip
        answers = None
    message = posts.post(
        channel, world.me, form.get("content") or "", components=form.get("components") or (),
        embeds=form.get("embeds") or (), attachments=call.attachments(form), answers=answers, nonce=nonce,
        flags=form.get("flags") or 0, poll=form.get("poll"), allowed=form.get("allowed_mentions"),
    )  # fmt: skip
    if nonce:
        world.nonces[call.me, nonce] = (loop.time(), message)
    return payloads.message(message) | ({"nonce": nonce} if nonce else {})


def _may_write(call: Call, channel: Channel) -> None:
    form = call.form
    if channel.type == DM:
        assert channel.recipient
        if not call.world.shares_guild(channel.recipient):
            raise Refused(403, 50278, "Cannot send messages to this user due to having no mutual guilds")
        if channel.recipient.closed:
            raise Refused(403, 50007, "Cannot send messages to this user")
        return
    require_to_post(channel, call.me)
    if call.files:
        require(channel, call.me, "attach_files")
    if form.get("poll"):
        require(channel, call.me, "send_polls")
    if form.get("message_reference"):
        require(channel, call.me, "read_message_history")


@route("GET", MESSAGES)
def history(call: Call) -> Answer:
    """Newest first, whatever was asked."""
    channel = call.channel
    if channel.guild and not of_member(channel.guild, call.me, channel) & bits("read_message_history"):
        return []
    found = sorted(channel.kept.values(), key=lambda m: m.id)
    if "after" in call.query:
        found = [m for m in found if m.id > int(call.query["after"])][: call.limit()]
    elif "around" in call.query:
        middle = int(call.query["around"])
        found = sorted(sorted(found, key=lambda m: abs(m.id - middle))[: call.limit()], key=lambda m: m.id)
    else:
        before = int(call.query.get("before", 1 << 63))
        found = [m for m in found if m.id < before][-call.limit() :]
    return [told(m) for m in reversed(found)]


@route("GET", MESSAGE)
def fetch(call: Call) -> Answer:
    require(call.channel, call.me, "read_message_history")
    return told(call.message)


@route("PATCH", MESSAGE)
def edit(call: Call) -> Answer:
    message, form = call.message, call.form
    if message.author is not call.world.me and set(form) - {"flags", "allowed_mentions"}:
        raise Refused(403, 50005, "Cannot edit a message authored by another user")
    _open(message)
    posts.edit(message, changes(call, form, message))
    return payloads.message(message)


def changes(call: Call, form: Json, message: Message) -> Json:
    made: dict[str, Any] = {k: form[k] for k in ("content", "components", "embeds") if k in form}
    if "attachments" in form or call.files:
        earlier = message.attachments
        named = form if "attachments" in form else {"attachments": [{"id": a.id} for a in earlier]}
        made["attachments"] = call.attachments(named, earlier)
    return made | {"allowed": form.get("allowed_mentions")}


def _open(message: Message) -> None:
    if message.channel.archived:
        raise posts.closed_thread()


@route("DELETE", MESSAGE)
def delete(call: Call) -> Answer:
    message = call.message
    if message.author is not call.world.me:
        if message.channel.type == DM:
            raise Refused(403, 50003, "Cannot execute action on a DM channel")
        require(message.channel, call.me, "manage_messages")
    _open(message)
    posts.delete(message)
    return None


@route("POST", "/channels/{channel_id}/typing")
def typing(call: Call) -> Answer:
    require_to_post(call.channel, call.me)
    return None


@route("PUT", REACTION + "/@me")
def react(call: Call) -> Answer:
    message, emoji = call.message, call.parts["emoji"]
    _open(message)
    require(message.channel, call.me, "read_message_history")
    if emoji not in message.reactions:
        require(message.channel, call.me, "add_reactions")
        if len(message.reactions) >= 20:
            raise Refused(400, 30010, "Maximum number of reactions reached (20)")
    if emoji.isascii() and ":" not in emoji:
        raise Refused(400, 10014, "Unknown Emoji")
    posts.react(message, call.world.me, emoji)
    return None


@route("DELETE", REACTION + "/@me")
def unreact(call: Call) -> Answer:
    _open(call.message)
    posts.unreact(call.message, call.world.me, call.parts["emoji"])
    return None


@route("DELETE", REACTION + "/{user_id}")
def unreact_other(call: Call) -> Answer:
    require(call.channel, call.me, "manage_messages")
    user = call.world.users.get(call.id("user_id"))
    if user is None:
        raise unknown("User")
    posts.unreact(call.message, user, call.parts["emoji"])
    return None


@route("GET", REACTION)
def reactions(call: Call) -> Answer:
    after = int(call.query.get("after", 0))
    who = sorted(u for u in call.message.reactions.get(call.parts["emoji"], ()) if u > after)
    return [payloads.user(call.world.users[u]) for u in who[: call.limit(100, 25)]]


@route("GET", "/channels/{channel_id}/messages/pins")
def pins(call: Call) -> Answer:
    require(call.channel, call.me, "read_message_history")
    pinned = [m for m in call.channel.kept.values() if m.pinned]
    items = [{"pinned_at": payloads.instant(m.at), "message": told(m)} for m in reversed(pinned)]
    return {"items": items[: call.limit(50)], "has_more": len(items) > call.limit(50)}


@route("PUT", "/channels/{channel_id}/messages/pins/{message_id}")
def pin(call: Call) -> Answer:
    return _pin(call, True)


@route("DELETE", "/channels/{channel_id}/messages/pins/{message_id}")
def unpin(call: Call) -> Answer:
    return _pin(call, False)


@route("PUT", "/channels/{channel_id}/pins/{message_id}")
def old_pin(call: Call) -> Answer:
    return _pin(call, True)


@route("DELETE", "/channels/{channel_id}/pins/{message_id}")
def old_unpin(call: Call) -> Answer:
    return _pin(call, False)


def _pin(call: Call, pinned: bool) -> Answer:
    require(call.channel, call.me, "pin_messages")
    _open(call.message)
    if pinned and sum(m.pinned for m in call.channel.kept.values()) >= 250:
        raise Refused(400, 30003, "Maximum number of pins reached for the channel (250)")
    posts.pin(call.message, call.world.me, pinned)
    return None


POLL = "/channels/{channel_id}/polls/{message_id}"


@route("GET", POLL + "/answers/{answer_id}")
def voters(call: Call) -> Answer:
    message = call.message
    if message.poll is None or call.id("answer_id") not in message.poll.answers:
        raise unknown("Message")
    after = int(call.query.get("after", 0))
    who = sorted(u for u in message.poll.votes.get(call.id("answer_id"), ()) if u > after)
    return {"users": [payloads.user(call.world.users[u]) for u in who[: call.limit(100, 25)]]}


@route("POST", POLL + "/expire")
def expire(call: Call) -> Answer:
    message = call.message
    if message.author is not call.world.me:
        raise missing_permissions()
    if message.poll is None:
        raise unknown("Message")
    if message.poll.finalized:
        raise Refused(400, 520001, "Poll expired")
    posts.close_poll(message)
    return payloads.message(message)
