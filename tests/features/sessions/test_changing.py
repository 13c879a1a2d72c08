from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.model.community import Person
from bot.model.session import Session
from tests.features.sessions.acts import (
    FOUR,
    SAY_NO,
    announced,
    announcements,
    antechambers,
    planned,
    reminders,
    stage,
    wait_until,
)
from tests.stage import Stage


async def answered(s: Stage) -> None:
    await planned(s)
    await s.press("bo", "Je viens")
    await s.press("cleo", "Je ne peux pas")


def files(s: Stage) -> list[bytes]:
    return [f.data for said in s.bot_said() if said.message for f in said.message.files]


async def test_moved_once_confirmed(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await answered(s)
        asked = await s.tell("ana", "rencontre déplacer 1 | vendredi 15 janvier à 14 h")
        assert "Nouvelle date : vendredi 15 janvier à 14 h" in asked
        assert "jeudi 14 janvier" in announced(s)[0]
        assert s.all_heard("bo") == []
        await s.press("ana", "Déplacer la rencontre")
        assert len(announced(s)) == 1
        assert "vendredi 15 janvier à 14 h" in announced(s)[0]
        assert "Viennent : 1" in announced(s)[0]
        assert b"SEQUENCE:0" in files(s)[0]
        assert b"SEQUENCE:1" in files(s)[1]
        assert b"T140000" in files(s)[1]
        [told] = s.all_heard("bo")
        assert told.startswith("La rencontre « Dire non » est déplacée : vendredi 15 janvier à 14 h")
        assert "Tu avais dit que tu venais" in told
        # Who could not come may now.
        assert "Si cette date te convient mieux" in s.heard("cleo")
        assert "tu viens à « Dire non », vendredi 15 janvier" in await s.press("cleo", "Je viens")


async def test_each_is_told_in_their_language(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await answered(s)
        async with s.store.unit() as unit:
            bo = await unit.one(Person, external="bo")
            assert bo is not None
            bo.language = "en"
        await s.tell("ana", "rencontre déplacer 1 | vendredi 15 janvier à 14 h")
        await s.press("ana", "Déplacer la rencontre")
        assert s.heard("bo").startswith("The session “Dire non” has moved: Friday 15 January at 14:00")
        assert "[I’m coming]" in s.heard("bo")
        assert s.heard("cleo").startswith("La rencontre")


async def test_moved_twice_by_the_same_button_tells_once(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await answered(s)
        await s.tell("ana", "rencontre déplacer 1 | vendredi 15 janvier à 14 h")
        await s.press("ana", "Déplacer la rencontre")
        assert "a changé depuis" in await s.press("ana", "Déplacer la rencontre")
        assert len(s.all_heard("bo")) == 1
        assert "C’est déjà ainsi" in await s.tell("ana", "rencontre déplacer 1 | vendredi 15 janvier à 14 h")


async def test_left_as_it_is(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await answered(s)
        await s.tell("ana", "rencontre annuler 1")
        assert await s.press("ana", "Ne rien changer") == "Je ne change rien."
        assert announced(s)[0].startswith("Rencontre")


async def test_moved_reminder_and_antechamber_go_at_the_new_hour_only(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await answered(s)
        await s.tell("ana", "rencontre déplacer 1 | mardi 19 janvier à 14 h")
        await s.press("ana", "Déplacer la rencontre")
        await wait_until(s, datetime(2027, 1, 18, 18, 59, tzinfo=UTC))
        assert reminders(s, "bo") == []
        assert antechambers(s) == []
        await s.wait(minutes=2)
        assert len(reminders(s, "bo")) == 1
        await wait_until(s, datetime(2027, 1, 19, 18, 46, tzinfo=UTC))
        assert len(antechambers(s)) == 1
        await s.wait(days=3)
        assert len(reminders(s, "bo")) == 1
        assert len(antechambers(s)) == 1


async def test_a_reminder_moved_by_hand_does_not_outlive_the_hour_it_was_for(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await answered(s)
        plan = await s.tell("ana", "plan")
        entry = next(line for line in plan.split("\n") if "rappel d’une rencontre" in line)
        number = entry.split("n° ")[1].split(" ")[0]
        await s.tell("ana", f"plan déplacer {number} | mercredi 13 janvier à 15 h")
        await s.tell("ana", "rencontre déplacer 1 | mardi 19 janvier à 14 h")
        await s.press("ana", "Déplacer la rencontre")
        await s.wait(days=11)
        assert reminders(s, "bo") == []


async def test_cancelled_nothing_more_goes_out(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await answered(s)
        assert "Annuler « Dire non »" in await s.tell("ana", "rencontre annuler 1")
        assert announced(s)[0].startswith("Rencontre")
        await s.press("ana", "Annuler la rencontre")
        assert announced(s)[0] == (
            "Annulée : Dire non\nCette rencontre était prévue jeudi 14 janvier à 12 h (heure de Montréal)."
        )
        assert b"STATUS:CANCELLED" in files(s)[-1]
        assert "est annulée" in s.heard("bo")
        assert s.all_heard("cleo") == []  # who was not coming has nothing to know
        heard = len(s.all_heard("bo")), len(s.all_heard("ana"))
        await s.wait(days=20)
        assert (len(s.all_heard("bo")), len(s.all_heard("ana"))) == heard
        assert antechambers(s) == []


async def test_cancelled_twice(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await answered(s)
        await s.tell("ana", "rencontre annuler 1")
        await s.press("ana", "Annuler la rencontre")
        assert "est annulée. Rien n’a changé" in await s.press("ana", "Annuler la rencontre")
        assert "est annulée. Rien n’a changé" in await s.tell("ana", "rencontre annuler 1")
        assert "est annulée. Rien n’a changé" in await s.tell("ana", "rencontre modifier 1 | lieu | Ailleurs")
        assert len(s.all_heard("bo")) == 1


async def test_after_it_began(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await answered(s)
        await s.tell("ana", "rencontre déplacer 1 | vendredi 15 janvier à 14 h")
        await wait_until(s, datetime(2027, 1, 14, 17, 5, tzinfo=UTC))
        assert "a commencé" in await s.press("ana", "Déplacer la rencontre")
        assert "a commencé" in await s.tell("ana", "rencontre déplacer 1 | demain 12 h")
        assert "a commencé" in await s.tell("ana", "rencontre annuler 1")
        # A link that broke can still be put right.
        assert "C’est changé" in await s.tell("ana", "rencontre modifier 1 | lieu | Salon vert")
        assert "change de lieu : Salon vert" in s.heard("bo")
        await s.wait(days=1)
        assert "est passée" in await s.tell("ana", "rencontre déplacer 1 | demain 12 h")
        assert "est passée" in await s.tell("ana", "rencontre modifier 1 | lieu | Ailleurs")


@pytest.mark.parametrize(
    ("change", "told", "shown"),
    [
        ("thème | Dire oui", "« Dire non » a un nouveau thème : Dire oui", "Rencontre : Dire oui"),
        ("lieu | https://exemple.org", "change de lieu : https://exemple.org", "Lieu : https://exemple.org"),
        ("durée | 2 h", "change de durée : 2 h", "jusqu’à 14 h"),
    ],
)
async def test_edited(tmp_path: Path, change: str, told: str, shown: str) -> None:
    async with stage(tmp_path) as s:
        await answered(s)
        await s.say("ana", f"!veillee rencontre modifier 1 | {change}")
        assert "C’est changé" in s.heard("ana")
        assert shown in announced(s)[0]
        assert len(announced(s)) == 1
        [heard] = s.all_heard("bo")
        assert told in heard
        assert s.all_heard("cleo") == []
        if change.startswith("thème"):
            assert len(files(s)) == 1, "what it is called leads nobody astray"
        else:
            assert b"SEQUENCE:1" in files(s)[-1]


async def test_edited_step_by_step_in_english(tmp_path: Path) -> None:
    async with stage(tmp_path, language="en") as s:
        await planned(s, "!veillee session plan Saying no | Thursday 14 January 12:00 | 1 h", "Announce it")
        await s.press("bo", "Maybe")
        assert "Which session" in await s.tell("ana", "session edit")
        assert "What would you like" in await s.tell("ana", "1")
        assert "Choose among: theme, place and length" in await s.tell("ana", "colour")
        assert "What shall I put" in await s.tell("ana", "the length")
        assert "I can’t read a length" in await s.tell("ana", "long")
        assert "Changed for" in await s.tell("ana", "2 h")
        assert "has a new length: 2 h" in s.heard("bo")


async def test_a_move_within_a_series_changes_its_dates_too(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s, FOUR)
        await s.tell("ana", "rencontre déplacer 2 | vendredi 29 janvier à 12 h")
        await s.press("ana", "Déplacer la rencontre")
        await s.tell("ana", "rencontre annuler 3")
        await s.press("ana", "Annuler la rencontre")
        [post] = announced(s)
        assert "n° 2, vendredi 29 janvier à 12 h" in post
        assert "n° 3" not in post
        assert "n° 4, jeudi 25 février" in post
        await s.wait(weeks=8)
        assert [a.split("\n")[1].split(" à ")[0] for a in announced(s)] == [
            "- Quand : jeudi 14 janvier", "- Quand : vendredi 29 janvier", "- Quand : jeudi 25 février",
        ]  # fmt: skip


async def test_the_first_of_a_series_cancelled_leaves_the_others(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s, FOUR)
        await s.tell("ana", "rencontre annuler 1")
        await s.press("ana", "Annuler la rencontre")
        assert announced(s)[0].startswith("Annulée : Dire non")
        assert "n° 2, jeudi 28 janvier" in announced(s)[0]
        await s.wait(days=14)
        assert "jeudi 28 janvier" in announced(s)[1]


async def test_moved_so_near_that_its_announcement_is_past(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s, FOUR)
        await s.tell("ana", "rencontre déplacer 4 | mardi 5 janvier à 12 h")
        await s.press("ana", "Déplacer la rencontre")
        await s.wait(hours=1)
        assert "mardi 5 janvier" in announced(s)[1]
        assert len(announcements(s)) == 2


async def test_only_facilitators_change(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        for typed in (
            "rencontre déplacer 1 | demain 12 h", "rencontre annuler 1", "rencontre modifier 1 | lieu | Ici",
        ):  # fmt: skip
            assert "réservée aux personnes qui animent" in await s.tell("bo", typed)
        assert [x.sequence for x in await s.kept(Session)] == [0]


async def test_a_number_that_is_longer_than_any(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        assert "Pour voir la liste" in await s.tell("ana", "rencontre annuler " + "9" * 5000)


async def test_one_unknown(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await planned(s, SAY_NO.replace("14 janvier", "21 janvier"))
        assert "Je ne trouve pas de rencontre pour « 12 »" in await s.tell("ana", "rencontre annuler 12")
        assert "1 (Dire non) et 2 (Dire non)" in await s.tell("ana", "dire non")
