"""Work beside the listening: joining a room may take a minute, during which messages must not wait."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from random import Random
from typing import Any

import structlog

from adapters.matrix.backoff import Backoff
from adapters.matrix.server import TokenRefused
from bot.ports import PlatformProblem, TryLater

log = structlog.get_logger("matrix")


class Aside:
    """One piece of work of each kind at a time, asked for again until it works."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._latest: dict[str, asyncio.Task[None]] = {}
        self._running: set[asyncio.Task[None]] = set()

    def do(self, what: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Begin, once what is under way of this kind has ended."""
        task = asyncio.create_task(self._do(what, work, self._latest.get(what)))
        self._latest[what] = task
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def end(self) -> None:
        """Cancel all."""
        running = list(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _do(
        self, what: str, work: Callable[[], Coroutine[Any, Any, None]], first: asyncio.Task[None] | None
    ) -> None:
        if first is not None:
            await asyncio.wait([first])
        backoff = Backoff(self._random)
        while True:
            try:
                await work()
                return
            except TryLater as trouble:
                await asyncio.sleep(backoff.failed(trouble.after))
            except TokenRefused:
                return  # the listening finds out too, and says so
            except PlatformProblem as problem:
                log.warning("not done", what=what, reason=problem.reason)
                return
            except Exception as fault:  # noqa: BLE001  work beside must not end in silence
                log.error("failed", what=what, type=type(fault).__name__)
                return
