"""Instants and lengths of time in words, in either language.

French uses non-breaking spaces inside a time ("15 h 30") and never the 12-hour clock.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.units import format_unit

from bot.chat.language import Language
from bot.dates.places import say_place_time

_NBSP = "\u00a0"


def say_instant(instant: datetime, *, zone: ZoneInfo, language: Language, now: datetime | None = None) -> str:
    """The instant in full, with whose clock it is.

    "jeudi 14 janvier à 12 h (heure de Montréal)", "Thursday 14 January at 12:00 (Montréal time)". The year is
    said unless it is the year of `now` in `zone`; always, without `now`. An hour that clocks show twice says
    which passage it is. Seconds are left out. Raises ValueError when `instant` or `now` has no zone.
    """
    local = _local(instant, zone)
    place = say_place_time(zone, language)
    return (
        f"{say_day_time(instant, zone=zone, language=language, now=now)} ({place}{_passage(local, language)})"
    )


def say_day_time(
    instant: datetime, *, zone: ZoneInfo, language: Language, now: datetime | None = None
) -> str:
    """The day and time without the place: "jeudi 14 janvier à 12 h". Otherwise as `say_instant`."""
    day = say_day(instant, zone=zone, language=language, now=now)
    joined = "à" if language == "fr" else "at"
    return f"{day} {joined} {say_time(instant, zone=zone, language=language)}"


def say_day(instant: datetime, *, zone: ZoneInfo, language: Language, now: datetime | None = None) -> str:
    """The day of the instant in `zone`: "vendredi 1er janvier". The year is said as in `say_instant`."""
    today = None if now is None else _local(now, zone).date()
    return say_date(_local(instant, zone).date(), language=language, today=today)


def say_date(day: date, *, language: Language, today: date | None = None) -> str:
    """A day: "jeudi 14 janvier", "Thursday 14 January"; the year too unless it is that of `today`."""
    number = "d'er'" if language == "fr" and day.day == 1 else "d"
    year = "" if today is not None and today.year == day.year else " y"
    return format_date(day, f"EEEE {number} MMMM{year}", locale=language)


def say_time(instant: datetime, *, zone: ZoneInfo, language: Language) -> str:
    """The time of the instant in `zone`: "15 h 30", "12 h" in French; "15:30", "12:00" in English."""
    return say_clock_time(_local(instant, zone).time(), language=language)


def say_clock_time(at: time, *, language: Language) -> str:
    """A time of day, to the minute: "9 h", "9 h 05" in French; "09:00", "09:05" in English."""
    if language == "en":
        return f"{at.hour:02}:{at.minute:02}"
    minutes = f"{_NBSP}{at.minute:02}" if at.minute else ""
    return f"{at.hour}{_NBSP}h{minutes}"


def say_duration(duration: timedelta, *, language: Language) -> str:
    """How long, to the minute: "45 min", "2 h", "1 h 30" (French), "1 h 30 min" (English).

    Raises ValueError when negative.
    """
    if duration < timedelta(0):
        raise ValueError(f"a duration cannot be negative: {duration}")
    hours, minutes = divmod(round(duration.total_seconds() / 60), 60)
    if not hours:
        return f"{minutes}{_NBSP}min"
    if not minutes:
        return f"{hours}{_NBSP}h"
    if language == "fr":
        return f"{hours}{_NBSP}h{_NBSP}{minutes:02}"
    return f"{hours}{_NBSP}h {minutes}{_NBSP}min"


def say_gap(gap: timedelta, *, language: Language) -> str:
    """About how far apart two moments are, either way round: "2 jours", "36 hours", "3 weeks".

    One unit, rounded to the nearest: minutes up to two hours, hours up to two days, days up to two weeks,
    then weeks; one hour, one day and one week exactly are said so.
    """
    minutes = round(abs(gap).total_seconds() / 60)
    if minutes == 0:
        return "moins d’une minute" if language == "fr" else "less than a minute"
    for unit, length in (("week", 7 * 24 * 60), ("day", 24 * 60), ("hour", 60)):
        if minutes >= 2 * length or minutes == length:
            return format_unit(round(minutes / length), f"duration-{unit}", length="long", locale=language)
    return format_unit(minutes, "duration-minute", length="long", locale=language)


def _local(instant: datetime, zone: ZoneInfo) -> datetime:
    if instant.utcoffset() is None:
        raise ValueError(f"an instant needs a zone: {instant.isoformat()}")
    # Through universal time, so that the passage of an hour that occurs twice is kept.
    return instant.astimezone(UTC).astimezone(zone)


def _passage(local: datetime, language: Language) -> str:
    """Which passage of an hour that clocks show twice; nothing on any other day."""
    first, second = local.replace(fold=0), local.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return ""
    if local.fold:
        return ", après le changement d’heure" if language == "fr" else ", after the clocks change"
    return ", avant le changement d’heure" if language == "fr" else ", before the clocks change"
