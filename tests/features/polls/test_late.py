"""Members were told when they would see the results: put off, these come nevertheless, and say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.features.polls import closing
from bot.model.rhythm import Due
from tests.features.polls.acts import ask, bars, both, click, stage, vote


async def test_a_pause_without_end(tmp_path: Path) -> None:
    async with both(tmp_path) as (s, there):
        await ask(s)
        await vote(there, "dan", 0)
        await s.tell("ana", "pause sondages")
        await s.wait(days=20)
        assert len(s.in_room()) == 1
        assert "il attendra la fin de la pause" in await s.tell("ana", "plan")
        await s.tell("ana", "reprendre sondages")
        for told in (s.in_room()[-1], there.in_room()[-1]):
            assert bars(told)["Jeudi"] == 1
            assert "C’était prévu jeudi 7 janvier à 10\u00a0h" in told
        assert [d.state for d in await s.kept(Due, kind="polls.close")] == ["done"]


async def test_closed_by_hand_meanwhile_it_is_awaited_no_more(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await ask(s)
        await s.tell("ana", "pause")
        await s.wait(days=4)
        assert "résultats d’un sondage" in await s.tell("ana", "plan")
        await s.tell("ana", "sondage clore")
        assert "Résultats du sondage" in s.in_room()[-1]
        assert "résultats d’un sondage" not in await s.tell("ana", "plan")


async def test_where_it_fails_it_is_tried_again_the_day_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with stage(tmp_path) as s:
        await ask(s)
        await click(s, "bo", 1)
        with monkeypatch.context() as broken:
            broken.delattr(closing, "results")
            await s.wait(days=3, hours=1)
        assert (len(s.in_room()), "terminé" in s.in_room()[0]) == (1, False)
        await s.wait(days=1)
        assert bars(s.in_room()[-1])["Vendredi"] == 1
        assert "C’était prévu" in s.in_room()[-1]


async def test_a_long_outage(tmp_path: Path) -> None:
    async with both(tmp_path) as (s, there):
        await ask(s)
        await vote(there, "dan", 0, heard=False)
        await s.sleep(days=45)
        for told in (s.in_room()[-1], there.in_room()[-1]):
            assert bars(told)["Jeudi"] == 1
            assert "C’était prévu jeudi 7 janvier à 10\u00a0h" in told
