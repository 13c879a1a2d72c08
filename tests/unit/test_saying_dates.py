"""Instants, days and lengths of time in words."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.chat.language import Language
from bot.dates.saying import (
    say_clock_time,
    say_date,
    say_day,
    say_day_time,
    say_duration,
    say_gap,
    say_instant,
    say_time,
)

MONTREAL = ZoneInfo("America/Montreal")
NOON = datetime(2027, 1, 14, 17, 0, tzinfo=UTC)
THAT_YEAR = datetime(2027, 1, 2, tzinfo=UTC)
YEAR_BEFORE = datetime(2026, 12, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "now", "said"),
    [
        ("fr", THAT_YEAR, "jeudi 14 janvier à 12\u00a0h (heure de Montréal)"),
        ("en", THAT_YEAR, "Thursday 14 January at 12:00 (Montréal time)"),
        ("fr", YEAR_BEFORE, "jeudi 14 janvier 2027 à 12\u00a0h (heure de Montréal)"),
        ("en", YEAR_BEFORE, "Thursday 14 January 2027 at 12:00 (Montréal time)"),
        ("fr", None, "jeudi 14 janvier 2027 à 12\u00a0h (heure de Montréal)"),
        ("en", None, "Thursday 14 January 2027 at 12:00 (Montréal time)"),
    ],
)
def test_an_instant_in_full(language: Language, now: datetime | None, said: str) -> None:
    assert say_instant(NOON, zone=MONTREAL, language=language, now=now) == said


def test_the_year_is_that_of_the_place() -> None:
    # Already 2027 in universal time, still 2026 in Montréal.
    now = datetime(2027, 1, 1, 2, 0, tzinfo=UTC)
    assert say_day(NOON, zone=MONTREAL, language="fr", now=now) == "jeudi 14 janvier 2027"
    assert say_day(NOON, zone=ZoneInfo("Europe/Paris"), language="fr", now=now) == "jeudi 14 janvier"


@pytest.mark.parametrize(
    ("key", "french", "english"),
    [
        ("America/Toronto", "heure de Toronto", "Toronto time"),
        ("America/Edmonton", "heure d’Edmonton", "Edmonton time"),
        ("America/Halifax", "heure d’Halifax", "Halifax time"),
        ("America/Yellowknife", "heure d’Edmonton", "Edmonton time"),
        ("America/Port-au-Prince", "heure de Port-au-Prince", "Port-au-Prince time"),
        ("America/Havana", "heure de La Havane", "Havana time"),
        ("America/Argentina/Buenos_Aires", "heure de Buenos Aires", "Buenos Aires time"),
        ("America/North_Dakota/New_Salem", "heure de New Salem", "New Salem time"),
        ("Africa/Cairo", "heure du Caire", "Cairo time"),
        ("Africa/Algiers", "heure d’Alger", "Algiers time"),
        ("Asia/Hong_Kong", "heure de Hong Kong", "Hong Kong time"),
        ("Atlantic/Azores", "heure des Açores", "Azores time"),
        ("Europe/Brussels", "heure de Bruxelles", "Brussels time"),
        ("UTC", "heure universelle", "universal time"),
    ],
)
def test_whose_clock_it_is(key: str, french: str, english: str) -> None:
    assert say_instant(NOON, zone=ZoneInfo(key), language="fr").endswith(f" ({french})")
    assert say_instant(NOON, zone=ZoneInfo(key), language="en").endswith(f" ({english})")


def test_an_hour_shown_twice_says_which() -> None:
    first = datetime(2027, 11, 7, 5, 30, tzinfo=UTC)
    second = first + timedelta(hours=1)
    assert say_instant(first, zone=MONTREAL, language="fr", now=THAT_YEAR) == (
        "dimanche 7 novembre à 1\u00a0h\u00a030 (heure de Montréal, avant le changement d’heure)"
    )
    assert say_instant(second, zone=MONTREAL, language="fr", now=THAT_YEAR) == (
        "dimanche 7 novembre à 1\u00a0h\u00a030 (heure de Montréal, après le changement d’heure)"
    )
    assert say_instant(first, zone=MONTREAL, language="en", now=THAT_YEAR) == (
        "Sunday 7 November at 01:30 (Montréal time, before the clocks change)"
    )
    assert say_instant(second, zone=MONTREAL, language="en", now=THAT_YEAR) == (
        "Sunday 7 November at 01:30 (Montréal time, after the clocks change)"
    )


def test_the_day_and_time_alone() -> None:
    half_past = NOON + timedelta(hours=3, minutes=30)
    french, english = "15\u00a0h\u00a030", "15:30"
    assert say_time(half_past, zone=MONTREAL, language="fr") == french
    assert say_time(half_past, zone=MONTREAL, language="en") == english
    day_time = say_day_time(half_past, zone=MONTREAL, language="fr", now=THAT_YEAR)
    assert day_time == f"jeudi 14 janvier à {french}"
    day_time = say_day_time(half_past, zone=MONTREAL, language="en", now=THAT_YEAR)
    assert day_time == f"Thursday 14 January at {english}"


def test_the_first_of_the_month() -> None:
    today = date(2027, 6, 1)
    assert say_date(date(2027, 1, 1), language="fr", today=today) == "vendredi 1er janvier"
    assert say_date(date(2027, 8, 1), language="fr") == "dimanche 1er août 2027"
    assert say_date(date(2027, 1, 1), language="en", today=today) == "Friday 1 January"
    assert say_date(date(2027, 1, 21), language="fr", today=today) == "jeudi 21 janvier"


@pytest.mark.parametrize(
    ("at", "french", "english"),
    [
        (time(0, 0), "0_h", "00:00"),
        (time(9, 5), "9_h_05", "09:05"),
        (time(12, 0), "12_h", "12:00"),
        (time(15, 30), "15_h_30", "15:30"),
        (time(23, 59, 59), "23_h_59", "23:59"),
    ],
)
def test_times_of_day(at: time, french: str, english: str) -> None:
    assert say_clock_time(at, language="fr") == french.replace("_", "\u00a0")
    assert say_clock_time(at, language="en") == english


@pytest.mark.parametrize(
    ("minutes", "french", "english"),
    [
        (5, "5_min", "5_min"),
        (45, "45_min", "45_min"),
        (60, "1_h", "1_h"),
        (65, "1_h_05", "1_h 5_min"),
        (90, "1_h_30", "1_h 30_min"),
        (1440, "24_h", "24_h"),
    ],
)
def test_durations(minutes: int, french: str, english: str) -> None:
    duration = timedelta(minutes=minutes)
    assert say_duration(duration, language="fr") == french.replace("_", "\u00a0")
    assert say_duration(duration, language="en") == english.replace("_", "\u00a0")


@pytest.mark.parametrize(
    ("gap", "french", "english"),
    [
        (timedelta(seconds=20), "moins d’une minute", "less than a minute"),
        (timedelta(minutes=1), "1 minute", "1 minute"),
        (timedelta(minutes=90), "90 minutes", "90 minutes"),
        (timedelta(hours=1), "1 heure", "1 hour"),
        (timedelta(hours=36), "36 heures", "36 hours"),
        (timedelta(days=1), "1 jour", "1 day"),
        (timedelta(days=2), "2 jours", "2 days"),
        (timedelta(days=-2), "2 jours", "2 days"),
        (timedelta(days=6, hours=20), "7 jours", "7 days"),
        (timedelta(days=7), "1 semaine", "1 week"),
        (timedelta(days=30), "4 semaines", "4 weeks"),
    ],
)
def test_gaps(gap: timedelta, french: str, english: str) -> None:
    assert say_gap(gap, language="fr").replace("\u00a0", " ") == french
    assert say_gap(gap, language="en").replace("\u00a0", " ") == english


def test_what_cannot_be_said_is_refused() -> None:
    naive = NOON.replace(tzinfo=None)
    with pytest.raises(ValueError, match="needs a zone"):
        say_instant(naive, zone=MONTREAL, language="fr")
    with pytest.raises(ValueError, match="needs a zone"):
        say_day(NOON, zone=MONTREAL, language="fr", now=naive)
    with pytest.raises(ValueError, match="negative"):
        say_duration(timedelta(minutes=-1), language="fr")
