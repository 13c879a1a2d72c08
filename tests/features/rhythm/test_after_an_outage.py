"""What was missed: late and saying so, merged, overtaken; never in the middle of the night; and the journal tells."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.model.rhythm import Due
from tests.stage import Stage, stage

ONLY_ICE: dict[str, Any] = {"pulse": {"on": False}, "stories": {"days": ()}}
SILENT: dict[str, Any] = ONLY_ICE | {"icebreakers": {"on": False}}


async def states(s: Stage, kind: str = "icebreakers.weekly") -> list[str]:
    closed = [d for d in await s.kept(Due, kind=kind, order="due_at") if d.closed_at]
    return [f"{d.state}:{d.reason}".rstrip(":") for d in closed]


async def test_three_missed_icebreakers_are_one_that_says_it_is_late(tmp_path: Path) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        await s.sleep(days=22, hours=4)  # Tuesday at two in the afternoon; three Mondays went by
        [said] = s.in_room()
        assert "C’était prévu lundi 25 janvier à 9\u00a0h" in said
        assert await states(s) == ["merged", "merged", "done"]
        journal = await s.tell("ana", "plan journal")
        last = (await s.kept(Due, state="done", kind="icebreakers.weekly"))[0].id
        assert journal.count(f"réuni avec le n°\u00a0{last}") == 2
        assert "Parti 29\u00a0heures plus tard que prévu" in journal


async def test_a_week_later_it_is_too_late_and_the_journal_says_so(tmp_path: Path) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        await s.sleep(days=12)  # a Saturday
        assert s.in_room() == []
        assert await states(s) == ["overtaken:late"]
        assert "trop tard" in await s.tell("ana", "plan journal")


async def test_awake_at_night_it_waits_for_the_morning(tmp_path: Path) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        await s.sleep(days=7, hours=16)  # Tuesday, two in the morning
        assert s.in_room() == []
        await s.wait(hours=7)
        [said] = s.bot_said()
        assert said.at.hour == 13  # eight in the morning in Montréal
        assert "C’était prévu lundi 11 janvier" in s.read(said.message)


async def test_awake_on_a_day_off_it_waits_for_the_next(tmp_path: Path) -> None:
    async with stage(tmp_path, holidays={"days": ["2027-01-12"]}, **ONLY_ICE) as s:
        await s.sleep(days=8)  # Tuesday at ten
        assert s.in_room() == []
        await s.wait(days=1)
        assert [said.at.day for said in s.bot_said()] == [13]
        assert await states(s) == ["done"]


async def test_an_hour_chosen_by_a_person_follows_the_same_rules(tmp_path: Path) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        first, second, *_ = await s.kept(Due, state="pending", order="due_at")
        await s.tell("ana", f"plan déplacer {first.id} | mardi 19 janvier 9 h")
        await s.tell("ana", f"plan déplacer {second.id} | mardi 19 janvier 8 h")
        await s.sleep(days=15, hours=1)
        assert len(s.in_room()) == 1
        assert sorted(await states(s)) == ["done", "merged"]


async def test_a_reminder_after_its_session_began_is_of_no_use(tmp_path: Path) -> None:
    async with stage(tmp_path, **SILENT) as s:
        await s.say("ana", "!veillee rencontre planifier Dire non | jeudi 14 janvier 12 h | 1 h 30 | Salon bleu")
        await s.press("ana", "Annoncer")
        await s.press("bo", "Je viens")
        heard = len(s.all_heard("bo"))
        await s.sleep(days=10, hours=2, minutes=5)
        assert await states(s, "sessions.reminder") == ["overtaken:late"]
        assert len(s.all_heard("bo")) == heard


async def test_what_waited_for_a_pause_to_end_goes_out_if_it_is_still_of_use(tmp_path: Path) -> None:
    async with stage(tmp_path, **SILENT) as s:
        await s.say("ana", "!veillee rencontre planifier Dire non | jeudi 14 janvier 12 h | 1 h 30 | Salon bleu")
        await s.press("ana", "Annoncer")
        await s.press("bo", "Je viens")
        await s.wait(days=8, hours=20)
        await s.tell("ana", "pause")
        heard = len(s.all_heard("bo"))
        await s.wait(hours=10)  # the reminder was due at noon
        assert len(s.all_heard("bo")) == heard
        assert await states(s, "sessions.reminder") == ["skipped:paused"]
        await s.tell("ana", "reprendre")
        assert len(s.all_heard("bo")) == heard + 1
        assert await states(s, "sessions.reminder") == ["done"]


async def test_what_fell_in_a_pause_with_an_end_goes_out_then(tmp_path: Path) -> None:
    async with stage(tmp_path, stories={"days": (2,)}, pulse={"on": False}, icebreakers={"on": False}) as s:
        await s.say("ana", "!veillee rencontre planifier Dire non | jeudi 14 janvier 12 h | 1 h 30 | Salon bleu")
        await s.press("ana", "Annoncer")
        await s.tell("ana", "pause | 13 janvier")
        heard = len(s.all_heard("bo"))
        await s.wait(days=8, hours=12)  # Tuesday at ten in the evening; the prompt was for noon
        assert len(s.all_heard("bo")) == heard
        await s.wait(hours=11)
        [prompt] = await s.kept(Due, kind="stories.prompt")
        assert prompt.state == "done"
        assert prompt.closed_at is not None
        assert prompt.closed_at - s.clock.now() < timedelta(hours=1)
