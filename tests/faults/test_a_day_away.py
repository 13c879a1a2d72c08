"""A platform that cannot be reached for a day: what goes out afterwards, in which order, and what does not any more."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.chat.content import Message
from bot.model.flow import Outbox
from bot.ports import NotNow, PlatformProblem, TryLater
from tests.features.sessions.acts import ENGLISH, SAY_NO, planned, stage
from tests.journeys.player import ZONE
from tests.stage import HALL, Stage


async def _until(s: Stage, instant: datetime) -> None:
    await s.wait(seconds=(instant - s.clock.now()).total_seconds())
    s.app.delivery._resting.clear()
    await s.app.settle()


def _unreachable(s: Stage, monkeypatch: pytest.MonkeyPatch, problem: PlatformProblem) -> None:
    async def unreachable(room: str, message: Message, **rest: Any) -> str:
        raise problem

    monkeypatch.setattr(s.platform, "post", unreachable)


@pytest.mark.parametrize("problem", [NotNow("server down"), TryLater("no answer", 60)], ids=["down", "no answer"])
@pytest.mark.parametrize("language", ["fr", "en"])
async def test_what_is_of_no_use_any_more_is_not_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, problem: PlatformProblem
) -> None:
    """From the morning before a session to the morning after it: neither the reminder nor the antechamber come a day
    late. What somebody asked meanwhile is answered, and the icebreaker of that day is still one."""
    typed, confirm, come = {
        "fr": (SAY_NO, "Annoncer", "Je viens"), "en": (ENGLISH, "Announce it", "I’m coming"),
    }[language]  # fmt: skip
    weekly = {"day": "thursday", "at": "15:00"}
    async with stage(tmp_path, language=language, icebreakers=weekly, facilitators=("ana",)) as s:
        await planned(s, typed, confirm)
        await s.press("bo", come)
        await _until(s, datetime(2027, 1, 13, 9, 0, tzinfo=ZONE))
        before, told = len(s.in_room()), len(s.all_heard("bo"))
        with monkeypatch.context() as away:
            _unreachable(s, away, problem)
            await s.platform.say("bo", HALL, "!veillee adie")
            await _until(s, datetime(2027, 1, 14, 18, 0, tzinfo=ZONE))
            assert len(s.in_room()) == before
        await _until(s, datetime(2027, 1, 15, 9, 0, tzinfo=ZONE))
        said = s.in_room()[before:]
        assert [("aide" in text or "help" in text, "brise-glace" in text or "icebreaker" in text) for text in said] == [
            (True, False), (False, True),
        ]  # fmt: skip
        assert s.all_heard("bo")[told:] == []
        overtaken = {row.purpose for row in await s.kept(Outbox, state="failed")}
        assert overtaken == {"sessions.reminder", "sessions.antechamber"}


async def test_what_came_back_in_time_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half an hour of silence over the hour of the reminder: it is said once."""
    async with stage(tmp_path, icebreakers={"on": False}) as s:
        await planned(s)
        await s.press("bo", "Je viens")
        await _until(s, datetime(2027, 1, 13, 11, 50, tzinfo=ZONE))
        with monkeypatch.context() as away:
            _unreachable(s, away, NotNow("server down"))
            await _until(s, datetime(2027, 1, 13, 12, 20, tzinfo=ZONE))
            told = len(s.all_heard("bo"))
        await _until(s, datetime(2027, 1, 13, 12, 40, tzinfo=ZONE))
        assert [text.splitlines()[0].startswith("Rappel") for text in s.all_heard("bo")[told:]] == [True]
