"""What people type into a field, read; and what they meant, handed over by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from bot import attachments
from bot.chat.content import Attachment, Told
from bot.chat.events import MessagePosted
from bot.dates.durations import read_span
from bot.dates.problems import (
    DateAmbiguous,
    DateDoesNotExist,
    DateInThePast,
    DateNotUnderstood,
    DurationNotUnderstood,
    DurationOutOfBounds,
    TimeMissing,
)
from bot.dates.reading import read_duration, read_instant
from bot.dates.recurrence import wall
from bot.dates.repeats import MOST_TIMES, MOST_WEEKS, Repeat, RepeatNotUnderstood, RepeatOutOfBounds, read_repeat
from bot.errors import Problem
from bot.feature import Field
from bot.model.account import Account
from bot.model.community import Person
from bot.model.session import Session
from bot.options import read_options
from bot.text import folded

if TYPE_CHECKING:
    from bot.context import Context

LONGEST_LINE = 300
LONGEST_STORY = 20_000
# What is further away was mistyped.
FURTHEST = timedelta(days=3653)
# What we write before a number, and whoever copies it types.
NUMBERED = re.compile(r"^\s*(?:n\s*[°º]|no\.?)\s*(?=\d)", re.IGNORECASE)

Wanted = TypeVar("Wanted")


class Answers:
    """What was told, by field. Asking for a field as another type than it was declared is a bug."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def given(self, name: str) -> bool:
        return self._values.get(name) is not None

    def _get(self, name: str, wanted: type[Wanted]) -> Wanted:
        value = self._values[name]
        if not isinstance(value, wanted):
            raise TypeError(f"{name} is a {type(value).__name__}, not a {wanted.__name__}")
        return value

    def text(self, name: str) -> str:
        """"" where it was passed over."""
        return self._get(name, str) if self.given(name) else ""

    def told(self, name: str) -> Told:
        """What a field of kind "story" holds: words, or what came with them."""
        value = self._values[name]
        return value if isinstance(value, Attachment) else self._get(name, str)

    def number(self, name: str) -> int:
        return self._get(name, int)

    def instant(self, name: str) -> datetime:
        return self._get(name, datetime)

    def duration(self, name: str) -> timedelta:
        return self._get(name, timedelta)

    def session(self, name: str) -> Session:
        return self._get(name, Session)

    def series(self, name: str) -> Repeat:
        return self._get(name, Repeat)

    def options(self, name: str) -> tuple[str, ...]:
        return tuple(self._get(name, tuple))

    def people(self, name: str) -> list[Person]:
        return list(self._get(name, tuple))


async def read(field: Field, told: Told, ctx: Context) -> Any:
    """What the field holds. Raises Problem with what to do next."""
    if isinstance(told, Attachment):
        if field.kind == "story":
            attachments.check(told, ctx.settings.stories)
            _not_too_long(told.words)
            return told
        if told.aloud:
            raise Problem("problem-voice-here")
        told = told.words
    typed = told.strip()
    match field.kind:
        case "text":
            return _line(typed)
        case "story":
            if not any(c.isalnum() for c in typed):
                raise Problem("problem-no-words")
            _not_too_long(typed)
            return typed
        case "number":
            return _number(typed)
        case "instant":
            return _instant(typed, ctx)
        case "day":
            return _instant(typed, ctx, whole_day=True)
        case "duration":
            try:
                return read_duration(typed, language=ctx.here.language)
            except DurationNotUnderstood as problem:
                raise Problem("problem-duration", typed=typed) from problem
        case "session":
            return await _session(typed, ctx)
        case "people":
            return await _people(typed, ctx)
        case "scope":
            return _scope(typed, ctx)
        case "language":
            return _language(typed)
        case "option":
            return _option(field, typed, ctx)
        case "series":
            return _series(typed, ctx)
        case "choices":
            return read_options(typed)
        case "span":
            return _span(typed, ctx)


def _not_too_long(story: str) -> None:
    if len(story) > LONGEST_STORY:
        raise Problem("problem-story-too-long", length=len(story), most=LONGEST_STORY)


def _span(typed: str, ctx: Context) -> timedelta:
    try:
        return read_span(typed, language=ctx.here.language)
    except DurationOutOfBounds as problem:
        raise Problem("problem-span-bounds", typed=typed) from problem
    except DurationNotUnderstood as problem:
        raise Problem("problem-span", typed=typed) from problem


def _line(typed: str) -> str:
    if not any(c.isalnum() for c in typed):
        raise Problem("problem-no-words")
    if len(typed) > LONGEST_LINE:
        raise Problem("problem-line-too-long", length=len(typed), most=LONGEST_LINE)
    return " ".join(typed.split())


def _digits(typed: str) -> int | None:
    """As what we number is told; None where it is longer than any of it, or no number."""
    digits = NUMBERED.sub("", typed, count=1).strip("#. ")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 7 else None


def _number(typed: str) -> int:
    number = _digits(typed)
    if number is None:
        raise Problem("problem-number", typed=typed)
    return number


def _instant(typed: str, ctx: Context, *, whole_day: bool = False) -> datetime:
    found = _any_instant(typed, ctx, whole_day=whole_day)
    if found > ctx.now + FURTHEST:
        raise Problem("problem-date-far", typed=typed)
    return found


