"""What may be moved or skipped, and what members count on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.model.poll import Poll
from bot.model.pulse import Pulse
from bot.model.rhythm import Deed, Due
from bot.model.story import SealedStory
from tests.features.stories.acts import drafted, planned, shared_texts
from tests.stage import Stage, stage

ONLY_ICE: dict[str, Any] = {"pulse": {"on": False}, "stories": {"days": ()}}
SILENT: dict[str, Any] = {"icebreakers": {"on": False}, "pulse": {"on": False}, "stories": {"days": ()}}
SAY_NO = "!veillee rencontre planifier Dire non | jeudi 14 janvier 12 h | 1 h 30 | Salon bleu"
HOURS = ["plan passer {}", "plan déplacer {} | jeudi 14 janvier 11 h 30", "plan déplacer {} | lundi 18 janvier 9 h"]


async def refused(s: Stage, kind: str, typed: str) -> str:
    """The answer. The row stays as it was."""
    [before] = await s.kept(Due, kind=kind, state="pending")
    answer = await s.tell("ana", typed.format(before.id))
    [after] = await s.kept(Due, kind=kind)
    assert (after.state, after.due_at, after.moved) == ("pending", before.due_at, False)
    assert await s.kept(Deed, name="rhythm.move") == []
    assert "Rien n’a changé" in answer
    return answer


@pytest.mark.parametrize("typed", HOURS)
async def test_stories_are_shared_at_the_hour_that_members_were_told(tmp_path: Path, typed: str) -> None:
    async with stage(tmp_path, **SILENT) as s:
        await planned(s)
        await drafted(s, "bo")
        await s.press("bo", "Sans nom")
        answer = await refused(s, "stories.share", typed)
        assert "rencontre déplacer" in answer
        assert len(await s.kept(SealedStory)) == 1
        await s.wait(days=20)
        assert any("la directrice a dit oui" in said for said in await shared_texts(s))


@pytest.mark.parametrize("typed", HOURS)
async def test_a_poll_closes_when_members_were_told(tmp_path: Path, typed: str) -> None:
    async with stage(tmp_path, **SILENT) as s:
        await s.tell("ana", "sondage On boit quoi ? | Thé, Eau | 3 jours")
        await refused(s, "polls.close", typed)
        await s.wait(days=3, hours=1)
        assert [poll.state for poll in await s.kept(Poll)] == ["closed"]


@pytest.mark.parametrize("typed", HOURS)
async def test_so_does_a_pulse(tmp_path: Path, typed: str) -> None:
    async with stage(tmp_path, **(SILENT | {"pulse": {"on": True}})) as s:
        for n in range(9):
            await s.join(f"p{n}", f"P{n}")
        await s.tell("ana", "pouls")
        await s.press("ana", "Poser la question")
        assert await s.kept(Pulse)
        await refused(s, "pulse.close", typed)


async def test_a_reminder_after_the_session_is_of_no_use(tmp_path: Path) -> None:
    async with stage(tmp_path, **SILENT) as s:
        await s.say("ana", SAY_NO)
        await s.press("ana", "Annoncer")
        await s.press("bo", "Je viens")
        await refused(s, "sessions.reminder", "plan déplacer {} | vendredi 15 janvier 9 h")
        await s.wait(days=9, hours=3)
        assert any("Rappel" in heard for heard in s.all_heard("bo"))


async def test_nor_is_a_request_for_stories(tmp_path: Path) -> None:
    async with stage(tmp_path, **(SILENT | {"stories": {"days": (3,)}})) as s:
        await planned(s)
        answer = await refused(s, "stories.prompt", "plan déplacer {} | vendredi 15 janvier 9 h")
        assert "rien à envoyer" in answer


@pytest.mark.parametrize(
    ("kind", "earlier"),
    [
        ("sessions.antechamber", "jeudi 7 janvier 11 h"),
        ("sessions.antechamber", "jeudi 14 janvier 7 h"),
        ("sessions.attendance", "vendredi 8 janvier 11 h"),
        ("sessions.attendance", "jeudi 14 janvier 13 h"),
    ],
)
async def test_nothing_is_said_before_it_is_true(tmp_path: Path, kind: str, earlier: str) -> None:
    """The antechamber says "on commence à 12 h", and who came is known once the session is over."""
    async with stage(tmp_path, **SILENT) as s:
        await s.say("ana", SAY_NO)
        await s.press("ana", "Annoncer")
        answer = await refused(s, kind, "plan déplacer {} | " + earlier)
        assert "rien à envoyer" in answer
        assert "Choisis une autre heure" in answer


async def test_nor_is_how_a_session_went_asked_before_it(tmp_path: Path) -> None:
    async with stage(tmp_path, **(SILENT | {"pulse": {"on": True, "every": 4}})) as s:
        for n in range(9):
            await s.join(f"p{n}", f"P{n}")
        await s.say("ana", SAY_NO)
        await s.press("ana", "Annoncer")
        for n in range(9):
            await s.press(f"p{n}", "Je viens")
        after = next(due for due in await s.kept(Due, kind="pulse.open") if "session" in due.args)
        assert "rien à envoyer" in await s.tell("ana", f"plan déplacer {after.id} | mercredi 13 janvier 9 h")
        assert [due.moved for due in await s.kept(Due, id=after.id)] == [False]
        assert "C’est déplacé" in await s.tell("ana", f"plan déplacer {after.id} | vendredi 15 janvier 9 h")


async def test_an_antechamber_may_open_a_little_earlier(tmp_path: Path) -> None:
    async with stage(tmp_path, **SILENT) as s:
        await s.say("ana", SAY_NO)
        await s.press("ana", "Annoncer")
        [due] = await s.kept(Due, kind="sessions.antechamber")
        assert "C’est déplacé" in await s.tell("ana", f"plan déplacer {due.id} | jeudi 14 janvier 9 h")
        await s.wait(days=9, hours=23, minutes=5)
        assert "L’antichambre est ouverte" in "\n".join(s.in_room())


async def test_an_hour_in_a_pause_is_said_to_be_so(tmp_path: Path) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        await s.tell("ana", "pause | 20 janvier")
        [due, *_] = await s.kept(Due, state="pending", order="due_at")
        assert "En pause" in await s.tell("ana", f"plan déplacer {due.id} | mardi 12 janvier 14 h")


async def test_what_comes_after_those_thirty_days_is_shown_as_well(tmp_path: Path) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        [due, *_] = await s.kept(Due, state="pending", order="due_at")
        await s.tell("ana", f"plan déplacer {due.id} | 1 mars 9 h")
        heard = len(s.all_heard("ana"))
        await s.tell("ana", f"plan voir {due.id}")
        assert "Voici ce que les membres verront" in "\n".join(s.all_heard("ana")[heard:])


async def test_what_was_late_is_late_again_once_its_move_is_undone(tmp_path: Path) -> None:
    async with stage(tmp_path, **(SILENT | {"quiet_hours": {"start": "21:00", "end": "08:00"}})) as s:
        await s.tell("ana", "pause | 8 janvier")
        await s.join("dan", "Dan")
        await s.wait(minutes=30)
        [before] = await s.kept(Due, kind="welcome.greet", state="pending")
        assert before.late_from is not None
        await s.tell("ana", f"plan déplacer {before.id} | 9 janvier 10 h")
        await s.tell("ana", "annuler")
        [after] = await s.kept(Due, kind="welcome.greet", state="pending")
        assert (after.due_at, after.late_from, after.moved) == (before.due_at, before.late_from, False)


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_the_examples_of_the_plan_can_be_typed(tmp_path: Path, language: str) -> None:
    async with stage(tmp_path, language=language, **ONLY_ICE) as s:
        [due, *_] = await s.kept(Due, state="pending", order="due_at")
        told = await s.tell("ana", "plan")
        example = {"fr": "plan déplacer 12 | ", "en": "plan move 12 | "}[language]
        when = told.split(example)[1].split(".")[0]
        await s.tell("ana", example.replace("12", str(due.id)) + when)
        [moved] = await s.kept(Due, id=due.id)
        assert moved.moved


async def test_a_move_undone_what_was_put_off_is_so_still(tmp_path: Path) -> None:
    """Its own hour is past by then: without it, the rhythm would take it away, or nobody could put it off again."""
    pulse = {"on": True, "day": "wednesday", "at": "10:00", "after_sessions": False}
    async with stage(tmp_path, **(SILENT | {"pulse": pulse})) as s:
        for n in range(9):
            await s.join(f"p{n}", f"P{n}")
        await s.tell("ana", "plan congé 6 janvier | 7 janvier")
        await s.wait(days=2, hours=6)
        [before] = await s.kept(Due, kind="pulse.open", key="pulse:2027-01-06")
        await s.tell("ana", f"plan déplacer {before.id} | samedi 9 janvier 14 h")
        assert "C’est annulé" in await s.tell("ana", "annuler")
        await s.wait(hours=22)
        await s.tell("ana", "plan congé 8 janvier | 10 janvier")
        [after] = await s.kept(Due, id=before.id)
        assert (after.rhythm_at, after.moved) == (before.rhythm_at, False)
        await s.wait(days=3, hours=19)
        assert await s.kept(Pulse) == [], "on a day off"
        await s.wait(hours=3)
        assert len(await s.kept(Pulse)) == 1


async def test_what_goes_out_before_joins_nothing_that_comes_after(tmp_path: Path) -> None:
    async with stage(tmp_path, **(SILENT | {"stories": {"days": (7, 3)}})) as s:
        await s.say("ana", SAY_NO)
        await s.press("ana", "Annoncer")
        await s.tell("ana", "plan congé 7 janvier | 8 janvier")
        _, second = await s.kept(Due, kind="stories.prompt", order="due_at")
        await s.tell("ana", f"plan déplacer {second.id} | samedi 9 janvier 10 h")
        assert "Réuni" not in await s.tell("ana", "plan")
        assert (await s.tell("ana", "plan budget")).count("invitation à raconter") == 2
        await s.wait(days=6)
        assert {due.state for due in await s.kept(Due, kind="stories.prompt")} == {"done"}


async def test_what_was_not_skipped_cannot_be_put_back_and_it_is_said_so(tmp_path: Path) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        [due, *_] = await s.kept(Due, state="pending", order="due_at")
        answer = await s.tell("ana", f"plan remettre {due.id}")
        assert "n’a pas été passé" in answer
        assert f"n°\u00a0{due.id} ·" in answer
        assert "Je ne trouve pas" in await s.tell("ana", "plan remettre 9999")


@pytest.mark.parametrize("number", ["n° {}", "N°{}", "nº {}", "#{}", "no. {}", "{}."])
async def test_a_number_may_be_typed_as_the_plan_shows_it(tmp_path: Path, number: str) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        first = (await s.kept(Due, kind="icebreakers.weekly", state="pending", order="due_at"))[0].id
        assert "C’est passé" in await s.tell("ana", "plan passer " + number.format(first))


@pytest.mark.parametrize(
    "typed", ["plan déplacer {} | 31 décembre 9999 9 h", "plan congé 31 décembre 9999", "pause | 31 décembre 9999"]
)
async def test_a_year_that_was_mistyped_is_a_sentence(tmp_path: Path, typed: str) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        first = (await s.kept(Due, kind="icebreakers.weekly", state="pending", order="due_at"))[0].id
        assert "plus de dix ans" in await s.tell("ana", typed.format(first))
        await s.tell("ana", "annuler")
        assert "C’est annoncé" in await _planned(s)


async def _planned(s: Stage) -> str:
    await s.say("ana", SAY_NO)
    return await s.press("ana", "Annoncer")
