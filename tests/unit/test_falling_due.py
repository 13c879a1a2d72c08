"""What becomes of a row that falls due, by the rule of its kind alone."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.context import Context
from bot.falling_due import Quiet, fate, put_off
from bot.feature import DueKind
from bot.holidays import Holidays
from bot.model.rhythm import Due, Holiday, Pause
from bot.model.settings import HolidaySettings

MONTREAL = ZoneInfo("America/Montreal")
# A Monday, nine in the morning.
NINE = datetime(2027, 1, 11, 14, tzinfo=UTC)
NIGHT = (time(21), time(8))


async def nothing(ctx: Context, due: Due) -> None:
    return


WEEKLY = DueKind("icebreakers.weekly", nothing, timedelta(days=3), True, False, False, (), "skipped")
PULSE = DueKind("pulse.open", nothing, timedelta(days=3), True, False, False, ("session",), "moved")
REMINDER = DueKind(
    "sessions.reminder", nothing, timedelta(days=14), False, False, False, ("session",), "goes", True, before="about"
)


def quiet(*days: str, pauses: tuple[Pause, ...] = (), said: tuple[Holiday, ...] = ()) -> Quiet:
    """With what is kept: an earlier version let days off without end through."""
    kept = HolidaySettings.model_validate_json(json.dumps({"days": days}))
    return Quiet(MONTREAL, NIGHT, Holidays(kept, said), pauses)


def row(id: int = 1, at: datetime = NINE, kind: DueKind = WEEKLY, **more: object) -> Due:
    return Due(id=id, community_id=1, key=str(id), kind=kind.id, due_at=at, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("late", "state", "told"),
    [(timedelta(), "done", False), (timedelta(minutes=5), "done", False), (timedelta(minutes=6), "done", True),
     (timedelta(days=3), "done", True), (timedelta(days=3, seconds=1), "overtaken", False)],
)  # fmt: skip
def test_on_time_late_and_too_late(late: timedelta, state: str, told: bool) -> None:
    found = fate(row(), WEEKLY, NINE + late, quiet())
    assert (found.state, found.late) == (state, told)


def test_missed_at_night_it_is_put_off_once_and_is_late_then() -> None:
    due = row()
    two = NINE + timedelta(hours=17)
    found = fate(due, WEEKLY, two, quiet())
    assert found.state == "pending"
    put_off(due, found, two)
    assert due.due_at == datetime(2027, 1, 12, 13, tzinfo=UTC)
    assert due.late_from == NINE
    assert fate(due, WEEKLY, due.due_at, quiet()).late


def test_put_off_past_its_use_it_is_overtaken() -> None:
    off = quiet("2027-01-12/2027-01-20")
    assert fate(row(), WEEKLY, NINE + timedelta(days=1), off).state == "overtaken"


def test_only_the_last_of_several_goes_out_and_only_if_it_does() -> None:
    first, second, third = (row(i, NINE + timedelta(days=i)) for i in (1, 2, 3))
    now = NINE + timedelta(days=3, hours=1)
    together = [first, second, third]
    assert [fate(due, WEEKLY, now, quiet(), together).into for due in together] == [3, 3, None]
    off = quiet("2027-01-14")
    # The third falls on a day off: the second is the last that goes.
    later = now + timedelta(days=1)
    states = [fate(due, WEEKLY, later, off, together).state for due in together]
    assert states == ["merged", "done", "skipped"]


def test_what_says_something_else_is_not_merged() -> None:
    one, other = row(1, kind=PULSE, args={"session": 1}), row(2, kind=PULSE, args={"session": 2})
    now = NINE + timedelta(hours=1)
    assert fate(one, PULSE, now, quiet(), [one, other]).state == "done"


def test_of_no_use_soon_it_does_not_wait_for_the_morning() -> None:
    begins = datetime(2027, 1, 12, 13, 30, tzinfo=UTC)  # half past eight
    due = row(kind=REMINDER, args={"about": begins.isoformat(), "session": 1})
    night = datetime(2027, 1, 12, 8, tzinfo=UTC)
    assert fate(due, REMINDER, night, quiet()).state == "done"
    assert fate(due, REMINDER, begins + timedelta(seconds=1), quiet()).state == "overtaken"
    noon = row(kind=REMINDER, args={"about": datetime(2027, 1, 12, 17, tzinfo=UTC).isoformat(), "session": 1})
    assert fate(noon, REMINDER, night, quiet()).at == datetime(2027, 1, 12, 13, tzinfo=UTC)


def test_an_hour_chosen_by_a_person_goes_out_whatever_the_hour_but_not_in_a_pause() -> None:
    night = NINE + timedelta(hours=14)
    due = row(at=night, moved=True)
    assert fate(due, WEEKLY, night, quiet("2027-01-11")).state == "done"
    assert fate(due, WEEKLY, night + timedelta(hours=1), quiet()).state == "pending"
    paused = quiet(pauses=(Pause(community_id=1),))
    assert fate(due, WEEKLY, night, paused).reason == "paused"


def test_a_pause_passes_over_or_is_waited_for() -> None:
    until = NINE + timedelta(days=1)
    pauses = (Pause(community_id=1, until=until), Pause(community_id=1, feature="pulse"))
    assert fate(row(), WEEKLY, NINE, quiet(pauses=pauses)).state == "skipped"
    begins = {"about": (NINE + timedelta(days=2)).isoformat()}
    waits = fate(row(kind=REMINDER, args=begins), REMINDER, NINE, quiet(pauses=pauses))
    assert (waits.state, waits.at) == ("pending", until)
    soon = {"about": (until - timedelta(hours=1)).isoformat()}
    assert fate(row(kind=REMINDER, args=soon), REMINDER, NINE, quiet(pauses=pauses)).state == "skipped"
    chore = replace(WEEKLY, chore=True)
    assert fate(row(), chore, NINE, quiet("2027-01-11", pauses=pauses)).state == "done"


def test_the_last_word_about_a_day_counts() -> None:
    monday = NINE.astimezone(MONTREAL).date()
    week = Holiday(id=1, community_id=1, first=monday, last=monday + timedelta(days=6))
    back = Holiday(id=2, community_id=1, first=monday, last=monday, off=False)
    assert quiet(said=(week,)).off(NINE)
    assert not quiet(said=(week, back)).off(NINE)
    assert not quiet("2027-01-11", said=(back,)).off(NINE)
    days = Holidays(HolidaySettings(), (week, back)).periods(monday, monday + timedelta(days=30))
    assert days == [(monday + timedelta(days=1), monday + timedelta(days=6))]


def test_days_off_without_end_do_not_hang() -> None:
    at = quiet("2020-01-01/2090-01-01").over(PULSE, NINE, {})
    assert at > NINE + timedelta(days=700)


@pytest.mark.parametrize(("language", "name"), [("fr", "Fête nationale du Québec"), ("en", "Saint Jean Baptiste Day")])
def test_names_of_public_holidays(language: str, name: str) -> None:
    days = Holidays(HolidaySettings(country="CA", subdivision="QC"))
    day = date(2027, 6, 24)
    assert days.off(day)
    assert name in days.name(day, "fr" if language == "fr" else "en")


@pytest.mark.parametrize(("hour", "before"), [(12, 12), (19, 19), (21, 8)])
def test_brought_before_days_off_it_is_not_put_off_behind_them_by_quiet_hours(hour: int, before: int) -> None:
    off = quiet("2026-12-23/2027-01-03")
    starts = datetime(2027, 1, 4, hour, 30, tzinfo=MONTREAL)
    at = starts - timedelta(days=12)
    found = off.in_time(PULSE, at, first=at - timedelta(days=9), latest=starts - timedelta(days=2))
    assert found is not None
    assert off.over(PULSE, found, {}) == found
    assert found.astimezone(MONTREAL).date() == date(2026, 12, 22)
    assert found.astimezone(MONTREAL).hour == before
