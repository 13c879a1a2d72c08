"""From what Discord sends to what happened, in the core's words. Pure: nothing is asked, nothing is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from adapters.discord.native import PLATFORM, Json, made_at, mapping, number, person_name, sequence, snowflake, words
from bot.chat.content import File
from bot.chat.events import (
    Event,
    InterestShown,
    MemberJoined,
    MemberLeft,
    MemberRenamed,
    MessagePosted,
    MessageRemoved,
    PollVoted,
    ReactionAdded,
    VoiceEntered,
)

# What members say: all other kinds are Discord's own notices.
_SAID = {0, 19}


def is_person(user: Mapping[str, Any]) -> bool:
    """Neither a bot nor Discord itself."""
    return not user.get("bot") and not user.get("system")


def message(data: Json, room: str, thread: str, me: str) -> MessagePosted | None:
    """What a person said in a channel, or in private where `room` is "". Nobody else's."""
    author = data.get("author")
    if (
        not isinstance(author, dict)
        or "webhook_id" in data
        or author.get("bot")
        or author.get("system")
        or data.get("type", 0) not in _SAID
    ):
        return None
    id, person = str(data["id"]), str(author["id"])
    reply = data.get("message_reference") if data.get("type") == 19 else None
    text = data.get("content") or ""
    return MessagePosted(
        id=id, platform=PLATFORM, room=room or str(data["channel_id"]), person=person, at=made_at(id),
        text=text, name=person_name(author, mapping(data.get("member"))), direct=not room,
        mentions_bot=f"<@{me}>" in text, answers=snowflake(mapping(reply).get("message_id")),
        thread=thread, files=_files(data) if data.get("attachments") else (),
    )  # fmt: skip


def _files(data: Json) -> tuple[File, ...]:
    """Each by where it lies: its address changes, and is asked for when it is wanted."""
    channel, id = snowflake(data.get("channel_id")), snowflake(data.get("id"))
    return tuple(
        File(
            words(a.get("filename")), words(a.get("content_type")), uri=f"{channel}/{id}/{snowflake(a.get('id'))}",
            size=number(a["size"]) if "size" in a else None,
        )
        for a in map(mapping, sequence(data.get("attachments")))
    )


def removed(data: Json, room: str, now: datetime) -> list[Event]:
    """One message, or many at once."""
    ids = [snowflake(data.get("id"))] if "id" in data else [snowflake(id) for id in sequence(data.get("ids"))]
    return [
        MessageRemoved(id=f"removed/{id}", platform=PLATFORM, room=room, person="", at=now, message=id)
        for id in ids
        if id
    ]


def _sign(data: Json) -> str:
    emoji = mapping(data.get("emoji"))
    return words(emoji.get("name"))


def _id(*parts: object) -> str:
    """Of what Discord gives no identifier. Whoever reads it in a row does not learn whose it was."""
    return hashlib.blake2b("/".join(map(str, parts)).encode(), digest_size=12).hexdigest()


def _reaction_trace(data: Json) -> str:
    """The same whenever it is put, and when it is taken back."""
    emoji = mapping(data.get("emoji"))
    return _id("reaction", data.get("message_id"), data.get("user_id"), emoji.get("name"), emoji.get("id"))


def reaction(data: Json, room: str, now: datetime, me: str) -> ReactionAdded | None:
    member = mapping(data.get("member"))
    person = snowflake(data.get("user_id"))
    if person == me or not is_person(mapping(member.get("user"))):
        return None
    trace = _reaction_trace(data)
    return ReactionAdded(
        id=_id("put", trace, now), platform=PLATFORM, room=room or snowflake(data.get("channel_id")), person=person,
        at=now, message=snowflake(data.get("message_id")), emoji=_sign(data), direct=not room, trace=trace,
    )  # fmt: skip


def reaction_removed(data: Json, room: str, now: datetime) -> MessageRemoved:
    trace = _reaction_trace(data)
    return MessageRemoved(
        id=_id("removed", trace, now), platform=PLATFORM, room=room or snowflake(data.get("channel_id")),
        person=snowflake(data.get("user_id")), at=now, message=trace,
    )  # fmt: skip


def joined(member: Mapping[str, Any], main: str, now: datetime) -> MemberJoined | None:
    user = mapping(member.get("user"))
    if not is_person(user) or not snowflake(user.get("id")):
        return None
    stamp = words(member.get("joined_at"))
    try:
        at = min(datetime.fromisoformat(stamp), now)
    except (ValueError, TypeError):
        at = now
    person = snowflake(user.get("id"))
    return MemberJoined(
        id=_id("joined", main, person, stamp or now), platform=PLATFORM, room=main, person=person, at=at,
        name=person_name(user, member),
    )  # fmt: skip


def renamed(member: Mapping[str, Any], main: str, now: datetime) -> MemberRenamed | None:
    user = mapping(member.get("user"))
    if not is_person(user):
        return None
    person = snowflake(user.get("id"))
    return MemberRenamed(
        id=_id("renamed", person, now), platform=PLATFORM, room=main, person=person, at=now,
        name=person_name(user, member),
    )  # fmt: skip


def left(person: str, main: str, now: datetime) -> MemberLeft:
    return MemberLeft(
        id=_id("left", main, person, now), platform=PLATFORM, room=main, person=person, at=now
    )


def interest(event: str, person: str, main: str, now: datetime, *, withdrawn: bool = False) -> InterestShown:
    return InterestShown(
        id=_id("interest", event, person, withdrawn, now), platform=PLATFORM, room=main, person=person,
        at=now, gathering=event, withdrawn=withdrawn,
    )  # fmt: skip


def voted(data: Json, room: str, now: datetime, *, withdrawn: bool = False) -> PollVoted:
    message, person = snowflake(data.get("message_id")), snowflake(data.get("user_id"))
    answer = number(data.get("answer_id"))
    return PollVoted(
        id=_id("vote", message, person, answer, withdrawn, now), platform=PLATFORM, room=room,
        person=person, at=now, message=message, option=answer - 1, withdrawn=withdrawn,
    )  # fmt: skip


def heard(person: str, voice: str, voice_name: str, name: str, main: str, now: datetime) -> VoiceEntered:
    return VoiceEntered(
        id=_id("voice", voice, person, now), platform=PLATFORM, room=main, person=person, at=now,
        voice=voice, voice_name=voice_name, name=name,
    )  # fmt: skip
