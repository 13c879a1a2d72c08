"""The database in trouble, and what nobody can read: Veillée goes on."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import pytest

from bot import app as application
from bot.chat.events import MessagePosted, MessageRemoved, Someone
from bot.intake import _Taking
from bot.model.activity import Activity
from bot.model.flow import Inbox
from bot.ports import Batch, StoreTrouble
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
    monkeypatch.setattr(application, "PLAN_FIRST", 0.05)
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
    monkeypatch.setattr(application, "PLAN_FIRST", 0.01)
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


async def test_an_event_that_cannot_be_kept_keeps_out_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with stage(tmp_path) as s:
        row = _Taking._row

        def mistaken(self: _Taking, event: Any, place: Any) -> Any:
            if getattr(event, "text", "") == "canary":
                raise KeyError("canary")
            return row(self, event, place)

        monkeypatch.setattr(_Taking, "_row", mistaken)
        common: dict[str, Any] = {"platform": "rehearsal", "room": "hall", "person": "bo", "at": s.clock.now()}
        words = ["un", "canary", "!veillee adie", "deux"]
        batch = Batch([MessagePosted(id=f"b{n}", text=text, **common) for n, text in enumerate(words)], "after")
        for _ in range(2):  # killed in the middle, it comes again
            await s.app.intake.take(s.platform.account, batch)
        await s.app.settle()
        assert await s.app.intake.cursor(s.platform.account) == "after"
        assert {a.event for a in await s.kept(Activity)} >= {"b0", "b2", "b3"}
        assert len(s.in_room()) == 1
        assert "canary" not in "".join(capsys.readouterr())


async def test_taking_back_in_one_room_takes_nothing_from_another(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.platform.open_room("cour", "La cour", community="cercle", members=[Someone("bo", "Bo")])
        said = await s.say("bo", "bonsoir")
        common: dict[str, Any] = {"platform": "rehearsal", "person": "bo", "at": s.clock.now(), "message": said}
        counted = {a.event for a in await s.kept(Activity)}
        await s.app.intake.take(s.platform.account, Batch([MessageRemoved(id="x1", room="cour", **common)], "1"))
        assert {a.event for a in await s.kept(Activity)} == counted
        await s.app.intake.take(s.platform.account, Batch([MessageRemoved(id="x2", room="hall", **common)], "2"))
        assert {a.event for a in await s.kept(Activity)} == counted - {said}
