"""What people type that cannot be used as it stands, and the reason given."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.chat.language import Language
from bot.dates.reading import (
    DateAmbiguous,
    DateDoesNotExist,
    DateInThePast,
    DateNotUnderstood,
    DateProblem,
    DurationNotUnderstood,
    TimeMissing,
    read_instant,
)
from tests.unit.test_reading_dates import NOW, TORONTO, read


@pytest.mark.parametrize(
    "text",
    [
        *("", "   ", "bonjour", "hello", "au revoir 15h", "la semaine prochaine", "next week", "on verra"),
        *(
            "5 pm EST",
            *(
                "demain 9 à 10h",
                "next month 3 at 9am",
                "2 weeks on Friday at 9am",
                "5 minutes ago",
                "61 to 0",
            ),
            "99 h moins le quart",
            "14h 16h",
            "jeudi et vendredi 9h",
            "jeudi ou vendredi 9h",
            "31 février 9h",
            "feb 30 9am",
            "32 mars 9h",
        ),
        *(
            "demain 25h",
            "demain 9:75",
            "demain matin 15h",
            "sonday 9am",
            "fin janvier 9h",
            "2027-13-45 12:00",
        ),
        *("jeudi 15 h (heure de Tombouctou-sur-Mer)", "Thursday 15:00 (Nowhere time)", "jeudi 9h pas sûr"),
        *("in 99999 years 9am", "9999-12-31T23:59-10:00", "14", "x" * 5000),
    ],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_not_understood(text: str, language: Language) -> None:
    with pytest.raises(DateNotUnderstood) as problem:
        read(text, language)
    assert problem.value.text == text


@pytest.mark.parametrize(
    ("text", "language", "instant"),
    [
        ("hier 9h", "fr", "2026-11-17T09:00"),
        ("avant-hier 9h", "fr", "2026-11-16T09:00"),
        ("hier", "fr", "2026-11-17T00:00"),
        ("aujourd'hui 9h", "fr", "2026-11-18T09:00"),
        ("aujourd'hui 10h", "fr", "2026-11-18T10:00"),
        ("ce matin 9h", "fr", "2026-11-18T09:00"),
        ("mardi dernier 9h", "fr", "2026-11-17T09:00"),
        ("mercredi dernier 9h", "fr", "2026-11-11T09:00"),
        ("14 janvier 2026 à 9h", "fr", "2026-01-14T09:00"),
        ("yesterday at 9am", "en", "2026-11-17T09:00"),
        ("last Tuesday 9am", "en", "2026-11-17T09:00"),
        ("2026-01-14T12:00Z", "en", "2026-01-14T07:00"),
        ("03/04/2025 9h", "fr", "2025-04-03T09:00"),
    ],
)
def test_in_the_past(text: str, language: Language, instant: str) -> None:
    with pytest.raises(DateInThePast) as problem:
        read(text, language)
    assert problem.value.instant == datetime.fromisoformat(instant).replace(tzinfo=TORONTO)


@pytest.mark.parametrize(
    ("text", "language", "candidates"),
    [
        ("03/04 à 10h", "fr", "2027-03-04T10:00 2027-04-03T10:00"),
        ("03/04/2027 10am", "en", "2027-03-04T10:00 2027-04-03T10:00"),
        ("mardi 14 janvier à 12h", "fr", "2027-01-12T12:00 2027-01-14T12:00"),
        ("Tuesday January 14 at noon", "en", "2027-01-12T12:00 2027-01-14T12:00"),
        ("demain mardi 9h", "fr", "2026-11-19T09:00 2026-11-24T09:00"),
        ("demain mercredi 9h", "fr", "2026-11-19T09:00 2026-11-25T09:00"),
        ("jeudi 14 à 10h", "fr", "2026-12-14T10:00 2027-01-14T10:00"),
        ("at 3", "en", "2026-11-18T15:00 2026-11-19T03:00"),
        ("tomorrow at 3", "en", "2026-11-19T03:00 2026-11-19T15:00"),
        ("tomorrow at 3 o'clock", "en", "2026-11-19T03:00 2026-11-19T15:00"),
        ("tomorrow at 3:30", "en", "2026-11-19T03:30 2026-11-19T15:30"),
        ("half past three tomorrow", "en", "2026-11-19T03:30 2026-11-19T15:30"),
        ("ten to one tomorrow", "en", "2026-11-19T00:50 2026-11-19T12:50"),
        ("Thursday at 12", "en", "2026-11-19T00:00 2026-11-19T12:00"),
        ("jeudi 9 à 10h", "fr", "2026-12-09T10:00 2026-12-10T10:00"),
        ("tomorrow 10", "en", "2026-11-19T10:00 2026-11-19T22:00"),
        ("demain à 3", "fr", "2026-11-19T03:00 2026-11-19T15:00"),
        ("samedi minuit", "fr", "2026-11-21T00:00 2026-11-22T00:00"),
        ("Saturday at midnight", "en", "2026-11-21T00:00 2026-11-22T00:00"),
        ("mercredi en huit 9h", "fr", "2026-11-25T09:00 2026-12-02T09:00"),
        ("dans quinze jours à 9 h", "fr", "2026-12-02T09:00 2026-12-03T09:00"),
        ("dans 8 jours à 9 h", "fr", "2026-11-25T09:00 2026-11-26T09:00"),
    ],
)
def test_ambiguous(text: str, language: Language, candidates: str) -> None:
    expected = [datetime.fromisoformat(each).replace(tzinfo=TORONTO) for each in candidates.split()]
    with pytest.raises(DateAmbiguous) as problem:
        read(text, language)
    assert list(problem.value.candidates) == expected
    assert problem.value.time_known


@pytest.mark.parametrize("text", ["03/04/2027", "mardi 14 janvier"])
def test_an_ambiguous_day_without_a_time(text: str) -> None:
    with pytest.raises(DateAmbiguous) as problem:
        read(text, "fr")
    assert not problem.value.time_known
    assert len(problem.value.candidates) == 2


def test_a_weekday_settles_a_date_in_figures() -> None:
    with pytest.raises(DateAmbiguous):
        read("03/04 10h", "fr")
    assert read("samedi 13/03/2027 10h", "fr") == "2027-03-13 10:00"


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("demain", "fr", date(2026, 11, 19)),
        ("ce soir", "fr", date(2026, 11, 18)),
        ("demain matin", "fr", date(2026, 11, 19)),
        ("mardi prochain", "fr", date(2026, 11, 24)),
        ("mercredi", "fr", date(2026, 11, 18)),
        ("jeudi 14 janvier", "fr", date(2027, 1, 14)),
        ("samedi en huit", "fr", date(2026, 11, 28)),
        ("jeudi (heure de Paris)", "fr", date(2026, 11, 19)),
        ("tonight", "en", date(2026, 11, 18)),
        ("next Tuesday", "en", date(2026, 11, 24)),
        ("in two weeks", "en", date(2026, 12, 2)),
        ("2027-01-14", "en", date(2027, 1, 14)),
    ],
)
def test_the_time_is_missing(text: str, language: Language, day: date) -> None:
    with pytest.raises(TimeMissing) as problem:
        read(text, language)
    assert problem.value.day == day


def test_a_wall_time_that_clocks_skip() -> None:
    with pytest.raises(DateDoesNotExist) as problem:
        read("14 mars 2027 à 2 h 30", "fr")
    assert f"{problem.value.wall:%Y-%m-%d %H:%M}" == "2027-03-14 02:30"
    assert problem.value.suggestion == datetime(2027, 3, 14, 7, 30, tzinfo=UTC)
    assert problem.value.suggestion.tzinfo is TORONTO


def test_a_wall_time_that_occurs_twice() -> None:
    first = datetime(2027, 11, 7, 5, 30, tzinfo=UTC)
    with pytest.raises(DateAmbiguous) as problem:
        read("7 novembre 2027 à 1 h 30", "fr")
    assert [each.astimezone(UTC) for each in problem.value.candidates] == [first, first + timedelta(hours=1)]
    told = read_instant(
        "7 novembre 2027 à 1 h 30, après le changement d'heure", language="fr", zone=TORONTO, now=NOW
    )
    assert told.astimezone(UTC) == first + timedelta(hours=1)


def test_once_the_first_passage_is_over_only_the_second_is_left() -> None:
    between = datetime(2027, 11, 7, 6, 0, tzinfo=UTC)
    told = read_instant("1 h 30", language="fr", zone=TORONTO, now=between)
    assert told.astimezone(UTC) == datetime(2027, 11, 7, 6, 30, tzinfo=UTC)


def test_every_reason_is_a_date_problem() -> None:
    for each in (DateNotUnderstood, DateInThePast, DateAmbiguous, DateDoesNotExist, TimeMissing):
        assert issubclass(each, DateProblem)
    assert issubclass(DurationNotUnderstood, DateProblem)
    with pytest.raises(ValueError, match="needs a zone"):
        read("demain midi", "fr", datetime(2026, 11, 18, tzinfo=None))  # noqa: DTZ001  (refused on purpose)
