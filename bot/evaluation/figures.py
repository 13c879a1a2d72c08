"""The figures of a period, each with the name of its definition. Nothing here names a person or a pseudonym,
but for those who chose to sign a story.

A definition is two sentences of `locales/*/evaluation.ftl`: "evaluation-name-<definition>", what the figure
is called, and "evaluation-def-<definition>", how it is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

# Below this many people, or answers, a group is not shown: someone could be recognised in it.
FEW = 5

Missing = Literal["", "few", "withheld", "nothing"]

DEFINITIONS = (
    "people", "messages", "replies", "reactions", "newcomers", "left",
    "came-back", "came-back-later", "newcomers-active",
    "step-clicked", "step-wrote", "step-told", "step-came",
    "sessions-held", "sessions-cancelled", "yes", "maybe", "no", "attended", "came-twice",
    "stories-told", "stories-shared", "stories-kept",
    "answered", "first-reply",
    "pulse-answers", "pulse-mean", "pulse-step", "pulse-sentences",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure.

    `of`: out of how many, where the figure is a part of something. A `value` of None is not shown: too few
    people (few), it would give away the only group hidden (withheld), or nothing was there to measure (nothing).
    """

    id: str
    value: int | float | None
    definition: str
    of: int | None = None
    why: Missing = ""


@dataclass(frozen=True, slots=True)
class Week:
    """`monday`: its first day. Not `whole`: the period begins or ends within it."""

    monday: date
    whole: bool
    people: Measure
    messages: Measure
    replies: Measure
    reactions: Measure
    newcomers: Measure
    left: Measure


@dataclass(frozen=True, slots=True)
class StoryTold:
    """A story its author agreed to share. `name` is "" where they chose to be unnamed. `voice`: it was
    spoken."""

    text: str
    name: str
    voice: bool


@dataclass(frozen=True, slots=True)
class SessionFigures:
    """`attended` counts nobody when no attendance was taken."""

    number: int
    theme: str
    starts: datetime
    yes: Measure
    maybe: Measure
    no: Measure
    attended: Measure
    told: Measure
    stories: tuple[StoryTold, ...]


@dataclass(frozen=True, slots=True)
class PulseFigures:
    """`question`: its id in the bank. `counts`: how many answered 1, 2, 3, 4, 5; empty when too few did."""

    question: str
    session: int | None
    closes: datetime
    answers: Measure
    mean: Measure
    counts: tuple[Measure, ...]
    sentences: Measure


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A period, from `start` to `end` (excluded), as it was known at `now`."""

    slug: str
    name: str
    mission: str
    zone: ZoneInfo
    start: datetime
    end: datetime
    now: datetime
    people: Measure
    messages: Measure
    replies: Measure
    reactions: Measure
    newcomers: Measure
    left: Measure
    weeks: tuple[Week, ...]
    came_back: Measure
    later: tuple[Measure, ...]
    newcomers_active: Measure
    ladder: tuple[Measure, ...]
    sessions_held: Measure
    sessions_cancelled: Measure
    sessions: tuple[SessionFigures, ...]
    came_twice: Measure
    stories_told: Measure
    stories_shared: Measure
    stories_kept: Measure
    answered: Measure
    first_reply: Measure
    pulses: tuple[PulseFigures, ...]

    @property
    def until(self) -> datetime:
        """Where what is known ends: the end of the period, or now if it is not over."""
        return min(self.end, self.now)

    def measures(self) -> Iterator[Measure]:
        """Every figure, in order."""
        yield from _measures(self)


def _measures(part: object) -> Iterator[Measure]:
    if isinstance(part, Measure):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from _measures(item)
    elif is_dataclass(part):
        for each in fields(part):
            yield from _measures(getattr(part, each.name))
