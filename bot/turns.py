"""Who waits for whom: for the database, each part of the whole stands in line once, however much it has to do; a click
waits until what was clicked is known to have been said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

from bot.ports import Store, Unit
from bot.share import Queue

# Seconds for which one unit of work lets what falls due go first.
LETS_GO_FIRST = 1.0
# Seconds for which a click waits.
A_MOMENT = 2.0


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
                # Not wait_for: in Python 3.11 it forgets that it was cancelled where what it waits for comes just then.
                with suppress(TimeoutError):
                    async with asyncio.timeout(LETS_GO_FIRST):
                        await self._calm.wait()
            async with self._store.unit() as unit:
                yield unit


class UnderWay:
    """What is being said with something to choose, from before it is given to a platform until it is marked. The
    platform shows it before it answers us: whoever is quick clicks what is not marked yet."""

    def __init__(self) -> None:
        self._until: dict[Queue, asyncio.Event] = {}

    @contextmanager
    def saying(self, queue: Queue) -> Iterator[None]:
        marked = self._until[queue] = asyncio.Event()
        try:
            yield
        finally:
            del self._until[queue]
            marked.set()

    async def marked(self, platform: str, room: str, person: str) -> None:
        """Once what is being said to that room or that person is marked. What a platform takes longer for than a moment
        is waited for once, and by nobody after."""
        here = [m for (p, r, who), m in self._until.items() if p == platform and (r == room or who == person)]
        try:
            async with asyncio.timeout(A_MOMENT):
                for each in here:
                    await each.wait()
        except TimeoutError:
            for each in here:
                each.set()
