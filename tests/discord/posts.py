"""What happens to messages, whoever does it: the bot over HTTP, or a member by the tests' hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from tests.discord import payloads
from tests.discord.channel import Channel
from tests.discord.errors import Refused
from tests.discord.permissions import bits, of_member
from tests.discord.state import EPHEMERAL, Attachment, Json, Message, Poll, User, without_nulls

EVERYBODY = ("everyone", "here")


def post(
    channel: Channel, author: User, content: str = "", *, components: Sequence[Json] = (), embeds: Sequence[Json] = (),
    attachments: Sequence[Attachment] = (), answers: int | None = None, nonce: str | None = None, flags: int = 0,
    poll: Json | None = None, allowed: Json | None = None, type: int = 0, webhook_id: int | None = None,
    interaction: Json | None = None, seen_by: int | None = None,
) -> Message:  # fmt: skip
    """`allowed`: allowed_mentions as given; None allows all."""
    world = channel.world
    if channel.is_thread and not seen_by:
        _wake(channel, author)
    message = Message(
        world.new_id(), channel, author, world.clock(), content, 19 if answers and not type else type, flags, nonce,
        without_nulls(list(components)), list(embeds), list(attachments), answers=answers, webhook_id=webhook_id,
        interaction=interaction, seen_by=seen_by,
    )  # fmt: skip
    mention(message, allowed)
    if poll:
        message.poll = Poll(
            poll["question"]["text"],
            {n: a["poll_media"].get("text", "") for n, a in enumerate(poll["answers"], 1)},
            world.clock() + timedelta(hours=poll.get("duration", 24)), poll.get("allow_multiselect", False),
        )  # fmt: skip
    number(message.components)
    if flags & EPHEMERAL:
        world.tell()
        return message
    channel.kept[message.id] = message
    if channel.is_thread and author.id not in channel.joined:
        channel.joined.append(author.id)
    world.emit("MESSAGE_CREATE", payloads.dispatched(message), channel.guild, channel)
    return message


def system(channel: Channel, author: User, type: int, answers: int | None = None) -> Message:
    """One of Discord's own notices: 6 something was pinned, 7 someone arrived, 18 a thread was opened."""
    return post(channel, author, type=type, answers=answers)


def _wake(thread: Channel, author: User) -> None:
    """Speaking in an archived thread opens it again, unless it is locked."""
    if not thread.archived:
        return
    moderates = thread.guild and of_member(thread.guild, author.id, thread) & bits("manage_threads")
    if thread.locked and not moderates:
        raise closed_thread()
    thread.unarchive()


def closed_thread() -> Refused:
    return Refused(400, 50083, "Thread is archived")


def mention(message: Message, allowed: Json | None) -> None:
    """Who is called by what is written, as far as `allowed` lets it."""
    kinds: Any = ["users", "roles", "everyone"] if allowed is None else allowed.get("parse", [])
    world, text = message.channel.world, message.content
    named = [int(n) for n in re.findall(r"<@!?(\d+)>", text)]
    users = [int(n) for n in (allowed or {}).get("users", [])]
    people = [world.users[n] for n in dict.fromkeys(named) if n in world.users and ("users" in kinds or n in users)]
    replied = message.channel.kept.get(message.answers or 0)
    wants_reply = allowed is None or allowed.get("replied_user", False)
    if replied and wants_reply and replied.author not in people and not replied.author.webhook:
        people.append(replied.author)
    roles = [int(n) for n in (allowed or {}).get("roles", [])]
    message.mentions = people
    message.mention_roles = [
        int(n) for n in re.findall(r"<@&(\d+)>", text) if "roles" in kinds or int(n) in roles
    ]
    guild = message.channel.guild
    may = guild is None or of_member(guild, message.author.id, message.channel) & bits("mention_everyone")
    message.mention_everyone = bool(may and "everyone" in kinds and any(f"@{w}" in text for w in EVERYBODY))


def number(components: list[Json]) -> None:
    """Each component that has no number gets one."""
    taken = 0

    def walk(nodes: Sequence[Json]) -> None:
        nonlocal taken
        for node in nodes:
            taken += 1
            node.setdefault("id", taken)
            walk(node.get("components", ()))
            walk([node["component"]] if "component" in node else ())

    walk(components)


def edit(message: Message, changes: Json) -> None:
    """`changes`: as in the body of a PATCH. `allowed_mentions` is under "allowed"."""
    message.earlier.append(message.content)
    if "content" in changes:
        message.content = changes["content"] or ""
        mention(message, changes.get("allowed"))
    if "components" in changes:
        message.components = without_nulls(changes["components"] or [])
        number(message.components)
    if "embeds" in changes:
        message.embeds = changes["embeds"] or []
    if "attachments" in changes:
        message.attachments = changes["attachments"]
    if "flags" in changes:
        message.flags = changes["flags"]
    message.edited = message.channel.world.clock()
    updated(message)


