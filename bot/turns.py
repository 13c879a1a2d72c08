"""Who waits for the database: each part of the whole stands in line once, however much it has to do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from bot.ports import Store, Unit

# Seconds for which one unit of work lets what falls due go first.
LETS_GO_FIRST = 1.0


class InTurn:
    """The store, for one part. A thousand rooms to speak to do not keep waiting whoever asks for something meanwhile,
    nor what falls due.

    `calm`: not set as long as there is something that goes first.
    """

    def __init__(self, store: Store, calm: asyncio.Event | None = None) -> None:
        self._store = store
        self._turn = asyncio.Lock()
        self._calm = calm
        self.close = store.close

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        async with self._turn:
            if self._calm is not None and not self._calm.is_set():
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._calm.wait(), LETS_GO_FIRST)
            async with self._store.unit() as unit:
                yield unit
