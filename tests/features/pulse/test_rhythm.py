from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.banks.read import bank
from bot.model.community import Person
from bot.model.pulse import Pulse
from bot.model.session import Attendance, Rsvp, Session
from tests.features.pulse.acts import EIGHT, answer, asked, press_step, speak_english, stage
from tests.french import SAYS_TU
from tests.stage import Stage

ENDED = datetime(2027, 1, 5, 22, 0, tzinfo=UTC)  # Tuesday, five in the afternoon


def questions(s: Stage, person: str) -> list[str]:
    return [heard.split("\n")[0] for heard in s.all_heard(person) if "[1 · " in heard]


async def held(
    s: Stage, coming: dict[str, str], *, ends: datetime = ENDED, attended: tuple[str, ...] = ()
) -> None:
    session = Session(
        community_id=1, number=1, theme="Dire non", starts=ends - timedelta(hours=1), minutes=60,
        state="planned", planned_by=1,
    )  # fmt: skip
    ids = {p.external: p.id for p in await s.kept(Person)}
    async with s.store.unit() as unit:
        await unit.add(session)
        for person, said in coming.items():
            await unit.add(Rsvp(session_id=session.id, person_id=ids[person], answer=said, at=ends))  # type: ignore[arg-type]
        for person in attended:
            await unit.add(Attendance(session_id=session.id, person_id=ids[person]))
    await s.app.unasked.plan()


async def test_every_two_weeks_each_in_private_and_never_the_same_twice(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await speak_english(s, "bo")
        await s.wait(weeks=12)
        french = {q["text"] for q in bank("pulse", "fr")["pulse"] if not q["after_session"]}
        english = {q["text"] for q in bank("pulse", "en")["pulse"] if not q["after_session"]}
        assert set(questions(s, "p1")) == french
        assert set(questions(s, "bo")) == english
        assert len(questions(s, "p1")) == 6
        hours = {(p.opens.weekday(), p.opens.hour) for p in await s.kept(Pulse)}
        assert hours == {(2, 15), (2, 14)}, "ten in the morning, in winter and in summer time"


async def test_vous_where_the_community_chose_it(tmp_path: Path) -> None:
    async with stage(tmp_path, address="vous") as s:
        await speak_english(s, "bo")
        await s.wait(weeks=12)
        for person, language in (("p1", "fr"), ("bo", "en")):
            texts = {q["text"] for q in bank("pulse", language, "vous")["pulse"] if not q["after_session"]}
            assert set(questions(s, person)) == texts
        assert [heard for heard in s.all_heard("p1") if SAYS_TU.search(heard)] == []


async def test_the_results_are_told_with_vous_too(tmp_path: Path) -> None:
    async with stage(tmp_path, address="vous", pulse={"on": False}) as s:
        pulse = await asked(s)
        await answer(s, dict.fromkeys(EIGHT, 4))
        await s.wait(days=6)
        texts = {q["id"]: q["text"] for q in bank("pulse", "fr", "vous")["pulse"]}
        assert texts[pulse.question] in s.in_room()[-1]
        assert not SAYS_TU.search(s.in_room()[-1])


async def test_after_a_session_of_those_who_were_there_or_meant_to_be(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        coming = dict.fromkeys(EIGHT[:4], "yes") | {"p5": "maybe", "p6": "no"}
        await held(s, coming, attended=("bo",))
        await s.wait(days=1, hours=7)
        assert questions(s, "p1") == []
        await s.wait(hours=2)
        after = {q["text"] for q in bank("pulse", "fr")["pulse"] if q["after_session"]}
        assert set(questions(s, "p1")) <= after
        assert [len(questions(s, p)) for p in ("p1", "p5", "bo", "p6", "p7")] == [1, 1, 1, 0, 0]
        assert "« Dire non »".replace(" ", "\u00a0")[:2] in s.heard("p1")


async def test_put_off_to_the_end_of_quiet_hours(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await held(s, dict.fromkeys(EIGHT, "yes"), ends=ENDED + timedelta(hours=5))
        await s.wait(days=1, hours=13)  # eleven in the evening
        await s.tell("bo", "aide")
        assert questions(s, "p1") == []
        await s.wait(hours=9, minutes=30)
        assert len(questions(s, "p1")) == 1


async def test_nobody_is_asked_where_an_answer_would_be_somebodys(tmp_path: Path) -> None:
    async with stage(tmp_path, people=1) as s:
        await s.wait(weeks=3)
        assert await s.kept(Pulse) == []
        assert "au moins cinq membres" in await s.tell("ana", "pouls")


async def test_who_left_and_who_cannot_be_reached_are_not_asked(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await s.leave("p1")
        await asked(s)
        assert questions(s, "p1") == []
        [pulse] = await s.kept(Pulse)
        assert pulse.asked == 10


async def test_only_a_facilitator_asks_and_in_their_own_words_if_they_wish(tmp_path: Path) -> None:
    async with stage(tmp_path, pulse={"on": False}) as s:
        assert "réservée aux personnes qui animent" in await s.tell("bo", "pouls Ça va ?")
        shown = await s.tell("ana", "pouls Le @room vous va-t-il ?")
        assert "J’écrirai en privé à 11 personnes, toutes au moment prévu." in shown
        assert questions(s, "bo") == [], "nothing is asked before it is confirmed"
        await s.press("ana", "Poser la question")
        assert any("demandé en privé à 11 membres" in heard for heard in s.all_heard("ana")[-2:])
        assert questions(s, "bo") == ["Le @room vous va-t-il ?"]
        assert "[1 · Pas du tout] [2] [3] [4] [5 · Tout à fait]" in s.heard("bo")


async def test_closing_is_not_forgotten_when_it_was_paused_or_slept_through(tmp_path: Path) -> None:
    async with stage(tmp_path, pulse={"on": False}) as s:
        await asked(s)
        await answer(s, dict.fromkeys(EIGHT, 4))
        await s.tell("ana", "pause pouls")
        await s.wait(days=6)
        assert s.in_room()[-1:] == [] or "Le pouls" not in s.in_room()[-1]
        await s.tell("ana", "reprendre pouls")
        await s.wait(days=2)
        assert sum("Le pouls" in text for text in s.in_room()) == 1
        await asked(s)
        await press_step(s, "bo", 2)
        await s.sleep(days=50)
        assert "moins de cinq réponses" in s.in_room()[-1]
        assert list((tmp_path / "seals").iterdir()) == []
