from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from bot.model.rhythm import Due
from bot.model.settings import QuietHours
from bot.model.settings import Sessions as SessionSettings
from tests.features.sessions.acts import (
    FOUR,
    SAY_NO,
    announced,
    announcements,
    antechambers,
    planned,
    read,
    reminders,
    stage,
    wait_until,
)

TWICE = "rencontre planifier Dire non | {} 12 h | 1 h 30 | Salon bleu | toutes les 4 semaines, 2 fois"


async def test_reminded_the_day_before_are_those_who_said_yes_or_maybe(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.join("dee", "Dee")
        await planned(s)
        await s.press("bo", "Je viens")
        await s.press("cleo", "Peut-être")
        await s.press("dee", "Je ne peux pas")
        await wait_until(s, datetime(2027, 1, 13, 16, 59, tzinfo=UTC))
        assert reminders(s, "bo") == []
        await s.wait(minutes=1)
        [bo] = reminders(s, "bo")
        assert bo.startswith(
            "Rappel : « Dire non », jeudi 14 janvier à 12 h (heure de Montréal).\nLieu : Salon bleu"
        )
        assert bo.endswith("[Je ne peux pas]")
        [cleo] = reminders(s, "cleo")
        assert cleo.endswith("[Je viens] [Je ne peux pas]")
        assert reminders(s, "dee") == reminders(s, "ana") == []
        assert "tu ne viens pas" in await s.press("bo", "Je ne peux pas")
        assert "Viennent : 0 · Peut-être : 1" in announced(s)[0]


async def test_who_left_is_not_reminded(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await s.press("bo", "Je viens")
        await s.press("cleo", "Je viens")
        await s.leave("bo")
        await s.wait(days=11)
        assert reminders(s, "bo") == []
        assert len(reminders(s, "cleo")) == 1


async def test_reminder_in_english(tmp_path: Path) -> None:
    async with stage(tmp_path, language="en") as s:
        await planned(
            s, "!veillee session plan Saying no | Thursday 14 January 12:00 | 1 h | Blue room", "Announce it"
        )
        await s.press("bo", "I’m coming")
        await s.wait(days=11)
        assert reminders(s, "bo")[0].startswith("A reminder: “Saying no”, Thursday 14 January at 12:00")


async def test_a_reminder_waits_for_the_end_of_quiet_hours(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s, SAY_NO.replace("12 h", "7 h 30"))
        await s.press("bo", "Je viens")
        await wait_until(s, datetime(2027, 1, 13, 12, 59, tzinfo=UTC))
        assert reminders(s, "bo") == []
        await s.wait(minutes=2)
        assert len(reminders(s, "bo")) == 1


async def test_a_reminder_is_not_put_off_past_its_session(tmp_path: Path) -> None:
    soon = SessionSettings(reminder_hours=1)
    async with stage(tmp_path, sessions=soon, quiet_hours=QuietHours(start=time(19), end=time(8))) as s:
        await planned(s, SAY_NO.replace("12 h", "20 h 30"))
        await s.press("bo", "Je viens")
        await wait_until(s, datetime(2027, 1, 15, 0, 31, tzinfo=UTC))
        assert len(reminders(s, "bo")) == 1


async def test_after_a_night_off_line_nobody_is_reminded_of_what_is_over(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await s.press("bo", "Je viens")
        await s.sleep(days=12)
        assert reminders(s, "bo") == []
        assert antechambers(s) == []


async def test_the_antechamber_opens_in_the_thread_15_minutes_before(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await wait_until(s, datetime(2027, 1, 14, 16, 44, tzinfo=UTC))
        assert antechambers(s) == []
        await s.wait(minutes=1)
        [opened] = antechambers(s)
        assert opened.thread == announcements(s)[0].id
        lines = read(opened.message).split("\n")
        assert lines[1].startswith("On commence à 12 h.")
        assert len(lines[2]) > 10
        assert lines[3] == "Lieu : Salon bleu"


async def test_the_antechamber_does_not_heed_quiet_hours(tmp_path: Path) -> None:
    async with stage(tmp_path, quiet_hours=QuietHours(start=time(1), end=time(23))) as s:
        await planned(s)
        await wait_until(s, datetime(2027, 1, 14, 16, 46, tzinfo=UTC))
        assert len(antechambers(s)) == 1


async def test_the_question_of_the_antechamber_is_not_that_of_the_week(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s, SAY_NO + " | chaque semaine, 4 fois")
        await s.wait(weeks=5)
        posts = [said.split("\n") for said in s.in_room()]
        asked = [p[1] for p in posts if "brise-glace" in p[0]] + [p[2] for p in posts if "antichambre" in p[0]]
        assert len(asked) == 9
        assert len(set(asked)) == 9


async def test_neither_reminder_nor_antechamber_where_the_community_wants_none(tmp_path: Path) -> None:
    none = SessionSettings(reminder_hours=0, antechamber_minutes=0)
    async with stage(tmp_path, sessions=none) as s:
        await planned(s)
        await s.press("bo", "Je viens")
        await s.wait(days=12)
        assert reminders(s, "bo") == []
        assert antechambers(s) == []


async def test_all_of_it_stands_in_the_plan(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s, FOUR)
        await s.press("bo", "Je viens")
        await s.tell("ana", "plan")
        plan = "\n".join(s.all_heard("ana"))
        assert "annonce d’une rencontre" in plan
        assert "rappel d’une rencontre" in plan
        assert "antichambre d’une rencontre" in plan
        assert "présences à noter" in plan
        # Looking changes nothing.
        assert len(announced(s)) == 1
        assert len(await s.kept(Due, state="done")) == 0


async def test_paused_sessions_stay_silent(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await s.press("bo", "Je viens")
        await s.tell("ana", "pause rencontres")
        await s.wait(days=12)
        assert reminders(s, "bo") == []
        assert antechambers(s) == []


async def test_planning_again_and_again_changes_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s, FOUR)
        before = [(d.key, d.due_at) for d in await s.kept(Due)]
        await s.app.unasked.plan()
        await s.app.unasked.plan()
        assert [(d.key, d.due_at) for d in await s.kept(Due)] == before


async def test_the_antechamber_leaves_the_communitys_own_question_to_the_icebreaker(tmp_path: Path) -> None:
    async with stage(tmp_path, icebreakers={"on": False}) as s:
        await planned(s)
        await s.tell("ana", "brise-glace ajouter Quel outil as-tu bricolé ?")
        await wait_until(s, datetime(2027, 1, 14, 17, 0, tzinfo=UTC))
        assert len(antechambers(s)) == 1
        assert "bricolé" not in read(antechambers(s)[0].message)


@pytest.mark.parametrize("first", ["mercredi 9 décembre", "jeudi 10 décembre"])
async def test_what_days_off_would_put_off_for_too_long_is_announced_before_them(tmp_path: Path, first: str) -> None:
    async with stage(tmp_path, start=datetime(2026, 12, 1, 15, tzinfo=UTC)) as s:
        await s.tell("ana", TWICE.format(first))
        await s.press("ana", "Annoncer")
        await s.tell("ana", "plan congé 20 décembre | 5 janvier")
        await wait_until(s, datetime(2026, 12, 19, 16, 59, tzinfo=UTC))
        before = len(announced(s))
        await s.wait(minutes=2)
        assert len(announced(s)) == before + 1


async def test_where_the_days_off_have_begun_it_is_announced_all_the_same(tmp_path: Path) -> None:
    async with stage(tmp_path, start=datetime(2026, 12, 1, 15, tzinfo=UTC)) as s:
        await s.tell("ana", TWICE.format("mercredi 9 décembre"))
        await s.press("ana", "Annoncer")
        await wait_until(s, datetime(2026, 12, 22, 15, tzinfo=UTC))
        await s.tell("ana", "plan congé 22 décembre | 5 janvier")
        before = len(announced(s))
        await wait_until(s, datetime(2026, 12, 25, 17, 1, tzinfo=UTC))
        assert len(announced(s)) == before + 1


async def test_before_days_off_stories_are_asked_for_once_too(tmp_path: Path) -> None:
    """For the session on the very day after them; the day before it and the week before it are days off."""
    stories = {"stories": {"days": (7, 2)}}
    async with stage(tmp_path, start=datetime(2026, 12, 1, 15, tzinfo=UTC), **stories) as s:
        await s.tell("ana", TWICE.format("mercredi 9 décembre"))
        await s.press("ana", "Annoncer")
        await s.tell("ana", "plan congé 20 décembre | 5 janvier")
        await wait_until(s, datetime(2026, 12, 19, 16, 59, tzinfo=UTC))
        before = len(s.all_heard("bo"))
        await s.wait(minutes=2)
        assert ["mercredi 6 janvier" in told for told in s.all_heard("bo")[before:]] == [True]
        await wait_until(s, datetime(2027, 1, 6, 16, tzinfo=UTC))
        assert len(s.all_heard("bo")) == before + 1
        assert "invitation à raconter" not in await s.tell("ana", "plan")
        assert {due.state for due in await s.kept(Due, kind="stories.prompt")} == {"done"}


async def test_one_that_moves_before_it_is_announced_is_announced_for_its_new_hour(tmp_path: Path) -> None:
    async with stage(tmp_path, start=datetime(2026, 12, 1, 15, tzinfo=UTC)) as s:
        await s.tell("ana", TWICE.format("mercredi 9 décembre"))
        await s.press("ana", "Annoncer")
        await wait_until(s, datetime(2026, 12, 10, 15, tzinfo=UTC))
        await s.tell("ana", "rencontre déplacer 2 | vendredi 22 janvier 12 h")
        await s.press("ana", "Déplacer la rencontre")
        assert [due.due_at.day for due in await s.kept(Due, kind="sessions.announcement", state="pending")] == [10]
        before = len(announced(s))
        await wait_until(s, datetime(2027, 1, 10, 17, 1, tzinfo=UTC))
        assert len(announced(s)) == before + 1, "twelve days before, though it would have begun on the 6th"
