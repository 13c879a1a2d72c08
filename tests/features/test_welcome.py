from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.chat.capabilities import Level
from bot.chat.content import Mention
from bot.model.activity import Activity
from bot.model.community import Person
from tests.stage import HALL, Stage, read, stage

QUIET: dict[str, Any] = {"icebreakers": {"on": False}, "pulse": {"on": False}}


def mentioned(s: Stage) -> list[str]:
    """Whom the last message in the room mentions."""
    message = s.bot_said(HALL)[-1].message
    assert message is not None
    return [
        part.person
        for block in message.blocks
        if block.kind == "paragraph"
        for part in block.line
        if isinstance(part, Mention)
    ]


async def test_newcomers_of_the_same_minutes_share_one_greeting(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await s.join("zoe", "Zoé")
        await s.wait(minutes=3)
        await s.join("karim", "Karim")
        assert s.in_room() == []
        await s.wait(minutes=2)
        assert len(s.in_room()) == 1
        assert s.in_room()[0].startswith("Bienvenue à Zoé et Karim.")
        assert mentioned(s) == ["zoe", "karim"]
        assert s.all_heard("zoe")[0].startswith("Bonjour Zoé. Je suis Veillée, un programme")
        assert len(s.all_heard("karim")) == 2, "what is to read, what is to do"
        await s.wait(days=2)
        assert len(s.in_room()) == 1, "nobody is greeted twice"


async def test_who_comes_later_has_a_greeting_of_their_own(tmp_path: Path) -> None:
    async with stage(tmp_path, language="en", **QUIET) as s:
        await s.join("zoe", "Zoe")
        await s.wait(minutes=6)
        await s.join("karim", "Karim")
        await s.wait(minutes=6)
        assert [text.split(".")[0] for text in s.in_room()] == ["Welcome, Zoe", "Welcome, Karim"]


async def test_members_who_were_there_before_are_no_newcomers(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await s.wait(days=1)
        assert s.in_room() == []


async def test_at_night_the_greeting_waits_for_the_morning(tmp_path: Path) -> None:
    async with stage(tmp_path, start=datetime(2027, 1, 5, 3, 0, tzinfo=UTC), **QUIET) as s:  # 22 h
        await s.join("zoe", "Zoé")
        await s.wait(hours=2)
        await s.join("karim", "Karim")
        await s.wait(hours=7)
        assert s.in_room() == []
        await s.wait(hours=2)
        assert mentioned(s) == ["zoe", "karim"]
        said = s.bot_said(HALL)[-1]
        assert said.at == datetime(2027, 1, 5, 13, 0, tzinfo=UTC)  # 8 h


async def test_who_joined_while_veillee_was_stopped_is_greeted(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await s.join("zoe", "Zoé", at=s.clock.now() - timedelta(hours=5))
        await s.wait(minutes=6)
        assert s.in_room()[-1].startswith("Bienvenue à Zoé.")


async def test_a_greeting_some_days_late_says_so(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await s.join("zoe", "Zoé", at=s.clock.now() - timedelta(days=3))
        await s.wait(minutes=6)
        assert s.in_room()[-1].startswith("Avec un peu de retard de ma part. Bienvenue à Zoé.")


async def test_who_joined_long_ago_is_not_greeted(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await s.join("zoe", "Zoé", at=s.clock.now() - timedelta(days=8))
        await s.wait(days=1)
        assert s.in_room() == []
        assert s.all_heard("zoe") == []


async def test_stopped_between_the_arrival_and_its_greeting(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await s.join("zoe", "Zoé")
        await s.sleep(hours=2)
        assert len(s.in_room()) == 1
        await s.join("karim", "Karim")
        await s.sleep(days=30)
        await s.join("lea", "Léa")
        await s.wait(minutes=6)
        assert len(s.in_room()) == 2
        assert mentioned(s) == ["lea"], "Karim has been there for a month"


async def test_a_new_name_is_not_a_newcomer(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await s.platform.rename("bo", "Bérénice", HALL)
        await s.app.settle()
        await s.wait(days=1)
        assert s.in_room() == []


async def test_who_comes_back_is_greeted_as_such(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await s.leave("bo")
        await s.wait(days=20)
        await s.join("bo", "Bo")
        await s.join("zoe", "Zoé")
        await s.wait(minutes=6)
        assert s.in_room()[-1].split("\n")[:2] == [
            "Bienvenue à Zoé. Rien ne presse\u00a0: lire, c’est déjà participer.",
            "Bon retour, Bo.",
        ]
        assert s.all_heard("bo") == [], "the first words are for who is new"


async def test_who_left_before_the_greeting_is_not_in_it(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await s.join("zoe", "Zoé")
        await s.join("karim", "Karim")
        await s.leave("karim")
        await s.wait(minutes=6)
        assert mentioned(s) == ["zoe"]
        await s.join("lea", "Léa")
        await s.leave("lea")
        await s.wait(minutes=6)
        assert len(s.in_room()) == 1
        assert s.all_heard("karim") == s.all_heard("lea") == []


async def test_twelve_newcomers_do_not_flood_the_room(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        for number in range(12):
            await s.join(f"p{number}", f"Prénom{number}")
        await s.wait(minutes=6)
        assert len(s.in_room()) == 1
        assert len(mentioned(s)) == 12
        assert len(s.in_room()[0]) < 400
        assert all(len(s.all_heard(f"p{number}")) == 2 for number in range(12))


async def test_a_crowd_is_greeted_without_names(tmp_path: Path) -> None:
    async with stage(tmp_path, language="en", **QUIET) as s:
        for number in range(30):
            await s.join(f"p{number}", f"Name{number}")
        await s.wait(minutes=6)
        assert s.in_room()[0].startswith("Welcome to the 30 people who have just come in.")
        assert mentioned(s) == []


async def test_closed_direct_messages_break_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        s.platform.closed.add("zoe")
        await s.join("zoe", "Zoé")
        await s.join("karim", "Karim")
        await s.wait(minutes=6)
        assert mentioned(s) == ["zoe", "karim"]
        assert "!veillee aide" in s.in_room()[-1]
        assert len(s.all_heard("karim")) == 2
        await s.say("zoe", "!veillee charte")
        assert "je n’arrive pas à t’écrire en privé" in s.in_room()[-1]
        await s.say("zoe", "!veillee me présenter")
        assert "je n’arrive pas à t’écrire en privé" in s.in_room()[-1]
        s.platform.closed.discard("zoe")
        await s.tell("zoe", "bonjour")
        await s.say("zoe", "!veillee charte")
        assert s.heard("zoe").startswith("La charte")


async def test_first_words_say_the_mission_and_the_communitys_own_charter(tmp_path: Path) -> None:
    async with stage(tmp_path, mission="parler du métier", charter=("On s’écoute.",), **QUIET) as s:
        await s.join("zoe", "Zoé")
        await s.wait(minutes=6)
        first, then = s.all_heard("zoe")
        assert "Ce qui réunit les gens ici\u00a0: parler du métier" in first
        assert first.endswith("\nLa charte\n- On s’écoute.")
        # What is in sight when they open the conversation is short, and holds all that can be chosen.
        assert then.startswith("Pour commencer, un seul geste suffit")
        assert then.endswith("[Je signe la charte] [Me présenter] [Une autre fois] [English]")
        assert len(then) < 700


async def test_the_first_words_can_be_had_in_the_other_language(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await s.join("zoe", "Zoé")
        await s.wait(minutes=6)
        await s.press("zoe", "English")
        first, then = s.all_heard("zoe")[2:]
        assert first.startswith("All right, I’ll speak English with you.\nHello Zoé. I’m Veillée")
        assert "What is said here stays here." in first
        assert then.startswith("To begin, one small thing is enough")
        assert (await s.press("zoe", "Another time")).startswith("All right. Whenever you like")
        await s.press("zoe", "Français")
        assert s.all_heard("zoe")[-2].startswith("D’accord, je te parle français.")


async def test_language_by_command(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        assert await s.tell("bo", "langue anglais") == "All right, I’ll speak English with you."
        assert (await s.tell("bo", "charter")).startswith("The charter")
        assert "I speak French and English" in await s.tell("bo", "language klingon")
        assert await s.tell("bo", "français") == "D’accord, je te parle français."


async def test_vous_where_the_community_chose_it(tmp_path: Path) -> None:
    async with stage(tmp_path, address="vous", **QUIET) as s:
        await s.join("zoe", "Zoé")
        await s.wait(minutes=6)
        assert "écrivez ici" in s.in_room()[-1]
        assert "Voulez-vous vous présenter" in s.heard("zoe")
        assert not any(" te " in heard for heard in s.all_heard("zoe"))


async def test_the_greeting_is_in_the_log_once_only_as_a_join(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await s.join("zoe", "Zoé")
        await s.wait(minutes=6)
        [zoe] = await s.kept(Person, external="zoe")
        assert [row.kind for row in await s.kept(Activity, who=zoe.pseudonym)] == ["join"]
        assert zoe.greeting == "none"


async def test_the_greeting_to_come_is_in_the_plan(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        await s.join("zoe", "Zoé")
        assert "Bienvenue à Zoé." in await s.tell("ana", "plan")
        await s.wait(minutes=6)
        assert len(s.in_room()) == 1


async def test_a_hostile_name_stays_a_name(tmp_path: Path) -> None:
    async with stage(tmp_path, **QUIET) as s:
        name = "{ $names } @everyone <b>\ue0000\ue001"
        await s.join("eve", name)
        await s.wait(minutes=6)
        assert mentioned(s) == ["eve"]
        assert s.in_room()[-1].startswith(f"Bienvenue à {name}.")


async def test_buttons_as_numbers(tmp_path: Path) -> None:
    async with stage(tmp_path, buttons=Level.FALLBACK, **QUIET) as s:
        await s.join("zoe", "Zoé")
        await s.wait(minutes=6)
        assert "Trois courtes questions" in await s.tell("zoe", "2")
        first, then = s.bot_said("direct-zoe")[:2]
        assert "Bonjour Zoé" in read(first.message)
        assert first.reactions == []
        assert [emoji for _, emoji in then.reactions] == ["1️⃣", "2️⃣", "3️⃣", "4️⃣"]
