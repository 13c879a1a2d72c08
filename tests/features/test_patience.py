"""Whoever is not understood is told so a few times, then that no more comes for a while. What is understood is done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.patience import MOST, SILENT, Answer, Patience
from tests.features.both import both
from tests.stage import stage

LAST = {"fr": "je me tais 5 minutes", "en": "I’ll be quiet for 5 minutes"}


@pytest.mark.parametrize("native", [False, True])
@pytest.mark.parametrize("language", ["fr", "en"])
async def test_nonsense_is_answered_so_many_times(tmp_path: Path, language: str, native: bool) -> None:
    async with stage(tmp_path, language=language, native=native) as s:
        for number in range(2 * MOST):
            await s.say("bo", f"!veillee xyzzy{number}")
        said = s.in_room()
        assert len(said) == MOST + 1
        assert LAST[language] in said[-1]
        assert not any(LAST[language] in earlier for earlier in said[:-1])
        await s.say("cleo", "!veillee xyzzy")
        assert len(s.in_room()) == MOST + 2  # others are answered
        words = "brise-glace ajouter Qui ?" if language == "fr" else "icebreaker add Who?"
        await s.say("ana", f"!veillee {words}")
        assert len(s.in_room()) == MOST + 3


async def test_what_is_understood_is_done_all_the_same(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        for _ in range(MOST + 5):
            await s.say("ana", "!veillee xyzzy")
        said = len(s.in_room())
        await s.say("ana", "!veillee brise-glace ajouter Qui vous inspire ?")
        assert "Qui vous inspire" in s.in_room()[-1]
        assert len(s.in_room()) == said + 1
        await s.tell("ana", "aide")
        assert "!veillee" in s.heard("ana")


async def test_answered_again_after_a_while(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        for _ in range(MOST + 5):
            await s.say("bo", "!veillee xyzzy")
        await s.wait(minutes=4)
        said = len(s.in_room())
        await s.say("bo", "!veillee xyzzy")
        assert len(s.in_room()) == said
        await s.wait(minutes=2)
        await s.say("bo", "!veillee xyzzy")
        assert len(s.in_room()) == said + 1


async def test_who_is_slow_is_always_answered(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        for _ in range(2 * MOST):
            await s.say("bo", "!veillee xyzzy")
            await s.wait(seconds=7)
        assert len(s.in_room()) == 2 * MOST


async def test_in_private_and_on_each_platform_alone(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        for _ in range(MOST + 5):
            await here.tell("bo", "xyzzy")
        assert len(here.all_heard("bo")) == MOST + 1
        await there.tell("bo77", "xyzzy")
        assert len(there.all_heard("bo77")) == 1


async def test_an_answer_that_only_one_sees_is_always_given(tmp_path: Path) -> None:
    """The platform shows that an answer is on its way: there must be one."""
    async with stage(tmp_path, native=True) as s:
        for _ in range(MOST + 5):
            await s.command("bo", "sessions.plan", theme="Dire non")
        assert len(s.all_heard("bo")) == MOST + 5


def test_only_so_many_are_remembered() -> None:
    patience, now = Patience(), datetime(2027, 1, 4, tzinfo=UTC)
    for _ in range(MOST):
        assert patience.misunderstood("matrix", "@bo:x", now) is Answer.PROBLEM
    assert patience.misunderstood("matrix", "@bo:x", now) is Answer.ENOUGH
    assert patience.misunderstood("matrix", "@bo:x", now + SILENT - timedelta(seconds=1)) is Answer.NONE
    for number in range(5_000):
        patience.misunderstood("matrix", f"@p{number}:x", now)
    assert len(patience._heard) == 1_000
