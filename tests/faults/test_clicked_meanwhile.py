"""A click under what is shown already, before we were told that it is: where clicks are reactions."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.chat.capabilities import Level
from bot.chat.content import Message
from bot.chat.events import MessageRemoved, ReactionAdded
from bot.doubt import DOUBTED_FOR
from bot.model.activity import Activity
from bot.model.flow import Inbox, Outbox
from bot.model.session import Rsvp
from bot.ports import Batch, NotNow, PlatformProblem, Refused, TryLater
from tests.features.both import SAY_NO, SILENT
from tests.stage import HALL, Stage, stage


class Lost:
    """The answers to what is said in the room, until `found`. `shown`: the announcement."""

    def __init__(self, s: Stage, monkeypatch: pytest.MonkeyPatch, problem: PlatformProblem) -> None:
        self._stage = s
        self._post = s.platform.post
        self.problem: PlatformProblem | None = problem
        self.shown = ""
        monkeypatch.setattr(s.platform, "post", self._said)

    async def _said(self, room: str, message: Message, **rest: Any) -> str:
        said = await self._post(room, message, **rest)
        if room == HALL and "Dire non" in self._stage.read(message):
            self.shown = said
            if self.problem is not None:
                raise self.problem
        return said

    async def found(self, problem: PlatformProblem | None = None) -> None:
        self.problem = problem
        self._stage.app.delivery._resting.clear()
        await self._stage.app.settle()


async def announced(s: Stage) -> None:
    await s.say("ana", SAY_NO)
    await s.tell("ana", "1")


async def click(s: Stage, person: str, message: str, emoji: str = "✅") -> str:
    clicked = await s.platform.add_reaction(person, message, emoji)
    await s.app.settle()
    return clicked


async def answers(s: Stage) -> list[str]:
    return [rsvp.answer for rsvp in await s.kept(Rsvp)]


@pytest.mark.parametrize("problem", [TryLater("no answer"), NotNow("no answer")])
async def test_the_answer_was_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: PlatformProblem
) -> None:
    async with stage(tmp_path, buttons=Level.FALLBACK, **SILENT) as s:
        lost = Lost(s, monkeypatch, problem)
        await announced(s)
        await click(s, "bo", lost.shown)
        await click(s, "cleo", lost.shown)
        assert await answers(s) == []
        assert "Aucune" not in await s.tell("cleo", "rencontres"), "nothing else waits"
        await lost.found()
        assert await answers(s) == ["yes", "yes"]
        assert await s.kept(Activity, kind="reaction") == []


async def test_the_answer_is_late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it runs: whoever reads clicks is told that it was said."""
    monkeypatch.setattr("bot.turns.A_MOMENT", 0.05)
    async with stage(tmp_path, buttons=Level.FALLBACK, **SILENT) as s:
        post, shown, go_on = s.platform.post, asyncio.Queue[str](), asyncio.Event()

        async def slow(room: str, message: Message, **rest: Any) -> str:
            said = await post(room, message, **rest)
            if room == HALL and "Dire non" in s.read(message):
                shown.put_nowait(said)
                await go_on.wait()
            return said

        monkeypatch.setattr(s.platform, "post", slow)
        await s.say("ana", SAY_NO)
        running = asyncio.create_task(s.app.run())
        try:
            await s.platform.tell("ana", "1")
            async with asyncio.timeout(10):
                announcement = await shown.get()
                for person in ("bo", "cleo"):
                    await s.platform.add_reaction(person, announcement, "✅")
                await asyncio.sleep(0.2)
                assert await answers(s) == []
                go_on.set()
                while len(await answers(s)) < 2:
                    await asyncio.sleep(0.02)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


async def test_taken_back_before_it_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage(tmp_path, buttons=Level.FALLBACK, **SILENT) as s:
        lost = Lost(s, monkeypatch, TryLater("no answer"))
        await announced(s)
        clicked = await click(s, "bo", lost.shown)
        await click(s, "cleo", lost.shown)
        await s.platform.take_back("bo", clicked)
        await s.app.settle()
        await lost.found()
        assert await answers(s) == ["yes"]


async def test_taken_back_by_another_name_than_it_was_put_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Discord tells of them."""
    async with stage(tmp_path, buttons=Level.FALLBACK, **SILENT) as s:
        lost = Lost(s, monkeypatch, TryLater("no answer"))
        await announced(s)
        told: dict[str, Any] = {"platform": s.platform.name, "room": HALL, "person": "bo", "at": s.clock.now()}
        put = ReactionAdded(id="put-1", trace="both", message=lost.shown, emoji="✅", **told)
        for event in (put, MessageRemoved(id="gone-1", message="both", **told)):
            await s.app.intake.take("account", Batch([event], ""))
            await s.app.settle()
        await lost.found()
        assert await answers(s) == []


async def test_what_cannot_be_read_keeps_no_answer_from_being_taken_back(tmp_path: Path) -> None:
    async with stage(tmp_path, buttons=Level.FALLBACK, **SILENT) as s:
        await announced(s)
        shown = [row for row in await s.kept(Outbox, room=HALL, state="sent") if row.choices][-1].message
        clicked = await click(s, "bo", shown)
        later = f'{{"kind": "of a later version", "id": "{clicked}"}}'
        async with s.store.unit() as unit:
            await unit.add(Inbox(key="later", platform=s.platform.name, room=HALL, event=later, at=s.clock.now()))
        await s.platform.take_back("bo", clicked)
        await s.app.settle()
        assert await answers(s) == []


async def test_what_is_only_edited_leaves_no_doubt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is known already: a sign left on something else is counted at once."""
    async with stage(tmp_path, buttons=Level.FALLBACK, **SILENT) as s:
        await announced(s)
        shown = [row for row in await s.kept(Outbox, room=HALL, state="sent") if row.choices][-1].message

        async def late(*_: Any, **__: Any) -> None:
            raise TryLater("slow down")

        monkeypatch.setattr(s.platform, "edit", late)
        await click(s, "bo", shown)
        assert [row.state for row in await s.kept(Outbox, room=HALL) if row.choices] == ["sent", "pending"]
        await click(s, "cleo", await s.say("ana", "Bonjour"), "❤️")
        assert len(await s.kept(Activity, kind="reaction")) == 1
        assert await s.kept(Inbox, state="pending") == []


async def test_what_is_tried_for_long_is_waited_for_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And whoever listens is told so, with nothing else going on."""
    async with stage(tmp_path, buttons=Level.FALLBACK, **SILENT) as s:
        lost = Lost(s, monkeypatch, TryLater("no answer"))
        await announced(s)
        await click(s, "bo", lost.shown)
        running = asyncio.create_task(s.app.run())
        try:
            async with asyncio.timeout(20):
                while (await s.kept(Outbox, state="pending"))[0].tries <= DOUBTED_FOR:
                    s.app.delivery._resting.clear()
                    s.app.delivery.wake()
                    await asyncio.sleep(0.02)
                while await s.kept(Inbox, state="pending"):
                    await asyncio.sleep(0.02)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


@pytest.mark.parametrize("problem", [None, Refused("no")])
async def test_a_sign_left_on_something_else_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: PlatformProblem | None
) -> None:
    async with stage(tmp_path, buttons=Level.FALLBACK, **SILENT) as s:
        lost = Lost(s, monkeypatch, TryLater("no answer"))
        await announced(s)
        await click(s, "bo", await s.say("cleo", "Bonjour"))
        assert len(await s.kept(Inbox, state="pending")) == 1
        await lost.found(problem)
        assert await s.kept(Inbox, state="pending") == []
        assert await answers(s) == []
