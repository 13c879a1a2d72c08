"""Simulated facilitators: members too, who confirm what they planned and note who came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from adapters.rehearsal.acts import Intention, News, Press, Tell
from adapters.rehearsal.members import Member, words
from adapters.rehearsal.script import Meeting

CONFIRMING = ("sessions.confirm", "sessions.do-")


class Facilitator(Member):
    _noting: Sequence[str] = ()

    def told(self, now: datetime, news: News) -> list[Intention]:
        choices = news.said.message.choices if news.said.message else ()
        for position, choice in enumerate(choices):
            if choice.does.startswith(CONFIRMING):
                return [self._soon(now, Press(news.said.id, position))]
        asked = words(news.said)
        meeting = self._script.meeting(asked)
        if news.form == "sessions.attendance" and self._noting:
            # Whoever has left since is not known any more: without them.
            kept, self._noting = [name for name in self._noting if name not in asked], []
            return [self._soon(now, Tell(", ".join(kept) or self._script.cancel))]
        if news.purpose == "sessions.attendance" and meeting and (who := self._there(meeting)):
            self._noting = who
            number = self._script.meetings.index(meeting) + 1
            typed = f"{self._script.typed['sessions.attendance']} {number} | {', '.join(who)}"
            return [self._later(now, Tell(typed))]
        return super().told(now, news)

    def _there(self, meeting: Meeting) -> list[str]:
        """Most of those who said yes, half of those who said maybe."""
        chances = {"yes": 0.9, "maybe": 0.5}
        return [name for name, answer in meeting.answers.items() if self._chance(chances.get(answer, 0))]
