"""A clock that was set forward: believed once it has stayed so for a while.

A machine that slept was late, and what it missed is dealt with at once. A clock that somebody set a year ahead by
mistake would have all that is to come passed over, and stories opened before their session. The two are told apart by
a second clock that nobody sets, which goes on while the machine sleeps.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

import structlog

from bot.ports import Clock

log = structlog.get_logger("clock")

# Seconds. Less than the first is put right by the rules for what is late; the second leaves time to notice.
SET_FORWARD = 3600.0
BELIEVED_AFTER = 600.0


def since_start() -> float:
    """Seconds since the machine started, asleep or not, where its system tells."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class Belief:
    """Whether the hour is to be acted upon. `passed`: seconds since some moment, by a clock that nobody sets."""

    def __init__(self, clock: Clock, passed: Callable[[], float] = since_start) -> None:
        self._clock = clock
        self._passed = passed
        self._last: tuple[datetime, float] | None = None
        self._doubted_until = 0.0

    def believed(self) -> bool:
        """To be asked every few seconds."""
        now, passed = self._clock.now(), self._passed()
        if self._last is not None:
            ahead = (now - self._last[0]).total_seconds() - (passed - self._last[1])
            if ahead > SET_FORWARD:
                self._doubted_until = passed + BELIEVED_AFTER
                log.warning("the clock was set forward", seconds=round(ahead), waits=BELIEVED_AFTER)
            elif ahead < -SET_FORWARD:
                self._doubted_until = passed
                log.warning("the clock was set back", seconds=round(-ahead))
        self._last = now, passed
        return passed >= self._doubted_until
