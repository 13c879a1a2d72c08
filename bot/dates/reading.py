"""What people type, read as instants. Whatever is read must be said back in full before it is used."""

import re
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from bot.chat.language import Language
from bot.dates.calendar_days import Day, DayReading, NotACalendarDay, agreeing, take_day
from bot.dates.clock import Clock, take_clocks
from bot.dates.durations import minutes_in, read_duration
from bot.dates.places import take_place
from bot.dates.problems import (
    DateAmbiguous,
    DateDoesNotExist,
    DateInThePast,
    DateNotUnderstood,
    DateProblem,
    DurationNotUnderstood,
    DurationOutOfBounds,
    TimeMissing,
)
from bot.dates.words import WEEKDAYS, canonical, plain

__all__ = [
    "DateAmbiguous",
    "DateDoesNotExist",
    "DateInThePast",
    "DateNotUnderstood",
    "DateProblem",
    "DurationNotUnderstood",
    "DurationOutOfBounds",
    "TimeMissing",
    "read_clock_time",
    "read_duration",
    "read_instant",
    "read_weekday",
]

_LONGEST_TEXT = 200
_STRAY = frozenset(
    [
        *(
            "le",
            "la",
            "les",
            "l",
            "d",
            "de",
            "of",
            "the",
            "on",
            "at",
            "this",
            "in",
            "by",
            "for",
            "pour",
            "and",
        ),
        *("is", "date", "sharp", "pile", "precise", "precises", "precis"),
        *("please", "svp", "stp", "s", "il", "vous", "te", "plait"),
    ]
)
_CLOCKS_CHANGE = re.compile(
    r",? *(?:(?P<first>avant le changement d'heure|before the clocks change)"
    r"|(?P<second>apres le changement d'heure|after the clocks change))"
)
_OFFSET = re.compile(r"^\d{4}-\d{2}-\d{2}[t ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)? ?(?:z|[+-]\d{2}:?\d{2})$")


def read_instant(text: str, *, language: Language, zone: ZoneInfo, now: datetime) -> datetime:
    """The instant meant, aware, in `zone`, to the minute and always later than `now` (aware).

    Both languages are read whatever the person's own, which goes first. Choices made:
    - a weekday alone ("jeudi 12h") is today when that time is still to come, otherwise the next one;
    - "mardi prochain" and "next Tuesday" are the first Tuesday after today, never today;
    - a time alone is the next time clocks show it; a date without a year is its next occurrence;
    - another place may be named ("15 h, heure de Paris"); the instant is still returned in `zone`.

    Compare what is returned by `.astimezone(UTC)`: in an hour that occurs twice, Python holds datetimes of
    different zones to be unequal. Raises DateNotUnderstood, DateInThePast, DateAmbiguous, DateDoesNotExist or
    TimeMissing; all are DateProblem. Raises plain ValueError when `now` has no zone.
    """
    if now.utcoffset() is None:
        raise ValueError("now needs a zone")
    if not text.strip() or len(text) > _LONGEST_TEXT:
        raise DateNotUnderstood(text)
    other: Language = "en" if language == "fr" else "fr"
    for each in (language, other):
        try:
            exact = _with_offset(text)
            return _settle([exact], now, zone) if exact else _read_in(text, each, zone, now)
        except (DateNotUnderstood, NotACalendarDay, OverflowError):
            continue
    raise DateNotUnderstood(text)


def read_weekday(text: str) -> int:
    """The weekday named, in either language, 0 (Monday) to 6; plurals too. Raises DateNotUnderstood."""
    words = [word for word in canonical(text, "fr").split() if word not in _STRAY]
    words = [word for word in words if word not in ("every", "chaque", "tous", "toutes", "each")]
    if len(words) != 1 or words[0] not in WEEKDAYS:
        raise DateNotUnderstood(text)
    return WEEKDAYS.index(words[0])


def read_clock_time(text: str) -> time:
    """The time of day: "9 h", "9h30", "9:30", "14:00", "2 pm", "midi". Figures are the 24-hour clock.

    Raises DateNotUnderstood, also for a bare number ("3"), which may be either half of the day.
    """
    clocks, left = take_clocks(canonical(text, "fr"), "fr")
    times = {clock.at for clock in clocks or ()}
    if len(times) != 1 or not _only_stray(left):
        raise DateNotUnderstood(text)
    return times.pop()


def _read_in(text: str, language: Language, zone: ZoneInfo, now: datetime) -> datetime:
    line, passage = _take_passage(plain(text))
    line, there, unknown = take_place(line, zone)
    if unknown is not None:
        raise DateNotUnderstood(text)
    line = re.sub(r"(?<=\d)t(?=\d{2}:)", " ", line)
    later = _after_a_while(line, language)
    if later is not None:
        return _settle([(now.astimezone(UTC) + later).replace(second=0, microsecond=0)], now, zone)
    clocks, without_time = take_clocks(canonical(line, language), language)
    local = now.astimezone(there)
    reading, left = take_day(without_time, local.date(), language)
    if not _only_stray(left):
        # A part was not understood by our own rules: nothing of what they made of the rest may be kept.
        reading = _general_day(without_time, language, local)
        if reading is None:
            raise DateNotUnderstood(text)
    if clocks is None:
        if reading is None:
            raise DateNotUnderstood(text)
        raise _without_time(reading, local)
    if reading is None:
        reading = DayReading((Day(local.date() - timedelta(days=1), "day"),))
    instants: list[datetime] = []
    missing: list[datetime] = []
    for candidate, clock in product(reading.candidates, clocks):
        for wall in _walls(candidate, clock, reading.weekday, local):
            found = _instants(wall, there)
            missing += [] if found else [wall]
            instants += [each for each in found if passage is None or len(found) == 1 or each.fold == passage]
    if not instants and missing:
        raise DateDoesNotExist(missing[0], _to_utc(missing[0], there).astimezone(zone))
    if not instants:
        raise DateNotUnderstood(text)
    return _settle(instants, now, zone)


