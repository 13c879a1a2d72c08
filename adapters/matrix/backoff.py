"""How long to leave a server alone that does not answer."""

from __future__ import annotations

import asyncio
from random import Random

from bot.ports import TryLater

SHORTEST = 1.0
LONGEST = 60.0


class Backoff:
    """Twice as long after every failure, never below a second; with jitter, so that a thousand bots do not
    come back in the same second."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._failures = 0

    def failed(self, at_least: float = 0.0) -> float:
        """Seconds to wait."""
        self._failures += 1
        wait = min(LONGEST, SHORTEST * 2.0 ** min(self._failures - 1, 10)) * self._random.uniform(0.75, 1.0)
        return max(wait, SHORTEST, at_least)

    def worked(self) -> None:
        self._failures = 0


class Gate:
    """Closed while the server is down: one request goes out in a while to see, whoever wanted to ask."""

    def __init__(self, random: Random) -> None:
        self._backoff = Backoff(random)
        self._closed_until = 0.0
        self._down = False

    def enter(self) -> None:
        if not self._down:
            return
        now = asyncio.get_running_loop().time()
        if now < self._closed_until:
            raise TryLater("server down", max(self._closed_until - now, 0.05))
        self._closed_until = now + SHORTEST  # this request looks, all others wait for what it finds

    def down(self, reason: str) -> TryLater:
        wait = self._backoff.failed()
        self._down, self._closed_until = True, asyncio.get_running_loop().time() + wait
        return TryLater(reason, wait)

    def up(self) -> None:
        self._down = False
        self._backoff.worked()
