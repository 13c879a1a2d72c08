"""What cannot be said must not silence what follows."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.chat.content import Message
from bot.dispatch import MOST_TRIES
from bot.model.community import Person
from bot.model.flow import UNSAID, Outbox
from bot.ports import NotNow, Refused, StoreTrouble, TryLater
from tests.features.both import SILENT
from tests.stage import Stage, stage


@pytest.mark.parametrize("fault", [ValueError("canary"), Refused("not allowed here")])
async def test_one_that_cannot_be_said_is_given_up_and_the_next_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fault: Exception
) -> None:
    async with stage(tmp_path) as s:
        post, times = s.platform.post, 0

        async def once_broken(room: str, message: Message, **rest: Any) -> str:
            nonlocal times
            times += 1
            if times == 1:
                raise fault
            return await post(room, message, **rest)

        monkeypatch.setattr(s.platform, "post", once_broken)
        await s.say("bo", "!veillee adie")
        await s.say("bo", "!veillee adei")
        assert len(s.in_room()) == 1
        assert [o.state for o in await s.kept(Outbox)] == ["failed", "sent"]
        assert all(p.reachable for p in await s.kept(Person))
        assert "canary" not in "".join(capsys.readouterr())


async def _tried_for(s: Stage, tries: int, **gap: float) -> None:
    """As after so many tries, in so much time."""
    async with s.store.unit() as unit:
        for row in await unit.find(Outbox, state="pending"):
            row.tries = tries
    s.clock.move_to(s.clock.now() + timedelta(**gap))
    s.app.delivery._resting.clear()
    await s.app.settle()


def _failing(s: Stage, monkeypatch: pytest.MonkeyPatch, problem: Exception, words: str) -> None:
    """The platform fails at whatever contains these words."""
    post = s.platform.post

    async def broken(room: str, message: Message, **rest: Any) -> str:
        if words in s.read(message):
            raise problem
        return await post(room, message, **rest)

    monkeypatch.setattr(s.platform, "post", broken)


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_what_fails_all_day_is_set_aside_and_facilitators_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    async with stage(tmp_path, language=language, facilitators=("ana",), **SILENT) as s:
        _failing(s, monkeypatch, TryLater("status 500"), "canary")
        words = {"fr": "brise-glace ajouter", "en": "icebreaker add"}[language]
        await s.say("ana", f"!veillee {words} canary")
        await s.say("bo", "!veillee adie")
        await _tried_for(s, MOST_TRIES, hours=23)
        assert s.in_room() == []  # not yet: it may be a bad day
        await _tried_for(s, MOST_TRIES - 2, hours=2)
        assert s.in_room() == []  # a day old, and hardly tried
        await _tried_for(s, MOST_TRIES, minutes=6)
        assert len(s.in_room()) == 1
        [told] = s.all_heard("ana")
        first = {"fr": "Un message prévu lundi 4 janvier", "en": "A message due Monday"}
        assert told.startswith(first[language]), told
        assert "canary" not in told
        assert [o.state for o in await s.kept(Outbox)][:2] == ["failed", "sent"]


async def test_a_database_that_is_locked_just_then_is_no_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with stage(tmp_path, facilitators=("ana",), **SILENT) as s:
        _failing(s, monkeypatch, TryLater("status 500"), "!veillee")
        await s.say("bo", "!veillee adie")

        async def locked(*_: object) -> None:
            raise StoreTrouble("locked")

        with monkeypatch.context() as trouble:
            trouble.setattr(s.app.delivery._dispatch._receipts, "unsaid", locked)
            await _tried_for(s, MOST_TRIES, hours=25)
        assert [row.state for row in await s.kept(Outbox)] == ["pending"]
        logged = "".join(capsys.readouterr())
        assert "try not counted" in logged
        assert "mistake" not in logged
        await _tried_for(s, MOST_TRIES, hours=1)
        assert [row.state for row in await s.kept(Outbox)] == ["failed", "sent"]


async def test_one_for_a_person_alone_names_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage(tmp_path, facilitators=("ana",), **SILENT) as s:
        _failing(s, monkeypatch, TryLater("status 500"), "!veillee")
        await s.say("bo", "!veillee aide")
        await _tried_for(s, MOST_TRIES, hours=25)
        [told] = s.all_heard("ana")
        assert told.startswith("Un message privé prévu")
        assert "Bo" not in told


async def test_that_it_could_not_be_said_is_not_said_of_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with stage(tmp_path, facilitators=("ana",), **SILENT) as s:
        _failing(s, monkeypatch, TryLater("status 500"), "")
        await s.say("bo", "!veillee adie")
        for _ in range(4):
            await _tried_for(s, MOST_TRIES, hours=25)
        assert [(o.purpose, o.state) for o in await s.kept(Outbox)] == [("reply", "failed"), (UNSAID, "failed")]


async def test_a_platform_that_is_away_for_days_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with stage(tmp_path, facilitators=("ana",), **SILENT) as s:
        with monkeypatch.context() as away:
            _failing(s, away, NotNow("server down"), "")
            await s.say("bo", "!veillee adie")
            for _ in range(3 * MOST_TRIES):
                await _tried_for(s, 0, hours=1)
            [row] = await s.kept(Outbox)
            assert (row.state, row.tries) == ("pending", 0)
        await _tried_for(s, 0, hours=1)
        assert len(s.in_room()) == 1
