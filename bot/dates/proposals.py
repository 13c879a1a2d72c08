"""What someone may mean who has typed a part of a date, of a length or of a series: each said in full.

What is said here is read back as the very same thing, so that whoever chooses it gets what they saw.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.chat.language import Language
from bot.dates.durations import read_span
from bot.dates.places import zones_like
from bot.dates.problems import DateAmbiguous, DateDoesNotExist, DateProblem, DurationNotUnderstood, TimeMissing
from bot.dates.reading import read_duration, read_instant
from bot.dates.recurrence import wall
from bot.dates.saying import say_date, say_duration, say_gap, say_instant

# Where no hour is usual yet, these are.
HOURS = (time(12), time(9), time(14), time(17), time(19))
_PLACE = re.compile(r"[\s,(]+heure\s+(?:locale\s+)?(?:de\s+la\s|de\s+l[’']|de\s|du\s|des\s|d[’'])(?P<place>.+)$")
_LENGTHS = tuple(timedelta(minutes=minutes) for minutes in (60, 90, 120, 30, 45, 180))


@dataclass(frozen=True, slots=True)
class Reader:
    """Who types: in which language, by whose clock, when. `usual`: the wall time at which the last session began."""

    language: Language
    zone: ZoneInfo
    now: datetime
    usual: datetime | None = None


def instants(typed: str, reader: Reader) -> list[str]:
    """Instants to come; none where nothing is understood."""
    try:
        return [_said(_read(typed, reader), reader)]
    except DateAmbiguous as several:
        if several.time_known:
            return [_said(candidate, reader) for candidate in several.candidates]
        return [said for day in several.candidates for said in _at_hours(day.date(), reader, most=2)]
    except TimeMissing as missing:
        return list(_at_hours(missing.day, reader))
    except DateDoesNotExist as skipped:
        return [_said(skipped.suggestion, reader)]
    except DateProblem:
        return list(_elsewhere(typed, reader))


def usual_instants(reader: Reader) -> list[str]:
    """The next three times that it is the weekday and the hour at which people meet."""
    slot = reader.usual or datetime.combine(date(2027, 1, 14), HOURS[0])  # a Thursday
    today = reader.now.astimezone(reader.zone).date()
    ahead = (slot.weekday() - today.weekday()) % 7 or 7
    days = [today + timedelta(days=ahead + 7 * week) for week in range(3)]
    return [_said(wall(day, slot.time(), reader.zone), reader) for day in days]


def days(typed: str, reader: Reader) -> list[str]:
    """As instants, but a day alone will do."""
    try:
        return [_said(_read(typed, reader), reader)]
    except TimeMissing as missing:
        return [_day(missing.day, reader)]
    except DateAmbiguous as several:
        if several.time_known:
            return [_said(candidate, reader) for candidate in several.candidates]
        return [_day(candidate.date(), reader) for candidate in several.candidates]
    except DateProblem:
        return []


def usual_days(reader: Reader) -> list[str]:
    today = reader.now.astimezone(reader.zone).date()
    return [_day(today + timedelta(days=ahead), reader) for ahead in (1, 7, 14, 28)]


def durations(typed: str, language: Language) -> list[str]:
    """A bare number may be hours or minutes. None where it is not understood."""
    for text in (typed, f"{typed} h", f"{typed} min"):
        try:
            read_duration(text, language=language)
        except DurationNotUnderstood:
            continue
        both = [f"{typed} h", f"{typed} min"] if text != typed else [text]
        return list(_lengths(both, language))
    return []


def usual_durations(language: Language) -> list[str]:
    return [say_duration(length, language=language) for length in _LENGTHS]


def spans(typed: str, language: Language) -> list[str]:
    """How long something stays open. A bare number is days."""
    for text in (typed, f"{typed} days" if language == "en" else f"{typed} jours"):
        try:
            span = read_span(text, language=language)
        except DurationNotUnderstood:
            continue
        said = say_gap(span, language=language)
        # Said in round figures, thirty days would be four weeks.
        return [said if read_span(said, language=language) == span else text]
    return []


def usual_spans(language: Language) -> list[str]:
    return [say_gap(timedelta(days=count), language=language) for count in (1, 2, 3, 7, 14)]


def _lengths(texts: Iterable[str], language: Language) -> Iterator[str]:
    for text in texts:
        try:
            yield say_duration(read_duration(text, language=language), language=language)
        except DurationNotUnderstood:
            continue


def _read(typed: str, reader: Reader) -> datetime:
    return read_instant(typed, language=reader.language, zone=reader.zone, now=reader.now)


def _said(instant: datetime, reader: Reader, zone: ZoneInfo | None = None) -> str:
    """In full, the year included. In figures where the words would not be read as the same."""
    said = say_instant(instant, zone=zone or reader.zone, language=reader.language)
    try:
        same = _read(said, reader).timestamp() == instant.timestamp()
    except DateProblem:
        same = False
    return said if same else instant.astimezone(zone or reader.zone).isoformat(timespec="minutes")


def _day(day: date, reader: Reader) -> str:
    said = say_date(day, language=reader.language)
    try:
        _read(said, reader)
    except TimeMissing as missing:
        return said if missing.day == day else day.isoformat()
    except DateProblem:
        return day.isoformat()
    return day.isoformat()


def _at_hours(day: date, reader: Reader, most: int = len(HOURS)) -> Iterator[str]:
    """That day at the hours at which people meet, the usual one first."""
    usual = (reader.usual.time(),) if reader.usual else ()
    coming = [at for at in dict.fromkeys((*usual, *HOURS)) if wall(day, at, reader.zone) > reader.now]
    yield from (_said(wall(day, at, reader.zone), reader) for at in coming[:most])


def _elsewhere(typed: str, reader: Reader) -> Iterator[str]:
    """A time, then the beginning of the name of a place whose clock is meant: "jeudi 12 h, heure de Par"."""
    for rest, place in _split(typed):
        for zone in zones_like(place):
            try:
                instant = read_instant(rest, language=reader.language, zone=zone, now=reader.now)
            except DateProblem:
                continue
            yield _said(instant, reader, zone)


def _split(typed: str) -> Iterator[tuple[str, str]]:
    if found := _PLACE.search(typed):
        yield typed[: found.start()], found["place"]
        return
    words = typed.split()
    yield from ((" ".join(words[:-count]), " ".join(words[-count:])) for count in range(1, min(4, len(words))))
