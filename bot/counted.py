"""What is handed over by a platform, and what could not be kept, counted on the way."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.ports import Batch, Intake, Store, StoreTrouble, Unit
from bot.tally import Tally


class CountedIntake:
    """For one platform: each batch that is kept proves, too, that it is still heard."""

    def __init__(self, intake: Intake, platform: str, tally: Tally) -> None:
        self._intake = intake
        self._platform = platform
        self._tally = tally
        self.cursor = intake.cursor
        self.rooms = intake.rooms
        self.members = intake.members
        self.gatherings = intake.gatherings
        self.private_rooms = intake.private_rooms
        self.said = intake.said

    async def take(self, account: str, batch: Batch) -> None:
        await self._intake.take(account, batch)
        self._tally.took(self._platform, batch.events)


class CountedStore:
    """`in_doubt` is called with each trouble: a commit whose answer never came may have been done, and nobody was told
    of what it laid down."""

    def __init__(self, store: Store, tally: Tally, in_doubt: Callable[[], None]) -> None:
        self._store = store
        self._tally = tally
        self._in_doubt = in_doubt
        self.close = store.close

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        try:
            async with self._store.unit() as unit:
                yield unit
        except StoreTrouble:
            self._tally.troubles += 1
            self._in_doubt()
            raise
