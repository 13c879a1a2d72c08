"""What goes wrong between the bot and Discord, when a test says so."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

Kind = Literal["limited", "status", "html", "slow", "cut_before", "cut_after"]


@dataclass
class Fault:
    """For the next `times` requests that fit. `route`: a pattern of the API such as "/channels/*/messages", or of a
    path. `met`: how many requests it struck. `skip`: how many that fit are let through first."""

    kind: Kind
    method: str = "*"
    route: str = "*"
    times: float = 1
    status: int = 500
    seconds: float = 0.0
    everywhere: bool = False
    skip: int = 0
    met: int = 0

    def fits(self, method: str, route: str, path: str) -> bool:
        named = fnmatchcase(route, self.route.replace("[", "[[]")) or fnmatchcase(path, self.route)
        if self.met >= self.times or not fnmatchcase(method, self.method) or not named:
            return False
        self.skip -= 1
        return self.skip < 0


class Faults:
    """Switched on one by one; the oldest that fits strikes."""

    def __init__(self) -> None:
        self.known: list[Fault] = []

    def limit(
        self, method: str = "*", route: str = "*", *, times: float = 1, seconds: float = 0.05, everywhere: bool = False
    ) -> Fault:  # fmt: skip
        """429, to be tried again after so many seconds. `everywhere`: the global limit."""
        return self.add(Fault("limited", method, route, times, 429, seconds, everywhere))

    def fail(self, status: int, method: str = "*", route: str = "*", *, times: float = 1, skip: int = 0) -> Fault:
        return self.add(Fault("status", method, route, times, status, skip=skip))

    def html(self, method: str = "*", route: str = "*", *, status: int = 502, times: float = 1) -> Fault:
        """A page of some machine in between."""
        return self.add(Fault("html", method, route, times, status))

    def slow(self, seconds: float, method: str = "*", route: str = "*", *, times: float = 1) -> Fault:
        """Done at once, answered late."""
        return self.add(Fault("slow", method, route, times, seconds=seconds))

    def cut_before(self, method: str = "*", route: str = "*", *, times: float = 1, skip: int = 0) -> Fault:
        """The connection breaks before anything is done."""
        return self.add(Fault("cut_before", method, route, times, skip=skip))

    def cut_after(self, method: str = "*", route: str = "*", *, times: float = 1, skip: int = 0) -> Fault:
        """It is done, and the answer never comes."""
        return self.add(Fault("cut_after", method, route, times, skip=skip))

    def down(self) -> Fault:
        """Every request fails, until `clear`."""
        return self.fail(503, times=math.inf)

    def add(self, fault: Fault) -> Fault:
        self.known.append(fault)
        return fault

    def clear(self) -> None:
        self.known.clear()

    def strikes(self, method: str, route: str, path: str) -> Fault | None:
        for fault in self.known:
            if fault.fits(method, route, path):
                fault.met += 1
                return fault
        return None
