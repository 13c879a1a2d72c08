from pathlib import Path

from icalendar import Calendar

from tests.features.sessions.acts import FOUR, SAY_NO, planned, second_community, stage
from tests.stage import Stage


def calendar_of(s: Stage, person: str) -> Calendar:
    files = [f for said in s.bot_said(f"direct-{person}") if said.message for f in said.message.files]
    return Calendar.from_ical(files[-1].data)


async def test_sessions_to_come_in_short(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s, FOUR)
        await s.say("ana", SAY_NO.replace("Dire non", "Jamais confirmée"))
        await s.press("bo", "Je viens")
        await s.say("bo", "!veillee rencontres")
        assert s.heard("bo").split("\n")[:3] == [
            "Les rencontres à venir :",
            "- n° 1, jeudi 14 janvier à 12 h : Dire non (tu viens)",
            "- n° 2, jeudi 28 janvier à 12 h : Dire non",
        ]
        assert "Jamais" not in s.heard("bo")
        await s.wait(days=11)
        assert "n° 1," not in await s.tell("bo", "rencontres")


async def test_in_english(tmp_path: Path) -> None:
    async with stage(tmp_path, language="en") as s:
        assert "No session is planned" in await s.tell("bo", "sessions")
        await planned(s, "!veillee session plan Saying no | Thursday 14 January 12:00 | 1 h", "Announce it")
        assert "1, Thursday 14 January at 12:00: Saying no" in await s.tell("bo", "sessions")


async def test_a_long_list_says_how_many_more(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s, SAY_NO + " | chaque semaine, 14 fois")
        said = await s.tell("bo", "rencontres")
        assert "n° 12," in said
        assert "n° 13," not in said
        assert "Et 2 autres plus tard." in said


async def test_a_calendar_of_all_that_is_to_come(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        assert "Aucune rencontre" in await s.tell("bo", "calendrier")
        await planned(s, FOUR)
        await s.say("bo", "!veillee calendrier")
        assert any("Voici les 4 rencontres" in heard for heard in s.all_heard("bo"))
        events = calendar_of(s, "bo").walk("VEVENT")
        assert [str(e["SUMMARY"]) for e in events] == ["Dire non"] * 4
        await s.wait(days=11)
        await s.tell("bo", "calendrier")
        assert len(calendar_of(s, "bo").walk("VEVENT")) == 3


async def test_only_of_ones_own_community(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await second_community(s)
        await planned(s, FOUR)
        assert "Aucune rencontre" in await s.tell("eve", "calendrier")
