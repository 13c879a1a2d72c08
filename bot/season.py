"""A season to rehearse, written as TOML: the community, who is in it, what is planned."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from bot.banks.read import bank
from bot.chat.language import Language
from bot.dates.problems import DateProblem, DurationNotUnderstood
from bot.dates.reading import read_duration, read_instant
from bot.dates.repeats import RepeatNotUnderstood, read_repeat
from bot.errors import EXIT_CONFIGURATION, OperatorProblem
from bot.first_mistake import first_mistake
from bot.mistakes import mistake, variables
from bot.model.settings import Settings
from bot.operator import why

EXAMPLES = {
    "fr": Path(__file__).parent / "seasons" / "saison.fr.toml",
    "en": Path(__file__).parent / "seasons" / "season.en.toml",
}
MOST_PEOPLE = 200
# The day begins at eight: whoever facilitates arrives first.
OPENING = time(8, 0)

Count = Annotated[int, Field(ge=0, le=MOST_PEOPLE)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Temperaments(_Part):
    """How many members of each kind."""

    reads_only: Count = 0
    clicks: Count = 0
    answers_late: Count = 0
    tells_stories: Count = 0
    chatty: Count = 0
    joins_in_week_5: Count = 0
    leaves: Count = 0
    comes_back: Count = 0
    closed_direct_messages: Count = 0
    mistypes: Count = 0

    def each(self) -> list[str]:
        """One name of a temperament a member."""
        return [name for name in type(self).model_fields for _ in range(getattr(self, name))]


class Occurrence(_Part):
    """`moved_to`: typed as well, on the day `moved_on` of the season, counted from its start."""

    theme: Annotated[str, Field(min_length=1, max_length=300)]
    place: str = ""
    moved_to: str = ""
    moved_on: Annotated[int, Field(ge=1, le=364)] = 21


class PlannedSession(Occurrence):
    """As a facilitator types it: "jeudi 4 février à 12 h", "1 h 30", "toutes les 2 semaines, 4 fois".

    `then`: the sessions of the series after the first, where they differ from it.
    """

    when: str
    length: str = "1 h"
    repeat: str = ""
    then: tuple[Occurrence, ...] = ()


class Season(_Part):
    """`members` and `facilitators`: names, drawn from the example's own where none are given."""

    start: date
    weeks: Annotated[int, Field(ge=1, le=52)] = 8
    community: Settings
    members: tuple[str, ...] = ()
    facilitators: tuple[str, ...] = ()
    temperaments: Temperaments
    sessions: tuple[PlannedSession, ...] = ()
    own_question: str = ""

    @field_validator("members", "facilitators")
    @classmethod
    def _told_apart(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if not any(c.isalnum() for c in name):
                raise mistake("rehearsal-season-name-empty")
            if names.count(name) > 1:
                raise mistake("rehearsal-season-name-twice", name=name)
        return names

    @model_validator(mode="after")
    def _peopled(self) -> Self:
        count = len(self.temperaments.each())
        if count == 0:
            raise mistake("rehearsal-season-nobody")
        if count > MOST_PEOPLE:
            raise mistake("rehearsal-season-crowd", count=count, most=MOST_PEOPLE)
        if self.members and len(self.members) != count:
            raise mistake("rehearsal-season-names-count", names=len(self.members), count=count)
        for name in self.members:
            if name in self.facilitators:
                raise mistake("rehearsal-season-name-twice", name=name)
        return self

    @model_validator(mode="after")
    def _readable(self) -> Self:
        language, zone = self.community.language, self.community.clock
        for session in self.sessions:
            for when in filter(None, (session.when, *(o.moved_to for o in (session, *session.then)))):
                try:
                    read_instant(when, language=language, zone=zone, now=self.opens)
                except DateProblem as problem:
                    raise mistake("rehearsal-season-when", when=when) from problem
            try:
                read_duration(session.length, language=language)
            except DurationNotUnderstood as problem:
                raise mistake("rehearsal-season-length", length=session.length) from problem
            try:
                times = read_repeat(session.repeat, language=language).count if session.repeat else 1
            except RepeatNotUnderstood as problem:
                raise mistake("rehearsal-season-repeat", repeat=session.repeat) from problem
            if len(session.then) >= times:
                raise mistake("rehearsal-season-then", theme=session.theme, times=times, more=len(session.then))
        return self

    @property
    def opens(self) -> datetime:
        return datetime.combine(self.start, OPENING, self.community.clock).astimezone(UTC)

    @property
    def ends(self) -> datetime:
        ends = datetime.combine(self.start + timedelta(weeks=self.weeks), OPENING, self.community.clock)
        return ends.astimezone(UTC)

    def people(self) -> tuple[list[str], list[str]]:
        """Names of those who facilitate, and of the members."""
        invented = bank("rehearsal", self.community.language)["person"]
        hosts = list(self.facilitators) or [p["name"] for p in invented if p.get("facilitator")]
        wanted = len(self.temperaments.each())
        names = list(self.members) or [
            p["name"] for p in invented if not p.get("facilitator") and p["name"] not in hosts
        ]
        # More than the example has: the same names again, with an initial.
        more = (f"{name} {chr(ord('A') + turn)}." for turn in range(26) for name in names)
        return hosts, (names + [next(more) for _ in range(wanted - len(names))])[:wanted]


def load(file: Path, *, language: Language | None = None, weeks: int | None = None) -> Season:
    """Raises OperatorProblem: one sentence on what to mend."""
    try:
        raw = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError as problem:
        raise _refused("rehearsal-season-missing", file) from problem
    except OSError as problem:
        raise _refused("config-unreadable", file, why=why(problem)) from problem
    except UnicodeDecodeError as problem:
        raise _refused("config-not-text", file) from problem
    except tomllib.TOMLDecodeError as problem:
        line = re.search(r"at line (\d+)", str(problem))
        raise _refused("rehearsal-season-not-toml", file, line=line[1] if line else "?") from problem
    if language and isinstance(raw.get("community"), dict):
        raw["community"]["language"] = language
    if weeks is not None:
        raw["weeks"] = weeks
    try:
        return Season.model_validate(raw)
    except ValidationError as problem:
        for error in sorted(
            problem.errors(include_url=False, include_input=False), key=lambda e: e["type"] != "extra_forbidden"
        ):
            if error["type"].startswith("rehearsal-"):
                raise _refused(error["type"], file, **variables(error)) from problem
            if error["type"] == "missing":
                key = ".".join(str(part + 1) if isinstance(part, int) else part for part in error["loc"])
                shown = EXAMPLES[language or "fr"]
                raise _refused("rehearsal-season-key-missing", file, key=key, example=str(shown)) from problem
            if error["type"] == "extra_forbidden":
                break
        raise first_mistake(problem, file, Season) from problem


def example(language: Language, *, weeks: int | None = None) -> Season:
    return load(EXAMPLES[language], weeks=weeks)


def _refused(sentence: str, file: Path, **variables: str | int) -> OperatorProblem:
    return OperatorProblem(sentence, EXIT_CONFIGURATION, file=str(file), **variables)
