"""Themed sessions, who comes, who came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

RsvpAnswer = Literal["yes", "maybe", "no"]


@dataclass(eq=False, kw_only=True)
class Session:
    """`number` is how people name it within their community, from 1. `sequence` counts the changes, for calendars.

    `series` names the sessions planned together, be it one alone (`every_weeks` is then 0). draft: said back, not
    yet confirmed; a draft has a number below 0. `planned_by`: a person's id, 0 once they are forgotten.
    `announced`: members were told of it.
    """

    id: int = 0
    community_id: int
    number: int
    theme: str
    starts: datetime
    minutes: int
    place: str = ""
    state: Literal["draft", "planned", "cancelled"] = "draft"
    series: str = ""
    every_weeks: int = 0
    sequence: int = 0
    planned_by: int
    announced: bool = False

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.minutes)


@dataclass(eq=False, kw_only=True)
class Rsvp:
    id: int = 0
    session_id: int
    person_id: int
    answer: RsvpAnswer
    at: datetime


@dataclass(eq=False, kw_only=True)
class Attendance:
    id: int = 0
    session_id: int
    person_id: int
