"""Themed sessions, who comes, who came."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.chat.content import Gathering

GATHERING = "sessions.gathering"
"""The purpose of what lies in a platform's own calendar."""

_PUT_THERE = re.compile(r"session:(\d+):gathering(?:@(\d+))?")

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
    """`by_interest`: they did not answer, they showed interest in the platform's own calendar, which is a maybe."""

    id: int = 0
    session_id: int
    person_id: int
    answer: RsvpAnswer
    at: datetime
    by_interest: bool = False


@dataclass(eq=False, kw_only=True)
class RsvpSign:
    """A reaction that says what someone answered, by which it is taken back: then the one before it counts again, if
    it still stands. Where someone has none, what they answered was said by other means. `trace`: the platform's id."""

    id: int = 0
    session_id: int
    person_id: int
    answer: RsvpAnswer
    trace: str


@dataclass(eq=False, kw_only=True)
class Attendance:
    """`by_voice`: they were in the voice room. A facilitator has the last word."""

    id: int = 0
    session_id: int
    person_id: int
    by_voice: bool = False


@dataclass(eq=False, kw_only=True)
class Mirrored:
    """A session in the calendar of one room's platform. `stands`: as it is known to stand there, None for as long as
    nothing was heard of it. `put`: what was asked for since, in order. By these, the news of a change of our own,
    however late, is told from a change made there."""

    id: int = 0
    session_id: int
    room_id: int
    stands: Gathering | None = None
    put: tuple[Gathering, ...] = ()


def gathering_key(session: Session) -> str:
    """Under which it is put in the platforms' own calendars: in that of a room, with "@" and the room's id."""
    return f"session:{session.id}:gathering"


def put_there(key: str) -> tuple[int, int] | None:
    """The ids of the session and the room that such a key names."""
    found = _PUT_THERE.fullmatch(key)
    return (int(found[1]), int(found[2] or 0)) if found else None
