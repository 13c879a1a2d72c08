"""The day inside a text already in the plain vocabulary of `bot.dates.words`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta

from bot.chat.language import Language
from bot.dates.words import MONTHS, WEEKDAYS

Step = Literal["none", "day", "week", "month", "year"]


@dataclass(frozen=True)
class Day:
    """A day, and by how much it moves on when that day, at the time given, has gone by."""

    day: date
    step: Step = "none"

    def following(self) -> "Day":
        """The next day that the same words could mean. Raises OverflowError past the calendar's end."""
        if self.step in ("month", "year"):
            return Day(_next_with(self.day, self.step), self.step)
        return Day(self.day + timedelta(days=7 if self.step == "week" else 1), self.step)


@dataclass(frozen=True)
class DayReading:
    """What was said of the day. `weekday` (Monday is 0) is set when a date must agree with it."""

    candidates: tuple[Day, ...]
    weekday: int | None = None


class NotACalendarDay(ValueError):
    """The figures make no date ("31 février")."""


_WD = "|".join(WEEKDAYS)
_MO = "|".join(MONTHS)
_ORD = r"(?: (?:er|e|st|nd|rd|th)\b)?"
_YEAR = r"(?:(?: of)? (\d{4})\b(?! ?[h:])| next\b)?"
_ISO = re.compile(r"(?<![\d/.-])(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d/.-])")
_FIGURES = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d{2}))?(?![\d/.-])")
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}}){_ORD}(?: of)? ({_MO})\b{_YEAR}")
_MONTH_DAY = re.compile(rf"\b({_MO})(?: the| le)? (\d{{1,2}})\b{_ORD}{_YEAR}")
_NEXT_MONTH_DAY = re.compile(rf"\b(\d{{1,2}}){_ORD}(?: of)?(?: the| le)? (?:month next|next month)\b")
# A bare "14" might as well be an hour; with "le", "the", an ordinal or a weekday it is a day.
_DAY_ONLY = re.compile(
    r"\b(?:(?:le|the|on) (\d{1,2})\b(?: (?:er|st|nd|rd|th)\b)?|(\d{1,2}) (?:er|st|nd|rd|th)\b)"
)
_NUMBER = re.compile(r"\b(\d{1,2})\b")
_IN = re.compile(r"\b(?:in )(\d{1,3}|1 couple of) (day|week|fortnight|month|year)\b")
_FROM_NOW = re.compile(r"\b(\d{1,3}) (day|week|fortnight|month|year) from (?:now|today)\b")
_NAMED = re.compile(r"\b(ereyesterday|yesterday|today|tomorrow|overmorrow)\b(?: (plusweek|plusfortnight)\b)?")
_OFFSETS = {"ereyesterday": -2, "yesterday": -1, "today": 0, "tomorrow": 1, "overmorrow": 2}
_EN_HUIT = re.compile(rf"\b({_WD}) (plusweek|plusfortnight)\b")
_WEEK_ON = re.compile(
    rf"\b(?:(?:1|(?<!\d)(?<!\d )) ?\bweek (?:on|from) ({_WD})|({_WD}) week(?! next)|1 week at ({_WD}))\b"
)
_NEXT_WEEK = re.compile(
    rf"\b(?:({_WD})(?: of)?(?: la)? (?:week next|next week)"
    rf"|(?:la )?(?:week next|next week)(?: on| le)? ({_WD}))\b"
)
_NEXT = re.compile(rf"\b(?:({_WD}) next|next ({_WD}))\b")
_LAST = re.compile(rf"\b(?:({_WD}) last|last ({_WD}))\b")
_FORESEEABLE = timedelta(days=62)
_WEEKDAY = re.compile(rf"\b({_WD})\b")


class _Text:
    """A text from which what has been read is taken out, so that what is left over shows."""

    def __init__(self, text: str) -> None:
        self.left = text

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.search(self.left)
        if found:
            self.left = " ".join((self.left[: found.start()] + " " + self.left[found.end() :]).split())
        return found


def take_day(text: str, today: date, language: Language) -> tuple[DayReading | None, str]:
    """Takes the day out of the text: its reading (None when no day is given) and the text without it.

    "mardi prochain" and "next Tuesday" are the first Tuesday after today; "samedi en huit" is a week after
    the coming Saturday, and both weeks are given when today is itself a Saturday. Raises NotACalendarDay for
    figures that make no date, OverflowError for one beyond the calendar.
    """
    source = _Text(text)
    dated = _dated(source, today)
    relative = _relative(source, today, language) if dated is None else None
    weekday, from_weekday = _weekday(source, today)
    if dated is None and relative is None and (found := _day_only(source, weekday)):
        # "jeudi 14", "le 14", "the 3rd": the month is the first in which that day is still to come.
        dated = (Day(_this_month_or_next(int(found[1] or found[found.re.groups]), today), "month"),)
    if dated is not None or relative is not None:
        return DayReading(dated or relative or (), weekday), source.left
    return (DayReading(from_weekday) if from_weekday else None), source.left


def _day_only(source: _Text, weekday: int | None) -> re.Match[str] | None:
    return source.take(_DAY_ONLY) or (source.take(_NUMBER) if weekday is not None else None)


