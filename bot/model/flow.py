"""What came in, what goes out, and what is under way: the rows that make nothing lost and nothing twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.chat.content import Argument, Choice, Told
from bot.chat.language import Language


@dataclass(eq=False, kw_only=True)
class Cursor:
    """How far a platform account has been read, committed together with what was read."""

    id: int = 0
    account: str
    value: str


@dataclass(eq=False, kw_only=True)
class Inbox:
    """An event to be handled. `event` is emptied once handled: what was said is not kept."""

    id: int = 0
    key: str
    platform: str
    room: str
    event: str
    state: Literal["pending", "done", "failed"] = "pending"
    at: datetime


# Purposes of what answers whoever just asked.
ANSWERS = ("reply", "form")
# The purpose of what tells that something else could not be said.
UNSAID = "rooms.unsaid"


@dataclass(eq=False, kw_only=True)
class Outbox:
    """An action to be carried out once. `key` is what the platform is given to recognise a repetition.

    `action` is emptied once carried out; `choices` stay, so that a click months later still means something.
    `message`: the platform's id of what was said. `purpose` says what it was for, as "feature.what". `native`: what
    stands there is a poll of the platform's own, which nobody can change. `due_id`: what had it go out by itself.
    `until`: from then on it is of no use, and is not said where that was not possible before.
    """

    id: int = 0
    key: str
    community_id: int
    platform: str
    room: str = ""
    person: str = ""
    language: Language
    purpose: str = ""
    action: str
    choices: tuple[Choice, ...] = ()
    state: Literal["pending", "sent", "failed"] = "pending"
    message: str = ""
    problem: str = ""
    tries: int = 0
    native: bool = False
    at: datetime
    sent_at: datetime | None = None
    due_id: int | None = None
    until: datetime | None = None


@dataclass(eq=False, kw_only=True)
class SaidPart:
    """Of what is said in several messages, one that was: kept at once, so that after a kill no more than the one under
    way is in doubt."""

    id: int = 0
    outbox_id: int
    position: int
    room: str
    message: str


def part_key(key: str, position: int) -> str:
    """Of what is said under that key in several messages, the key of the one at that position."""
    return key if position == 0 else f"{key}.{position}"


@dataclass(eq=False, kw_only=True)
class DirectRoom:
    """Where one person is spoken to alone, on a platform where that is a room."""

    id: int = 0
    platform: str
    person: str
    room: str


@dataclass(eq=False, kw_only=True)
class Conversation:
    """A form being filled in by messages, or what was told on a sheet that is to be corrected. One a person. Gone
    once finished, cancelled or forgotten.

    `form` names it as "feature.form"; `answers` are as typed or told aloud, by field; `waiting_for` is the field
    asked, "" where a sheet is to be opened again: no message answers that. `platform`: where it is asked, and
    nowhere else is what they say an answer. "" where that is not known.
    """

    id: int = 0
    person_id: int
    form: str
    room: str
    platform: str = ""
    waiting_for: str
    args: dict[str, Argument] = field(default_factory=dict)
    answers: dict[str, Told] = field(default_factory=dict)
    at: datetime
