"""A message of the plan as it will look; and the journal of what went out."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.chat.content import Choices
from bot.model.flow import Outbox
from bot.model.rhythm import Due
from tests.stage import stage

QUIET: dict[str, Any] = {"icebreakers": {"on": False}, "stories": {"days": ()}}
SAY_NO = "!veillee rencontre planifier Dire non | jeudi 14 janvier 12 h | 1 h 30 | Salon bleu"


async def test_buttons_of_a_preview_do_nothing_and_say_so(tmp_path: Path) -> None:
    async with stage(tmp_path, pulse={"on": False}, **QUIET) as s:
        await s.say("ana", SAY_NO)
        await s.press("ana", "Annoncer")
        await s.press("bo", "Je viens")
        number = (await s.kept(Due, kind="sessions.reminder"))[0].id
        await s.tell("ana", f"plan voir {number}")
        shown = [said for said in s.platform.said if said.room == "direct-ana"][-1].message
        assert shown is not None
        labels = [c.label for block in shown.blocks if isinstance(block, Choices) for c in block.choices]
        assert "Je ne peux pas" in labels
        assert "C’est un aperçu" in await s.press("ana", "Je ne peux pas")
        assert await s.kept(Outbox, purpose="sessions.reminder") == []
        await s.wait(days=9, hours=3)
        assert "Dire non" in s.heard("bo")


async def test_the_journal_counts_and_hides_the_few(tmp_path: Path) -> None:
    async with stage(tmp_path, pulse={"on": False}, **QUIET) as s:
        await s.say("ana", SAY_NO)
        await s.press("ana", "Annoncer")
        for person in ("bo", "cleo"):
            await s.press(person, "Je viens")
        await s.wait(days=9, hours=3)
        journal = await s.tell("ana", "plan journal")
        assert "ce serait parler de quelqu’un" in journal
        assert "Bo" not in journal
        assert "réservée" in await s.tell("bo", "plan journal")


async def test_page_after_page(tmp_path: Path) -> None:
    async with stage(tmp_path, icebreakers={"on": True}, pulse={"on": False}, stories={"days": ()}) as s:
        assert "Rien n’est encore parti" in await s.tell("ana", "plan journal")
        await s.wait(weeks=13)
        first = await s.tell("ana", "plan journal")
        assert first.count("brise-glace") == 10
        assert "plan journal 2" in first
        second = await s.tell("ana", "plan journal 2")
        assert second.count("brise-glace") == 3
        assert "rien d’autre" in await s.tell("ana", "plan journal 3")


async def test_where_commands_are_the_platforms_own_it_is_shown_to_them_alone(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, pulse={"on": False}, stories={"days": ()}) as s:
        number = (await s.kept(Due, kind="icebreakers.weekly", order="due_at"))[0].id
        await s.command("ana", "rhythm.show", number=str(number))
        alone = [s.read(said.message) for said in s.platform.said if said.only == "ana"]
        assert any("Voici ce que les membres verront" in told for told in alone)
        assert any("brise-glace de la semaine" in told for told in alone)
        assert s.in_room() == []


async def test_what_will_go_out_late_is_shown_saying_so(tmp_path: Path) -> None:
    async with stage(tmp_path, pulse={"on": False}, stories={"days": ()}) as s:
        await s.sleep(days=7, hours=16)  # Tuesday, two in the morning
        assert "C’était prévu lundi 11 janvier" in await s.tell("ana", "plan")


async def test_what_waits_is_shown_and_counted_by_what_follows(tmp_path: Path) -> None:
    """An icebreaker that quiet hours put off takes its question all the same: the plan gives it to no other."""
    async with stage(tmp_path, pulse={"on": False}, stories={"days": ()}) as s:
        number = (await s.kept(Due, kind="icebreakers.weekly", order="due_at"))[0].id
        # As where the clock of another zone has made a night of its hour.
        async with s.store.unit() as unit:
            await unit.change(Due, {"due_at": s.clock.now() + timedelta(hours=13)}, id=number)
        plan = await s.tell("ana", "plan")
        assert "Il attendra" in plan
        shown = [plan.splitlines()[n + 1] for n, line in enumerate(plan.splitlines()) if "brise-glace de la" in line]
        assert len(set(shown)) == len(shown) == plan.count("· brise-glace") > 2
        await s.wait(weeks=2)
        asked = [line for said in s.in_room() for line in said.splitlines() if line in shown]
        assert asked == shown[:2]


async def test_of_what_differs_for_each_a_few_are_shown(tmp_path: Path) -> None:
    async with stage(tmp_path, pulse={"on": False}, **QUIET) as s:
        for n in range(9):
            await s.join(f"p{n}", f"P{n}")
        plan = await s.tell("ana", "plan")
        assert plan.count("Bonjour P") == 2
        assert "7 autres messages du même genre partiront aussi." in plan
