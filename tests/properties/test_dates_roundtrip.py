"""Whatever is said is read back as the same instant; whatever is typed gives an instant or a reason."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.chat.language import Language
from bot.dates.reading import (
    DateAmbiguous,
    DateDoesNotExist,
    DateProblem,
    read_clock_time,
    read_duration,
    read_instant,
)
from bot.dates.saying import say_clock_time, say_duration, say_instant

NAMES = [
    "America/Montreal", "America/Toronto", "Europe/Paris", "Australia/Lord_Howe", "America/St_Johns",
    "Africa/Casablanca", "Africa/Cairo", "America/Havana", "Atlantic/Azores", "America/Edmonton", "UTC",
    "America/Argentina/Buenos_Aires", "America/Port-au-Prince", "Africa/El_Aaiun", "Asia/Hong_Kong",
    "EST5EDT", "Asia/Kathmandu", "Pacific/Chatham", "America/North_Dakota/New_Salem", "Etc/GMT+5",
]  # fmt: skip
zones = st.sampled_from([ZoneInfo(name) for name in NAMES])
languages: st.SearchStrategy[Language] = st.sampled_from(["fr", "en"])
MINUTE = timedelta(minutes=1)
TORONTO = ZoneInfo("America/Toronto")
START = datetime(2026, 1, 1, tzinfo=UTC)
instants = st.integers(0, 4 * 366 * 24 * 60).map(lambda each: START + each * MINUTE)
gaps = st.one_of(st.integers(1, 60 * 24 * 30), st.integers(1, 60 * 24 * 400)).map(lambda each: each * MINUTE)


@settings(max_examples=1500, deadline=None)
@given(now=instants, gap=gaps, zone=zones, said=languages, read=languages, with_now=st.booleans())
@example(datetime(2027, 11, 1, tzinfo=UTC), timedelta(days=6, hours=5, minutes=30), TORONTO, "fr", "en", True)
@example(datetime(2027, 11, 1, tzinfo=UTC), timedelta(days=6, hours=6, minutes=30), TORONTO, "en", "fr", True)
@example(datetime(2026, 12, 31, 12, tzinfo=UTC), timedelta(hours=17), TORONTO, "fr", "fr", True)
def test_what_is_said_is_read_back(
    now: datetime, gap: timedelta, zone: ZoneInfo, said: Language, read: Language, with_now: bool
) -> None:
    instant = now + gap
    words = say_instant(instant, zone=zone, language=said, now=now if with_now else None)
    assert read_instant(words, language=read, zone=zone, now=now).astimezone(UTC) == instant


@settings(max_examples=300, deadline=None)
@given(now=instants, gap=gaps, home=zones, away=zones, said=languages)
def test_what_is_said_on_one_clock_is_read_on_another(
    now: datetime, gap: timedelta, home: ZoneInfo, away: ZoneInfo, said: Language
) -> None:
    instant = now + gap
    if away.key in ("EST5EDT", "Etc/GMT+5") and home != away:
        return  # these are nobody's city
    words = say_instant(instant, zone=away, language=said)
    read = read_instant(words, language=said, zone=home, now=now)
    assert read.astimezone(UTC) == instant
    assert read.tzinfo == home


@given(at=st.times().map(lambda each: each.replace(second=0, microsecond=0)), language=languages)
def test_clock_times(at: time, language: Language) -> None:
    assert read_clock_time(say_clock_time(at, language=language)) == at


@given(minutes=st.integers(5, 24 * 60), said=languages, read=languages)
def test_durations(minutes: int, said: Language, read: Language) -> None:
    duration = minutes * MINUTE
    assert read_duration(say_duration(duration, language=said), language=read) == duration


WORDS = [
    "mardi",
    "jeudi",
    "14",
    "31",
    "99",
    "0",
    "h",
    ":",
    "janvier",
    "février",
    "prochain",
    "dernier",
    "en",
    "huit",
    "quinze",
    "dans",
    "in",
    "next",
    "le",
    "à",
    "at",
    "midi",
    "minuit",
    "noon",
    "am",
    "pm",
    "demain",
    "tomorrow",
    "soir",
    "ce",
    "tonight",
    "heure",
    "de",
    "Paris",
    "time",
    "(",
    ")",
    "/",
    "-",
    ".",
    ",",
    "2027",
    "30",
    "semaine",
    "weeks",
    "an",
    "a",
    "et",
    "demie",
    "moins",
    "quart",
    "half",
    "past",
    "to",
    "03/04",
    "2027-02-30",
    "15h30",
    "9:99",
    "24:00",
    "sept",
    "mar",
    "day",
    "½",
    "@",
    "99999",
    "ago",
    "il",
    "y",
    "a",
    "T",
    "Z",
    "+01:00",
]


@settings(max_examples=1000, deadline=None)
@given(
    text=st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)),
    now=instants,
    zone=zones,
    language=languages,
)
@example("9999-12-31T23:59-10:00", START, TORONTO, "en")
@example("31 décembre 9999 à 24 h", START, TORONTO, "fr")
def test_whatever_is_typed_gives_a_coming_instant_or_a_reason(
    text: str, now: datetime, zone: ZoneInfo, language: Language
) -> None:
    try:
        read = read_instant(text, language=language, zone=zone, now=now)
    except DateProblem:
        return
    assert read > now
    assert read.tzinfo == zone


@settings(max_examples=400, deadline=None)
@given(now=instants, zone=zones, weekday=st.integers(0, 6), at=st.times(), coming=st.booleans())
def test_a_weekday_is_the_first_still_to_come(
    now: datetime, zone: ZoneInfo, weekday: int, at: time, coming: bool
) -> None:
    name = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"][weekday]
    text = f"{name} prochain à {at:%H:%M}" if coming else f"{name} {at:%Hh%M}"
    today = now.astimezone(zone).date()
    try:
        read = read_instant(text, language="fr", zone=zone, now=now)
    except (DateAmbiguous, DateDoesNotExist):
        return  # the hours in which clocks change
    assert read.weekday() == weekday
    assert (read.hour, read.minute) == (at.hour, at.minute)
    ahead = (read.date() - today).days
    assert 1 <= ahead <= 7 if coming else 0 <= ahead <= 7
    if not coming and ahead == 7:
        assert datetime.combine(today, read.time(), zone).astimezone(UTC) <= now
