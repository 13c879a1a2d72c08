"""What Veillée did since it started, as numbers. Counted as it is done, at the cost of an addition; nothing is written,
and whoever shows the numbers comes for them.

No number tells of a person, a room or a community: only of platforms, capabilities and outcomes, which are few.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from bot.model.flow import ANSWERS, Outbox

SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)
"""Where a spread of waits is cut: what a person notices lies between the second and the seventh."""
INSTANTS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)
# Names come from the code. Should one come from outside all the same, no more than so many are told apart.
MOST_NAMES = 64
# Answers on their way. Beyond, some are not timed.
MOST_AWAITED = 10_000


class Spread:
    """How many fell within each of these bounds, in seconds; those above the last are counted last."""

    def __init__(self, bounds: Sequence[float]) -> None:
        self.bounds = tuple(bounds)
        self.counts = [0] * (len(self.bounds) + 1)
        self.total = 0.0
        self.largest = 0.0

    def add(self, seconds: float) -> None:
        seconds = max(seconds, 0.0)
        self.counts[bisect_left(self.bounds, seconds)] += 1
        self.total += seconds
        self.largest = max(self.largest, seconds)


class Tally:
    """`heard`: when each platform last proved to be there, by `clock`, in seconds. `sent`: when something was last said
    on it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.taken: Counter[tuple[str, str]] = Counter()
        self.answered: Counter[tuple[str, str]] = Counter()
        self.said: Counter[tuple[str, str]] = Counter()
        self.fallen: Counter[tuple[str, str]] = Counter()
        self.troubles = 0
        self.answers = Spread(SECONDS)
        self.lag = Spread(INSTANTS)
        self.heard: dict[str, float] = {}
        self.sent: dict[str, float] = {}
        self._awaited: dict[int, datetime] = {}

    def hear(self, platform: str) -> None:
        """It is there."""
        self.heard[platform] = self.clock()

    def took(self, platform: str, events: Iterable[Any]) -> None:
        """The platform handed this over, and it is kept."""
        self.hear(platform)
        for kind, count in Counter(map(type, events)).items():
            self.taken[platform, kind.__name__] += count

    def answer(self, feature: str, outcome: str, asked: datetime, said: Sequence[Outbox] = ()) -> None:
        """Somebody asked something of that capability, and what came of it is kept. "" for what asks for nothing."""
        if feature:
            _count(self.answered, feature, outcome)
        for row in said:
            if row.purpose in ANSWERS and len(self._awaited) < MOST_AWAITED:
                self._awaited[row.id] = asked

    def say(self, row: Outbox, outcome: str, now: datetime) -> None:
        """What was tried to say was "sent", "refused", "put off", "set aside", "overtaken", or a "mistake" of ours."""
        self.said[row.platform, outcome] += 1
        if outcome == "sent":
            self.sent[row.platform] = self.clock()
        if outcome != "put off" and (asked := self._awaited.pop(row.id, None)) and outcome == "sent":
            self.answers.add((now - asked).total_seconds())

    def fall_due(self, kind: str, outcome: str) -> None:
        """`kind`: "feature.what". `outcome`: the state of the row then."""
        _count(self.fallen, kind.split(".")[0], "put off" if outcome == "pending" else outcome)


def _count(counted: Counter[tuple[str, str]], name: str, outcome: str) -> None:
    if (name, outcome) not in counted and len(counted) >= MOST_NAMES:
        name = "other"
    counted[name, outcome] += 1
