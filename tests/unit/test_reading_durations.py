"""Durations, weekdays and times of day as people type them."""

from datetime import time, timedelta

import pytest

from bot.chat.language import Language
from bot.dates.durations import is_span, read_span
from bot.dates.reading import (
    DateNotUnderstood,
    DurationNotUnderstood,
    DurationOutOfBounds,
    read_clock_time,
    read_duration,
    read_weekday,
)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *(("1 h 30", 90), ("1h30", 90), ("1:30", 90), ("90 min", 90), ("90 minutes", 90), ("1,5 h", 90)),
        *(("une heure et demie", 90), ("1.5 hours", 90), ("an hour and a half", 90), ("1 h 30 min", 90)),
        *(
            ("quatre-vingt-dix minutes", 90),
            ("une heure trente", 90),
            ("1½ h", 90),
            ("1 hour 30 minutes", 90),
        ),
        *(("an hour", 60), ("une heure", 60), ("1 h", 60), ("UNE HEURE", 60), ("1\u00a0h", 60)),
        *(("half an hour", 30), ("une demi-heure", 30), ("demi-heure", 30), ("30 mins", 30)),
        *(("un quart d'heure", 15), ("a quarter of an hour", 15), ("trois quarts d'heure", 45), ("45m", 45)),
        *(("three quarters of an hour", 45), ("une heure et quart", 75), ("an hour and a quarter", 75)),
        *(
            ("deux heures", 120),
            ("2 hrs", 120),
            ("two and a half hours", 150),
            ("2 hours and 15 minutes", 135),
        ),
        *(("5 min", 5), ("24 h", 1440)),
    ],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_durations(text: str, minutes: int, language: Language) -> None:
    assert read_duration(text, language=language) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "text", ["", "90", "hello", "longtemps", "demain", "1:75", "h", "un jour", "9" * 200]
)
def test_durations_not_understood(text: str) -> None:
    with pytest.raises(DurationNotUnderstood):
        read_duration(text, language="fr")


@pytest.mark.parametrize("text", ["2 min", "0 h", "25 h", "24 h 30", "2000 min"])
def test_durations_out_of_bounds(text: str) -> None:
    with pytest.raises(DurationOutOfBounds):
        read_duration(text, language="fr")


@pytest.mark.parametrize(
    ("text", "weekday"),
    [
        *(("lundi", 0), ("Mondays", 0), ("tous les lundis", 0), ("mar.", 1), ("wensday", 2), ("le jeudi", 3)),
        *(("every Friday", 4), ("SAM", 5), ("dimanche", 6)),
    ],
)
def test_weekdays(text: str, weekday: int) -> None:
    assert read_weekday(text) == weekday


@pytest.mark.parametrize("text", ["", "x", "lundi mardi", "lundi 9h", "mars", "14"])
def test_weekdays_not_understood(text: str) -> None:
    with pytest.raises(DateNotUnderstood):
        read_weekday(text)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        *(("9 h", time(9)), ("9h30", time(9, 30)), ("à 9 h", time(9)), ("9:30", time(9, 30))),
        *(("14:00", time(14)), ("2 pm", time(14)), ("2:30 p.m.", time(14, 30)), ("midi", time(12))),
        *(("noon", time(12)), ("minuit", time(0)), ("9 h du soir", time(21)), ("midi et demi", time(12, 30))),
        ("15\u00a0h\u00a005", time(15, 5)),
    ],
)
def test_clock_times(text: str, at: time) -> None:
    assert read_clock_time(text) == at


@pytest.mark.parametrize("text", ["", "3", "at 3", "25h", "lundi 9 h", "9 h 10 h", "matin"])
def test_clock_times_not_understood(text: str) -> None:
    with pytest.raises(DateNotUnderstood):
        read_clock_time(text)


@pytest.mark.parametrize(
    ("language", "text", "hours"),
    [
        *(("fr", "3 jours", 72), ("fr", "une semaine", 168), ("fr", "pendant deux semaines", 336), ("fr", "1 h", 1)),
        *(("en", "a week", 168), ("en", "for two days", 48), ("en", "36 hours", 36), ("fr", "un mois", 720)),
        *(("en", "a fortnight", 336), ("fr", "quinze jours", 360), ("en", "3 jours", 72)),
    ],
)
def test_how_long_something_stays_open(language: Language, text: str, hours: int) -> None:
    assert read_span(text, language=language) == timedelta(hours=hours)
    assert is_span(text)


@pytest.mark.parametrize("text", ["31 jours", "59 min", "0 jour", "900 weeks"])
def test_too_short_or_too_long_to_stay_open(text: str) -> None:
    assert is_span(text)
    with pytest.raises(DurationOutOfBounds):
        read_span(text, language="fr")


@pytest.mark.parametrize("text", ["jeudi", "3", "", "bientôt", "3 jours et demi", "x" * 5000, "٣ days of"])
def test_no_length_of_time(text: str) -> None:
    assert not is_span(text)
    with pytest.raises(DurationNotUnderstood):
        read_span(text, language="fr")
