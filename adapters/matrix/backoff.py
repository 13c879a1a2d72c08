"""How long to leave a server alone that does not answer."""

from __future__ import annotations

import asyncio
from random import Random

import structlog

from bot.ports import NotNow

log = structlog.get_logger("matrix")

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
    """For all requests of the process, whoever wants to ask. After one that failed, nothing goes out for a while, and
    then one at a time to see, a second apart at least, until one is answered. What the server asked to be spared for a
    while, it is spared."""

    def __init__(self, random: Random) -> None:
        self._backoff = Backoff(random)
        self.troubled = False
        self._looking = False
        self._closed_until = 0.0
        self._spared: dict[str, float] = {}

    def enter(self, kind: str) -> None:
        """Raises NotNow. `kind`: of request, as the server counts them."""
        now = asyncio.get_running_loop().time()
        if (until := self._spared.get(kind, 0.0)) > now:
            raise NotNow("asked to slow down", until - now)
        if not self.troubled:
            return
        if now < self._closed_until:
            raise NotNow("the server does not answer", max(self._closed_until - now, SHORTEST))
        self._looking, self._closed_until = True, now + SHORTEST

    def failed(self, reason: str) -> float:
        """Seconds during which nothing goes out."""
        now = asyncio.get_running_loop().time()
        if not self.troubled or self._looking:  # of several under way together, the first says it all
            wait = self._backoff.failed()
            log.warning("the server does not answer", reason=reason, seconds=round(wait, 1))
            self.troubled, self._looking, self._closed_until = True, False, now + wait
        return max(self._closed_until - now, SHORTEST)

    def spare(self, kind: str, seconds: float) -> float:
        """The same, for that kind of request; of the others, one goes out a second until one is answered."""
        now, seconds = asyncio.get_running_loop().time(), max(seconds, SHORTEST)
        self._spared[kind] = now + seconds
        self.troubled, self._closed_until = True, max(self._closed_until, now + SHORTEST)
        return seconds

    def answered(self) -> None:
        self.troubled = self._looking = False
        self._backoff.worked()
