"""Stopping in order, within five seconds whatever platforms and databases do. A second time of asking ends at once."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Coroutine
from typing import Any

import structlog

from bot.operator import tell, words

log = structlog.get_logger("app")

# Seconds from being asked. By the second one the program has ended, whatever hangs: a kill loses nothing either.
IN_ORDER, AT_THE_LATEST = 4.0, 4.5
BY = (signal.SIGINT, signal.SIGTERM)


class Stop:
    """`asked`: from then on nothing new begins. To be made where the loop runs."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._until = 0.0
        self._said = words("run-stopped")  # found now: nothing may take its time then
        for number in BY:
            self._loop.add_signal_handler(number, self._ask)

    def _ask(self) -> None:
        for number in BY:
            self._loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL)
        end = threading.Timer(AT_THE_LATEST, _end, [self._said])
        end.daemon = True
        end.start()
        self._until = self._loop.time() + IN_ORDER
        self.asked.set()

    def left(self, at_most: float) -> float:
        """Seconds for what is to be finished: at most so many, and no more than are left."""
        return min(at_most, max(0.0, self._until - self._loop.time())) if self.asked.is_set() else at_most

    async def unless_asked(self, work: Coroutine[Any, Any, None], finishing: float, *others: asyncio.Event) -> bool:
        """Do it, until asked to stop or until one of the others is set: then it has so many seconds to end. Whether it
        came to its own end; raises what it raised by then."""
        doing = asyncio.ensure_future(work)
        ends = [asyncio.create_task(end.wait()) for end in (self.asked, *others)]
        try:
            await asyncio.wait([doing, *ends], return_when=asyncio.FIRST_COMPLETED)
            if doing.done():
                doing.result()
                return True
            doing.cancel()
            _, left = await asyncio.wait([doing], timeout=self.left(finishing))
            if left:
                log.warning("not finished in time")
            elif not doing.cancelled() and (fault := doing.exception()):
                log.info("ended by", type=type(fault).__name__)
            return False
        finally:
            for end in ends:
                end.cancel()


def _end(said: str) -> None:
    """What is not finished by now hangs. All that was kept is kept, and what was not is done again."""
    try:
        log.warning("stopped without waiting any longer")
        tell(said)
    finally:
        os._exit(0)
