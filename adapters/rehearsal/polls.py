"""Polls of a platform's own, in memory: members vote in them, whether anyone hears of it or not."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.chat.content import Poll
from bot.ports import Refused


@dataclass(slots=True)
class SimulatedPoll:
    """`votes`: what each person chose. `over`: it takes no more."""

    poll: Poll
    votes: dict[str, int] = field(default_factory=dict)
    over: bool = False

    def vote(self, person: str, option: int) -> None:
        if self.over:
            raise Refused("the poll is over")
        self.votes[person] = option

    def close(self) -> tuple[tuple[str, ...], ...]:
        self.over = True
        options = range(len(self.poll.options))
        return tuple(tuple(p for p, chosen in self.votes.items() if chosen == option) for option in options)
