"""A pause that changes: what waited for its end is decided anew, each time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.model.rhythm import Due, Pause
from tests.stage import Stage, stage

SILENT: dict[str, Any] = {
    "icebreakers": {"on": False}, "pulse": {"on": False, "after_sessions": False}, "stories": {"days": ()},
}  # fmt: skip
SAY_NO = "!veillee rencontre planifier Dire non | jeudi 14 janvier 12 h | 1 h 30 | Salon bleu"


@asynccontextmanager
async def with_a_session(folder: Path) -> AsyncIterator[Stage]:
    """On Thursday 14 January at noon. Bo comes."""
    async with stage(folder, **SILENT) as s:
        await s.say("ana", SAY_NO)
        await s.press("ana", "Annoncer")
        await s.press("bo", "Je viens")
        yield s


async def dan_joins(s: Stage) -> None:
    await s.join("dan", "Dan")
    await s.wait(minutes=30)


def greeted(s: Stage) -> int:
    return sum("Dan" in said for said in s.in_room())


def reminded(s: Stage) -> int:
    return sum("Rappel" in heard for heard in s.all_heard("bo"))


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("pause | 20 janvier", "pause | 8 janvier"),  # shortened
        ("pause", "pause | 8 janvier"),  # it had no end
        ("pause | 8 janvier", None),
    ],
)
async def test_a_newcomer_is_greeted_at_its_end_whichever_that_is(
    tmp_path: Path, first: str, then: str | None
) -> None:
    async with stage(tmp_path, **SILENT) as s:
        await s.tell("ana", first)
        await dan_joins(s)
        if then:
            await s.tell("ana", then)
        await s.wait(days=2)
        assert greeted(s) == 0
        await s.wait(days=3)
        assert greeted(s) == 1


async def test_one_that_is_longer_undone(tmp_path: Path) -> None:
    async with stage(tmp_path, **SILENT) as s:
        await s.tell("ana", "pause | 8 janvier")
        await s.tell("ana", "pause | 20 janvier")
        await dan_joins(s)
        assert "Ça reprendra vendredi 8 janvier." in await s.tell("ana", "annuler")
        await s.wait(days=5)
        assert greeted(s) == 1


async def test_what_was_passed_over_as_too_long_to_wait_waits_for_a_nearer_end(tmp_path: Path) -> None:
    async with with_a_session(tmp_path) as s:
        await s.tell("ana", "pause | 20 janvier")
        await s.wait(days=9, hours=3)
        [due] = await s.kept(Due, kind="sessions.reminder")
        assert (due.state, due.reason) == ("skipped", "paused")
        await s.tell("ana", "pause | 14 janvier")
        await s.wait(hours=22)
        assert reminded(s) == 1


async def test_one_rhythm_resumed_under_a_shorter_pause_of_all(tmp_path: Path) -> None:
    async with with_a_session(tmp_path) as s:
        await s.tell("ana", "pause rencontres | 14 janvier 11 h")
        await s.wait(days=9, hours=2, minutes=30)
        await s.tell("ana", "pause tout | 13 janvier 14 h")
        assert "encore en pause" in await s.tell("ana", "reprendre rencontres")
        assert reminded(s) == 0
        await s.wait(hours=3)
        assert reminded(s) == 1


async def test_what_waits_is_skipped_and_put_back(tmp_path: Path) -> None:
    async with with_a_session(tmp_path) as s:
        await s.tell("ana", "pause | 14 janvier 11 h")
        await s.wait(days=9, hours=2, minutes=30)
        [due] = await s.kept(Due, kind="sessions.reminder")
        await s.tell("ana", f"plan passer {due.id}")
        await s.tell("ana", f"plan remettre {due.id}")
        await s.tell("ana", "reprendre")
        await s.wait(hours=1)
        assert reminded(s) == 1


async def test_what_was_passed_over_stays_so_where_nothing_changes_for_it(tmp_path: Path) -> None:
    async with with_a_session(tmp_path) as s:
        await s.tell("ana", "pause")
        await s.wait(days=9, hours=3)
        [before] = await s.kept(Due, kind="sessions.reminder")
        await s.tell("ana", "pause brise-glace | 20 janvier")
        await s.tell("ana", "pause | 30 janvier")
        [after] = await s.kept(Due, kind="sessions.reminder")
        assert (after.state, after.reason, after.closed_at) == ("skipped", "paused", before.closed_at)


async def test_one_that_is_over_is_no_pause_any_more(tmp_path: Path) -> None:
    async with stage(tmp_path, **SILENT) as s:
        await s.tell("ana", "pause | 4 janvier 13 h")
        await s.wait(hours=5)
        assert "trop tard" in await s.tell("ana", "annuler")
        assert "Rien n’était en pause" in await s.tell("ana", "reprendre brise-glace")
        assert "Rien n’était en pause" in await s.tell("ana", "reprendre")


async def test_one_resumed_is_brought_back_only_until_its_end(tmp_path: Path) -> None:
    async with stage(tmp_path, **SILENT) as s:
        await s.tell("ana", "pause | 4 janvier 13 h")
        await s.tell("ana", "reprendre")
        await s.wait(hours=5)
        assert "trop tard" in await s.tell("ana", "annuler")
        assert await s.kept(Pause) == []


async def test_until_today_pauses_nothing_and_says_so(tmp_path: Path) -> None:
    async with stage(tmp_path, pulse={"on": False}) as s:
        answer = await s.tell("ana", "pause | aujourd’hui")
        assert "a déjà commencé" in answer
        assert await s.kept(Pause) == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("pause | jeudi 14 janvier 11 h", "Ça reprendra jeudi 14 janvier à 11\u00a0h"),
        ("pause | jeudi 14 janvier", "Ça reprendra jeudi 14 janvier."),
    ],
)
async def test_the_hour_at_which_it_ends_is_told(tmp_path: Path, typed: str, told: str) -> None:
    async with stage(tmp_path, **SILENT) as s:
        assert told in await s.tell("ana", typed)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (["pause"], "C’est annulé. C’est reparti."),
        (["pause", "reprendre"], "C’est annulé. C’est en pause\u00a0: tout ce qui part tout seul."),
        (["pause | 8 janvier", "pause"],
         "C’est annulé. C’est en pause\u00a0: tout ce qui part tout seul. Ça reprendra vendredi 8 janvier."),
        (["pause | 8 janvier 14 h", "reprendre"], "Ça reprendra vendredi 8 janvier à 14\u00a0h"),
        (["pause brise-glace", "pause"], "C’est annulé. C’est en pause\u00a0: brise-glace."),
        (["pause brise-glace | 8 janvier", "pause", "reprendre"],
         "C’est en pause\u00a0: tout ce qui part tout seul. C’est en pause\u00a0: brise-glace. "
         "Ça reprendra vendredi 8 janvier."),
    ],
)  # fmt: skip
async def test_undone_it_says_what_is_paused_then(tmp_path: Path, said: list[str], told: str) -> None:
    async with stage(tmp_path, **(SILENT | {"icebreakers": {"on": True}})) as s:
        for each in said:
            await s.tell("ana", each)
        assert told in await s.tell("ana", "annuler")


@pytest.mark.parametrize(
    ("language", "typed", "told"),
    [
        ("fr", "pause brise-glace", "C’est en pause\u00a0: brise-glace. Ça reprendra quand tu écriras"),
        ("en", "pause icebreakers", "Paused: icebreaker. It resumes once you write"),
    ],
)
async def test_of_one_rhythm_it_is_not_said_that_nothing_goes_out(
    tmp_path: Path, language: str, typed: str, told: str
) -> None:
    async with stage(tmp_path, language=language, **SILENT) as s:
        assert (await s.tell("ana", typed)).startswith(told)
