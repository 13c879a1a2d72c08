"""Who is in the voice room is noted as having come, where the community wishes it and members know."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.features.sessions.places import may_be_voice_room, names_voice_room
from bot.model.activity import Activity
from bot.model.community import Person
from bot.model.session import Attendance, Session
from tests.features.sessions.acts import SAY_NO, announced, planned, stage, wait_until
from tests.stage import Stage

NOON = datetime(2027, 1, 14, 17, 0, tzinfo=UTC)
COUNTED = {"reminder_hours": 24, "antechamber_minutes": 15, "count_voice": True}


async def came(s: Stage) -> list[str]:
    people = {p.id: p.name for p in await s.kept(Person)}
    return sorted(people[a.person_id] for a in await s.kept(Attendance))


async def test_nobody_is_noted_unless_the_community_wishes_it(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await planned(s)
        assert "salon vocal" not in announced(s)[0]
        await wait_until(s, NOON)
        await s.enter_voice("bo", "77", "Salon bleu")
        assert await came(s) == []


async def test_noted_once_and_members_know(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, sessions=COUNTED) as s:
        await planned(s)
        assert "y être pendant la rencontre compte comme une présence" in announced(s)[0]
        assert "!veillee journal arrêter" in announced(s)[0]
        assert "compte comme une présence" in s.native.gatherings[s.gathering()].gathering.about
        await wait_until(s, NOON)
        for _ in range(2):
            await s.enter_voice("bo", "77", "Salon bleu")
        assert await came(s) == ["Bo"]
        [row] = await s.kept(Activity, kind="attendance")
        [session] = await s.kept(Session)
        assert (row.at, row.session_id) == (NOON, session.id)
        assert s.all_heard("bo") == []


async def test_said_in_english(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, language="en", sessions=COUNTED) as s:
        await planned(s, "!veillee session plan Saying no | Thursday 14 January 12:00 | 1 h | Blue room", "Announce it")
        assert "being there during the session counts as attending" in announced(s)[0]
        await wait_until(s, NOON)
        await s.enter_voice("bo", "77", "Blue room")
        await wait_until(s, NOON + timedelta(hours=2))
        assert "I noted who was in the voice room for “Saying no”: Bo." in s.heard("ana")
        assert "send the whole list" in s.heard("ana")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("Salon bleu", True), ("<#77>", True), ("https://discord.com/channels/5/77", True),
        ("https://exemple.org/salle", False), ("Sur https://exemple.org/77", False), ("", False),
    ],
)  # fmt: skip
async def test_said_where_the_place_may_be_a_voice_room(tmp_path: Path, place: str, *, said: bool) -> None:
    async with stage(tmp_path, native=True, sessions=COUNTED) as s:
        await planned(s, SAY_NO.replace("Salon bleu", place or "passer").removesuffix(" | passer"))
        assert ("salon vocal" in announced(s)[0]) is said


@pytest.mark.parametrize(
    ("minutes", "noted"), [(-16, False), (-15, True), (0, True), (89, True), (90, False), (120, False)]
)
async def test_from_the_antechamber_to_the_end(tmp_path: Path, minutes: int, *, noted: bool) -> None:
    async with stage(tmp_path, native=True, sessions=COUNTED) as s:
        await planned(s)
        await wait_until(s, NOON + timedelta(minutes=minutes))
        await s.enter_voice("bo", "77", "Salon bleu")
        assert await came(s) == (["Bo"] if noted else [])


async def test_who_is_there_before_the_antechamber_opens_is_noted_when_it_does(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, sessions=COUNTED) as s:
        await planned(s)
        await wait_until(s, NOON - timedelta(hours=1))
        for person in ("bo", "cleo"):
            await s.enter_voice(person, "77", "Salon bleu")
        s.native.leave_voice("cleo")
        assert await came(s) == []
        await wait_until(s, NOON - timedelta(minutes=14))
        assert await came(s) == ["Bo"]


async def test_a_session_that_was_moved_looks_at_its_new_hour(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, sessions=COUNTED) as s:
        await planned(s)
        await s.move_gathering(NOON + timedelta(hours=2))
        await s.enter_voice("bo", "77", "Salon bleu")
        await wait_until(s, NOON + timedelta(minutes=5))
        assert await came(s) == []
        await wait_until(s, NOON + timedelta(hours=2))
        assert await came(s) == ["Bo"]


async def test_another_voice_room_is_not_it(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, sessions=COUNTED) as s:
        await planned(s)
        await wait_until(s, NOON)
        await s.enter_voice("bo", "78", "Salon vert")
        await s.enter_voice("bo", "79", "")
        assert await came(s) == []


async def test_nor_for_a_session_that_was_cancelled(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, sessions=COUNTED) as s:
        await planned(s)
        await s.cancel_gathering()
        await wait_until(s, NOON)
        await s.enter_voice("bo", "77", "Salon bleu")
        assert await came(s) == []


async def test_who_is_not_counted_in_the_log_is_not_noted(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, sessions=COUNTED) as s:
        await planned(s)
        async with s.store.unit() as unit:
            bo = await unit.one(Person, external="bo")
            assert bo is not None
            bo.logged = False
        await wait_until(s, NOON)
        await s.enter_voice("bo", "77", "Salon bleu")
        assert await came(s) == []
        assert await s.kept(Activity, kind="attendance") == []


async def test_whoever_planned_it_is_told_who_was_noted_and_puts_it_right(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, sessions=COUNTED) as s:
        await planned(s)
        await wait_until(s, NOON)
        await s.enter_voice("bo", "77", "Salon bleu")
        await s.enter_voice("ana", "77", "Salon bleu")
        heard = len(s.all_heard("ana"))
        await wait_until(s, NOON + timedelta(hours=2))
        [told] = s.all_heard("ana")[heard:]
        assert told.startswith("J’ai noté qui était dans le salon vocal pour « Dire non » : ")
        assert "Bo" in told.split("\n")[0]
        assert "envoie la liste entière. Par exemple : !veillee présences 1 | Ana, Bo" in told
        await s.tell("ana", "présences 1 | Bo, Cleo")
        assert await came(s) == ["Bo", "Cleo"]
        assert not any(a.by_voice for a in await s.kept(Attendance))


async def test_a_facilitator_has_the_last_word(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, sessions=COUNTED) as s:
        await planned(s)
        await wait_until(s, NOON)
        await s.enter_voice("bo", "77", "Salon bleu")
        await s.tell("ana", "présences 1 | Bo")
        heard = len(s.all_heard("ana"))
        await s.wait(days=2)
        assert len(s.all_heard("ana")) == heard


@pytest.mark.parametrize(
    ("place", "yes"),
    [
        ("77", True), ("#Salon bleu", True), ("salon BLEU", True), (" Salon bleu ", True), ("<#77>", True),
        ("https://discord.com/channels/5/77", True), ("https://discord.com/channels/5/77/", True),
        ("", False), ("Salon", False), ("Salon bleu, rue Ontario", False), ("<#78>", False), ("7", False),
        ("https://discord.com/channels/77/5", False), ("https://exemple.org/Salon bleu", False), ("177", False),
    ],
)  # fmt: skip
def test_names_of_a_voice_room(place: str, *, yes: bool) -> None:
    assert names_voice_room(place, "77", "Salon bleu") is yes


def test_no_name_is_no_room() -> None:
    assert not names_voice_room("", "", "")
    assert not names_voice_room("#", "77", "")
    assert not may_be_voice_room("  ")
