"""Going once through the activity log.

The order of the rows does not matter: a platform may hand over old messages late.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Collection, Iterable
from datetime import UTC, date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from bot.model.activity import Activity
from bot.ports import AtLeast, Unit

PAGE = 20_000
WROTE = frozenset({"message", "reply", "introduction"})
CLICKED = frozenset({"reaction", "rsvp", "vote"})
TOOK_PART = WROTE | CLICKED | {"story"}
CAME_BACK = frozenset({"message", "reply", "reaction", "vote"})
# A newcomer has done something when this happened within their first days.
FIRST_DAYS = timedelta(days=14)


async def activity(unit: Unit, community_id: int, start: datetime, end: datetime) -> AsyncIterator[Activity]:
    """The rows of [start, end), a page at a time, so that a long log is never in memory whole.

    A criterion bounds a field on one side only: rows after `end` are read and passed over.
    """
    last = 0
    while True:
        page = await unit.find(
            Activity, limit=PAGE, community_id=community_id, at=AtLeast(start), id=AtLeast(last + 1)
        )
        for row in page:
            if row.at < end:
                yield row
        if len(page) < PAGE:
            return
        last = page[-1].id


class Weeks:
    """The weeks, Monday to Sunday on the community's clock, that [start, until) touches."""

    def __init__(self, start: datetime, until: datetime, zone: ZoneInfo) -> None:
        self._zone = zone
        first = start.astimezone(zone).date()
        self.first = first - timedelta(days=first.weekday())
        self.mondays: list[date] = []
        self.whole: list[bool] = []
        monday = self.first
        while self._midnight(monday) < until:
            following = monday + timedelta(days=7)
            self.mondays.append(monday)
            self.whole.append(self._midnight(monday) >= start and self._midnight(following) <= until)
            monday = following

    def _midnight(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=self._zone).astimezone(UTC)

    def of(self, instant: datetime) -> int:
        """The number of the week, from 0, in which the instant lies."""
        return (instant.astimezone(self._zone).date() - self.first).days // 7


class Counting:
    """What one pass over the log leaves behind. `left_out`: pseudonyms that count nowhere."""

    def __init__(self, weeks: Weeks, left_out: Collection[str]) -> None:
        self._weeks = weeks
        self._left_out = left_out
        self.kinds: Counter[tuple[int, str]] = Counter()
        self.people: defaultdict[int, set[str]] = defaultdict(set)
        self.wrote: set[str] = set()
        self.clicked: set[str] = set()
        self.told: set[str] = set()
        self.came: set[str] = set()
        self.weeks_of: defaultdict[str, set[int]] = defaultdict(set)
        self._joins: defaultdict[str, list[datetime]] = defaultdict(list)
        self._leaves: defaultdict[str, list[datetime]] = defaultdict(list)
        self._did: defaultdict[str, list[datetime]] = defaultdict(list)
        self._messages: dict[str, tuple[datetime, str]] = {}
        self._replies: defaultdict[str, list[tuple[datetime, str]]] = defaultdict(list)

    def add(self, row: Activity) -> None:
        who, kind = row.who, row.kind
        if who in self._left_out:
            return
        week = self._weeks.of(row.at)
        self.kinds[week, kind] += 1
        if kind == "join":
            self._joins[who].append(row.at)
        elif kind == "leave":
            self._leaves[who].append(row.at)
        if kind not in TOOK_PART:
            return
        self._took_part(who, row.at, week)
        if kind in WROTE:
            self.wrote.add(who)
        elif kind in CLICKED:
            self.clicked.add(who)
        else:
            self.told.add(who)
        if kind in CAME_BACK:
            self.weeks_of[who].add(week)
        if kind == "message":
            self._messages[row.event] = (row.at, who)
        elif kind == "reply":
            self._replies[row.answers].append((row.at, who))

    def attended(self, who: str, at: datetime) -> None:
        """Coming to a session is not in the log at its own hour: it is told apart."""
        self.came.add(who)
        self._took_part(who, at, self._weeks.of(at))

    def _took_part(self, who: str, at: datetime, week: int) -> None:
        self.people[week].add(who)
        self._did[who].append(at)

    def arrivals(self) -> dict[str, datetime]:
        """When each who arrived first did so."""
        return {who: min(instants) for who, instants in self._joins.items()}

    def departures(self) -> dict[str, datetime]:
        """When each who left, and did not come back, did so."""
        last = {who: max(instants) for who, instants in self._leaves.items()}
        return {who: at for who, at in last.items() if all(back < at for back in self._joins.get(who, ()))}

    def started(self, arrivals: Iterable[tuple[str, datetime]]) -> int:
        """How many of them took part within FIRST_DAYS of arriving."""
        return sum(
            any(joined <= at < joined + FIRST_DAYS for at in self._did.get(who, ()))
            for who, joined in arrivals
        )

    def steps(self) -> list[set[str]]:
        """Everyone who took part, each in the group of their highest step: clicked, wrote, told, came."""
        groups: list[set[str]] = []
        above: set[str] = set()
        for group in (self.came, self.told, self.wrote, self.clicked):
            groups.append(group - above)
            above |= group
        return groups[::-1]

    def came_back(self, last: int) -> tuple[int, int]:
        """Of those whose first week of writing or reacting came before week `last`: how many did so again in
        another week, and how many they are."""
        firsts = [weeks for weeks in self.weeks_of.values() if min(weeks) < last]
        return sum(len(weeks) > 1 for weeks in firsts), len(firsts)

    def came_back_after(self, gap: int, whole: list[bool]) -> tuple[int, int]:
        """The same, in the week that lies `gap` weeks after each one's first, where that week is whole.

        The usual retention by cohort, all cohorts of the period added up: a share that does not lean on how
        one week happened to go.
        """
        weeks = [w for w in self.weeks_of.values() if min(w) + gap < len(whole) and whole[min(w) + gap]]
        return sum(min(w) + gap in w for w in weeks), len(weeks)

    def first_replies(self) -> list[float]:
        """For each message that someone else replied to, minutes until the first such reply."""
        waits = []
        for event, (asked, who) in self._messages.items():
            others = [at for at, replier in self._replies.get(event, ()) if replier != who]
            if others:
                waits.append(max(0.0, (min(others) - asked).total_seconds() / 60))
        return waits


def middle(values: list[float]) -> int:
    """The median, to the minute: half lie below it, half above."""
    return round(median(values))
