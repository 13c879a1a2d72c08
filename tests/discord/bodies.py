"""Whether Discord takes what the bot sends: its own description where it is at hand, and by hand what that misses."""

from __future__ import annotations

from dataclasses import dataclass

from tests.discord.call import Call
from tests.discord.world import World


@dataclass(frozen=True)
class Violation:
    method: str
    path: str
    what: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}: {self.what}"


class Bodies:
    def __init__(self, world: World, *, strict: bool) -> None:
        self.world = world
        self.strict = strict
        self.violations: list[Violation] = []

    def note(self, call: Call, what: str) -> None:
        self.violations.append(Violation(call.method, call.route or call.path, what))

    def check(self, call: Call) -> None:
        return
