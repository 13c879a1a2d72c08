"""Who waits for the database: each part of the whole stands in line once, however much it has to do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.ports import Store, Unit


class InTurn:
    """The store, for one part. A thousand rooms to speak to do not keep waiting whoever asks for something meanwhile,
    nor what falls due."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._turn = asyncio.Lock()
        self.close = store.close

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        async with self._turn, self._store.unit() as unit:
            yield unit
