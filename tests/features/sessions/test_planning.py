from pathlib import Path

import pytest

from bot.chat.content import Bullets, Heading, Text, When
from bot.model.session import Session
from tests.features.sessions.acts import ENGLISH, FOUR, SAY_NO, announced, announcements, planned, stage


async def test_read_back_in_full_before_anything_is_posted(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.say("ana", FOUR)
        assert announced(s) == []
        back = s.heard("ana")
        assert "Thème : Dire non" in back
        assert "jeudi 14 janvier à 12 h (heure de Montréal), jusqu’à 13 h 30" in back
        assert "Durée : 1 h 30" in back
        assert "Lieu : Salon bleu" in back
        assert "- jeudi 28 janvier à 12 h\n- jeudi 11 février à 12 h\n- jeudi 25 février à 12 h" in back
        await s.wait(weeks=6)
        assert announced(s) == []


async def test_confirmed_in_french(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.say("ana", SAY_NO)
        said = await s.press("ana", "Annoncer")
        assert "rencontre n° 1" in said
        [posted] = announcements(s)
        assert posted.pinned
        assert announced(s)[0].split("\n") == [
            "Rencontre : Dire non",
            "- Quand : jeudi 14 janvier à 12 h (heure de Montréal), jusqu’à 13 h 30",
            "- Lieu : Salon bleu",
            "- Durée : 1 h 30. C’est la rencontre n° 1.",
            "Qui vient ? On peut changer d’avis à tout moment.",
            "[Je viens] [Peut-être] [Je ne peux pas]",
        ]
        [file] = [f for said in s.bot_said() if said.message for f in said.message.files]
        assert file.name == "rencontre-1.ics"
        assert b"SUMMARY:Dire non" in file.data


async def test_confirmed_in_english(tmp_path: Path) -> None:
    async with stage(tmp_path, language="en") as s:
        await s.say("ana", ENGLISH)
        assert "Thursday 14 January at 12:00 (Montréal time), until 13:30" in s.heard("ana")
        assert announced(s) == []
        await s.press("ana", "Announce it")
        assert announced(s)[0].startswith("Session: Saying no\n- When: Thursday 14 January at 12:00")
        assert "[I’m coming] [Maybe] [I can’t]" in announced(s)[0]


async def test_asked_one_by_one_in_private(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        assert "thème" in await s.tell("ana", "rencontre planifier")
        assert "Quel jour" in await s.tell("ana", "Dire non")
        assert "Il manque l’heure" in await s.tell("ana", "jeudi 14 janvier")
        assert "déjà passé" in await s.tell("ana", "le 2 janvier 2027 à 12 h")
        assert "Je ne lis pas de date" in await s.tell("ana", "quand les poules auront des dents")
        assert "Combien de temps" in await s.tell("ana", "jeudi 14 janvier à 12 h")
        assert "Je ne lis pas de durée" in await s.tell("ana", "un bon moment")
        assert "Où" in await s.tell("ana", "une heure et demie")
        assert "revient" in await s.tell("ana", "passer")
        assert "Je ne lis pas de série" in await s.tell("ana", "souvent")
        back = await s.tell("ana", "toutes les 2 semaines, 2 fois")
        assert "Lieu : à préciser plus tard" in back
        assert "Série de 2 rencontres" in back
        assert announced(s) == []
        await s.press("ana", "Annoncer")
        assert len(announced(s)) == 1


@pytest.mark.parametrize(
    ("when", "problem"),
    [
        ("le 2 janvier 2027 à 12 h", "déjà passé"),
        ("05/02 à 12 h", "plusieurs façons"),
        ("quand tu veux", "Je ne lis pas de date"),
        ("jeudi 14 janvier", "Il manque l’heure"),
        ("14 mars 2027 à 2 h 30", "on avance l’heure"),
        ("🙂", "Je ne lis pas de date"),
    ],
)
async def test_a_date_that_cannot_be_used_is_asked_anew(tmp_path: Path, when: str, problem: str) -> None:
    async with stage(tmp_path) as s:
        await s.say("ana", f"!veillee rencontre planifier Dire non | {when} | 1 h")
        assert problem in s.heard("ana")
        assert await s.kept(Session) == []
        # What was typed before it is not lost.
        await s.tell("ana", "jeudi 14 janvier à 12 h")
        await s.tell("ana", "1 h")
        await s.tell("ana", "passer")
        assert "Thème : Dire non" in await s.tell("ana", "passer")


async def test_confirming_twice_announces_once(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        assert "déjà annoncé : c’est la rencontre n° 1" in await s.press("ana", "Annoncer")
        assert "déjà annoncé" in await s.press("ana", "Laisser tomber")
        assert len(announced(s)) == 1


async def test_dropped_then_confirmed(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.say("ana", SAY_NO)
        assert "laissé de côté" in await s.press("ana", "Laisser tomber")
        assert await s.kept(Session) == []
        # Another draft takes its place in the table: the old button must not confirm that one.
        old = s.platform.seen_by("ana")
        await s.say("ana", SAY_NO.replace("Dire non", "Dire oui"))
        button = next(said for said in old if said.message and said.message.choices)
        await s.platform.press("ana", button.id, 0)
        await s.app.settle()
        assert "laissé de côté" in s.heard("ana")
        assert announced(s) == []


async def test_dropped_drafts_leave_no_gap_in_the_numbers(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.say("ana", FOUR)
        await s.press("ana", "Laisser tomber")
        await s.say("ana", SAY_NO.replace("Dire non", "En attente"))
        await planned(s)
        await planned(s, SAY_NO.replace("14 janvier", "21 janvier"))
        assert [x.number for x in await s.kept(Session, state="planned")] == [1, 2]


async def test_confirming_once_the_hour_has_gone_by(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.say("ana", SAY_NO)
        await s.wait(days=11)
        said = await s.press("ana", "Annoncer")
        assert "L’heure prévue est passée : jeudi 14 janvier" in said
        assert announced(s) == []
        await s.press("ana", "Changer")
        await s.press("ana", "La date et l’heure")
        assert "jeudi 21 janvier à 12 h" in await s.tell("ana", "jeudi 21 janvier à 12 h")
        await s.press("ana", "Annoncer")
        assert "jeudi 21 janvier" in announced(s)[0]


@pytest.mark.parametrize(
    ("part", "typed", "shown"),
    [
        ("Le thème", "Dire oui", "Thème : Dire oui"),
        ("La durée", "45 min", "jusqu’à 12 h 45"),
        ("Le lieu", "passer", "Lieu : à préciser plus tard"),
        ("La série", "chaque semaine, 3 fois", "Série de 3 rencontres, chaque semaine"),
    ],
)
async def test_changed_before_it_is_confirmed(tmp_path: Path, part: str, typed: str, shown: str) -> None:
    async with stage(tmp_path) as s:
        await s.say("ana", SAY_NO)
        await s.press("ana", "Changer")
        await s.press("ana", part)
        assert shown in await s.tell("ana", typed)
        await s.press("ana", "Annoncer")
        assert len(announced(s)) == 1


async def test_the_button_of_an_older_text_confirms_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.say("ana", SAY_NO)
        [older] = [said for said in s.bot_said("direct-ana") if said.message and said.message.choices]
        await s.press("ana", "Changer")
        await s.press("ana", "Le thème")
        await s.tell("ana", "Dire oui")
        await s.platform.press("ana", older.id, 0)
        await s.app.settle()
        assert "a changé depuis" in s.heard("ana")
        assert announced(s) == []


async def test_a_series_keeps_its_hour_when_clocks_change(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        typed = "!veillee rencontre planifier Dire non | jeudi 4 mars 2027 12 h | 1 h | | chaque semaine, 3 fois"
        await s.say("ana", typed)
        assert "jeudi 11 mars à 12 h\n- jeudi 18 mars à 12 h" in s.heard("ana")
        await s.press("ana", "Annoncer")
        hours = [x.starts.hour for x in await s.kept(Session, order="starts")]
        assert hours == [17, 17, 16]


async def test_a_series_is_announced_once_with_its_dates(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s, FOUR)
        assert len(announced(s)) == 1
        assert "n° 2, jeudi 28 janvier à 12 h\n- n° 3, jeudi 11 février" in announced(s)[0]
        await s.wait(days=11)  # the first is over, the second 13 days away
        assert len(announced(s)) == 1
        await s.wait(days=2)
        assert [a.split("\n")[1] for a in announced(s)][1].startswith("- Quand : jeudi 28 janvier")
        assert "série" not in announced(s)[1]
        await s.wait(weeks=8)
        assert len(announced(s)) == 4


async def test_of_a_weekly_series_one_is_before_members_at_a_time(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s, SAY_NO + " | chaque semaine, 3 fois")
        await s.wait(days=10)  # Thursday 14, ten in the morning
        assert len(announced(s)) == 1
        await s.wait(hours=5)
        assert len(announced(s)) == 2


async def test_only_facilitators_plan(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.say("bo", SAY_NO)
        assert "réservée aux personnes qui animent" in s.in_room()[-1]
        assert await s.kept(Session) == []


async def test_the_right_is_asked_again_when_confirming(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.say("ana", SAY_NO)
        s.platform.rooms["hall"].levels["ana"] = 0
        assert "réservée aux personnes qui animent" in await s.press("ana", "Annoncer")
        assert announced(s) == []


async def test_what_is_typed_stays_text(tmp_path: Path) -> None:
    hostile = "@room <b>!veillee aide</b> { $theme } [x](https://mal.example) \ue0000\ue001"
    async with stage(tmp_path) as s:
        await planned(s, f"!veillee rencontre planifier {hostile} | jeudi 14 janvier 12 h | 1 h")
        message = announcements(s)[0].message
        assert message is not None
        [title] = [block.line for block in message.blocks if isinstance(block, Heading)]
        assert all(isinstance(part, Text) for part in title)
        assert "".join(part.text for part in title) == f"Rencontre\u00a0: {hostile}"
        [file] = [f for said in s.bot_said() if said.message for f in said.message.files]
        assert b"\r\nSUMMARY:@room" in file.data


async def test_a_theme_too_long_or_without_words(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.say("ana", "!veillee rencontre planifier " + "a" * 400 + " | jeudi 14 janvier 12 h | 1 h")
        assert "un peu long" in s.heard("ana")
        assert "Il me faut des mots" in await s.tell("ana", "🙂🙂")
        assert await s.kept(Session) == []


async def test_instants_are_said_as_instants(tmp_path: Path) -> None:
    """So that a platform which shows everyone their own hour can do so."""
    async with stage(tmp_path) as s:
        await planned(s)
        message = announcements(s)[0].message
        assert message is not None
        [facts] = [block for block in message.blocks if isinstance(block, Bullets)]
        lines = [part for item in facts.items for part in item]
        [session] = await s.kept(Session)
        found = [(part.instant, part.shows) for part in lines if isinstance(part, When)]
        assert found == [(session.starts, "day-and-time"), (session.ends, "time")]


async def test_who_cannot_be_written_to_is_answered_where_they_asked(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        s.platform.closed.add("ana")
        await s.say("ana", SAY_NO)
        await s.say("ana", SAY_NO)
        assert "Rien n’est publié avant que tu confirmes" in s.in_room()[-1]


async def test_polite_form(tmp_path: Path) -> None:
    async with stage(tmp_path, address="vous") as s:
        await s.say("ana", SAY_NO)
        assert "avant que vous confirmiez" in s.heard("ana")


async def test_announced_ahead_of_its_turn(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s, FOUR)
        assert "C’est annoncé dans le salon" in await s.tell("ana", "rencontre annoncer 2")
        assert "jeudi 28 janvier" in announced(s)[1]
        assert not announcements(s)[1].pinned  # the next session stays before the eyes
        assert "est déjà annoncée" in await s.tell("ana", "rencontre annoncer 2")
        await s.wait(days=14)
        assert len(announced(s)) == 2


async def test_one_whose_turn_fell_in_a_pause_can_still_be_announced(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s, FOUR)
        await s.tell("ana", "pause")
        await s.wait(days=14)
        await s.tell("ana", "reprendre")
        assert len(announced(s)) == 1
        await s.tell("ana", "rencontre annoncer 2")
        assert len(announced(s)) == 2