def agreeing(candidate: Day, weekday: int | None, is_over: Callable[[date], bool]) -> tuple[date, ...]:
    """The day, or both days meant when the weekday said with it (Monday is 0) is not its own.

    "Mardi 14 janvier", which is a Thursday, gives that day and the Tuesday nearest to it: either word may be
    the slip. With a bare number ("jeudi 14") the other day is the next 14th that is a Thursday, if soon.
    `is_over` says which days have gone by: while the date itself is to come, so is the other day.
    """
    day = candidate.day
    if weekday is None or day.weekday() == weekday:
        return (day,)
    if candidate.step == "month":
        other = candidate
        while other.day.weekday() != weekday:
            other = other.following()
        if other.day - day <= _FORESEEABLE:
            return (day, other.day)
    ahead = (weekday - day.weekday()) % 7
    nearest = day + timedelta(days=ahead if ahead <= 3 else ahead - 7)
    while is_over(nearest) and not is_over(day):
        nearest += timedelta(days=7)
    return (day, nearest)


def _dated(source: _Text, today: date) -> tuple[Day, ...] | None:
    if found := source.take(_ISO):
        return (Day(_date(int(found[1]), int(found[2]), int(found[3]))),)
    if found := source.take(_FIGURES):
        return _figures(int(found[1]), int(found[3]), found[4], today)
    if found := source.take(_NEXT_MONTH_DAY):
        month = today.replace(day=1) + relativedelta(months=1)
        return (Day(_date(month.year, month.month, int(found[1]))),)
    if found := source.take(_DAY_MONTH):
        return (_in_year(int(found[1]), MONTHS.index(found[2]) + 1, found[3], today),)
    if found := source.take(_MONTH_DAY):
        return (_in_year(int(found[2]), MONTHS.index(found[1]) + 1, found[3], today),)
    return None


def _figures(first: int, second: int, year: str | None, today: date) -> tuple[Day, ...]:
    """Day and month in either order: Québec, France and the United States do not agree on "03/04"."""
    days = []
    for day, month in dict.fromkeys([(first, second), (second, first)]):
        try:
            days.append(_in_year(day, month, year, today))
        except NotACalendarDay:
            continue
    if not days:
        raise NotACalendarDay(f"{first}/{second}")
    return tuple(days)


def _in_year(day: int, month: int, year: str | None, today: date) -> Day:
    if year:
        return Day(_date(int(year) + (2000 if len(year) == 2 else 0), month, day))
    _date(2024, month, day)  # a leap year: 29 February is a day, only not every year
    for ahead in range(9):
        try:
            return Day(_date(today.year + ahead, month, day), "year")
        except NotACalendarDay:
            continue
    raise NotACalendarDay(f"{day}/{month}")


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NotACalendarDay(str(error)) from error


def _next_with(day: date, step: Literal["month", "year"]) -> date:
    """The same day of the month in the next month, or year, that has it."""
    for ahead in range(1, 9):
        moved = day + (relativedelta(months=ahead) if step == "month" else relativedelta(years=ahead))
        if moved.day == day.day:
            return moved
    raise OverflowError(day)


def _this_month_or_next(number: int, today: date) -> date:
    for ahead in range(3):
        month = today.replace(day=1) + relativedelta(months=ahead)
        try:
            found = month.replace(day=number)
        except ValueError:
            continue
        if found >= today:
            return found
    raise NotACalendarDay(str(number))


def _relative(source: _Text, today: date, language: Language) -> tuple[Day, ...] | None:
    if found := source.take(_NAMED):
        weeks = {"plusweek": 1, "plusfortnight": 2}.get(found[2] or "", 0)
        return (Day(today + timedelta(days=_OFFSETS[found[1]] + 7 * weeks)),)
    if found := source.take(_IN) or source.take(_FROM_NOW):
        number = 2 if "couple" in found[1] else int(found[1])
        if found[2] == "day" and language == "fr" and number in (8, 15):
            # "Dans huit jours" is said for a week, and "dans quinze jours" for two.
            return (Day(today + timedelta(days=number - 1)), Day(today + timedelta(days=number)))
        return (Day(_moved(today, number, found[2])),)
    return None


def _moved(today: date, number: int, unit: str) -> date:
    if unit == "month":
        return today + relativedelta(months=number)
    if unit == "year":
        return today + relativedelta(years=number)
    return today + timedelta(days=number * {"day": 1, "week": 7, "fortnight": 14}[unit])


def _weekday(source: _Text, today: date) -> tuple[int | None, tuple[Day, ...]]:
    """The weekday named, and the days it means when it stands alone."""
    for pattern in (_EN_HUIT, _WEEK_ON, _NEXT_WEEK, _NEXT, _LAST, _WEEKDAY):
        found = source.take(pattern)
        if found is None:
            continue
        named = next(word for word in found.groups() if word)
        weekday = WEEKDAYS.index(named)
        ahead = (weekday - today.weekday()) % 7
        coming = today + timedelta(days=ahead or 7)
        if pattern in (_EN_HUIT, _WEEK_ON):
            weeks = 2 if found.groups()[-1] == "plusfortnight" else 1
            first = coming + timedelta(weeks=weeks)
            # Said on a Saturday, "samedi en huit" may count from today or from the coming one.
            return weekday, (Day(first),) if ahead else (Day(first - timedelta(weeks=1)), Day(first))
        if pattern is _NEXT_WEEK:
            monday = today + timedelta(days=7 - today.weekday())
            return weekday, (Day(monday + timedelta(days=weekday)),)
        if pattern is _NEXT:
            return weekday, (Day(coming),)
        if pattern is _LAST:
            return weekday, (Day(coming - timedelta(weeks=1 if ahead else 2)),)
        return weekday, (Day(today + timedelta(days=ahead), "week"),)
    return None, ()
