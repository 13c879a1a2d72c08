"""The activity log: who, where, when, what kind, in answer to whom. Never what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

ActivityKind = Literal[
    "message", "reply", "reaction", "join", "leave", "rsvp", "story", "pulse", "attendance", "introduction", "vote"
]


@dataclass(eq=False, kw_only=True)
class Activity:
    """`who` and `answers_who` are pseudonyms. `event` and `answers` are the platform's ids, by which a row is
    counted once, found again when it is taken back, and linked to what it answered."""

    id: int = 0
    community_id: int
    room_id: int | None
    who: str
    at: datetime
    kind: ActivityKind
    event: str
    answers: str = ""
    answers_who: str = ""
    session_id: int | None = None


class Entry(NamedTuple):
    """A row to be added, thousands a second: nothing more than its fields."""

    community_id: int
    room_id: int | None
    who: str
    at: datetime
    kind: ActivityKind
    event: str
    answers: str = ""
    answers_who: str = ""
    session_id: int | None = None
