"""A year in zones of all kinds, at hours that some days do not have or have twice: nothing skipped, doubled, drifted.

The planner, the store and the timetable are the real ones. What ought to come is counted apart: days on the naive local
calendar, and for each the first instant at which clocks there show that hour or a later one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import WEEKLY, rrule

from bot.app import FEATURES, App
from bot.dates.recurrence import series
from bot.features import icebreakers, pulse
from bot.model.community import Community
from bot.model.rhythm import Due
from bot.model.session import Session
from bot.model.settings import WEEKDAYS, Settings
from bot.rhythm import HORIZON
from scheduler.clock import VirtualClock
from storage.attachments import AttachmentFolder
from storage.seals import FileSeals
from storage.store import SqlStore
from tests import kept

ZONES = (
    "America/Montreal", "Europe/Paris", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "Pacific/Apia",
)  # fmt: skip
HOURS = (time(0), time(2, 30), time(3), time(9), time(12), time(23, 30))
# The last day of it is a leap day, and every zone's clocks change twice on the way.
START = datetime(2027, 2, 24, 12, tzinfo=UTC)
END = datetime(2028, 3, 1, 12, tzinfo=UTC)
NEVER_QUIET = {"start": "00:00", "end": "00:00"}


def shown_first(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first instant at which clocks show that time, or, where they skip it, a later one."""
    around = {(wall + timedelta(days=days)).replace(tzinfo=zone).utcoffset() or timedelta() for days in (-1, 1)}
    met = [at for at in ((wall - offset).replace(tzinfo=UTC) for offset in around) if local(at, zone) == wall]
    if met:
        return min(met)
    at = (wall - max(around)).replace(tzinfo=UTC) - timedelta(days=1)
    while local(at, zone) < wall:
        at += timedelta(minutes=1)
    return at


