"""Days off: of the country, of the configuration, and said in chat."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.model.rhythm import Due, Holiday
from tests.stage import Stage, stage

ONLY_ICE: dict[str, Any] = {"pulse": {"on": False}, "stories": {"days": ()}}
QUEBEC = {"country": "CA", "subdivision": "QC"}


def days(s: Stage) -> list[int]:
    return [said.at.day for said in s.bot_said()]


async def test_an_icebreaker_of_a_day_off_is_passed_over(tmp_path: Path) -> None:
    # Monday 24 May 2027: la Journée nationale des patriotes, in Québec alone.
    start = datetime(2027, 5, 18, 15, tzinfo=UTC)
    async with stage(tmp_path, start=start, holidays=QUEBEC, **ONLY_ICE) as s:
        plan = await s.tell("ana", "plan")
        assert "Jour de congé (Journée nationale des patriotes)" in plan
        await s.wait(days=20)
        assert days(s) == [31, 7]
        journal = await s.tell("ana", "plan journal")
        assert "Pas parti\u00a0: c’était un jour de congé." in journal


async def test_a_pulse_of_a_day_off_waits_for_the_next_day_that_is_none(tmp_path: Path) -> None:
    off = {"days": ["2027-01-13/2027-01-15"]}
    rhythm: dict[str, Any] = {"icebreakers": {"on": False}, "pulse": {"every": 1, "after_sessions": False}}
    async with stage(tmp_path, holidays=off, **rhythm) as s:
        due = await s.kept(Due, kind="pulse.open", order="due_at")
        # From Wednesday to Friday off: Saturday, at the same hour.
        assert [d.due_at.day for d in due][:3] == [6, 16, 20]
        assert all(d.due_at.hour == 15 for d in due)


@pytest.mark.parametrize(
    ("typed", "listed", "said"),
    [("plan congé 18 janvier", "plan congés", "congé\u00a0: lundi 18 janvier"),
     ("congé lundi 18 janvier | 22 janvier", "congés", "lundi 18 janvier 2027 – vendredi 22 janvier")],
)  # fmt: skip
async def test_said_in_chat_and_echoed_back(tmp_path: Path, typed: str, listed: str, said: str) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        answer = await s.tell("ana", typed)
        assert "C’est noté, congé" in answer
        assert ("Ce jour-là, seuls" in answer) == ("|" not in typed)
        assert "18 janvier" in answer
        assert "annuler" in answer
        assert "18 janvier" in await s.tell("ana", listed)
        await s.wait(days=25)
        assert days(s) == [11, 25]


async def test_taken_away_again_and_a_day_of_the_country_too(tmp_path: Path) -> None:
    start = datetime(2027, 5, 18, 15, tzinfo=UTC)
    async with stage(tmp_path, start=start, holidays=QUEBEC, **ONLY_ICE) as s:
        assert "pas de congé" in await s.tell("ana", "plan congé retirer 24 mai")
        await s.wait(days=9)
        assert days(s) == [24]


async def test_in_english(tmp_path: Path) -> None:
    async with stage(tmp_path, language="en", **ONLY_ICE) as s:
        noted = await s.tell("ana", "plan holiday Monday 18 January")
        assert "Noted, a day off: Monday 18 January. On that day I" in noted
        assert "18 January" in await s.tell("ana", "plan holidays")
        assert "not off: Monday 18 January" in await s.tell("ana", "plan holiday remove 18 January")
        assert "No days off" in await s.tell("ana", "plan holidays")


@pytest.mark.parametrize(
    ("typed", "period"),
    [("congé 20 décembre | 5 janvier", (date(2027, 12, 20), date(2028, 1, 5))),
     ("congé 29 février | 1er mars", (date(2028, 2, 29), date(2028, 3, 1))),
     ("congé 2 janvier | 8 janvier", (date(2027, 1, 2), date(2027, 1, 8))),
     ("congé 28 décembre | 4 janvier", (date(2026, 12, 28), date(2027, 1, 4))),
     ("plan congé retirer 2 janvier | 8 janvier", (date(2027, 1, 2), date(2027, 1, 8))),
     ("congé 2 janvier | 3 janvier", (date(2028, 1, 2), date(2028, 1, 3)))],
)  # fmt: skip
async def test_the_days_meant_are_the_nearest(
    tmp_path: Path, typed: str, period: tuple[date, date]
) -> None:
    """It is 4 January 2027: a fifth of January is near, and days off that began last week go on."""
    async with stage(tmp_path, **ONLY_ICE) as s:
        assert "C’est noté" in await s.tell("ana", typed)
        assert [(day.first, day.last) for day in await s.kept(Holiday)] == [period]


@pytest.mark.parametrize(
    "typed",
    ["congé 15 août | 20 juillet", "congé 22 janvier | 18 janvier", "congé 18 janvier 2027 | 20 juin 2029",
     "congé 18 janvier | hier"],
)  # fmt: skip
async def test_what_cannot_be_changes_nothing(tmp_path: Path, typed: str) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        answer = await s.tell("ana", typed)
        assert "C’est noté" not in answer
        await s.tell("ana", "annuler")  # a question may still be open
        assert "Aucun jour de congé" in await s.tell("ana", "congés")


async def test_what_belongs_to_a_sessions_hour_goes_out_on_a_day_off(tmp_path: Path) -> None:
    off = {"days": ["2027-01-13/2027-01-15"]}
    silent: dict[str, Any] = {"icebreakers": {"on": False}, "pulse": {"on": False}, "stories": {"days": ()}}
    async with stage(tmp_path, holidays=off, **silent) as s:
        await s.say("ana", "!veillee rencontre planifier Dire non | jeudi 14 janvier 12 h | 1 h 30 | Salon bleu")
        assert "congé" in s.heard("ana")
        await s.press("ana", "Annoncer")
        await s.press("bo", "Je viens")
        await s.wait(days=9, hours=23)
        assert any("rappel" in t.lower() or "demain" in t.lower() for t in s.all_heard("bo"))


async def test_a_message_moved_to_a_day_off_goes_out_and_it_is_said(tmp_path: Path) -> None:
    async with stage(tmp_path, holidays={"days": ["2027-01-13"]}, **ONLY_ICE) as s:
        number = (await s.kept(Due, state="pending", order="due_at"))[0].id
        assert "jour de congé" in await s.tell("ana", f"plan déplacer {number} | mercredi 13 janvier 10 h")
        await s.wait(days=10)
        assert days(s) == [13]


@pytest.mark.parametrize(("language", "name"), [("fr", "Jour de l’an"), ("en", "New Year’s Day")])
async def test_names_of_days_off_have_our_apostrophes(tmp_path: Path, language: str, name: str) -> None:
    async with stage(tmp_path, language=language, holidays=QUEBEC, **ONLY_ICE) as s:
        listed = await s.tell("ana", {"fr": "plan congés", "en": "plan holidays"}[language])
        assert name in listed
        assert "'" not in listed
