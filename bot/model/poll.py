"""A question put to all, with a few options to choose from. Who chose what is no secret."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(eq=False, kw_only=True)
class Poll:
    """`number` is how people name it within their community, from 1. closing: it takes no more votes, and some
    platform has still to tell who chose what in the end.

    `strangers`: how many chose each option whom nobody here knows, such as someone who asked to be forgotten. At the
    close: `counts`, how many chose each option in all; `members`, how many could have; `lacking`, some room could
    not tell.
    """

    id: int = 0
    community_id: int
    number: int
    question: str
    options: tuple[str, ...]
    opens: datetime
    closes: datetime
    state: Literal["open", "closing", "closed"] = "open"
    strangers: tuple[int, ...] = ()
    counts: tuple[int, ...] = ()
    members: int = 0
    lacking: bool = False

    @property
    def key(self) -> str:
        """Under which it was asked."""
        return f"poll:{self.id}"


@dataclass(eq=False, kw_only=True)
class PollVote:
    """What someone chose, one vote a person, the last one. `room_id`: where; `trace`: the reaction that said so, if
    it was one, by which it is taken back."""

    poll_id: int
    person_id: int
    option: int
    room_id: int | None = None
    trace: str = ""
    at: datetime


@dataclass(eq=False, kw_only=True)
class PollAwaited:
    """This room has still to tell who chose what in the end."""

    poll_id: int
    room_id: int
