"""What the journal tells of private messages: true reasons, and nothing by which anybody could tell what somebody
wishes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.model.attention import Request
from bot.model.community import Person
from tests.features.attention.acts import stage
from tests.features.attention.test_seen_before import SAY_NO, more_people
from tests.stage import Stage

STORIES = {"days": (3,)}
PROMPTED = {"days": 7, "hours": 3}


async def _asked(s: Stage) -> str:
    await s.tell("ana", SAY_NO)
    await s.press("ana", "Annoncer")
    await s.wait(**PROMPTED)
    assert await s.kept(Request, purpose="stories.prompt")
    return (await s.tell("ana", "plan journal")).split("invitation à raconter")[1].split("n°\u00a0")[0]


@pytest.mark.parametrize("wishing", [0, 1, 3])
async def test_of_few_it_reads_the_same_whatever_they_wish(tmp_path: Path, wishing: int) -> None:
    async with stage(tmp_path, stories=STORIES) as s:
        await more_people(s, 3)
        for person in ("p0", "p1", "p2")[:wishing]:
            await s.tell(person, "messages rencontres")
        told = await _asked(s)
        assert "ce serait parler de quelqu’un" in told
        assert not any(c.isdigit() for c in told)


async def test_of_one_who_wants_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path, stories={"days": ()}) as s:
        await s.tell("ana", SAY_NO)
        await s.press("ana", "Annoncer")
        await s.press("bo", "Je viens")
        await s.tell("bo", "messages rien")
        await s.wait(days=9, hours=3)
        assert {row.why for row in await s.kept(Request)} == {"wish"}
        journal = await s.tell("ana", "plan journal")
        assert "ce serait parler de quelqu’un" in journal
        assert "Moins de" not in journal


@pytest.mark.parametrize(("wishing", "said"), [(1, "la plupart des 12"), (2, "la plupart des 12"), (5, "5 autres")])
async def test_of_many_some_are_not_counted(tmp_path: Path, wishing: int, said: str) -> None:
    async with stage(tmp_path, stories=STORIES) as s:
        await more_people(s, 9)
        for number in range(wishing):
            await s.tell(f"p{number}", "messages rencontres")
        told = await _asked(s)
        assert said in told
        assert ("7 personnes" in told) == (wishing == 5)
        assert "11" not in told
        assert "10" not in told


async def test_who_cannot_be_written_to_is_not_said_to_want_less(tmp_path: Path) -> None:
    async with stage(tmp_path, stories=STORIES) as s:
        await more_people(s, 9)
        async with s.store.unit() as unit:  # all but Ana, who writes to it herself
            await unit.change(Person, {"reachable": False}, present=True)
        told = await _asked(s)
        assert "11 personnes ne l’ont pas reçu\u00a0: je ne peux pas leur écrire en privé." in told
        assert "concernées" not in told


async def test_whoever_is_told_in_two_messages_is_one_person(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await more_people(s, 9)
        assert "Envoyé en privé à 9 personnes" in await s.tell("ana", "plan journal")