def local(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def expected(day: str, at: time, every: int, zone: ZoneInfo, after: datetime, until: datetime) -> list[datetime]:
    first = local(after, zone).date()
    while first.weekday() != WEEKDAYS.index(day):
        first += timedelta(days=1)
    days = rrule(WEEKLY, interval=every, dtstart=datetime.combine(first, at), until=local(until, zone))
    return [instant for instant in (shown_first(wall, zone) for wall in days) if after < instant <= until]


class Year:
    """Communities that differ by their clock and their hour, with nobody in them: what is said is not looked at."""

    def __init__(self, folder: Path, start: datetime) -> None:
        self.clock = VirtualClock(start)
        self.store = SqlStore(kept.new(folder))
        self.app = App(
            store=self.store, clock=self.clock, seals=FileSeals(folder / "seals"),
            copies=AttachmentFolder(folder / "attachments"), platforms=[], random=Random(1),
        )  # fmt: skip

    async def begin(self, settings: Sequence[Settings]) -> None:
        await self.app.prepare([(f"c{i}", each) for i, each in enumerate(settings)])

    async def go_on(self, end: datetime) -> None:
        while (due := await self.app.timetable.next()) and due <= end:
            self.clock.move_to(due)
            await self.app.timetable.drain()
        self.clock.move_to(end)

    async def went_out(self, kind: str) -> dict[str, list[datetime]]:
        """When, by community; each closed at the very instant it was due."""
        async with self.store.unit() as unit:
            names = {c.id: c.slug for c in await unit.find(Community)}
            found: dict[str, list[datetime]] = {name: [] for name in names.values()}
            for due in await unit.find(Due, kind=kind, state="done", order="due_at"):
                assert due.closed_at == due.due_at, due.key
                found[names[due.community_id]].append(due.due_at)
            passed_over = await unit.find(Due, kind=kind)
            assert {d.state for d in passed_over} <= {"done", "pending"}
        return found


def of(zone: str, hour: time, **more: Any) -> Settings:
    icebreakers = {"day": "sunday", "at": hour, "every": 1}
    every_other = {"day": "wednesday", "at": hour, "every": 2, "after_sessions": False}
    own = {"name": zone, "zone": zone, "quiet_hours": NEVER_QUIET, "icebreakers": icebreakers, "pulse": every_other}
    return Settings(**own | more)


async def check(folder: Path, settings: list[Settings], start: datetime, end: datetime) -> None:
    year = Year(folder, start)
    try:
        await year.begin(settings)
        await year.go_on(end)
        asked, taken = await year.went_out("icebreakers.weekly"), await year.went_out("pulse.open")
        for i, each in enumerate(settings):
            weekly, on = each.icebreakers, each.pulse
            assert asked[f"c{i}"] == expected(weekly.day, weekly.at, weekly.every, each.clock, start, end), each.zone
            wanted = expected(on.day, on.at, on.every, each.clock, start, end) if on.on else []
            assert taken[f"c{i}"] == wanted, each.zone
    finally:
        await year.store.close()


class Nothing:
    """A unit of work of a community that has nothing but its settings."""

    async def find(self, *_: Any, **__: Any) -> list[Any]:
        return []


@pytest.mark.parametrize("hour", HOURS, ids=str)
@pytest.mark.parametrize("zone", ZONES)
async def test_a_year_as_it_is_planned(zone: str, hour: time) -> None:
    """Planned anew at odd moments, as happens with whatever else happens: each occurrence always under the same key."""
    settings = of(zone, hour)
    community = Community(id=1, slug="c", settings=settings, since=START)
    planned: dict[str, dict[str, datetime]] = {"icebreakers.weekly": {}, "pulse.open": {}}
    now = START
    while now < END:
        ctx: Any = SimpleNamespace(
            settings=settings, community=community, now=now, unit=Nothing(), after_commit=[], features=FEATURES
        )
        for feature in (icebreakers.feature, pulse.feature):
            assert feature.planner is not None
            for each in await feature.planner(ctx, now + HORIZON):
                assert planned[each.kind].setdefault(each.key, each.due_at) == each.due_at
        now += timedelta(days=6, hours=7, minutes=11)
    for kind, every, day in (("icebreakers.weekly", 1, "sunday"), ("pulse.open", 2, "wednesday")):
        wanted = expected(day, hour, every, settings.clock, START, END)
        assert sorted(at for at in planned[kind].values() if at <= END) == wanted


async def test_spring_and_autumn_as_it_goes_out(tmp_path: Path) -> None:
    """The nights on which clocks change are Sundays; at half past two, one has no such hour, the other has it twice."""
    start, end = datetime(2027, 3, 5, tzinfo=UTC), datetime(2027, 4, 13, tzinfo=UTC)
    settings = [of(zone, HOURS[1], pulse={"on": False}) for zone in ("America/Montreal", "Australia/Lord_Howe")]
    await check(tmp_path, settings, start, end)


async def test_a_day_that_never_was(tmp_path: Path) -> None:
    """Apia went from Thursday 29 to Saturday 31 December 2011."""
    friday = {"day": "friday", "at": "09:00"}
    start, end = datetime(2011, 12, 20, tzinfo=UTC), datetime(2012, 1, 10, tzinfo=UTC)
    settings = [of("Pacific/Apia", time(9), icebreakers=friday, pulse={"on": False})]
    await check(tmp_path, settings, start, end)


@pytest.mark.soak
@pytest.mark.parametrize("hour", HOURS, ids=str)
async def test_a_year_every_zone_at_every_hour(tmp_path: Path, hour: time) -> None:
    await check(tmp_path, [of(zone, hour) for zone in ZONES], START, END)


@pytest.mark.soak
@pytest.mark.parametrize("hour", HOURS, ids=str)
@pytest.mark.parametrize("every", [1, 2, 4])
async def test_a_year_of_sessions(tmp_path: Path, hour: time, every: int) -> None:
    """A series as it is planned by its first date: each at the same local hour, its reminder a day before."""
    silent = {"icebreakers": {"on": False}, "pulse": {"on": False}, "stories": {"days": ()}}
    year = Year(tmp_path, START)
    try:
        await year.begin([of(zone, hour, **silent) for zone in ZONES])
        wanted: dict[str, list[datetime]] = {}
        async with year.store.unit() as unit:
            for community in await unit.find(Community):
                zone = community.settings.clock
                wanted[community.slug] = expected("thursday", hour, every, zone, START + timedelta(days=7), END)
                first, count = wanted[community.slug][0], len(wanted[community.slug])
                for number, starts in enumerate(series(first, every_weeks=every, count=count, zone=zone), start=1):
                    await unit.add(Session(
                        community_id=community.id, number=number, theme="", starts=starts, minutes=60, place="",
                        series="s", every_weeks=every, state="planned", planned_by=0, announced=True,
                    ))  # fmt: skip
        await year.app.unasked.plan()
        await year.go_on(END)
        reminded = await year.went_out("sessions.reminder")
        over = await year.went_out("sessions.over")
        for slug, starts_at in wanted.items():
            ended = [starts + timedelta(hours=1) for starts in starts_at]
            assert over[slug] == [at for at in ended if at <= END], slug
            assert reminded[slug] == [at - timedelta(days=1) for at in starts_at], slug
    finally:
        await year.store.close()
