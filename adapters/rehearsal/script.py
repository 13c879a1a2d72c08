"""The words of an invented season, shared by everyone who plays in it: each is said once, in its order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any


class Turns:
    """Texts taken one after another; round again at the end."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._taken = 0

    def next(self) -> str:
        self._taken += 1
        return self._texts[(self._taken - 1) % len(self._texts)]

    @property
    def left(self) -> bool:
        return self._taken < len(self._texts)


@dataclass(slots=True)
class Meeting:
    """A session as those who play know it. `answers`: yes, maybe or no, by name."""

    theme: str
    answers: dict[str, str] = field(default_factory=dict)


class Script:
    """`words`: the texts of bot/banks/rehearsal. `typed`: how each command is typed, by its id.
    `cancel`: what is typed to leave a form."""

    def __init__(
        self, words: Mapping[str, Any], typed: Mapping[str, str], prefix: str, opens: datetime,
        ends: datetime, meetings: list[Meeting], cancel: str,
    ) -> None:  # fmt: skip
        self.typed = typed
        self.prefix = prefix
        self.cancel = cancel
        self.meetings = meetings
        self.icebreaker_answers = Turns(words["icebreaker_answers"])
        self.replies = Turns(words["replies"])
        self.introductions = Turns(words["introductions"])
        self.pulse_sentences = Turns(words["pulse_sentences"])
        self.mistyped = Turns(words["mistyped_commands"])
        self._messages = Turns(words["messages"])
        self._stories = {s["theme"]: Turns(s["stories"]) for s in words["session"]}
        self._pace = (ends - opens) / (len(words["messages"]) + 1)
        self._may_speak = opens + timedelta(hours=20)
        self._last_speaker = ""
        self._replied: dict[str, int] = {}

    def message(self, speaker: str, now: datetime) -> str:
        """The next message of the conversation, "" while it is not time, or for whoever has just spoken."""
        if now < self._may_speak or speaker == self._last_speaker or not self._messages.left:
            return ""
        self._may_speak += self._pace
        self._last_speaker = speaker
        return self._messages.next()

    def reply(self, message: str, most: int = 2) -> str:
        """A reply to that message, "" once it has had enough of them."""
        if self._replied.get(message, 0) >= most:
            return ""
        self._replied[message] = self._replied.get(message, 0) + 1
        return self.replies.next()

    def meeting(self, text: str) -> Meeting | None:
        """The session that a text is about: the one whose theme it says."""
        return next((m for m in self.meetings if m.theme in text), None)

    def has_story(self, theme: str) -> bool:
        return self._untold(theme) is not None

    def story(self, theme: str) -> str:
        """A story on that theme, "" when all have been told."""
        turns = self._untold(theme)
        return turns.next() if turns else ""

    def _untold(self, theme: str) -> Turns | None:
        """For a theme of one's own, any story that is left will do."""
        turns = self._stories.get(theme) or next((t for t in self._stories.values() if t.left), None)
        return turns if turns is not None and turns.left else None
