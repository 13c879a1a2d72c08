"""From Matrix's events to what happened. Pure, and never raises whatever a stranger wrote into an event."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import dropwhile
from typing import Any
from urllib.parse import quote, unquote

import structlog

from adapters.matrix import polls
from adapters.matrix.native import LONGEST_ID, Json, identifier, instant, localpart, mapping, name, sequence, words
from bot.chat.content import File
from bot.chat.events import (
    Event,
    MemberJoined,
    MemberLeft,
    MemberRenamed,
    MessagePosted,
    MessageRemoved,
    ReactionAdded,
)

log = structlog.get_logger("matrix")

PLATFORM = "matrix"
_FILES = {"m.audio", "m.file", "m.image", "m.video"}
_SAID = {"m.text", "m.emote", "m.location"}
_FALLBACK = re.compile(r"> (\* )?<@")
_REPLY_HTML = re.compile(r"</?mx-reply>", re.IGNORECASE)
LONGEST_EMOJI = 64
# That of a sealed file holds what opens it.
LONGEST_ADDRESS = 1000


@dataclass(frozen=True, slots=True)
class Me:
    """The bot's own account, and how it is called in the room."""

    account: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Where:
    """The room an event stands in. `names`: its members, as they were just before the event."""

    room: str
    me: Me
    direct: bool = False
    names: Mapping[str, str] = field(default_factory=dict)


def turned(raw: object, where: Where, now: datetime) -> Event | None:
    """What happened, or None where it is nothing to us."""
    try:
        return _turned(mapping(raw), where, now)
    except Exception as fault:  # noqa: BLE001  a stranger's event must not stop the others
        log.warning("event passed over", type=type(fault).__name__, room=where.room)
        return None


def _turned(raw: Json, where: Where, now: datetime) -> Event | None:
    event, sender = identifier(raw.get("event_id")), identifier(raw.get("sender"))
    at = instant(raw.get("origin_server_ts"), now)
    if not event.startswith("$") or not sender.startswith("@") or at is None:
        return None
    kind = raw.get("type")
    if kind == "m.room.member":
        return _member(raw, where, at)
    if sender == where.me.account or "state_key" in raw:
        return None
    common: dict[str, Any] = {
        "id": event, "platform": PLATFORM, "room": where.room, "person": sender, "at": at,
    }  # fmt: skip
    content = mapping(raw.get("content"))
    if kind == "m.room.message":
        return _message(content, where, common)
    if kind == "m.reaction":
        relation = mapping(content.get("m.relates_to"))
        target, emoji = identifier(relation.get("event_id")), words(relation.get("key"), LONGEST_EMOJI)
        if relation.get("rel_type") != "m.annotation" or not target or not emoji:
            return None
        return ReactionAdded(**common, message=target, emoji=emoji, direct=where.direct)
    if kind in polls.RESPONSES | polls.ENDS and not where.direct:
        return polls.heard(kind, content, common)
    if kind == "m.room.redaction":
        # In the content since room version 11, beside it before.
        target = identifier(content.get("redacts")) or identifier(raw.get("redacts"))
        return MessageRemoved(**common, message=target, direct=where.direct) if target else None
    return None


# -- messages ------------------------------------------------------------------------------------------------


def _message(content: Json, where: Where, common: dict[str, Any]) -> MessagePosted | None:
    kind = words(content.get("msgtype"), LONGEST_ID)
    relation = mapping(content.get("m.relates_to"))
    if relation.get("rel_type") == "m.replace" or not isinstance(content.get("body"), str):
        return None
    answers = identifier(mapping(relation.get("m.in_reply_to")).get("event_id"))
    thread = identifier(relation.get("event_id")) if relation.get("rel_type") == "m.thread" else ""
    text = words(content.get("body"))
    if answers:
        text = without_fallback(text)
    if thread and relation.get("is_falling_back") is True:
        answers = ""  # only there for clients that know no threads
    files: tuple[File, ...] = ()
    if kind in _FILES:
        uri = words(content.get("url"), LONGEST_ADDRESS)
        if not uri.startswith("mxc://") or not uri.isprintable():
            return None
        called = name(content.get("filename"))
        # With a file name of its own the body is a caption, otherwise it is the file name.
        text, called = (text, called) if called and called != name(text) else ("", name(text))
        info = mapping(content.get("info"))
        mime, size = words(info.get("mimetype"), 100) or "application/octet-stream", info.get("size")
        files = (File(called or "file", mime, uri=uri, size=size if type(size) is int else None),)
    elif kind not in _SAID:
        return None
    mentioned = _mentions(content, text, where.me, replied=bool(relation.get("m.in_reply_to")))
    return MessagePosted(
        **common,
        text=_name_first(text, where.me) if mentioned else text,
        name=where.names.get(common["person"]) or localpart(common["person"]),
        direct=where.direct,
        mentions_bot=mentioned,
        answers=answers,
        thread=thread,
        files=files,
    )


