"""A bot on the real homeserver: its platform, and what it handed over."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any, TypeVar

import pytest_asyncio
from pydantic import SecretStr

from adapters.matrix.client import MatrixPlatform
from adapters.matrix.settings import MatrixPlaces, MatrixSettings
from bot.chat.content import Message, Paragraph, Text
from bot.chat.events import (
    Event,
    MemberJoined,
    MemberLeft,
    MessagePosted,
    RoomClosed,
    RoomOpened,
    RoomReplaced,
)
from bot.ports import Batch, OurRoom
from tests.synapse.fixtures import NewMember
from tests.synapse.homeserver import Account, Homeserver
from tests.synapse.member import Member
from tests.synapse.proxy import FaultyProxy

Kind = TypeVar("Kind", bound=Event)


class NowClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class Kept:
    """An intake in memory: what it took stays through every restart of the bot."""

    place: str = ""
    events: list[Event] = field(default_factory=list)
    batches: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def cursor(self, account: str) -> str:
        return self.place

    async def take(self, account: str, batch: Batch) -> None:
        await asyncio.sleep(0)
        self.events += batch.events
        self.place = batch.cursor
        self.batches += 1
        self.news.set()

    async def members(self, platform: str, room: str) -> set[str]:
        here: set[str] = set()
        for event in self.events:
            if event.room == room and isinstance(event, RoomOpened):
                here |= {someone.person for someone in event.members}
            elif event.room == room and isinstance(event, MemberJoined):
                here.add(event.person)
            elif event.room == room and isinstance(event, MemberLeft):
                here.discard(event.person)
        return here

    async def gatherings(self, platform: str, room: str) -> dict[str, set[str]]:
        return {}

    async def rooms(self, platform: str) -> dict[str, OurRoom]:
        ours: dict[str, OurRoom] = {}
        for event in self.events:
            if isinstance(event, RoomOpened):
                ours[event.room] = OurRoom(event.community, event.main, event.office)
            elif isinstance(event, RoomClosed):
                ours.pop(event.room, None)
            elif isinstance(event, RoomReplaced) and (room := ours.pop(event.room, None)) and event.followed:
                ours[event.successor] = room
        return ours

    async def private_rooms(self, platform: str) -> set[str]:
        return set()

    async def said(self, platform: str, messages: Collection[str]) -> set[str]:
        return set()

    def of(self, kind: type[Kind], room: str = "") -> list[Kind]:
        return [e for e in self.events if isinstance(e, kind) and room in ("", e.room)]

    def texts(self, room: str = "") -> list[str]:
        return [e.text for e in self.of(MessagePosted, room)]

    async def until(self, check: Callable[[], Any], seconds: float = 15) -> None:
        try:
            async with asyncio.timeout(seconds):
                while not check():
                    self.news.clear()
                    await self.news.wait()
        except TimeoutError:
            latest = "\n  ".join(map(str, self.events[-8:]))
            raise TimeoutError(f"never taken; the last of {len(self.events)}:\n  {latest}") from None


class Bot:
    """`await bot.start()`, `await bot.stop()`; `bot.kept` is what it took in all its lives."""

    def __init__(self, url: str, account: Account) -> None:
        self.url = url
        self.account = account
        self.user_id = account.user_id
        self.kept = Kept()
        self.places: Sequence[MatrixPlaces] = ()
        self.friends: set[str] = set()
        self.timeline_limit = 100
        self.platform: MatrixPlatform = self.made()
        self.task: asyncio.Task[None] | None = None

    def made(self) -> MatrixPlatform:
        settings = MatrixSettings(
            homeserver=self.url, user_id=self.user_id, access_token=SecretStr(self.account.access_token)
        )
        return MatrixPlatform(
            settings, self.places, clock=NowClock(), may_invite=lambda who, room: who in self.friends,
            random=Random(7), timeline_limit=self.timeline_limit,
        )  # fmt: skip

    async def start(self, *, listening: bool = True) -> None:
        """From nothing but what was kept."""
        await self.platform.close()
        self.platform = self.made()
        before = self.kept.batches
        self.task = asyncio.create_task(self.platform.run(self.kept))
        if listening:
            await self.kept.until(lambda: self.kept.batches > before)

    async def stop(self) -> None:
        if self.task is not None:
            self.task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self.task
            self.task = None

    async def close(self) -> None:
        with contextlib.suppress(Exception):
            await self.stop()
        await self.platform.close()


def words(text: str) -> Message:
    return Message((Paragraph((Text(text),)),))


@pytest_asyncio.fixture
async def bot(homeserver: Homeserver) -> AsyncIterator[Bot]:
    made = Bot(homeserver.url, homeserver.register_fresh("veillee"))
    yield made
    await made.close()


@pytest_asyncio.fixture
async def proxy(homeserver: Homeserver, bot: Bot) -> AsyncIterator[FaultyProxy]:
    async with FaultyProxy(homeserver.url) as started:
        bot.url = started.url
        yield started
        await bot.close()


@pytest_asyncio.fixture
async def hall(new_member: NewMember, bot: Bot) -> tuple[Member, str]:
    ana = await new_member("ana")
    room = await ana.create_room("Hall", public=True)
    bot.places = [MatrixPlaces(slug="potters", rooms=(room,))]
    bot.friends = {ana.user_id}
    return ana, room
