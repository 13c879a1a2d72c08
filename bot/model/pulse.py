"""The pulse: one question, one click, and nothing that leads from an answer to a person.

Who took part stands in `PulseTaken`, what was answered in `SealedAnswer`, sealed by a key of the pulse's own that
lies outside the database and is destroyed when the pulse closes. What then remains are counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(eq=False, kw_only=True)
class Pulse:
    """`question`: its id in the bank, or "" for one of the community's own, which `own` holds. `closes`: the hour that
    members were told, and in the end that at which it closed.

    `counts`: how many answered 1 to 5; empty until it closes, and for ever where fewer than five did.
    """

    id: int = 0
    community_id: int
    question: str
    own: str = ""
    session_id: int | None = None
    opens: datetime
    closes: datetime
    state: Literal["open", "closed"] = "open"
    asked: int = 0
    counts: tuple[int, ...] = ()


@dataclass(eq=False, kw_only=True)
class PulseTaken:
    """This person took part. No time, and no answer."""

    pulse_id: int
    person_id: int


@dataclass(eq=False, kw_only=True)
class SealedAnswer:
    """A step of the scale or a sentence, all of one size. `id` is drawn at random, so that rows lie in no order."""

    id: str
    pulse_id: int
    sealed: bytes


@dataclass(eq=False, kw_only=True)
class PulseSentence:
    """What someone added, known only once the pulse is closed."""

    id: str
    pulse_id: int
    text: str
