"""The database in trouble, and what nobody can read: Veillée goes on."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import pytest

from bot import app as application
from bot.model.flow import Inbox
from bot.ports import StoreTrouble
from bot.unasked import Unasked
from tests.stage import Stage, stage


def _full() -> NoReturn:
    raise StoreTrouble("database or disk is full")


async def _answered(s: Stage) -> None:
    async with asyncio.timeout(10):
        while not s.in_room():
            await asyncio.sleep(0.05)


async def test_a_full_disk_ends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application, "PLAN_EVERY", 0.05)
    monkeypatch.setattr(application, "PLAN_AGAIN", 0.05)
    async with stage(tmp_path) as s:
        running = asyncio.create_task(s.app.run())
        with monkeypatch.context() as trouble:
            trouble.setattr(s.store, "unit", _full)
            s.app.delivery.wake()
            s.app._something.set()
            await asyncio.sleep(0.3)
            assert not running.done()
        await s.platform.say("bo", "hall", "!veillee adie")
        await _answered(s)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def test_a_planner_of_ours_that_fails_ends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application, "PLAN_EVERY", 0.01)
    async with stage(tmp_path) as s:

        async def broken(_unasked: Unasked) -> None:
            raise KeyError("canary")

        monkeypatch.setattr(Unasked, "plan", broken)
        running = asyncio.create_task(s.app.run())
        await asyncio.sleep(0.1)
        assert not running.done()
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def test_what_cannot_be_read_is_set_aside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with stage(tmp_path) as s:
        row: dict[str, Any] = {"platform": "rehearsal", "room": "hall", "at": s.clock.now()}
        async with s.store.unit() as unit:
            await unit.add(Inbox(key="later:1", event='{"kind":"of a later version","text":"canary"}', **row))
        await s.say("bo", "!veillee adie")
        assert len(s.in_room()) == 1
        assert [i.state for i in await s.kept(Inbox)] == ["failed", "done"]
        assert "canary" not in "".join(capsys.readouterr())
