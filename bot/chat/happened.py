"""What all that happens has in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """`id`: unique for ever on its platform. `at`: when, by the platform's clock, aware, UTC."""

    id: str
    platform: str
    room: str
    person: str
    at: datetime
