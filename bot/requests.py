"""How a capability declares what it asks of people in private without their having asked for anything just now.

Whether, when and with what else it is said is decided in bot/attention.py, for all capabilities alike.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING

from bot.chat.content import Argument, Block, Line
from bot.model.community import Person

if TYPE_CHECKING:
    from bot.context import Context


class Priority(IntEnum):
    """What takes room before what. HIGH: someone who is not told misses what they said they would come to."""

    LOW = 1
    NORMAL = 2
    HIGH = 3


@dataclass(frozen=True, slots=True)
class Asking:
    """What one person is asked. `said`: in a message of its own. `short`: among others in one message, with a button
    that says `opens` and shows the whole."""

    said: Sequence[Block | Line]
    short: Line
    opens: str


Words = Callable[["Context", Person, Mapping[str, Argument]], Awaitable[Asking | None]]
Foresight = Callable[["Context", datetime], Awaitable[list[tuple[int, datetime]]]]


@dataclass(frozen=True, slots=True)
class RequestKind:
    """`words`: made when it is said; None where there is nothing left to ask, for whatever reason. `about_sessions`:
    also for who wants to hear of the sessions they come to and of nothing else. `foresees`: of whom it will be asked
    by an instant, and when, so that what is worth less leaves room for it."""

    words: Words
    priority: Priority
    about_sessions: bool
    foresees: Foresight | None


@dataclass(slots=True, kw_only=True)
class Requests:
    """What a capability asks of people, by its name within it."""

    requests: dict[str, RequestKind] = field(default_factory=dict)

    def request(
        self, name: str, *, priority: Priority, about_sessions: bool = False, foresees: Foresight | None = None
    ) -> Callable[[Words], Words]:
        def declare(words: Words) -> Words:
            self.requests[name] = RequestKind(words, priority, about_sessions, foresees)
            return words

        return declare


TOGETHER = "attention.together"
"""The purpose of a message in which several things are asked."""

NEWS: Mapping[str, str] = {
    "reply": "an answer to what they just did",
    "unread": "an answer to what they just said",
    "welcome.first": "first words, on arriving",
    "welcome.steps": "first words, on arriving",
    "charter.welcomed": "they signed, and waited to hear it",
    "charter.not-now": "they signed, and waited to hear it",
    "charter.stuck": "they signed, and the platform did not open what that opens",
    "linking.confirm": "they asked for a code, and it was typed on their other account",
    "stories.undecided": "what they told is no longer kept, and they had not decided",
    "stories.for": "a story was handed in under their name: they may take it back",
    "stories.shown": "what came with a story that they asked to see, or that was entrusted to them",
    "stories.entrusted": "a story was entrusted to whoever facilitates",
    "sessions.moved": "they said yes to it, or would have come at another hour",
    "sessions.edited": "they said yes to it",
    "sessions.cancelled": "they said yes to it",
    "sessions.restored": "they said yes to it, and heard that it was cancelled",
    "sessions.noticed": "they planned it, and it was changed by other hands",
    "charter.arrival": "someone waits for whoever facilitates; said in their office where there is one",
    "charter.door": "whoever facilitates has to open a door; said in their office where there is one",
    "rooms.unsaid": "whoever facilitates has to know; said in their office where there is one",
    "rooms.trouble": "whoever facilitates has to know; said in their office where there is one",
}
"""What is said to one person alone and is no request, by its purpose, and why. Nothing else may be."""


def is_news(purpose: str) -> bool:
    """What follows a colon only tells one of them from another."""
    return purpose.split(":")[0] in NEWS