def _take_passage(line: str) -> tuple[str, int | None]:
    """Which of the two passages is meant when clocks show an hour twice, in the words `say_instant` uses."""
    found = _CLOCKS_CHANGE.search(line)
    if not found:
        return line, None
    return line[: found.start()] + line[found.end() :], 0 if found["first"] else 1


def _after_a_while(line: str, language: Language) -> timedelta | None:
    """ "Dans deux heures", "in 90 minutes": a length of time from now, rather than a day and a time."""
    found = re.match(r"(?:dans|d'ici|in|within) (.+)$", line)
    minutes = minutes_in(found[1], language) if found else None
    return timedelta(minutes=minutes) if minutes else None


def _walls(candidate: Day, clock: Clock, weekday: int | None, local: datetime) -> list[datetime]:
    """The wall times one day and one time of day stand for, moved on past `local` where words allow it."""

    def is_over(day: date) -> bool:
        last = _wall(day, clock).replace(tzinfo=local.tzinfo, fold=1)
        return last.astimezone(UTC) <= local.astimezone(UTC)

    while candidate.step != "none" and is_over(candidate.day):
        candidate = candidate.following()
    return [_wall(day, clock) for day in agreeing(candidate, weekday, is_over)]


def _wall(day: date, clock: Clock) -> datetime:
    return datetime.combine(day + timedelta(days=clock.plus_days), clock.at)


def _to_utc(wall: datetime, zone: ZoneInfo) -> datetime:
    return wall.replace(tzinfo=zone).astimezone(UTC)


def _instants(wall: datetime, zone: ZoneInfo) -> list[datetime]:
    """The instants at which clocks show `wall`: none in a gap, two when it occurs twice, otherwise one."""
    found: list[datetime] = []
    for fold in (0, 1):
        instant = _to_utc(wall.replace(fold=fold), zone)
        back = instant.astimezone(zone)
        if back.replace(tzinfo=None, fold=0) == wall and all(
            _to_utc(each, zone) != instant for each in found
        ):
            found.append(back)
    return found


def _settle(instants: list[datetime], now: datetime, zone: ZoneInfo) -> datetime:
    """The one instant still to come. Raises DateInThePast when there is none, DateAmbiguous when several."""
    ordered = sorted({each.astimezone(UTC) for each in instants})
    future = [each.astimezone(zone) for each in ordered if each > now]
    if not future:
        raise DateInThePast(ordered[-1].astimezone(zone))
    if len(future) > 1:
        raise DateAmbiguous(tuple(future))
    return future[0]


def _without_time(reading: DayReading, local: datetime) -> DateProblem:
    """What is wrong with a day that came without a time: first the day itself, if it is past or unsure."""
    today = local.date()
    days: set[date] = set()
    for candidate in reading.candidates:
        while candidate.step != "none" and candidate.day < today:
            candidate = candidate.following()
        days.update(agreeing(candidate, reading.weekday, lambda day: day < today))
    future = sorted(day for day in days if day >= today)
    zone = local.tzinfo
    if not future:
        return DateInThePast(datetime.combine(max(days), time(0), zone))
    if len(future) > 1:
        return DateAmbiguous(tuple(datetime.combine(day, time(0), zone) for day in future), time_known=False)
    return TimeMissing(future[0])


def _general_day(left: str, language: Language, local: datetime) -> DayReading | None:
    """The day as a general reader of dates finds it, for what our own rules do not know.

    Never asked about a weekday: it takes "mardi prochain" and "samedi en huit" for days nobody means.
    """
    # It makes a day of any figure it is left with ("demain 9 à 10h"), so each must count days or weeks.
    if not re.search(r"\d", left) or re.search(r"\d(?!\d| (?:day|week|fortnight|month|year)\b)", left):
        return None
    if any(word in left.split() for word in WEEKDAYS):
        return None
    import dateparser  # type: ignore[import-untyped,unused-ignore]  # heavy to load, and seldom needed

    try:
        found = dateparser.parse(
            left,
            languages=[language, "en" if language == "fr" else "fr"],
            settings={
                "RELATIVE_BASE": local.replace(tzinfo=None),
                "PREFER_DATES_FROM": "future",
                "REQUIRE_PARTS": ["day"],
            },
        )
    except (ValueError, OverflowError):
        return None
    return DayReading((Day(found.date()),)) if found else None


def _with_offset(text: str) -> datetime | None:
    """An instant written in full with its distance from universal time, as calendars export them."""
    line = plain(text)
    if not _OFFSET.match(line):
        return None
    try:
        return datetime.fromisoformat(line.replace(" ", "").upper() if "t" in line else line.upper())
    except ValueError as error:
        raise DateNotUnderstood(text) from error


def _only_stray(left: str) -> bool:
    return all(word in _STRAY for word in left.split())
