"""Members were told when they would see the results: put off, these come nevertheless, and say so."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.features.pulse import closing
from bot.model.pulse import Pulse, SealedAnswer
from bot.model.rhythm import Due
from tests.features.pulse.acts import EIGHT, answer, asked, stage
from tests.stage import Stage

SILENT: dict[str, Any] = {"pulse": {"on": False}}
PLANNED = "C’était prévu jeudi 7 janvier à 10\u00a0h\u00a010"


async def answered(s: Stage) -> None:
    """On Monday. The results are for Thursday."""
    await asked(s)
    await answer(s, dict.fromkeys(EIGHT, 4))


def results(s: Stage) -> list[str]:
    return [text for text in s.in_room() if "Le pouls" in text]


async def closing_rows(s: Stage) -> list[str]:
    return [due.state for due in await s.kept(Due, kind="pulse.close")]


async def test_a_pause_without_end(tmp_path: Path) -> None:
    async with stage(tmp_path, **SILENT) as s:
        await answered(s)
        await s.tell("ana", "pause")
        for _ in range(2):  # before the hour, and long after it
            plan = await s.tell("ana", "plan")
            assert "En pause\u00a0: il attendra la fin de la pause." in plan
            assert "rien ne partira" not in plan
            await s.wait(days=10, hours=2)
        assert results(s) == []
        assert "résultats" not in await s.tell("ana", "plan journal")
        await s.tell("ana", "reprendre")
        [said] = results(s)
        assert PLANNED in said
        assert await closing_rows(s) == ["done"]
        assert "plus tard que prévu." in await s.tell("ana", "plan journal")
        await s.wait(days=3)
        assert len(results(s)) == 1


async def test_a_pause_that_ends(tmp_path: Path) -> None:
    async with stage(tmp_path, **SILENT) as s:
        await answered(s)
        await s.tell("ana", "pause | 12 janvier 14 h")
        assert "En pause\u00a0: il attendra mardi 12 janvier à 14\u00a0h." in await s.tell("ana", "plan")
        await s.wait(days=8, hours=3)
        assert results(s) == []
        await s.wait(hours=1)
        [said] = results(s)
        assert PLANNED in said


async def test_a_long_outage(tmp_path: Path) -> None:
    async with stage(tmp_path, **SILENT) as s:
        await answered(s)
        await s.sleep(days=45)
        [said] = results(s)
        assert PLANNED in said
        assert list((tmp_path / "seals").iterdir()) == []


async def test_where_it_fails_it_is_tried_again_the_day_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage(tmp_path, **SILENT) as s:
        await answered(s)
        with monkeypatch.context() as broken:
            broken.delattr(closing, "unseal")
            await s.wait(days=4)
        assert results(s) == []
        assert await closing_rows(s) == ["pending"]
        assert len(await s.kept(SealedAnswer)) == 8
        await s.wait(days=1)
        [said] = results(s)
        assert PLANNED in said
        assert await s.kept(SealedAnswer) == []
        assert list((tmp_path / "seals").iterdir()) == []


async def test_killed_as_it_closed_late_the_key_goes_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with stage(tmp_path, **SILENT) as s:
        await answered(s)
        with monkeypatch.context() as killed:
            killed.setattr(type(s.app.unasked._seals), "destroy", lambda *_: None)
            await s.sleep(days=60)
            assert len(results(s)) == 1
            assert list((tmp_path / "seals").iterdir())
        await s.wait(days=2)
        await s.app.unasked.plan()
        assert list((tmp_path / "seals").iterdir()) == []


async def test_rows_of_an_earlier_version_a_day_each(tmp_path: Path) -> None:
    async with stage(tmp_path, **SILENT) as s:
        await answered(s)
        [pulse] = await s.kept(Pulse)
        async with s.store.unit() as unit:
            await unit.delete(Due, kind="pulse.close")
            for day in range(3):
                at = pulse.closes + timedelta(days=day)
                row = Due(
                    community_id=1, key=f"pulse.close:1:{at:%Y%m%dT%H%M}", kind="pulse.close", due_at=at,
                    args={"pulse": 1},
                )  # fmt: skip
                if day < 2:
                    row.close("skipped", at, "paused")
                await unit.add(row)
        s.clock.move_to(pulse.closes + timedelta(days=1, hours=2))
        await s.app.unasked.plan()
        await s.wait(days=2)
        assert len(results(s)) == 1