def _any_instant(typed: str, ctx: Context, *, whole_day: bool) -> datetime:
    voice = ctx.here
    try:
        return read_instant(typed, language=voice.language, zone=voice.zone, now=ctx.now)
    except DateInThePast as problem:
        raise Problem("problem-date-past", when=voice.when(problem.instant)) from problem
    except DateAmbiguous as problem:
        readings = voice.listed([voice.when(c) for c in problem.candidates], last="or")
        raise Problem("problem-date-ambiguous", readings=readings) from problem
    except DateDoesNotExist as problem:
        raise Problem("problem-date-skipped", typed=typed) from problem
    except TimeMissing as problem:
        if whole_day:
            return wall(problem.day, time(0, 0), voice.zone)
        raise Problem("problem-time-missing", typed=typed) from problem
    except DateNotUnderstood as problem:
        raise Problem("problem-date", typed=typed) from problem


async def _session(typed: str, ctx: Context) -> Session:
    """By number, or by words of its theme."""
    found = await ctx.unit.find(Session, community_id=ctx.community.id, order="starts")
    kept = [s for s in found if s.state != "draft"]
    number = _digits(typed)
    if number is not None:
        matching = [s for s in kept if s.number == number]
    else:
        matching = [s for s in kept if folded(typed) in folded(s.theme)]
        matching = [s for s in matching if s.ends > ctx.now and s.state == "planned"] or matching
    if not matching:
        raise Problem("problem-no-such-session", typed=typed, list=ctx.typed("sessions.list", ctx.here))
    if len(matching) > 1:
        several = ctx.here.listed([f"{s.number} ({s.theme})" for s in matching[:5]])
        raise Problem("problem-several-sessions", typed=typed, sessions=several)
    return matching[0]


async def _people(typed: str, ctx: Context) -> tuple[Person, ...]:
    """Names or identifiers, separated by commas, "and", or lines. Who has left since may still be meant."""
    known = await ctx.unit.find(Person, community_id=ctx.community.id)
    members = sorted(known, key=lambda person: not person.present)
    further = await ctx.unit.find(Account, community_id=ctx.community.id)
    by_id = {member.id: member for member in members}
    # What each is called, and the person it is.
    called: list[tuple[Account | Person, Person]] = [(member, member) for member in members]
    called += [(account, by_id[account.person_id]) for account in further]
    by_name: dict[str, list[Person]] = {}
    for account, member in called:
        for name in {folded(account.name), folded(account.external), folded(account.external.split(":")[0])}:
            by_name.setdefault(name, []).append(member)
    here = {member.id for account, member in called if ctx.where and account.platform == ctx.where.platform}
    people: list[Person] = []
    unknown: list[str] = []
    pieces = typed.replace("\n", ",").replace(";", ",").replace(" et ", ",").replace(" and ", ",").split(",")
    for piece in filter(None, (p.strip() for p in pieces)):
        found = by_name.get(folded(piece)) or by_name.get(folded("@" + piece.lstrip("@"))) or []
        if not found:
            found = [m for a, m in called if folded(a.name).split()[:1] == [folded(piece).lstrip("@")]]
        found = list(dict.fromkeys(found))
        found = [m for m in found if m.present] or found
        if len(found) > 1:  # of two who are called alike, the one of this side
            found = [m for m in found if m.id in here] or found
        if len(found) != 1:
            unknown.append(piece)
        elif found[0] not in people:
            people.append(found[0])
    if unknown or not people:
        raise Problem("problem-unknown-people", names=ctx.here.listed(unknown or [typed]))
    return tuple(people)


def _scope(typed: str, ctx: Context) -> str:
    """The name of a feature that has a rhythm, or "" for all of it."""
    names = {folded(ctx.here.text(f"rhythm-{f.name}")): f.name for f in ctx.features.all if f.has_rhythm}
    names |= {f.name: f.name for f in ctx.features.all if f.has_rhythm}
    names |= {"tout": "", "all": "", "everything": "", "": ""}
    if folded(typed) not in names:
        known = ctx.here.listed([ctx.here.text(f"rhythm-{f.name}") for f in ctx.features.all if f.has_rhythm])
        raise Problem("problem-scope", typed=typed, known=known)
    return names[folded(typed)]


def _language(typed: str) -> str:
    match folded(typed)[:2]:
        case "fr":
            return "fr"
        case "en" | "an":
            return "en"
    raise Problem("problem-language", typed=typed)


def option_of(field: Field, typed: str) -> str | None:
    """Which of the options these words are, in either language."""
    ids = (o.id for o in field.options if folded(typed) in map(folded, (o.id, *o.en, *o.fr)))
    return next(ids, None)


def _option(field: Field, typed: str, ctx: Context) -> str:
    if found := option_of(field, typed):
        return found
    known = ctx.here.listed([(o.fr if ctx.here.language == "fr" else o.en)[0] for o in field.options])
    raise Problem("problem-option", typed=typed, known=known)


def _series(typed: str, ctx: Context) -> Repeat:
    try:
        return read_repeat(typed, language=ctx.here.language)
    except RepeatOutOfBounds as problem:
        raise Problem("problem-series-long", times=MOST_TIMES, weeks=MOST_WEEKS) from problem
    except RepeatNotUnderstood as problem:
        raise Problem("problem-series", typed=typed) from problem


def written(event: MessagePosted) -> Told:
    """What a message says for a field: its words, or what came with them."""
    told = [Attachment(f.mime, f.uri, event.text.strip(), f.size) for f in event.files]
    return next((t for t in told if t.aloud), told[0]) if told else event.text
