"""What goes out by itself, and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from bot.chat.content import Argument

DueState = Literal["pending", "done", "skipped", "merged", "overtaken", "failed"]

# Why a row is closed, where its state does not say it all.
FACILITATOR, PAUSED, HOLIDAY, LATE, UNKNOWN, NOBODY = "facilitator", "paused", "holiday", "late", "unknown", "nobody"


@dataclass(eq=False, kw_only=True)
class Due:
    """One automated post to come, unique in its community by `key` (its rhythm and its instant).

    `kind` names what is to be done, as "feature.due". `moved`: a person chose the hour, so that planning anew leaves
    it alone. skipped, merged, overtaken: passed over, by the rules of bot/falling_due.py. failed: a fault of ours, in
    the log.

    `rhythm_at`: its hour by the rhythm, where quiet hours or holidays put it off. `late_from`: the hour it should have
    gone out at, where it was put off again since that was missed. `closed_at`: since when it is no more pending, and
    `reason` why, where that is not that it was said. `merged_into`: the row that goes out in its stead.
    """

    id: int = 0
    community_id: int
    key: str
    kind: str
    due_at: datetime
    args: dict[str, Argument] = field(default_factory=dict)
    state: DueState = "pending"
    moved: bool = False
    rhythm_at: datetime | None = None
    late_from: datetime | None = None
    closed_at: datetime | None = None
    reason: str = ""
    merged_into: int | None = None

    def close(self, state: DueState, at: datetime, reason: str = "", into: int | None = None) -> None:
        self.state, self.closed_at, self.reason, self.merged_into = state, at, reason, into

    def reopen(self) -> None:
        self.state, self.closed_at, self.reason, self.merged_into = "pending", None, "", None


@dataclass(eq=False, kw_only=True)
class Pause:
    """Nothing of `feature` ("" for all) goes out by itself until `until` (None: until someone resumes)."""

    id: int = 0
    community_id: int
    feature: str = ""
    until: datetime | None = None

    def over(self, at: datetime) -> bool:
        return self.until is not None and self.until <= at


@dataclass(eq=False, kw_only=True)
class Holiday:
    """From `first` to `last`, both included, a facilitator said that the community is off, or with `off` False that
    it is not. Of two that speak of the same day the later one counts."""

    id: int = 0
    community_id: int
    first: date
    last: date
    off: bool = True


@dataclass(eq=False, kw_only=True)
class Deed:
    """What a facilitator did last, to be undone. `name` is that of its command, as "feature.command"; `args` tell
    how it was before. One a person: only the last can be undone."""

    id: int = 0
    community_id: int
    person_id: int
    name: str
    args: dict[str, Argument] = field(default_factory=dict)
    at: datetime
