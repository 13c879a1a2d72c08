"""What is asked in private, one question at a time: an answer is read as one, and a command stays a command."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.model.community import Person
from bot.model.flow import Conversation
from bot.model.rhythm import Due, Pause
from bot.model.story import StoryDraft
from tests.features.stories.acts import planned
from tests.stage import Stage, stage

ONLY_ICE: dict[str, Any] = {"pulse": {"on": False}, "stories": {"days": ()}}


async def _asked(s: Stage) -> list[str]:
    return [each.waiting_for for each in await s.kept(Conversation)]


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_a_command_typed_again_as_it_ought_to_be(tmp_path: Path, language: str) -> None:
    show, move, when = {
        "fr": ("plan voir", "plan déplacer", "mardi 12 janvier 9 h"),
        "en": ("plan show", "plan move", "Tuesday 12 January at 09:15"),
    }[language]
    async with stage(tmp_path, language=language, **ONLY_ICE) as s:
        number = (await s.kept(Due, state="pending", order="due_at"))[0].id
        await s.tell("ana", f"{show} abc")
        assert await _asked(s) == ["number"]
        shown = await s.tell("ana", f"{show} {number}")
        assert "abc" not in shown
        assert f"{show} {number}" not in shown
        assert await _asked(s) == []
        await s.tell("ana", f"{move} {number} | zut")
        assert await _asked(s) == ["when"]
        await s.tell("ana", f"{move} {number} | {when}")
        assert await _asked(s) == []
        [moved] = await s.kept(Due, id=number)
        assert (moved.due_at.day, moved.moved) == (12, True)


async def test_help_and_other_commands_come_first_and_nothing_is_answered_by_mistake(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        assert "Choisis parmi" in await s.tell("bo", "messages mins")
        assert "Voici ce que" in await s.tell("bo", "aide")
        assert await _asked(s) == []
        await s.tell("bo", "rencontres")
        assert [p.wish for p in await s.kept(Person, external="bo")] == ["usual"]


async def test_what_was_told_already_waits_for_the_rest(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.tell("ana", "rencontre planifier Dire non | zut")
        assert "Voici ce que" in await s.tell("ana", "aide")
        assert await _asked(s) == ["when"]
        await s.tell("ana", "jeudi 14 janvier 12 h")
        assert await _asked(s) != ["when"]


async def test_what_is_told_in_free_words_is_never_taken_for_a_command(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.tell("ana", "rencontre planifier")
        await s.tell("ana", "plan")
        assert [c.answers for c in await s.kept(Conversation)] == [{"theme": "plan"}]


async def test_a_story_under_way_outlives_what_is_asked_meanwhile(tmp_path: Path) -> None:
    """In the room, or by the prefix: what they write in private next is their story all the same."""
    async with stage(tmp_path) as s:
        await planned(s)
        await s.tell("bo", "récit 1")
        await s.press("bo", "Écrire")
        asked = await _asked(s)
        assert asked
        await s.say("bo", "!veillee aide")
        await s.tell("bo", "!veillee aide")
        assert await _asked(s) == asked
        await s.tell("bo", "Un soir de neige, elle a posé la question que personne ne posait.")
        assert await s.kept(StoryDraft, order="person_id")


@pytest.mark.parametrize(("typed", "known"), [("annuler", False), ("12", True), ("moins", False)])
async def test_words_that_stop_or_answer_are_no_commands(tmp_path: Path, typed: str, known: bool) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        await s.tell("ana", "plan congé 20 janvier")
        await s.tell("ana", "plan voir abc" if typed != "moins" else "messages mins")
        said = await s.tell("ana", typed)
        assert "Le congé est retiré" not in said, "it stops what is asked, and undoes nothing"
        assert ("Je ne trouve pas" in said) == known


async def test_what_is_not_understood_is_asked_again_and_how_to_stop_with_it(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.tell("bo", "messages mins")
        for _ in range(3):
            said = await s.tell("bo", "souvent")
            assert "souvent" in said
            assert "Combien de fois" in said
            assert "annuler" in said


async def test_what_was_wrong_is_what_is_asked_again(tmp_path: Path) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        said = await s.tell("ana", "pause | zut")
        assert "zut" in said
        assert "quoi en pause" not in said
        await s.tell("ana", "20 janvier")
        [pause] = await s.kept(Pause)
        assert (pause.feature, pause.until and pause.until.day) == ("", 20)


@pytest.mark.parametrize("words", ["les rencontres seulement", "Les rencontres seulement", "rencontres seulement"])
async def test_the_words_that_are_offered_are_understood(tmp_path: Path, words: str) -> None:
    async with stage(tmp_path) as s:
        await s.tell("bo", f"messages {words}")
        assert [p.wish for p in await s.kept(Person, external="bo")] == ["sessions"]
