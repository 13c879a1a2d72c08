"""What is asked of people in private without their having asked for anything just now, and how much of it they want."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.chat.content import Argument

Wish = Literal["usual", "less", "sessions", "nothing"]
"""less: one message a week at most. sessions: only what is about a session they said they would come to, or might.
nothing: only answers to what they do."""

WISHES: tuple[Wish, ...] = ("usual", "less", "sessions", "nothing")
"""From the most to the least."""

Why = Literal["", "wish", "room", "quiet", "late", "over", "closed", "gone", "replaced"]


@dataclass(eq=False, kw_only=True)
class Request:
    """One thing to be asked of one person: what was, what still waits, and what never will be.

    `key`: by it, it is asked of them once. `purpose` and `args`: of what its words are made when it is said, and not
    before. `asked_at`: when it would have been said, were there nothing else. `until`: later than that it is of no use.
    `look_at`: while it waits, when it is decided on next.

    sent: by a message of its own, or as the first of several in one. merged: with another, in its message. `message`:
    the outbox key of either. `sent_at`: when it was put there.

    dropped, and `why`. wish: they want less. room: they had their fill of the week for as long as it was of use. quiet:
    nothing went out by itself for as long. late: Veillée was away for as long. over: there was nothing left to ask when
    its turn came; why is not kept, since that may be for their having answered. closed: they cannot be written to.
    gone: they left. replaced: by a later one about the same. When is not kept. While it waits, `why` says what for.

    `due_id`: of the row that asked it as it fell due, if one did. `late_from`: the hour at which it should have been
    asked, where that was missed and they are told so. `offered`: with it, they were told how to have less of this.
    """

    id: int = 0
    community_id: int
    person_id: int
    key: str
    purpose: str
    args: dict[str, Argument] = field(default_factory=dict)
    asked_at: datetime
    until: datetime
    look_at: datetime
    state: Literal["waits", "sent", "merged", "dropped"] = "waits"
    why: Why = ""
    sent_at: datetime | None = None
    message: str = ""
    due_id: int | None = None
    late_from: datetime | None = None
    offered: bool = False
