"""What was just kept is handled and said without being read again; nothing of it is lost, doubled or overtaken."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.chat.content import Message
from bot.model.flow import Inbox, Outbox
from bot.ports import StoreTrouble, TryLater
from tests.stage import Stage, stage


@asynccontextmanager
async def alive(s: Stage) -> AsyncIterator[None]:
    running = asyncio.create_task(s.app.run())
    await until(lambda: s.app.delivery._accepting)
    try:
        yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def until(met: Any) -> None:
    async with asyncio.timeout(10):
        while not met():
            await asyncio.sleep(0.02)


async def test_answers_come_in_the_order_of_the_questions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first is slow to be said; what was asked meanwhile waits behind it."""
    async with stage(tmp_path) as s:
        post, said = s.platform.post, list[str]()

        async def slow(room: str, message: Message, **rest: Any) -> str:
            await asyncio.sleep(0.2 if not said else 0)
            said.append(s.read(message))
            return await post(room, message, **rest)

        monkeypatch.setattr(s.platform, "post", slow)
        async with alive(s):
            for word in ("adie", "rencontrse", "brise-glcae"):
                await s.platform.say("bo", "hall", f"!veillee {word}")
            await until(lambda: len(said) == 3)
        assert ["aide" in said[0], "rencontre" in said[1], "brise-glace" in said[2]] == [True] * 3
        assert [o.state for o in await s.kept(Outbox)] == ["sent"] * 3
        assert [i.state for i in await s.kept(Inbox)] == ["done"] * 3


async def test_what_was_put_off_is_handled_before_what_came_since(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with stage(tmp_path) as s:
        level, away = s.platform.level, True

        async def sometimes(room: str, person: str) -> int:
            if away:
                raise TryLater("away")
            return await level(room, person)

        monkeypatch.setattr(s.platform, "level", sometimes)
        async with alive(s):
            await s.platform.say("ana", "hall", "!veillee plan")
            await asyncio.sleep(0.2)
            await s.platform.say("bo", "hall", "!veillee adie")
            await asyncio.sleep(0.2)
            assert [i.state for i in await s.kept(Inbox)] == ["pending", "pending"]
            away = False
            await until(lambda: s.in_room() and s.heard("ana"))
        first, second = await s.kept(Outbox)
        assert (first.person, second.room) == ("ana", "hall")


@pytest.mark.parametrize("again", ["at once", "after a restart"])
async def test_what_may_have_been_said_is_looked_for_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, again: str
) -> None:
    """Said, and then the database takes no receipt: the platform is told that it may have been said already. What
    was never tried is not looked for."""
    async with stage(tmp_path) as s:
        post, unit, looked_for = s.platform.post, s.store.unit, list[datetime | None]()

        def locked() -> Any:
            raise StoreTrouble("locked")

        async def said(room: str, message: Message, *, since: datetime | None = None, **rest: Any) -> str:
            looked_for.append(since)
            if len(looked_for) == 1:
                monkeypatch.setattr(s.store, "unit", locked)
            return await post(room, message, **rest)

        monkeypatch.setattr(s.platform, "post", said)
        async with alive(s):
            await s.platform.say("bo", "hall", "!veillee adie")
            await until(lambda: len(looked_for) == 1)
            if again == "at once":
                monkeypatch.setattr(s.store, "unit", unit)
                await until(lambda: len(looked_for) == 2)
                await s.platform.say("bo", "hall", "!veillee adei")
                await until(lambda: len(looked_for) == 3)
        monkeypatch.setattr(s.store, "unit", unit)
        if again == "after a restart":
            async with alive(s):
                await until(lambda: len(looked_for) == 2)
                await s.platform.say("bo", "hall", "!veillee adei")
                await until(lambda: len(looked_for) == 3)
        assert [since is not None for since in looked_for] == [False, True, False]
        assert [o.state for o in await s.kept(Outbox)] == ["sent", "sent"]
        assert len(s.in_room()) == 2
