"""A community's life: the whole product at work in it, and a clock moved by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bot.app import App
from bot.chat.events import Event
from bot.model.flow import DirectRoom, Inbox, Outbox
from bot.model.rhythm import Due
from bot.model.settings import Settings
from bot.ports import Batch, ChatPlatform
from scheduler.clock import VirtualClock
from storage.attachments import AttachmentFolder
from storage.migrate import migrate
from storage.seals import FileSeals
from storage.store import SqlStore

SLUG = "cercle"
PATIENCE = 60.0
GLANCE = 0.03


class Hour(VirtualClock):
    """Of everyone: whoever else goes by it is told when it moves."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        self.followers: list[Callable[[datetime], None]] = []

    def move_to(self, instant: datetime) -> None:
        super().move_to(instant)
        for follow in self.followers:
            follow(self.now())


class Life:
    """`happened`: all that the platforms told, once it is kept."""

    def __init__(self, folder: Path, hour: Hour, platforms: Sequence[ChatPlatform]) -> None:
        migrate(folder / "veillee.db")
        self.hour = hour
        self.happened: list[Event] = []
        self.app = App(
            store=SqlStore(f"sqlite+aiosqlite:///{folder / 'veillee.db'}"), clock=hour,
            seals=FileSeals(folder / "seals"),
            copies=AttachmentFolder(folder / "attachments"), platforms=platforms, random=Random(7),
        )  # fmt: skip
        self.store = self.app.store
        take = self.app.intake.take

        async def taken(account: str, batch: Batch) -> None:
            await take(account, batch)
            self.happened += batch.events

        self.app.intake.take = taken  # type: ignore[method-assign]
        self._running: asyncio.Task[None] | None = None

    async def begin(self, settings: Settings) -> None:
        await self.app.prepare([(SLUG, settings)])
        self._running = asyncio.create_task(self.app.run())

    async def end(self) -> None:
        if self._running is not None:
            async with self.store.unit():  # nobody else is in the middle of one
                self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
        await self.app.close()

    async def direct_room(self, person: str) -> str:
        async with self.store.unit() as unit:
            known = await unit.one(DirectRoom, person=person)
        return known.room if known else ""

    # -- what happens ----------------------------------------------------------------------------------------

    async def heard(self, check: Callable[[Event], object], *, after: int = 0) -> None:
        """Once a platform has told of what fits, and all that comes of it is done. `after`: of what happened."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not any(check(event) for event in self.happened[after:]):
                    await self._glance()
        except TimeoutError:
            raise AssertionError(f"never heard of; the last was {self.happened[-3:]}") from None
        await self.settle()

    async def settle(self) -> None:
        """Once nothing waits any more."""
        left: Any = None
        try:
            async with asyncio.timeout(PATIENCE):
                while left := await self._waiting():
                    await self._glance()
        except TimeoutError:
            raise AssertionError(f"not done: {left}") from None

    async def _glance(self) -> None:
        if self._running is not None and self._running.done():
            self._running.result()
        await asyncio.sleep(GLANCE)

    async def _waiting(self) -> list[str]:
        async with self.store.unit() as unit:
            asked = await unit.find(Inbox, state="pending")
            to_say = await unit.find(Outbox, state="pending")
            due = await unit.one(Due, state="pending", order="due_at")
        late = [due.kind] if due and due.due_at <= self.hour.now() else []
        return [*(row.key for row in asked), *(row.purpose for row in to_say), *late]

    # -- time ------------------------------------------------------------------------------------------------

    async def later(self, **gap: float) -> None:
        await self.at(self.hour.now() + timedelta(**gap))

    async def at(self, instant: datetime) -> None:
        """Let time go by, stopping where something is due."""
        while (due := await self.app.timetable.next()) and due <= instant:
            self.hour.move_to(due)
            await self.app.timetable.drain()
            await self.settle()
        self.hour.move_to(instant)


@asynccontextmanager
async def alive(life: Life, settings: Settings) -> AsyncIterator[Life]:
    try:
        await life.begin(settings)
        yield life
    finally:
        await life.end()
