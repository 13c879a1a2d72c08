"""A community on stage: the real core and store, on the platform in memory and a clock moved by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from adapters.rehearsal.platform import BOT, RehearsalPlatform, Said
from bot.app import App
from bot.chat.capabilities import Level
from bot.chat.content import Bullets, Choices, Heading, Message, Paragraph, Quote, plain
from bot.chat.events import Someone
from bot.model.settings import Settings
from scheduler.clock import VirtualClock
from storage.migrate import migrate
from storage.seals import FileSeals
from storage.store import SqlStore

Kept = TypeVar("Kept")

# A Monday, ten in the morning in Montréal, in winter time.
START = datetime(2027, 1, 4, 15, 0, tzinfo=UTC)
HALL = "hall"


def read(message: Message | None) -> str:
    """A message as bare text, a line a block."""
    lines: list[str] = []
    for block in message.blocks if message else ():
        match block:
            case Heading(line) | Paragraph(line):
                lines.append(plain(line))
            case Bullets(items):
                lines.extend("- " + plain(item) for item in items)
            case Quote(text):
                lines.append("> " + text)
            case Choices(choices):
                lines.append(" ".join(f"[{c.label}]" for c in choices))
            case _:
                lines.append(f"({block.kind})")
    return "\n".join(lines)


class Stage:
    """Ana facilitates; Bo and Cleo are members who were there before Veillée."""

    def __init__(self, app: App, platform: RehearsalPlatform, clock: VirtualClock, store: SqlStore) -> None:
        self.app = app
        self.platform = platform
        self.clock = clock
        self.store = store

    async def say(self, person: str, text: str, room: str = HALL, **rest: Any) -> str:
        said = await self.platform.say(person, room, text, **rest)
        await self.app.settle()
        return said

    async def tell(self, person: str, text: str, **rest: Any) -> str:
        """In private. Returns what Veillée last answered there."""
        await self.platform.tell(person, text, **rest)
        await self.app.settle()
        return self.heard(person)

    async def press(self, person: str, label: str) -> str:
        """Press the latest button of that label that this person sees. Returns what Veillée then told them."""
        for said in reversed(self.platform.seen_by(person)):
            labels = [c.label for c in said.message.choices] if said.message else []
            if label in labels:
                await self.platform.press(person, said.id, labels.index(label))
                await self.app.settle()
                return self.heard(person)
        raise AssertionError(f"{person} sees no button {label!r}")

    async def join(self, person: str, name: str, **rest: Any) -> None:
        await self.platform.join(person, name, HALL, **rest)
        await self.app.settle()

    async def leave(self, person: str) -> None:
        await self.platform.leave(person, HALL)
        await self.app.settle()

    async def wait(self, **gap: float) -> None:
        """Let time go by, stopping at each instant at which something is due."""
        end = self.clock.now() + timedelta(**gap)
        while (due := await self.app.timetable.next()) and due <= end:
            self.clock.move_to(due)
            await self.app.settle()
        self.clock.move_to(end)
        await self.app.settle()

    async def sleep(self, **gap: float) -> None:
        """Let time go by with Veillée stopped; then it wakes."""
        self.clock.move_to(self.clock.now() + timedelta(**gap))
        await self.app.settle()

    def heard(self, person: str) -> str:
        """The last thing Veillée told this person alone."""
        return (self.all_heard(person) or [""])[-1]

    def all_heard(self, person: str) -> list[str]:
        return self.in_room(f"direct-{person}")

    def in_room(self, room: str = HALL) -> list[str]:
        """All that Veillée said in a room, threads included."""
        return [read(s.message) for s in self.bot_said(room)]

    def bot_said(self, room: str = HALL) -> list[Said]:
        return [s for s in self.platform.said if s.room == room and s.person == BOT and not s.removed]

    async def kept(self, cls: type[Kept], **criteria: Any) -> list[Kept]:
        async with self.store.unit() as unit:
            return await unit.find(cls, **criteria)


@cache
def _new_database() -> bytes:
    """A database just made. Made once: it takes longer than most tests."""
    with TemporaryDirectory() as folder:
        migrate(Path(folder) / "veillee.db")
        return (Path(folder) / "veillee.db").read_bytes()


@asynccontextmanager
async def stage(
    folder: Path, *, start: datetime = START, buttons: Level = Level.NATIVE, **settings: Any
) -> AsyncIterator[Stage]:
    """`settings`: those of the community, over the defaults (French, Montréal's clock)."""
    (folder / "veillee.db").write_bytes(_new_database())
    store = SqlStore(f"sqlite+aiosqlite:///{folder / 'veillee.db'}")
    clock = VirtualClock(start)
    platform = RehearsalPlatform(clock, buttons=buttons)
    app = App(
        store=store, clock=clock, seals=FileSeals(folder / "seals"), platforms=[platform], random=Random(1)
    )
    await app.prepare([("cercle", Settings(**({"name": "Le cercle", "zone": "America/Montreal"} | settings)))])
    await platform.run(app.intake)
    people = [Someone("ana", "Ana"), Someone("bo", "Bo"), Someone("cleo", "Cleo")]
    await platform.open_room(HALL, "Le salon", community="cercle", members=people)
    platform.rooms[HALL].levels["ana"] = 50
    await app.settle()
    try:
        yield Stage(app, platform, clock, store)
    finally:
        await store.close()
