"""A community on stage: the real core and store, on the platform in memory and a clock moved by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Self, TypeVar

from adapters.rehearsal.native import NativeRehearsalPlatform
from adapters.rehearsal.platform import BOT, RehearsalPlatform, Said
from bot.app import App
from bot.chat.capabilities import Level
from bot.chat.content import Bullets, Choices, Heading, Message, Paragraph, Quote, Sheet, Told, plain
from bot.chat.events import Someone
from bot.model.settings import Settings
from bot.ports import Store
from scheduler.clock import VirtualClock
from storage.attachments import AttachmentFolder
from storage.seals import FileSeals
from tests import kept

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

    read = staticmethod(read)

    def __init__(
        self, app: App, platform: RehearsalPlatform, clock: VirtualClock, store: Store,
        platforms: tuple[RehearsalPlatform, ...] = (),
    ) -> None:  # fmt: skip
        self.app = app
        self.platform = platform
        self.clock = clock
        self.store = store
        self.platforms = platforms or (platform,)

    def on(self, name: str) -> Self:
        """The same community, seen from another of its platforms."""
        platform = next(p for p in self.platforms if p.name == name)
        return type(self)(self.app, platform, self.clock, self.store, self.platforms)

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

    # -- where the platform has means of its own --------------------------------------------------------------

    @property
    def native(self) -> NativeRehearsalPlatform:
        assert isinstance(self.platform, NativeRehearsalPlatform)
        return self.platform

    async def command(self, person: str, id: str, /, *, room: str = HALL, **values: str) -> str:
        """A command of the platform's own. Returns what Veillée then told them alone."""
        await self.native.command(person, room, id, values)
        await self.app.settle()
        return self.heard(person)

    def sheet(self, person: str) -> Sheet:
        """The last that was handed to this person."""
        return self.native.sheets[person][-1]

    async def fill(self, person: str, values: Mapping[str, Told], sheet: Sheet | None = None) -> str:
        """Send back the sheet last handed, or this one; what stood on it stays. Returns what Veillée told them."""
        filled = sheet or self.sheet(person)
        stood: dict[str, Told] = {q.name: q.value for q in filled.questions}
        await self.native.submit(person, HALL, filled.form, filled.args, {**stood, **values})
        await self.app.settle()
        return self.heard(person)

    def gathering(self) -> str:
        """The identifier of the last gathering put in the platform's calendar."""
        return list(self.native.gatherings)[-1]

    async def move_gathering(self, starts: datetime, id: str = "", person: str = "") -> None:
        """Someone moves it on the platform itself, as long as it was."""
        id = id or self.gathering()
        held = self.native.gatherings[id].gathering
        await self.native.change_gathering(person, id, starts=starts, ends=starts + (held.ends - held.starts))
        await self.app.settle()

    async def change_gathering(self, id: str = "", person: str = "", **changes: Any) -> None:
        await self.native.change_gathering(person, id or self.gathering(), **changes)
        await self.app.settle()

    async def cancel_gathering(self, id: str = "", person: str = "") -> None:
        await self.change_gathering(id, person, cancelled=True)

    async def interested(self, person: str, id: str = "", *, withdrawn: bool = False) -> None:
        await self.native.show_interest(person, id or self.gathering(), withdrawn=withdrawn)
        await self.app.settle()

    async def enter_voice(self, person: str, voice: str, name: str = "") -> None:
        await self.native.enter_voice(person, HALL, voice, name)
        await self.app.settle()

    # ---------------------------------------------------------------------------------------------------------

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
        return [
            self.read(s.message) for s in self.platform.said
            if s.person == BOT and not s.removed and (s.room == f"direct-{person}" or s.only == person)
        ]  # fmt: skip

    def in_room(self, room: str = HALL) -> list[str]:
        """All that Veillée said in a room, threads included."""
        return [self.read(s.message) for s in self.bot_said(room)]

    def bot_said(self, room: str = HALL) -> list[Said]:
        return [
            s for s in self.platform.said if s.room == room and s.person == BOT and not s.removed and not s.only
        ]

    async def kept(self, cls: type[Kept], **criteria: Any) -> list[Kept]:
        async with self.store.unit() as unit:
            return await unit.find(cls, **criteria)


@asynccontextmanager
async def stage(
    folder: Path, *, start: datetime = START, buttons: Level = Level.NATIVE, native: bool = False,
    polls: Collection[str] = (), elsewhere: Mapping[str, Sequence[Someone]] = {}, **settings: Any,
) -> AsyncIterator[Stage]:  # fmt: skip
    """`settings`: those of the community, over the defaults (French, Montréal's clock). `native`: the platform has
    sheets, answers that only one sees, a calendar and admission of its own. `elsewhere`: the other platforms where the
    community meets, in a room of the same name, and who is there. `polls`: the platforms that have polls of their
    own."""
    store = kept.store(folder)
    clock = VirtualClock(start)
    kind = NativeRehearsalPlatform if native else RehearsalPlatform
    platform, *others = (
        kind(clock, buttons=buttons, polls=Level.NATIVE if name in polls else Level.FALLBACK, name=name)
        for name in ("rehearsal", *elsewhere)
    )
    app = App(
        store=store, clock=clock, seals=FileSeals(folder / "seals"),
        copies=AttachmentFolder(folder / "attachments"), platforms=[platform, *others], random=Random(1),
    )  # fmt: skip
    await app.prepare([("cercle", Settings(**({"name": "Le cercle", "zone": "America/Montreal"} | settings)))])
    await platform.run(app.intake)
    people = [Someone("ana", "Ana"), Someone("bo", "Bo"), Someone("cleo", "Cleo")]
    await platform.open_room(HALL, "Le salon", community="cercle", members=people)
    platform.rooms[HALL].levels["ana"] = 50
    for other in others:
        await other.run(app.intake)
        await other.open_room(HALL, "Le salon", community="cercle", members=elsewhere[other.name])
    await app.settle()
    try:
        yield Stage(app, platform, clock, store, (platform, *others))
    finally:
        await store.close()
