"""Recurrence through a whole year: nothing skipped, nothing doubled, nothing adrift."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.dates.recurrence import Weekly, occurrences, quiet_shift, series, wall

NAMES = ["America/Toronto", "Europe/Paris", "Australia/Lord_Howe", "America/St_Johns", "Africa/Casablanca"]
zones = st.sampled_from([ZoneInfo(name) for name in NAMES])
years = st.integers(2024, 2031)
clock_times = st.times().map(lambda each: each.replace(second=0, microsecond=0, fold=0))
SECOND = timedelta(seconds=1)
instants = st.integers(0, 7 * 366 * 86400).map(lambda each: datetime(2024, 1, 1, tzinfo=UTC) + each * SECOND)
cut_lists = st.lists(st.integers(0, 400 * 24))
TORONTO = ZoneInfo("America/Toronto")
PARIS = ZoneInfo("Europe/Paris")


def exists(day: date, at: time, zone: ZoneInfo) -> bool:
    shown = datetime.combine(day, at, zone)
    return shown.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == shown.replace(tzinfo=None)


@settings(max_examples=300, deadline=None)
@given(zone=zones, year=years, at=clock_times, weekday=st.integers(0, 6), every=st.integers(1, 5))
@example(zone=TORONTO, year=2027, at=time(2, 30), weekday=6, every=1)
@example(zone=TORONTO, year=2027, at=time(1, 30), weekday=6, every=1)
@example(zone=PARIS, year=2027, at=time(0, 0), weekday=0, every=2)
@example(zone=ZoneInfo("Australia/Lord_Howe"), year=2027, at=time(2, 15), weekday=6, every=1)
def test_a_year_of_a_weekly_rule(zone: ZoneInfo, year: int, at: time, weekday: int, every: int) -> None:
    rule = Weekly(weekday, at, every, anchor=date(year, 1, 1))
    start = datetime(year - 1, 12, 1, tzinfo=UTC)
    end = datetime(year + 1, 2, 1, tzinfo=UTC)

    found = occurrences(rule, zone, start, end)

    assert all(each.tzinfo is UTC for each in found)
    assert found == sorted(set(found))
    days = [each.astimezone(zone).date() for each in found]
    expected = []
    day = rule.first_day
    while wall(day, at, zone) <= end:
        expected.append(day)
        day += timedelta(weeks=every)
    assert days == expected
    for day, instant in zip(days, found, strict=True):
        assert day.weekday() == weekday
        local = instant.astimezone(zone)
        if exists(day, at, zone):
            assert local.time() == at
            assert local.fold == 0
        else:
            assert local.time() > at
            assert not exists(day, (local - timedelta(minutes=1)).time(), zone)


@settings(max_examples=100, deadline=None)
@given(zone=zones, year=years, at=clock_times, weekday=st.integers(0, 6), cuts=cut_lists)
def test_windows_that_touch_share_nothing_and_miss_nothing(
    zone: ZoneInfo, year: int, at: time, weekday: int, cuts: list[int]
) -> None:
    rule = Weekly(weekday, at, anchor=date(year, 1, 1))
    start = datetime(year, 1, 1, tzinfo=UTC)
    end = start + timedelta(hours=400 * 24)
    edges = [start, *sorted(start + timedelta(hours=cut) for cut in cuts), end]

    whole = occurrences(rule, zone, start, end)

    pieces = [occurrences(rule, zone, low, high) for low, high in pairwise(edges)]
    assert [each for piece in pieces for each in piece] == whole
    for each in whole:
        assert occurrences(rule, zone, each - timedelta(seconds=1), each) == [each]
        assert occurrences(rule, zone, each, each + timedelta(seconds=1)) == []


@settings(max_examples=200, deadline=None)
@given(
    zone=zones,
    first=instants,
    every_weeks=st.integers(1, 6),
    count=st.integers(1, 53),
)
def test_a_series_keeps_its_wall_time(zone: ZoneInfo, first: datetime, every_weeks: int, count: int) -> None:
    found = series(first, every_weeks=every_weeks, count=count, zone=zone)

    assert len(found) == count
    assert found[0] == first
    local = first.astimezone(zone)
    for number, instant in enumerate(found):
        day = local.date() + timedelta(weeks=number * every_weeks)
        assert instant.astimezone(zone).date() == day
        if exists(day, local.time(), zone):
            assert instant.astimezone(zone).time() == local.time().replace(fold=0)


@settings(max_examples=300, deadline=None)
@given(
    zone=zones,
    instant=instants,
    quiet_from=clock_times,
    quiet_until=clock_times,
)
@example(TORONTO, datetime(2027, 11, 7, 6, 15, tzinfo=UTC), time(22), time(1, 30))
@example(TORONTO, datetime(2027, 3, 14, 6, 15, tzinfo=UTC), time(3), time(2, 30))
def test_quiet_hours_end_out_of_quiet_hours(
    zone: ZoneInfo, instant: datetime, quiet_from: time, quiet_until: time
) -> None:
    def shift(each: datetime) -> datetime:
        return quiet_shift(each, zone=zone, quiet_from=quiet_from, quiet_until=quiet_until)

    moved = shift(instant)

    assert moved >= instant
    assert moved - instant <= timedelta(hours=50)
    assert shift(moved) == moved
    now = moved.astimezone(zone).time()
    if quiet_from < quiet_until:
        assert not quiet_from <= now < quiet_until
    elif quiet_from > quiet_until:
        assert quiet_until <= now < quiet_from
    else:
        assert moved == instant


@settings(max_examples=300, deadline=None)
@given(zone=zones, day=st.dates(date(2024, 1, 1), date(2031, 12, 31)), at=st.times())
def test_wall_shows_what_was_asked_or_the_end_of_the_gap(zone: ZoneInfo, day: date, at: time) -> None:
    instant = wall(day, at, zone)

    shown = instant.astimezone(zone).replace(tzinfo=None)
    asked = datetime.combine(day, at)
    if exists(day, at, zone):
        assert shown == asked
    else:
        before = (instant - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
        assert before < asked < shown or asked == shown


@pytest.mark.parametrize(
    ("zone", "day", "at", "utc"),
    [
        ("America/Toronto", date(2027, 3, 14), time(2, 30), "2027-03-14T07:00"),
        ("America/Toronto", date(2027, 11, 7), time(1, 30), "2027-11-07T05:30"),
        ("Europe/Paris", date(2027, 3, 28), time(2, 0), "2027-03-28T01:00"),
        ("Europe/Paris", date(2027, 10, 31), time(2, 30), "2027-10-31T00:30"),
        ("Australia/Lord_Howe", date(2027, 10, 3), time(2, 15), "2027-10-02T15:30"),
        ("Pacific/Apia", date(2011, 12, 30), time(9, 0), "2011-12-30T10:00"),
    ],
)
def test_the_days_clocks_change(zone: str, day: date, at: time, utc: str) -> None:
    assert wall(day, at, ZoneInfo(zone)) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_midnight_every_day_of_the_week_around_a_change_of_clocks() -> None:
    # A rule on each weekday makes a daily rhythm: it must neither skip nor double a day.
    start = datetime(2026, 3, 1, tzinfo=UTC)
    berlin = ZoneInfo("Europe/Berlin")
    found = sorted(
        each
        for weekday in range(7)
        for each in occurrences(Weekly(weekday, time(0)), berlin, start, start + timedelta(days=60))
    )
    days = [each.astimezone(berlin).date() for each in found]
    assert days == [date(2026, 3, 2) + timedelta(days=number) for number in range(60)]


def test_nothing_before_the_anchor() -> None:
    rule = Weekly(3, time(12), 2, anchor=date(2027, 1, 15))
    found = occurrences(rule, TORONTO, datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 2, 5, tzinfo=UTC))
    assert found == [datetime(2027, 1, 21, 17, tzinfo=UTC), datetime(2027, 2, 4, 17, tzinfo=UTC)]


def test_what_makes_no_sense_is_refused() -> None:
    now = datetime(2027, 1, 1, tzinfo=UTC)
    for weekday, every in [(7, 1), (-1, 1), (0, 0)]:
        with pytest.raises(ValueError, match=r"weekday|every"):
            Weekly(weekday, time(9), every, date(2027, 1, 1))
    with pytest.raises(ValueError, match="no zone"):
        Weekly(0, time(9, tzinfo=UTC))
    with pytest.raises(ValueError, match="needs a zone"):
        occurrences(Weekly(0, time(9)), PARIS, now.replace(tzinfo=None), now)
    with pytest.raises(ValueError, match="or more"):
        series(now, every_weeks=1, count=0, zone=PARIS)
    with pytest.raises(ValueError, match="needs a zone"):
        quiet_shift(now.replace(tzinfo=None), zone=PARIS, quiet_from=time(1), quiet_until=time(2))
