"""What becomes of a row that falls due: it goes out, late or not, is put off, or is passed over, and why.

Each kind of row has its rule, declared with it (bot/feature.py). Nothing is read or kept here: the plan asks the same
of rows still to come, so that what it shows is what will happen.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.chat.content import Argument
from bot.dates.recurrence import quiet_shift, wall
from bot.feature import DueKind
from bot.holidays import Holidays
from bot.model.rhythm import HOLIDAY, LATE, PAUSED, Due, DueState, Pause

# Later than this, it says that it is late.
ON_TIME = timedelta(minutes=5)
# What is still of use for less than this does not wait.
LAST_MINUTE = timedelta(hours=1)
# What waits for something that nobody knows the hour of is looked at again after so long.
LOOKED_AT_AGAIN = timedelta(days=1)
# Where holidays go on for longer than this, whoever wrote them down meant something else.
LONGEST_HOLIDAYS = 800
FOR_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Quiet:
    """When a community is left in peace. `hours`: from when to when, each day."""

    zone: ZoneInfo
    hours: tuple[time, time]
    holidays: Holidays
    pauses: Collection[Pause] = ()

    def off(self, at: datetime) -> bool:
        """Whether the day of that instant is a holiday."""
        return self.holidays.off(self.day(at))

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def pause(self, feature: str, at: datetime) -> Pause | None:
        """The longest pause in which that instant lies, if any."""
        of_it = [p for p in self.pauses if p.feature in ("", feature) and not p.over(at)]
        return max(of_it, key=lambda p: p.until or FOR_EVER) if of_it else None

    def over(self, kind: DueKind, at: datetime, args: Mapping[str, Argument], *, late: bool = False) -> datetime:
        """From when on that kind may go out: that instant, or the next that is neither in quiet hours nor on a
        holiday. `late`: it missed its own hour, and has no privilege any more. What would be of no use by then does
        not wait."""
        last = ended(kind, args)
        free = self._free(kind, at, late)
        return at if last is not None and free > last - LAST_MINUTE else free

    def _free(self, kind: DueKind, at: datetime, late: bool) -> datetime:
        waits = kind.on_holidays == "moved" or (late and kind.on_holidays == "skipped")
        while not kind.chore:
            later = at
            if kind.heeds_quiet_hours or late:
                later = self._after_quiet_hours(later)
            if waits and self.off(later):
                later = wall(self._working_day(self.day(later)), self._hour(later), self.zone)
            if later <= at:
                break
            at = later
        return at

    def in_time(self, kind: DueKind, at: datetime, *, first: datetime, latest: datetime) -> datetime | None:
        """That instant; or, where days off would put it off beyond `latest`, the last day before them, at the same hour
        or where quiet hours end. None where that is before `first`."""
        if self.over(kind, at, {}) <= latest:
            return at
        before = self._last_before(kind, at)
        return before if before >= first else None

    def _last_before(self, kind: DueKind, at: datetime) -> datetime:
        day, hour = self.day(at), self._hour(self._after_quiet_hours(at) if kind.heeds_quiet_hours else at)
        for _ in range(LONGEST_HOLIDAYS):
            if not self.holidays.off(day):
                break
            day -= timedelta(days=1)
        return wall(day, hour, self.zone)

    def _after_quiet_hours(self, at: datetime) -> datetime:
        return quiet_shift(at, zone=self.zone, quiet_from=self.hours[0], quiet_until=self.hours[1])

    def _hour(self, at: datetime) -> time:
        return at.astimezone(self.zone).time().replace(fold=0)

    def _working_day(self, day: date) -> date:
        for _ in range(LONGEST_HOLIDAYS):
            day += timedelta(days=1)
            if not self.holidays.off(day):
                break
        return day


@dataclass(frozen=True, slots=True)
class Fate:
    """`state` "pending": put off until `at`, or None: to the end of a pause that has none yet. "done": it goes out now,
    `late` or not. `into`: the row it is merged into."""

    state: DueState
    reason: str = ""
    at: datetime | None = None
    late: bool = False
    into: int | None = None


def put_off(due: Due, found: Fate, now: datetime) -> None:
    """To when its fate says. What missed its hour, or waits for the end of a pause, remembers which it was."""
    if found.late or found.reason:
        due.late_from = due.late_from or due.due_at
    elif due.rhythm_at is None:
        due.rhythm_at = due.due_at
    due.due_at, due.reason = found.at or now + LOOKED_AT_AGAIN, found.reason


def fate(due: Due, kind: DueKind, now: datetime, quiet: Quiet, others: Sequence[Due] = ()) -> Fate:
    """`others`: pending rows of the same kind in the same community that are due by now."""
    alone = _alone(due, kind, now, quiet)
    if alone.state == "skipped" or not may_merge(due, kind, now):
        return alone
    after = [other for other in others if _same(kind, due, other) and _order(other) > _order(due)]
    for other in sorted(after, key=_order, reverse=True):
        if _alone(other, kind, now, quiet).state in ("done", "pending"):
            return Fate("merged", into=other.id)
    return alone


def may_merge(due: Due, kind: DueKind, now: datetime) -> bool:
    """Whether another of its kind may stand in for it: what goes out at its own hour is not asked."""
    return kind.merges is not None and (due.moved or due.rhythm_at is not None or now - due.due_at > ON_TIME)


def _alone(due: Due, kind: DueKind, now: datetime, quiet: Quiet) -> Fate:
    since, last = due.late_from or due.due_at, useful_until(due, kind)
    late = now - since > ON_TIME
    feature = kind.id.split(".")[0]
    if kind.chore:
        return Fate("overtaken", LATE) if now > last else Fate("done", late=late)
    if pause := quiet.pause(feature, due.due_at) or quiet.pause(feature, now):
        if pause.until is None and kind.useful_for is None:
            return Fate("pending", PAUSED)
        if not kind.waits_for_pause or pause.until is None:
            return Fate("skipped", PAUSED)
        at = quiet.over(kind, max(pause.until, now), due.args, late=True)
        return Fate("pending", PAUSED, at, late) if at <= last else Fate("skipped", PAUSED)
    if now > last:
        return Fate("overtaken", LATE)
    if kind.on_holidays == "skipped" and not due.moved and due.late_from is None and quiet.off(due.due_at):
        return Fate("skipped", HOLIDAY)
    if due.moved and not late:
        return Fate("done")  # whoever chose that hour knew which it was
    at = quiet.over(kind, now, due.args, late=late)
    if at <= now:
        return Fate("done", late=late)
    if late and at > last:
        return Fate("overtaken", LATE)
    return Fate("pending", at=at, late=late)


def useful_until(due: Due, kind: DueKind) -> datetime:
    late = FOR_EVER if kind.useful_for is None else (due.late_from or due.due_at) + kind.useful_for
    return min(late, ended(kind, due.args) or FOR_EVER)


def ended(kind: DueKind, args: Mapping[str, Argument]) -> datetime | None:
    """From when on it is of no use any more, where that is known."""
    about = args.get(kind.before)
    return datetime.fromisoformat(str(about)) if about is not None else None


def _same(kind: DueKind, one: Due, other: Due) -> bool:
    """Whether the two would say the same."""
    return one.id != other.id and all(one.args.get(name) == other.args.get(name) for name in kind.merges or ())


def _order(due: Due) -> tuple[datetime, int]:
    return due.rhythm_at or due.due_at, due.id