def updated(message: Message) -> None:
    if message.seen_by is None:
        message.channel.world.emit(
            "MESSAGE_UPDATE", payloads.dispatched(message), message.channel.guild, message.channel
        )
    else:
        message.channel.world.tell()


def where(message: Message) -> Json:
    channel = message.channel
    known = {"channel_id": str(channel.id), "message_id": str(message.id)}
    return known | ({"guild_id": str(channel.guild.id)} if channel.guild else {})


def delete(message: Message) -> None:
    message.deleted = True
    message.channel.kept.pop(message.id, None)
    if message.seen_by is not None:
        message.channel.world.tell()
        return
    told = where(message)
    told["id"] = told.pop("message_id")
    message.channel.world.emit("MESSAGE_DELETE", told, message.channel.guild, message.channel)


def purge(channel: Channel, messages: Sequence[Message]) -> None:
    for message in messages:
        message.deleted = True
        channel.kept.pop(message.id, None)
    told: Json = {"ids": [str(m.id) for m in messages], "channel_id": str(channel.id)}
    told |= {"guild_id": str(channel.guild.id)} if channel.guild else {}
    channel.world.emit("MESSAGE_DELETE_BULK", told, channel.guild, channel)


def clear_reactions(message: Message) -> None:
    message.reactions.clear()
    message.channel.world.emit("MESSAGE_REACTION_REMOVE_ALL", where(message), message.channel.guild, message.channel)


def react(message: Message, user: User, emoji: str) -> None:
    who = message.reactions.setdefault(emoji, [])
    if user.id in who:
        return
    who.append(user.id)
    channel = message.channel
    told = where(message) | {
        "user_id": str(user.id), "emoji": payloads.emoji(emoji), "burst": False, "type": 0,
        "message_author_id": str(message.author.id),
    }  # fmt: skip
    if channel.guild and (member := channel.guild.members.get(user.id)):
        told["member"] = payloads.member(member)
    channel.world.emit("MESSAGE_REACTION_ADD", told, channel.guild, channel)


def unreact(message: Message, user: User, emoji: str) -> None:
    if user.id not in message.reactions.get(emoji, ()):
        return
    message.reactions[emoji].remove(user.id)
    if not message.reactions[emoji]:
        del message.reactions[emoji]
    told = where(message) | {"user_id": str(user.id), "emoji": payloads.emoji(emoji), "burst": False, "type": 0}
    message.channel.world.emit("MESSAGE_REACTION_REMOVE", told, message.channel.guild, message.channel)


def pin(message: Message, by: User, pinned: bool = True) -> None:
    if message.pinned == pinned:
        return
    message.pinned = pinned
    channel = message.channel
    told = {k: v for k, v in where(message).items() if k != "message_id"}
    channel.world.emit("CHANNEL_PINS_UPDATE", told | {"last_pin_timestamp": None}, channel.guild, channel)
    updated(message)
    if pinned:
        system(channel, by, 6, answers=message.id)


def vote(message: Message, user: User, answer: int, *, withdrawn: bool = False) -> None:
    poll = message.poll
    assert poll
    who = poll.votes.setdefault(answer, [])
    if withdrawn is (user.id not in who):
        return
    who.remove(user.id) if withdrawn else who.append(user.id)
    told = where(message) | {"user_id": str(user.id), "answer_id": answer}
    name = "MESSAGE_POLL_VOTE_REMOVE" if withdrawn else "MESSAGE_POLL_VOTE_ADD"
    message.channel.world.emit(name, told, message.channel.guild, message.channel)


def close_poll(message: Message) -> None:
    """At its hour, or because its author wants it so: the results are final, and a notice says so."""
    poll = message.poll
    assert poll
    if poll.finalized:
        return
    poll.finalized = True
    poll.expiry = min(poll.expiry, message.channel.world.clock())
    updated(message)
    total = sum(map(len, poll.votes.values()))
    fields = [{"name": "poll_question_text", "value": poll.question}, {"name": "total_votes", "value": str(total)}]
    post(
        message.channel, message.author, type=46, answers=message.id,
        embeds=[{"type": "poll_result", "fields": [f | {"inline": False} for f in fields]}],
    )  # fmt: skip


def open_thread(
    parent: Channel, name: str, owner: User, type: int = 11, *, start: Message | None = None, minutes: int = 1440
) -> Channel:
    """`start`: the message it hangs from, whose identifier it then has."""
    world = parent.world
    thread = Channel(
        world, start.id if start else world.new_id(), type, name, parent.guild, parent, auto_archive=minutes,
        archived_at=world.clock(), owner_id=owner.id, joined=[owner.id],
    )  # fmt: skip
    world.channels[thread.id] = thread
    if start:
        start.thread = thread
        start.flags |= 1 << 5
    told = payloads.channel(thread) | {"newly_created": True}
    world.emit("THREAD_CREATE", told, parent.guild, thread)
    if start:
        updated(start)
    elif parent.type in (0, 5) and type == 11:
        system(parent, owner, 18)
    return thread
