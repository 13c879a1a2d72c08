from datetime import timedelta
from pathlib import Path

from bot.model.activity import Activity
from bot.model.community import Person
from bot.model.flow import Outbox
from bot.model.session import Session
from bot.model.story import SealedStory, Story, StoryAnswer
from bot.ports import OneOf
from tests.features.stories.acts import (
    NOON,
    VOICE,
    WORDS,
    drafted,
    on_disk,
    planned,
    shared,
    shared_texts,
    stage,
)
from tests.kept import tables


async def test_at_the_hour_in_the_thread_once(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.say("ana", "!veillee rencontre planifier Dire non | jeudi 14 janvier 12 h | 1 h 30 | Salon bleu")
        await s.press("ana", "Annoncer")
        announcement = next(m for m in s.bot_said() if m.message and m.message.choices)
        await drafted(s, "bo")
        await s.press("bo", "À mon nom")
        await drafted(s, "cleo", "Moi aussi, un matin.")
        await s.press("cleo", "Sans nom")
        await drafted(s, "ana", "Pour nous seules.")
        await s.press("ana", "Lu par l’animation")
        await s.wait(days=9, hours=23)
        assert not any("récits pour ouvrir" in text for text in s.in_room())
        await s.wait(hours=4)
        assert {(m.at, m.thread) for m in await shared(s)} == {(NOON, announcement.id)}
        texts = s.in_room()
        assert texts.count(f"Bo raconte\u00a0:\n> {WORDS}") == 1
        assert texts.count("Sans nom\u00a0:\n> Moi aussi, un matin.") == 1
        assert any(t.startswith("2 récits pour ouvrir la rencontre") for t in texts)
        assert not any("Pour nous seules" in text for text in texts)
        assert any("Ana confie ce récit" in text and "Pour nous seules." in text for text in s.all_heard("ana"))
        assert not any("Pour nous seules" in text for text in s.all_heard("bo"))
        await s.app.unasked.plan()
        await s.wait(days=3)
        assert s.in_room().count(f"Bo raconte\u00a0:\n> {WORDS}") == 1


async def test_late_rather_than_never_once_the_night_is_over(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s, NOON + timedelta(hours=10))  # ten in the evening
        await drafted(s, "bo")
        await s.press("bo", "Sans nom")
        await s.sleep(days=10, hours=16)  # awake again four hours after it began, in the middle of the night
        assert await shared_texts(s) == []
        await s.wait(hours=6)
        assert (await shared_texts(s))[0].startswith("Un récit de la rencontre, que j’apporte en retard")
        assert (await shared_texts(s))[1] == f"Sans nom\u00a0:\n> {WORDS}"


async def test_nothing_told_nothing_said(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await s.wait(days=4)
        await s.press("bo", "Pas cette fois")
        await s.wait(days=8)
        assert await shared_texts(s) == []
        assert await s.kept(SealedStory) == []


async def test_stories_of_a_cancelled_session_are_not_posted_and_their_seals_go(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        session = await planned(s)
        await drafted(s, "bo")
        await s.press("bo", "Sans nom")
        async with s.store.unit() as unit:
            kept = await unit.get(Session, session.id)
            assert kept is not None
            kept.state = "cancelled"
        await s.app.unasked.plan()
        await s.wait(days=20)
        assert await shared_texts(s) == []
        assert await s.kept(SealedStory) == []
        assert list((tmp_path / "seals").iterdir()) == []


async def test_a_session_moved_shares_at_its_new_hour(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        session = await planned(s)
        await drafted(s, "bo")
        await s.press("bo", "Sans nom")
        async with s.store.unit() as unit:
            kept = await unit.get(Session, session.id)
            assert kept is not None
            kept.starts += timedelta(days=7)
        await s.app.unasked.plan()
        await s.wait(days=11)
        assert await shared_texts(s) == []
        await s.wait(days=7)
        assert len(await shared_texts(s)) == 2


async def test_a_voice_note_without_a_name_is_posted_as_it_lies(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await drafted(s, "bo", "", files=(VOICE,))
        await s.press("bo", "Sans nom")
        await s.wait(days=11)
        files = [f for m in s.bot_said() if m.message for f in m.message.files]
        assert [f.uri for f in files if f.mime == "audio/ogg"] == [VOICE.uri]
        assert "Sans nom\u00a0:" in await shared_texts(s)


async def test_a_lost_key_is_said_and_breaks_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await drafted(s, "bo")
        await s.press("bo", "Sans nom")
        await drafted(s, "cleo", "À visage découvert.")
        await s.press("cleo", "À mon nom")
        for key in (tmp_path / "seals").iterdir():
            key.unlink()
        await s.wait(days=11)
        assert "Cleo raconte\u00a0:\n> À visage découvert." in await shared_texts(s)
        assert "n’ont pas pu être ouverts" in (await shared_texts(s))[-1]


async def test_no_row_and_no_file_leads_to_who_told_without_a_name(tmp_path: Path) -> None:
    """Bo tells, Cleo passes: until the hour, nothing but how often they wrote tells them apart."""
    async with stage(tmp_path) as s:
        await planned(s)
        await s.wait(days=4)
        await s.press("bo", "Écrire")
        await s.tell("bo", WORDS)
        await s.press("bo", "Sans nom")
        await s.press("cleo", "Pas cette fois")
        assert on_disk(tmp_path, WORDS, "directrice") == []
        rows = tables(tmp_path)
        [bo] = await s.kept(Person, external="bo")
        [cleo] = await s.kept(Person, external="cleo")
        assert sorted(rows["story_answer"]) == sorted((1, p.id) for p in (bo, cleo))
        assert rows["story"] == rows["story_draft"] == rows["conversation"] == []
        assert len({len(sealed) for _, _, sealed in rows["sealed_story"]}) == 1
        assert len(rows["sealed_story"]) == 2
        assert await s.kept(Activity, kind="story") == []

        outbox = await s.kept(Outbox)

        def shapes(person: str) -> set[tuple[str, str]]:
            """What kinds of rows of the outbox lead to someone, and what these offer."""
            theirs = [row for row in outbox if person in (row.person, row.room.removeprefix("direct-"))]
            return {(row.purpose, str(row.choices)) for row in theirs}

        assert shapes("bo") == shapes("cleo")
        assert all(bo.pseudonym not in map(str, row) for row in rows["activity"])

        await s.wait(days=8)
        [story] = await s.kept(Story)
        assert (story.text, story.person_id, story.sharing) == (WORDS, None, "unnamed")
        assert await s.kept(SealedStory) == []
        assert list((tmp_path / "seals").iterdir()) == []
        answered = await s.kept(StoryAnswer, order="person_id", person_id=OneOf([bo.id, cleo.id]))
        assert len(answered) == 2


async def test_the_order_of_rows_is_not_the_order_of_telling(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        people = [f"p{n}" for n in range(12)]
        for person in people:
            await s.join(person, person.upper())
            await drafted(s, person, f"Récit de {person}")
            await s.press(person, "Sans nom")
        await s.wait(days=11)
        order = [text.split("\n> ")[1] for text in await shared_texts(s) if text.startswith("Sans nom")]
        assert sorted(order) == sorted(f"Récit de {p}" for p in people)
        assert order != [f"Récit de {p}" for p in people]
        lying = [row[4] for row in tables(tmp_path)["story"]]
        assert lying != [f"Récit de {p}" for p in people]


async def test_facilitators_see_what_is_entrusted_and_no_more(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        for person, choice in (("bo", "Lu par l’animation"), ("cleo", "Sans nom")):
            await drafted(s, person, f"Récit de {person}")
            await s.press(person, choice)
        await s.tell("ana", "récits 1")
        heard = "\n".join(s.all_heard("ana")[-2:])
        assert "Avec un nom\u00a0: 0. Pour l’animation seulement\u00a0: 1." in heard
        assert "ne se comptent qu’à l’heure de la rencontre" in heard
        assert "Récit de bo" in heard
        assert "Récit de cleo" not in heard
