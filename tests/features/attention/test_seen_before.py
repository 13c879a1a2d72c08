"""Whoever facilitates sees what asking costs before it is asked: of nobody in particular."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.forecast import FEWEST, Forecast
from bot.model.attention import Request
from bot.model.flow import Outbox
from bot.model.pulse import Pulse
from bot.voice import Voice
from tests.features.attention.acts import ask, busy, stage
from tests.stage import Stage

SAY_NO = "rencontre planifier Dire non | mercredi 13 janvier 12 h | 1 h | Salon bleu"


async def more_people(s: Stage, count: int) -> None:
    for number in range(count):
        await s.join(f"p{number}", f"P{number}")
    await s.wait(minutes=10)


async def test_a_pulse_says_whom_it_would_reach_and_asks_nothing_before_it_is_confirmed(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await more_people(s, 9)
        for person in ("p0", "p1", "p2", "p3", "p4"):
            await busy(s, person)
        before = len(await s.kept(Outbox)), len(await s.kept(Request))
        shown = await s.tell("ana", "pouls")
        assert "J’écrirai en privé à 12 personnes. 5 ont déjà reçu assez de messages" in shown
        assert (len(await s.kept(Request)), await s.kept(Pulse)) == (before[1], [])
        assert await s.press("ana", "Ne rien demander") == "D’accord, rien n’est demandé."
        assert await s.kept(Pulse) == []
        await s.press("ana", "Poser la question")
        assert len(await s.kept(Pulse)) == 1
        await s.press("ana", "Poser la question")
        assert len(await s.kept(Pulse)) == 1, "two clicks are one"
        assert "vient d’être posée" in s.heard("ana")
        [pulse] = await s.kept(Pulse)
        asked = await s.kept(Request, key=f"pulse:{pulse.id}")
        assert sorted(row.state for row in asked) == ["sent"] * 7 + ["waits"] * 5


async def test_a_session_says_what_its_stories_cost(tmp_path: Path) -> None:
    async with stage(tmp_path, stories={"days": (7, 2)}) as s:
        await more_people(s, 9)
        shown = await s.tell("ana", SAY_NO)
        assert "Ce que j’écrirai en privé pour cette rencontre\u00a0:" in shown
        first = "- mercredi 6 janvier à 12\u00a0h, invitation à raconter. J’écrirai en privé à 12 personnes, toutes au"
        assert first in shown
        assert "- lundi 11 janvier à 12\u00a0h, invitation à raconter." in shown
        assert await s.kept(Request) == []
        await s.press("ana", "Annoncer")
        english = await _in_english(s)
        assert "Wednesday 6 January at 12:00, invitation to tell a story. I will write to 12 people" in english


async def _in_english(s: Stage) -> str:
    await s.tell("ana", "language english")
    return await s.tell("ana", "plan budget")


async def test_only_facilitators_see_the_budget(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        assert "réservée aux personnes qui animent" in await s.tell("bo", "plan sollicitations")
        assert "3 demandes par semaine au plus" in await s.tell("ana", "plan sollicitations")
        await busy(s, "bo")
        assert "ce serait parler de quelqu’un" in await s.tell("ana", "plan budget"), "one person alone was asked"


@pytest.mark.parametrize("nothing", [("bo",), ("bo", "cleo")])
async def test_the_budget_counts_nobody_by_what_is_left(tmp_path: Path, nothing: tuple[str, ...]) -> None:
    """Where one of eleven wants nothing, that ten messages went out would tell it."""
    async with stage(tmp_path) as s:
        await more_people(s, 9)
        for person in nothing:
            await s.tell(person, "messages rien")
        await ask(s, "pulse", "w")
        shown = await s.tell("ana", "plan budget")
        assert "Messages envoyés\N{NO-BREAK SPACE}: beaucoup" in shown
        assert "devenues inutiles\N{NO-BREAK SPACE}: quelques-unes" in shown


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_number_tells_what_somebody_wishes(language: str) -> None:
    """Where one person wants nothing, it reads as where they had their fill, and as where two do."""
    voice = Voice(language, "tu", ZoneInfo("UTC"), datetime(2027, 1, 4, tzinfo=UTC))  # type: ignore[arg-type]  # one of the two

    def said(people: int, now: int) -> str:
        line = Forecast(people, now).cost(voice)
        return "" if line is None else "".join(part.text for part in line)

    assert said(0, 0) == ""
    for small in range(1, 10):
        assert len({said(small, now) for now in range(small + 1)}) == 1, "of so few, nothing but that it depends"
    assert len({said(20, 20 - held) for held in range(1, FEWEST)}) == 1
    assert len({said(20, now) for now in range(FEWEST)}) == 1
    assert said(20, 20) != said(20, 19)
    assert "5" in said(20, 15)
    assert "1 " not in said(20, 19).replace("20", "")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("pause", None),
        ("pause | 20 janvier", None),
        ("congé 11 janvier", "mardi 12 janvier à 10"),
    ],
)
async def test_the_budget_knows_of_pauses_and_days_off(tmp_path: Path, typed: str, told: str | None) -> None:
    """As the plan does: what will not go out asks nobody, and what is put off asks later."""
    async with stage(tmp_path, pulse={"on": True, "day": "monday", "every": 1}) as s:
        await more_people(s, 9)
        assert "prise de pouls" in await s.tell("ana", "plan sollicitations")
        await s.tell("ana", typed)
        shown = await s.tell("ana", "plan sollicitations")
        assert ("prise de pouls" in shown) == (told is not None)
        assert told is None or told in shown
