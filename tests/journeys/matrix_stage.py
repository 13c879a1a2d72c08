"""A community on a real homeserver: the real core and adapter, members whose client is not ours, and the core's
clock moved by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from adapters.matrix.client import MatrixPlatform
from adapters.matrix.settings import MatrixPlaces, MatrixSettings
from bot.app import App
from bot.model.activity import Activity
from bot.model.flow import Inbox, Outbox
from bot.model.rhythm import Due
from bot.model.settings import Settings
from bot.ports import Unit
from scheduler.clock import VirtualClock
from storage.attachments import AttachmentFolder
from storage.migrate import migrate
from storage.seals import FileSeals
from storage.store import SqlStore
from tests.synapse.homeserver import Account, Homeserver
from tests.synapse.member import Member


class MatrixStage:
    def __init__(self, app: App, clock: VirtualClock, bot: str, room: str) -> None:
        self.app = app
        self.clock = clock
        self.bot = bot
        self.room = room

    async def settle(self, member: Member) -> None:
        """Until what was last said there is taken in, handled and answered."""
        mark = await member.say(self.room, "a word of no consequence")
        left: object = None
        try:
            async with asyncio.timeout(60):
                while left := await self._left(mark):
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise AssertionError(f"at {self.clock.now()} there was still {left}") from None

    async def _left(self, mark: str) -> object:
        """What is still to be heard, handled, said or done; nothing when all is."""
        async with self.app.store.unit() as unit:
            inbox, outbox = await unit.find(Inbox, state="pending"), await unit.find(Outbox, state="pending")
            due = await unit.one(Due, state="pending", order="due_at")
            if not await self._heard(unit, mark):
                return "a word not heard"
        return inbox or outbox or (due if due and due.due_at <= self.clock.now() else None)

    @staticmethod
    async def _heard(unit: Unit, event: str) -> bool:
        return await unit.count(Activity, event=event) > 0

    async def wait(self, member: Member, **gap: float) -> None:
        """Let time go by, stopping where something is due."""
        end = self.clock.now() + timedelta(**gap)
        while (due := await self.app.timetable.next()) and due <= end:
            self.clock.move_to(due)
            await self.settle(member)
        self.clock.move_to(end)
        await self.settle(member)

    async def said(self, member: Member, room: str = "") -> list[dict[str, Any]]:
        """All that Veillée said there that this member can read, edits left out."""
        return [
            e for e in await member.read_all(room or self.room)
            if e["sender"] == self.bot and e["type"] == "m.room.message"
            and e["content"].get("m.relates_to", {}).get("rel_type") != "m.replace"
        ]  # fmt: skip

    async def last(self, member: Member, room: str = "") -> dict[str, Any]:
        return (await self.said(member, room))[-1]

    async def private(self, member: Member) -> str:
        return await member.direct_room_with(self.bot)

    async def tell(self, member: Member, text: str) -> str:
        """In private; returns the text of the answer."""
        room = await self.private(member)
        await member.say(room, text)
        # What was said in another room may come in a later answer of the server.
        await asyncio.sleep(0.5)
        await self.settle(member)
        body: str = (await self.last(member, room))["content"]["body"]
        return body

    async def click(self, member: Member, label: str, room: str = "") -> None:
        """React with the sign that stands before that label in the latest message showing it."""
        place = room or await self.private(member)
        for event in reversed(await self.said(member, place)):
            for line in event["content"]["body"].splitlines():
                if line.endswith(label):
                    await member.react(place, event["event_id"], line.lstrip("-•* ").split()[0])
                    await asyncio.sleep(0.5)
                    await self.settle(member)
                    return
        raise AssertionError(f"nothing to click says {label!r}")


@asynccontextmanager
async def matrix_stage(
    folder: Path, homeserver: Homeserver, account: Account, room: str, **settings: Any
) -> AsyncIterator[MatrixStage]:
    migrate(folder / "veillee.db")
    clock = VirtualClock(datetime.now(UTC))
    platform = MatrixPlatform(
        MatrixSettings.model_validate(
            {
                "homeserver": homeserver.url, "user_id": account.user_id, "access_token": account.access_token,
                "device_id": account.device_id,
            }
        ),
        [MatrixPlaces(slug="cercle", rooms=(room,))],
        clock=clock,
        may_invite=lambda *_: True,
    )  # fmt: skip
    app = App(
        store=SqlStore(f"sqlite+aiosqlite:///{folder / 'veillee.db'}"), clock=clock,
        seals=FileSeals(folder / "seals"),
        copies=AttachmentFolder(folder / "attachments"), platforms=[platform],
    )  # fmt: skip
    quiet = {"start": "00:00", "end": "00:00"}
    kept = {"name": "Le cercle", "zone": "America/Montreal", "quiet_hours": quiet} | settings
    await app.prepare([("cercle", Settings.model_validate(kept))])
    running = asyncio.create_task(app.run())
    try:
        yield MatrixStage(app, clock, account.user_id, room)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await app.close()
