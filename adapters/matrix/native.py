"""Reading JSON that anybody may have written: what is not as it should be is as if it were not there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

Json = Mapping[str, Any]
_NOTHING: Json = {}
LONGEST_NAME = 100
# What turns the direction of the words that follow, and what is not to be seen at all. The joiners of emojis stay.
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1b\x7f]")
LONGEST_ID = 255


def mapping(value: object) -> Json:
    return value if isinstance(value, dict) else _NOTHING


def sequence(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def events(value: object) -> list[Json]:
    """Those of a list that can be events at all: with a kind, and text wherever something is named."""
    return [
        event for event in sequence(value)
        if isinstance(event, dict) and isinstance(event.get("type"), str)
        and all(isinstance(event.get(named, ""), str) for named in ("event_id", "sender", "state_key"))
    ]  # fmt: skip


def words(value: object, limit: int = 0) -> str:
    """Text that every database can keep: no half characters, no zeros."""
    if not isinstance(value, str):
        return ""
    clean = value.encode("utf-8", "replace").decode().replace("\x00", "")
    return clean[:limit] if limit else clean


def name(value: object) -> str:
    """A display name, on one line and of bearable length."""
    return " ".join(_UNSEEN.sub("", words(value, 10 * LONGEST_NAME)).split())[:LONGEST_NAME]


def identifier(value: object) -> str:
    """An identifier of a room, a person or an event, "" if it cannot be one."""
    clean = words(value)
    return clean if clean == value and 1 < len(clean) <= LONGEST_ID and clean.isprintable() else ""


def localpart(user_id: str) -> str:
    return user_id[1:].split(":", 1)[0]


def instant(milliseconds: object, now: datetime) -> datetime | None:
    """A server's clock may run ahead of ours; nothing happened after now."""
    if not isinstance(milliseconds, int | float) or isinstance(milliseconds, bool):
        return None
    try:
        return min(datetime.fromtimestamp(max(milliseconds, 0) / 1000, UTC), now)
    except (ValueError, OverflowError, OSError):
        return now
