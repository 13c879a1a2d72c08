"""What goes out by itself, and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.chat.content import Argument


@dataclass(eq=False, kw_only=True)
class Due:
    """One automated post to come, unique in its community by `key` (its rhythm and its instant).

    `kind` names what is to be done, as "feature.due". `moved`: a person chose the hour, so that
    planning anew leaves it alone. overtaken: it was too late to be of use. failed: a fault of ours, in the log.
    """

    id: int = 0
    community_id: int
    key: str
    kind: str
    due_at: datetime
    args: dict[str, Argument] = field(default_factory=dict)
    state: Literal["pending", "done", "skipped", "overtaken", "failed"] = "pending"
    moved: bool = False


@dataclass(eq=False, kw_only=True)
class Pause:
    """Nothing of `feature` ("" for all) goes out by itself until `until` (None: until someone resumes)."""

    id: int = 0
    community_id: int
    feature: str = ""
    until: datetime | None = None
