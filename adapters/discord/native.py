"""Reading what Discord sends without trusting its shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

Json = dict[str, Any]

PLATFORM = "discord"
# Before the address of what came with a sheet, which is good for some hours.
PASSING = "sheet:"
_EPOCH_MS = 1_420_070_400_000
_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)


def mapping(found: object) -> Mapping[str, Any]:
    return found if isinstance(found, dict) else {}


def sequence(found: object) -> Sequence[Any]:
    return found if isinstance(found, list) else ()


def words(found: object, most: int = 200) -> str:
    return found[:most] if isinstance(found, str) else ""


def number(found: object) -> int:
    """0 where there is none. Discord writes large numbers as strings of digits."""
    if isinstance(found, int):
        return found
    return int(found) if isinstance(found, str) and found.isascii() and found.isdigit() and len(found) < 21 else 0


def snowflake(found: object) -> str:
    """An identifier, "" where it is not one."""
    return str(found) if number(found) > 0 else ""


def made_at(id: str) -> datetime:
    """The instant at which that identifier was given out, which it contains."""
    return datetime.fromtimestamp(((int(id) >> 22) + _EPOCH_MS) / 1000, UTC)


def first_id(instant: datetime) -> str:
    """Smaller than any identifier given out at that instant or later."""
    return str(max(0, (instant - _EPOCH) // timedelta(milliseconds=1)) << 22)


def person_name(user: Mapping[str, Any], member: Mapping[str, Any]) -> str:
    """How a member is called on their server."""
    return words(member.get("nick")) or words(user.get("global_name")) or words(user.get("username"))
