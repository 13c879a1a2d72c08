"""What is taken back while it is on its way does not stay."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.chat.content import Message, Poll
from bot.model.flow import Outbox
from bot.ports import NotNow, PlatformProblem, TryLater
from tests.features.both import SILENT
from tests.stage import HALL, Stage, stage

WORDS = "Je répare des vélos"
UNDO = "annuler la dernière action"


class Line:
    """To the platform. Until it is `mended`, nothing comes through to the room, or its answers are lost."""

    def __init__(self, s: Stage, monkeypatch: pytest.MonkeyPatch, problem: PlatformProblem, *, said: bool) -> None:
        self._stage = s
        self._problem = problem
        self._said = said
        self._broken = True
        for name in ("post", "open_poll"):
            monkeypatch.setattr(s.platform, name, self._through(getattr(s.platform, name)))

    def _through(self, call: Any) -> Any:
        async def through(room: str, said: Message | Poll, **rest: Any) -> str:
            if not self._broken or room != HALL:
                id: str = await call(room, said, **rest)
                return id
            if self._said:
                await call(room, said, **rest)
            raise self._problem

        return through

    async def mended(self) -> None:
        self._broken = False
        self._stage.app.delivery._resting.clear()
        await self._stage.app.settle()


async def introduced(s: Stage) -> None:
    await s.tell("bo", "me présenter")
    for _ in range(3):
        await s.tell("bo", WORDS)
    await s.press("bo", "Publier")


async def forgotten(s: Stage) -> None:
    await s.tell("bo", "oublie-moi")
    await s.press("bo", "Tout effacer")


async def actions(s: Stage) -> str:
    return "".join(row.action for row in await s.kept(Outbox))


@pytest.mark.parametrize("problem", [TryLater("no answer"), NotNow("no answer")])
async def test_who_is_forgotten_while_the_answer_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: PlatformProblem
) -> None:
    async with stage(tmp_path, **SILENT) as s:
        line = Line(s, monkeypatch, problem, said=True)
        await introduced(s)
        assert WORDS in s.in_room()[-1]
        await forgotten(s)
        await line.mended()
        assert s.in_room() == []
        assert await s.kept(Outbox, room=HALL) == []


async def test_what_was_never_said_is_not_said_to_be_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with stage(tmp_path, **SILENT) as s:
        line = Line(s, monkeypatch, NotNow("server down"), said=False)
        await introduced(s)
        await forgotten(s)
        await line.mended()
        assert [said for said in s.platform.said if said.room == HALL] == []
        assert WORDS not in await actions(s)


async def test_of_what_cannot_be_on_its_way_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Something else stands before it: it was not given to the platform yet."""
    async with stage(tmp_path, facilitators=("ana",), **SILENT) as s:
        line = Line(s, monkeypatch, NotNow("server down"), said=False)
        await s.tell("ana", "brise-glace")
        await introduced(s)
        assert WORDS in await actions(s)
        await forgotten(s)
        assert WORDS not in await actions(s)
        await line.mended()
        assert len(s.in_room()) == 1


async def test_taken_back_in_the_moment_in_which_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage(tmp_path, facilitators=("ana",), **SILENT) as s:
        post, begun, go_on = s.platform.post, asyncio.Event(), asyncio.Event()

        async def slow(room: str, said: Message, **rest: Any) -> str:
            id = await post(room, said, **rest)
            if room == HALL:
                begun.set()
                await go_on.wait()
            return id

        monkeypatch.setattr(s.platform, "post", slow)
        saying = asyncio.create_task(s.tell("ana", "brise-glace"))
        await begun.wait()
        await s.platform.tell("ana", UNDO)
        await s.app.router.drain()
        assert len(s.in_room()) == 1
        go_on.set()
        await saying
        assert s.in_room() == []
        assert await s.kept(Outbox, room=HALL) == []


@pytest.mark.parametrize("polls", [("rehearsal",), ()])
async def test_a_poll_asked_by_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, polls: tuple[str, ...]
) -> None:
    async with stage(tmp_path, polls=polls, facilitators=("ana",), **SILENT) as s:
        line = Line(s, monkeypatch, TryLater("no answer"), said=True)
        await s.tell("ana", "sondage Quel soir ? | mardi, jeudi")
        assert len(s.in_room()) == 1
        await s.tell("ana", UNDO)
        await line.mended()
        assert s.in_room() == []
