"""The whole product on a Discord of our own: real sockets, real discord.py, the real core and store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from adapters.discord.client import DiscordPlatform
from adapters.discord.settings import DiscordPlaces, DiscordSettings
from bot.app import FEATURES, App
from bot.model.activity import Activity
from bot.model.community import Room
from bot.model.settings import Settings
from bot.ports import Clock
from bot.shapes import shapes
from scheduler.clock import RealClock
from storage.attachments import AttachmentFolder
from storage.seals import FileSeals
from storage.store import SqlStore
from tests import kept
from tests.discord.channel import Channel
from tests.discord.double import Double
from tests.discord.guild import Guild
from tests.discord.interactions import Interaction
from tests.discord.member import Member
from tests.discord.state import Message

Kept = TypeVar("Kept")


class OnDiscord:
    """Ana facilitates; Bo and Cleo are members. Veillée runs from `start` to `stop`."""

    def __init__(self, discord: Double, folder: Path, clock: Clock, **settings: Any) -> None:
        self.discord = discord
        self.folder = folder
        self.clock = clock
        self.guild: Guild = discord.guild("Le cercle")
        self.hall: Channel = self.guild.text("salon")
        role = self.guild.role("Animation", "manage_events")
        self.ana: Member = self.guild.join("Ana", roles=(role,))
        self.bo: Member = self.guild.join("Bo", locale="en-US")
        self.cleo: Member = self.guild.join("Cleo")
        self.settings: dict[str, Any] = {"name": "Le cercle", "zone": "America/Montreal"} | settings
        self.account: dict[str, Any] = {"token": "token", "api": discord.url}
        self.places: dict[str, Any] = {"server": str(self.guild.id), "main": "salon", "facilitators": "Animation"}
        self.app: App
        self.store: SqlStore
        self.platform: DiscordPlatform
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self.store = SqlStore(kept.there(self.folder))
        self.platform = DiscordPlatform(
            DiscordSettings.model_validate(self.account), [DiscordPlaces(slug="cercle", **self.places)],
            clock=self.clock, commands=shapes(FEATURES),
        )  # fmt: skip
        self.app = App(
            store=self.store, clock=self.clock, seals=FileSeals(self.folder / "seals"),
            copies=AttachmentFolder(self.folder / "attachments"), platforms=[self.platform],
        )  # fmt: skip
        self.platform.suggest_by(self.app.suggestions)
        await self.app.prepare([("cercle", Settings(**self.settings))])
        self._running = asyncio.create_task(self.app.run())
        await self.until(self.listening, "listening")

    def listening(self) -> bool:
        return all(s.settled for s in self.platform.streams.values()) and bool(self.platform.streams)

    async def stop(self) -> None:
        if self._running is not None:
            async with self.store.unit():  # nobody else is in the middle of one
                self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
            await self.app.close()
            self._running = None

    async def until(self, check: Callable[[], object], what: str = "", seconds: float = 10) -> None:
        await self.discord.until(check, seconds, what)

    async def answer(self, asked: Interaction) -> str:
        """What the person then reads."""
        await asked.answer()
        return asked.text

    def said(self, place: Channel | None = None) -> list[Message]:
        """All that Veillée said in a channel, as it stands."""
        return [m for m in (place or self.hall).messages if m.author is self.discord.me and not m.deleted]

    def told(self, person: Member) -> list[Message]:
        """All that Veillée told this person alone."""
        return self.said(person.direct)

    async def logged(self, *kinds: str) -> None:
        """Once the log holds these kinds of rows, and no others."""
        for _ in range(200):
            if {r.kind for r in await self.kept(Activity)} == set(kinds):
                return
            await asyncio.sleep(0.05)
        raise AssertionError(await self.kept(Activity))

    async def room_open(self, channel: Channel, wanted: bool) -> None:
        """Once it is so."""
        for _ in range(200):
            if [r.open for r in await self.kept(Room, external=str(channel.id))] == [wanted]:
                return
            await asyncio.sleep(0.05)
        raise AssertionError(await self.kept(Room))

    async def kept(self, cls: type[Kept], **criteria: Any) -> list[Kept]:
        async with self.store.unit() as unit:
            return await unit.find(cls, **criteria)


@asynccontextmanager
async def on_discord(
    folder: Path, *, begin: bool = True, clock: Clock | None = None, theirs: Clock | None = None, **settings: Any
) -> AsyncIterator[OnDiscord]:
    """`theirs`: Discord's clock, where it is another."""
    clock = clock or RealClock()
    async with Double(clock=(theirs or clock).now) as discord:
        stage = OnDiscord(discord, folder, clock, **settings)
        try:
            if begin:
                await stage.start()
            yield stage
        finally:
            await stage.stop()
