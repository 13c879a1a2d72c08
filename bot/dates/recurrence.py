"""When things come back: recurrence reckoned in local wall time, given as UTC instants.

Everything is counted in days on the local calendar and only then turned into instants. Adding seven times
twenty-four hours to an instant would drift by an hour whenever clocks change.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import WEEKLY, rrule


@dataclass(frozen=True)
class Weekly:
    """Every `every` weeks on `weekday` (Monday is 0) at the wall time `at`.

    The first occurrence is the first such weekday on or after `anchor`; weeks are counted from it, and
    nothing occurs before it. Raises ValueError for a weekday outside 0 to 6, `every` below 1, or a time with
    a zone.
    """

    weekday: int
    at: time
    every: int = 1
    anchor: date = date(2024, 1, 1)  # a Monday: rules without an anchor of their own all keep the same count

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError(f"weekday must be 0 (Monday) to 6 (Sunday), not {self.weekday}")
        if self.every < 1:
            raise ValueError(f"every must be 1 week or more, not {self.every}")
        _require_wall_time(self.at)

    @property
    def first_day(self) -> date:
        """The local day of the first occurrence."""
        return self.anchor + timedelta(days=(self.weekday - self.anchor.weekday()) % 7)


def occurrences(rule: Weekly, zone: ZoneInfo, after: datetime, until: datetime) -> list[datetime]:
    """All occurrences later than `after`, up to and including `until`, as UTC instants in order.

    `after` is left out and `until` kept so that consecutive windows share no occurrence and miss none.
    Raises ValueError when `after` or `until` has no zone.
    """
    _require_aware(after)
    _require_aware(until)
    # Two days of margin: zones differ by up to 14 hours from UTC, and a gap can move an occurrence by a day.
    margin = timedelta(days=2)
    earliest = after.astimezone(UTC).replace(tzinfo=None) - margin
    latest = until.astimezone(UTC).replace(tzinfo=None) + margin
    start = datetime.combine(_first_day_from(rule, earliest.date()), rule.at)
    days = rrule(WEEKLY, interval=rule.every, dtstart=start, until=latest)
    instants = (wall(each.date(), rule.at, zone) for each in days)
    return [instant for instant in instants if after < instant <= until]


def series(first: datetime, *, every_weeks: int, count: int, zone: ZoneInfo) -> list[datetime]:
    """`count` instants in UTC, `every_weeks` weeks apart, all at the wall time that `first` has in `zone`.

    The first element is always `first` itself. Raises ValueError when `first` has no zone, `every_weeks` is
    below 1, or `count` is below 1.
    """
    _require_aware(first)
    if every_weeks < 1 or count < 1:
        raise ValueError(f"every_weeks and count must be 1 or more, not {every_weeks} and {count}")
    local = first.astimezone(zone)
    days = (local.date() + timedelta(weeks=every_weeks * number) for number in range(1, count))
    later = (wall(day, local.time(), zone) for day in days)
    return [first.astimezone(UTC), *later]


def quiet_shift(instant: datetime, *, zone: ZoneInfo, quiet_from: time, quiet_until: time) -> datetime:
    """`instant` in UTC, or the end of the quiet hours it falls in.

    Quiet hours run from `quiet_from` (included) to `quiet_until` (left out), wall time in `zone`, and may
    span midnight; equal times mean there are none. Never earlier than `instant`. Raises ValueError when
    `instant` has no zone or a time has one.
    """
    _require_aware(instant)
    _require_wall_time(quiet_from)
    _require_wall_time(quiet_until)
    moved = instant.astimezone(UTC)
    # A loop, since the end of quiet hours may itself be skipped in spring and land in the next ones.
    while _is_quiet(moved.astimezone(zone).time(), quiet_from, quiet_until):
        local = moved.astimezone(zone)
        # Quiet hours that span midnight end tomorrow when it is still evening.
        day = local.date() if local.time() < quiet_until else local.date() + timedelta(days=1)
        end = wall(day, quiet_until, zone)
        if end <= moved:
            # Inside an hour that clocks repeat in autumn, the first passage of that time is already over.
            end = datetime.combine(day, quiet_until, zone).replace(fold=1).astimezone(UTC)
        moved = end
    return moved


def wall(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The UTC instant at which clocks in `zone` show `at` on `day`.

    A wall time skipped in spring gives the first instant after the gap; one that occurs twice in autumn gives
    the first of the two. Raises ValueError when `at` has a zone.
    """
    _require_wall_time(at)
    shown = datetime.combine(day, at.replace(fold=0))
    by_offset_before = shown.replace(tzinfo=zone).astimezone(UTC)
    if by_offset_before.astimezone(zone).replace(tzinfo=None, fold=0) == shown:
        return by_offset_before
    by_offset_after = shown.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return _change_between(by_offset_after, by_offset_before, zone)


def _change_between(early: datetime, late: datetime, zone: ZoneInfo) -> datetime:
    """The instant in (early, late] from which the zone's offset is the one it has at `late`."""
    offset = late.astimezone(zone).utcoffset()
    low = 0
    high = int((late - early).total_seconds()) + 1
    start = early.replace(microsecond=0)
    # Zone data has whole seconds, so halving the gap finds the change exactly.
    while high - low > 1:
        middle = (low + high) // 2
        if (start + timedelta(seconds=middle)).astimezone(zone).utcoffset() == offset:
            high = middle
        else:
            low = middle
    return start + timedelta(seconds=high)


def _first_day_from(rule: Weekly, day: date) -> date:
    """The first day of the rule on or after `day`, so that old rules are not walked from their beginning."""
    elapsed = (day - rule.first_day).days
    if elapsed <= 0:
        return rule.first_day
    period = 7 * rule.every
    return rule.first_day + timedelta(days=-(-elapsed // period) * period)


def _is_quiet(now: time, quiet_from: time, quiet_until: time) -> bool:
    if quiet_from <= quiet_until:
        return quiet_from <= now < quiet_until
    return now >= quiet_from or now < quiet_until


def _require_aware(instant: datetime) -> None:
    if instant.utcoffset() is None:
        raise ValueError(f"an instant needs a zone: {instant.isoformat()}")


def _require_wall_time(at: time) -> None:
    if at.tzinfo is not None:
        raise ValueError(f"a wall time has no zone of its own: {at.isoformat()}")
