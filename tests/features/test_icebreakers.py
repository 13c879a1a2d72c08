from pathlib import Path

from bot.banks.read import bank
from bot.model.icebreaker import QuestionUse
from tests.french import SAYS_TU
from tests.stage import stage


async def test_a_question_is_asked_every_monday_and_never_twice(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.wait(weeks=12)
        questions = [said.split("\n")[1] for said in s.in_room() if "brise-glace" in said.split("\n")[0]]
        assert len(questions) == 12
        assert len(set(questions)) == 12


async def test_vous_where_the_community_chose_it(tmp_path: Path) -> None:
    async with stage(tmp_path, address="vous") as s:
        await s.wait(weeks=12)
        said = [said for said in s.in_room() if "brise-glace" in said.split("\n")[0]]
        assert [text for text in said if SAYS_TU.search(text)] == []
        texts = {q["id"]: q["text"] for q in bank("icebreakers", "fr", "vous")["question"]}
        uses = await s.kept(QuestionUse)
        assert [text.split("\n")[1] for text in said] == [texts[use.question] for use in uses]
        assert not SAYS_TU.search(await s.tell("ana", "brise-glace prochain"))


async def test_only_a_facilitator_may_ask_one_now(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.say("bo", "!veillee brise-glace")
        assert "réservée aux personnes qui animent" in s.in_room()[-1]
        await s.say("ana", "!veillee brise-glace")
        assert s.in_room()[-1].startswith("Le brise-glace de la semaine")


async def test_own_question_comes_next(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.say("ana", "!veillee brise-glace ajouter Quel outil as-tu bricolé ?")
        await s.wait(weeks=1)
        assert "Quel outil as-tu bricolé ?" in s.in_room()[-1]


async def test_skipped_question_is_not_asked(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        first = await s.tell("ana", "brise-glace prochain")
        skipped = await s.tell("ana", "brise-glace passer")
        await s.wait(weeks=1)
        question = first.split("«\u00a0")[1].split("\u00a0»")[0]
        assert question in skipped
        assert question not in s.in_room()[-1]


async def test_mistyped_command_suggests_the_nearest(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.say("bo", "!veillee adie")
        assert "!veillee aide" in s.in_room()[-1]


async def test_one_put_off_by_quiet_hours_goes_out_though_something_happens_meanwhile(tmp_path: Path) -> None:
    early = {"day": "tuesday", "at": "06:00"}
    async with stage(tmp_path, icebreakers=early, pulse={"on": False}) as s:
        await s.wait(hours=21)  # Tuesday, seven in the morning: past its hour, and still quiet
        await s.tell("bo", "aide")
        await s.wait(hours=2)
        assert [m.at.hour for m in s.bot_said()] == [13]  # eight in Montréal
