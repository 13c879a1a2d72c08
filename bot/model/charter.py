"""Who signed the charter, and how far each has come on their way in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

ArrivalState = Literal["open", "waiting", "later", "gone"]


@dataclass(eq=False, kw_only=True)
class Signature:
    """One a person. `text`: the fingerprint of the charter that was signed. `stuck`: the platform refused to open
    what it opens, and facilitators know."""

    id: int = 0
    community_id: int
    person_id: int
    text: str
    at: datetime
    stuck: bool = False


@dataclass(eq=False, kw_only=True)
class Arrival:
    """One a person who ever signed.

    open: they may come in, now and whenever they sign again. waiting: facilitators were asked. later: a facilitator
    answered "not now". gone: they left, or took their signature back, before anyone answered.
    `asked`: how many messages facilitators were sent about it; `asked_at`: when the last one was.
    """

    id: int = 0
    community_id: int
    person_id: int
    state: ArrivalState
    asked: int = 0
    asked_at: datetime | None = None

    @property
    def key(self) -> str:
        """What the last message to facilitators is called in the outbox. It says nothing of who."""
        return f"arrival:{self.id}:{self.asked}"
