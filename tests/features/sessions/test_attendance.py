from datetime import UTC, datetime
from pathlib import Path

from bot.model.activity import Activity
from bot.model.community import Person
from bot.model.session import Attendance
from tests.features.sessions.acts import SAY_NO, announced, planned, stage, wait_until
from tests.stage import Stage


async def over(s: Stage) -> None:
    await planned(s)
    await wait_until(s, datetime(2027, 1, 14, 19, 0, tzinfo=UTC))


async def who_came(s: Stage) -> set[str]:
    people = {p.id: p.name for p in await s.kept(Person)}
    return {people[a.person_id] for a in await s.kept(Attendance)}


async def test_noted_in_one_command(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await over(s)
        await s.say("ana", "!veillee présences 1 | Ana, bo")
        assert s.heard("ana").startswith("C’est noté pour « Dire non » : Ana et Bo.")
        assert await who_came(s) == {"Ana", "Bo"}
        rows = await s.kept(Activity, kind="attendance")
        pseudonyms = {p.pseudonym for p in await s.kept(Person) if p.name in ("Ana", "Bo")}
        assert {r.who for r in rows} == pseudonyms
        # They came at the hour of the session, whenever that is noted.
        assert {r.at for r in rows} == {datetime(2027, 1, 14, 17, 0, tzinfo=UTC)}


async def test_noted_in_english_by_theme(tmp_path: Path) -> None:
    async with stage(tmp_path, language="en") as s:
        await planned(s, "!veillee session plan Saying no | Thursday 14 January 12:00 | 1 h", "Announce it")
        await s.wait(days=11)
        assert "Noted for “Saying no”: Bo." in await s.tell("ana", "attendance saying | Bo")


async def test_said_again_replaces(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await over(s)
        await s.tell("ana", "présences 1 | Ana, Bo")
        await s.tell("ana", "présences 1 | Bo et Cleo")
        assert await who_came(s) == {"Bo", "Cleo"}
        rows = await s.kept(Activity, kind="attendance")
        assert {r.who for r in rows} == {p.pseudonym for p in await s.kept(Person) if p.name in ("Bo", "Cleo")}
        assert len(rows) == 2
        await s.tell("ana", "présences 1 | Bo et Cleo")
        assert len(await s.kept(Activity, kind="attendance")) == 2


async def test_an_unknown_name_and_nothing_is_noted(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await over(s)
        await s.say("ana", "!veillee présences 1 | Bo, Zoé")
        assert "Je ne reconnais pas : Zoé" in s.heard("ana")
        assert await s.kept(Attendance) == []
        # The question stays open: the right names are enough.
        assert "Bo et Cleo" in await s.tell("ana", "Bo, Cleo")
        assert await who_came(s) == {"Bo", "Cleo"}


async def test_not_before_it_begins_nor_once_cancelled(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        assert "n’a pas commencé : jeudi 14 janvier" in await s.tell("ana", "présences 1 | Bo")
        await s.tell("ana", "rencontre annuler 1")
        await s.press("ana", "Annuler la rencontre")
        await s.wait(days=12)
        assert "est annulée" in await s.tell("ana", "présences 1 | Bo")
        assert await s.kept(Attendance) == []


async def test_who_opted_out_of_the_log_is_not_in_it(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await over(s)
        async with s.store.unit() as unit:
            bo = await unit.one(Person, external="bo")
            assert bo is not None
            bo.logged = False
        await s.tell("ana", "présences 1 | Ana, Bo")
        assert len(await s.kept(Activity, kind="attendance")) == 1


async def test_only_facilitators_note_it(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await over(s)
        assert "réservée aux personnes qui animent" in await s.tell("bo", "présences 1 | Bo")
        assert await s.kept(Attendance) == []


async def test_whoever_planned_it_is_asked_once(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await wait_until(s, datetime(2027, 1, 14, 18, 44, tzinfo=UTC))
        heard = len(s.all_heard("ana"))
        await s.wait(days=5)
        [asked] = s.all_heard("ana")[heard:]
        assert asked.startswith("Qui était à « Dire non » ?")
        assert asked.splitlines()[0].endswith("!veillee présences 1 | Ana, Bo")
        assert s.all_heard("bo") == []


async def test_not_asked_once_noted(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await wait_until(s, datetime(2027, 1, 14, 18, 30, tzinfo=UTC))
        await s.tell("ana", "présences 1 | Bo")
        heard = len(s.all_heard("ana"))
        await s.wait(days=5)
        assert len(s.all_heard("ana")) == heard


async def test_asked_after_quiet_hours(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s, SAY_NO.replace("12 h", "20 h"))
        heard = len(s.all_heard("ana"))
        await wait_until(s, datetime(2027, 1, 15, 12, 59, tzinfo=UTC))
        assert len(s.all_heard("ana")) == heard
        await s.wait(minutes=2)
        assert s.heard("ana").startswith("Qui était à")


async def test_a_click_on_the_announcement_is_not_attendance(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        await s.press("bo", "Je viens")
        await s.wait(days=12)
        assert await s.kept(Attendance) == []
        assert "Viennent : 1" in announced(s)[0]


async def test_who_has_left_since_can_still_be_noted(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await over(s)
        await s.leave("bo")
        await s.tell("ana", "présences 1 | Ana, Bo")
        assert await who_came(s) == {"Ana", "Bo"}
