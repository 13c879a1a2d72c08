"""Icebreakers: what the community added to the bank, and what was asked already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(eq=False, kw_only=True)
class OwnQuestion:
    id: int = 0
    community_id: int
    text: str
    removed: bool = False


@dataclass(eq=False, kw_only=True)
class QuestionUse:
    """`question`: its id in the bank, or "own-<id>". `skipped`: put aside rather than asked."""

    id: int = 0
    community_id: int
    question: str
    at: datetime
    skipped: bool = False
