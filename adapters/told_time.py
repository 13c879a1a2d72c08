"""What time it is by the servers that are asked anyway: each answer says when it was made."""

from __future__ import annotations

import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from types import SimpleNamespace

import aiohttp


class ToldTime:
    """Of one server, or those that stand for it."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        # Of the quickest answer: that one leaves the least doubt.
        self._quickest: tuple[float, float] | None = None

    @property
    def ahead(self) -> float | None:
        """Seconds that this machine's clock is before theirs, to the second; None where none was told."""
        return self._quickest[1] if self._quickest else None

    def heard(self, date: str, asked: float) -> None:
        answered = self._clock()
        try:
            # It is cut to the second: in the middle it is right on average.
            told = parsedate_to_datetime(date).timestamp() + 0.5
        except (ValueError, OverflowError):
            return
        took, ahead = answered - asked, (asked + answered) / 2 - told
        if self._quickest is None or took < self._quickest[0]:
            self._quickest = took, ahead

    def listening(self) -> aiohttp.TraceConfig:
        """To be given to the session that asks."""

        async def begins(
            _session: aiohttp.ClientSession, context: SimpleNamespace, _start: aiohttp.TraceRequestStartParams
        ) -> None:
            context.asked = self._clock()

        async def ends(
            _session: aiohttp.ClientSession, context: SimpleNamespace, end: aiohttp.TraceRequestEndParams
        ) -> None:
            if date := end.response.headers.get("Date"):
                self.heard(date, context.asked)

        trace = aiohttp.TraceConfig()
        trace.on_request_start.append(begins)
        trace.on_request_end.append(ends)
        return trace