def without_fallback(body: str) -> str:
    """The body of a reply without the quotation that older clients put before it."""
    if not _FALLBACK.match(body):
        return body
    lines = list(dropwhile(lambda line: line.startswith(">"), body.split("\n")))
    return "\n".join(lines[1:] if lines and not lines[0].strip() else lines)


def _mentions(content: Json, text: str, me: Me, *, replied: bool) -> bool:
    formatted = words(content.get("formatted_body"))
    quoted = _REPLY_HTML.split(formatted, maxsplit=2)
    formatted = quoted[0] + quoted[2] if len(quoted) == 3 else formatted
    linked = f"matrix.to/#/{me.account}".casefold() in unquote(html.unescape(formatted)).casefold()
    at_start = _leading_name(text, me) is not None
    if linked or at_start:
        return True
    if me.account not in sequence(mapping(content.get("m.mentions")).get("user_ids")):
        return False
    # Clients count the author of the message replied to as mentioned: "thanks" is no command to us.
    return not replied or any(called in text.casefold() for called in _names(me))


def _names(me: Me) -> list[str]:
    """What the bot answers to, the longest first."""
    called = {me.account, "@" + localpart(me.account), localpart(me.account), me.name, "@" + me.name}
    return sorted((c.casefold() for c in called if c.strip("@")), key=len, reverse=True)


def _leading_name(text: str, me: Me) -> int | None:
    """How long the bot's name at the start is, with what follows it. Without a colon or a comma it may be an
    ordinary word of the sentence."""
    start = len(text) - len(text.lstrip())
    for called in _names(me):
        end = start + len(called)
        if text[start:end].casefold() == called and (not text[end:].strip() or text[end] in ":,"):
            return end + 1
    return None


def _name_first(text: str, me: Me) -> str:
    """The text with our name before it, as one word, whatever its form and wherever it stood."""
    length = _leading_name(text, me)
    if length is None:
        start = text.lstrip()
        found = next((c for c in _names(me) if start.casefold().startswith(c + " ")), "")
        length = len(text) - len(start) + len(found)
    return f"@{localpart(me.account)}: {text[length:].strip()}"


def link_to(person: str) -> str:
    """The address that clients show as a mention."""
    return "https://matrix.to/#/" + quote(person, safe="@:")


# -- members -------------------------------------------------------------------------------------------------


def membership(raw: object) -> str:
    return words(mapping(mapping(raw).get("content")).get("membership"))


OUT = ("leave", "ban")


def said_in_clear(raw: object) -> bool:
    """Neither a state of the room nor sealed."""
    event = mapping(raw)
    return "state_key" not in event and event.get("type") != "m.room.encrypted"


def member_name(raw: object) -> str:
    """How the person of a membership event is called."""
    event = mapping(raw)
    called = name(mapping(event.get("content")).get("displayname"))
    return called or localpart(identifier(event.get("state_key")))


def before(raw: object, where: Where) -> tuple[str, str]:
    """Membership and name before this event: as the server says, else as we knew them."""
    event = mapping(raw)
    person = identifier(event.get("state_key"))
    unsigned = mapping(event.get("unsigned"))
    previous = mapping(unsigned.get("prev_content")) or mapping(event.get("prev_content"))
    if previous:
        return words(previous.get("membership")), name(previous.get("displayname")) or localpart(person)
    return ("join", where.names[person]) if person in where.names else ("", "")


def _member(raw: Json, where: Where, at: datetime) -> Event | None:
    person = identifier(raw.get("state_key"))
    if not person.startswith("@") or person == where.me.account:
        return None
    was, was_called = before(raw, where)
    now_is, called = membership(raw), member_name(raw)
    common: dict[str, Any] = {
        "id": raw["event_id"], "platform": PLATFORM, "room": where.room, "person": person, "at": at,
    }  # fmt: skip
    if now_is == "join":
        if was != "join":
            return MemberJoined(**common, name=called)
        return MemberRenamed(**common, name=called) if called != was_called else None
    # An invitation to who is there already is an old one, told late: it puts nobody out.
    return MemberLeft(**common) if was == "join" and now_is in OUT else None
