from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.model.rhythm import Due
from tests.stage import Stage, stage


async def next_number(s: Stage) -> int:
    due = await s.kept(Due, state="pending", order="due_at")
    return due[0].id


async def test_the_plan_shows_what_will_be_said_and_then_it_is_said(tmp_path: Path) -> None:
    async with stage(tmp_path, pulse={"on": False}) as s:
        await s.tell("ana", "plan")
        shown = "\n".join(s.all_heard("ana"))
        await s.wait(weeks=4)
        said = [text.split("\n")[1] for text in s.in_room()]
        assert len(said) == 4
        assert all(question in shown for question in said)


async def test_looking_at_the_plan_changes_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        before = await s.tell("ana", "brise-glace prochain")
        await s.tell("ana", "plan")
        await s.tell("ana", "plan")
        assert await s.tell("ana", "brise-glace prochain") == before
        assert s.in_room() == []


async def test_a_skipped_post_does_not_go_out_and_can_be_put_back(tmp_path: Path) -> None:
    async with stage(tmp_path, pulse={"on": False}) as s:
        number = await next_number(s)
        assert "C’est passé" in await s.tell("ana", f"plan passer {number}")
        await s.tell("ana", f"plan remettre {number}")
        await s.tell("ana", f"plan passer {number}")
        await s.wait(days=8)
        assert s.in_room() == []


async def test_a_moved_post_goes_out_at_its_new_hour_only(tmp_path: Path) -> None:
    async with stage(tmp_path, pulse={"on": False}) as s:
        number = await next_number(s)
        answer = await s.tell("ana", f"plan déplacer {number} | mardi 12 janvier 14 h 30")
        assert "mardi 12 janvier à 14\u00a0h\u00a030" in answer
        await s.wait(days=14)
        hours = [m.at for m in s.bot_said()]
        assert hours[0] == datetime(2027, 1, 12, 19, 30, tzinfo=UTC)
        assert len(hours) == 2


async def test_what_is_paused_stays_silent_until_resumed(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.tell("ana", "pause")
        await s.wait(weeks=2)
        assert s.in_room() == []
        assert "C’est reparti" in await s.tell("ana", "reprendre")
        await s.wait(weeks=1)
        assert len(s.in_room()) == 1


async def test_a_pause_ends_on_its_day(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.tell("ana", "pause brise-glace | 15 janvier")
        await s.wait(weeks=2)
        assert [m.at.day for m in s.bot_said()] == [18]


@pytest.mark.parametrize("typed", ["plan passer 9999", "plan passer deux", "plan déplacer 9999 | demain midi"])
async def test_nonsense_gets_a_sentence(tmp_path: Path, typed: str) -> None:
    async with stage(tmp_path) as s:
        answer = await s.tell("ana", typed)
        assert "ne trouve pas" in answer or "n’est pas un nombre" in answer


async def test_a_member_may_not_touch_the_plan(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        for typed in ("plan", "plan passer 1", "pause", "reprendre"):
            assert "réservée" in await s.tell("bo", typed)


async def test_after_an_outage_what_is_still_useful_goes_out_once(tmp_path: Path) -> None:
    async with stage(tmp_path, pulse={"on": False}) as s:
        await s.wait(days=6)
        await s.sleep(days=1, hours=6)  # down from Sunday to Monday, past the hour
        assert len(s.in_room()) == 1
        await s.sleep(weeks=3)  # a long outage: three icebreakers missed, none is dumped at once
        assert len(s.in_room()) <= 2


async def test_every_hour_is_that_of_the_communitys_clock_across_daylight_saving(tmp_path: Path) -> None:
    async with stage(tmp_path, start=datetime(2027, 3, 1, 15, 0, tzinfo=UTC)) as s:
        await s.wait(weeks=4)
        # Clocks go forward on 14 March 2027 in Montréal: 9 h is 14:00 UTC before, 13:00 after.
        assert [m.at.hour for m in s.bot_said()][:3] == [14, 13, 13]
