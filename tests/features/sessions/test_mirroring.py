"""A session stands in the platform's own calendar."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.chat.content import Gathering
from bot.model.session import Mirrored, Session
from bot.ports import TryLater
from tests.features.sessions.acts import FOUR, SAY_NO, announced, planned, second_community, stage, wait_until
from tests.features.sessions.calendar_acts import NOON, again, stands
from tests.stage import HALL, Stage


def files(s: Stage) -> list[str]:
    return [f.name for said in s.platform.said if said.message for f in said.message.files]


async def test_an_announced_session_stands_there(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await planned(s)
        assert stands(s) == [("Dire non", NOON, NOON + timedelta(minutes=90), "Salon bleu", False)]
        about = s.native.gatherings[s.gathering()].gathering.about
        assert about.startswith("Rencontre n°\u00a01 de «\u00a0Le cercle\u00a0».")
        assert "peut-être" in about
        # There, no file is posted besides; whoever asks for one has it.
        assert files(s) == []
        await s.command("bo", "sessions.calendar")
        assert files(s) == ["rencontres.ics"]


async def test_a_draft_does_not(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await s.say("ana", SAY_NO)
        assert stands(s) == []


async def test_where_there_is_no_calendar_the_file_is_posted(tmp_path: Path) -> None:
    async with stage(tmp_path) as s:
        await planned(s)
        assert files(s) == ["rencontre-1.ics"]


async def test_in_english(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True, language="en") as s:
        await planned(s, "!veillee session plan Saying no | Thursday 14 January 12:00 | 1 h", "Announce it")
        about = s.native.gatherings[s.gathering()].gathering.about
        assert about.startswith("Session 1 of “Le cercle”. Showing interest here counts as a “maybe”.")


async def test_what_changes_changes_there(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await planned(s)
        await s.tell("ana", "rencontre modifier 1 | lieu | Salon vert")
        await s.tell("ana", "rencontre modifier 1 | durée | 1 h")
        await s.tell("ana", "rencontre déplacer 1 | vendredi 15 janvier à 12 h")
        await s.press("ana", "Déplacer la rencontre")
        friday = NOON + timedelta(days=1)
        assert stands(s) == [("Dire non", friday, friday + timedelta(hours=1), "Salon vert", False)]
        await s.tell("ana", "rencontre annuler 1")
        await s.press("ana", "Annuler la rencontre")
        assert [cancelled for *_, cancelled in stands(s)] == [True]
        # News of our own changes came back each time, and did nothing.
        assert [x.sequence for x in await s.kept(Session)] == [4]
        assert len(s.native.written) == 5


async def test_an_answer_is_no_change(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await planned(s)
        await s.press("bo", "Je viens")
        assert len(s.native.written) == 1


async def test_a_series_stands_there_one_by_one(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await planned(s, FOUR)
        assert [starts for _, starts, *_ in stands(s)] == [NOON]
        await s.wait(days=13)
        assert [starts for _, starts, *_ in stands(s)] == [NOON, NOON + timedelta(weeks=2)]
        # What is not announced yet does not stand there, be it changed.
        await s.tell("ana", "rencontre modifier 3 | lieu | Ailleurs")
        assert len(stands(s)) == 2


async def test_a_full_calendar_keeps_nothing_from_being_announced(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        far = datetime(2028, 1, 1, tzinfo=UTC)
        for n in range(100):
            await s.native.hold(HALL, Gathering(f"{n}", far, far), key=f"other-{n}")
        await planned(s)
        assert len(announced(s)) == 1
        assert len(stands(s)) == 100
        # Once there is room, the next change puts it there.
        other = next(iter(s.native.gatherings))
        await s.native.hold(HALL, Gathering("0", far, far, cancelled=True), key="x", target=other)
        await s.tell("ana", "rencontre modifier 1 | lieu | Salon vert")
        assert [place for _, _, _, place, _ in stands(s)[100:]] == ["Salon vert"]
        await s.tell("ana", "rencontre modifier 1 | lieu | Salon rouge")
        assert [place for _, _, _, place, _ in stands(s)[100:]] == ["Salon rouge"]


async def test_what_was_never_there_is_not_cancelled_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage(tmp_path, native=True) as s:
        monkeypatch.setattr("adapters.rehearsal.native.MOST_GATHERINGS", 0)
        await planned(s)
        monkeypatch.undo()
        await s.tell("ana", "rencontre annuler 1")
        await s.press("ana", "Annuler la rencontre")
        assert stands(s) == []


async def test_what_has_begun_is_not_put_there(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await planned(s, FOUR)
        await s.sleep(days=24, hours=2, minutes=15)
        assert "C’est annoncé" in await s.tell("ana", "rencontre annoncer 2")
        assert len(announced(s)) == 2
        assert len(stands(s)) == 1


async def test_changes_of_what_has_begun_stay_here(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await planned(s)
        await wait_until(s, NOON + timedelta(minutes=5))
        await s.tell("ana", "rencontre modifier 1 | lieu | Salon vert")
        assert "Salon vert" in announced(s)[0]
        assert len(s.native.written) == 1


@pytest.mark.parametrize("put_already", [True, False])
async def test_changes_that_wait_are_overtaken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, put_already: bool
) -> None:
    async with stage(tmp_path, native=True) as s:
        real, tried = s.native.hold, []

        async def slow(*args: Any, **rest: Any) -> str:
            tried.append(rest["key"])
            raise TryLater("too many requests")

        if put_already:
            await planned(s)
        monkeypatch.setattr(s.native, "hold", slow)
        if not put_already:
            await planned(s)
        for place in ("Salon vert", "Salon rouge", "Salon jaune"):
            await s.tell("ana", f"rencontre modifier 1 | lieu | {place}")
        assert tried
        monkeypatch.setattr(s.native, "hold", real)
        again(s)
        await s.app.settle()
        assert [place for _, _, _, place, _ in stands(s)] == ["Salon jaune"]
        # As it was first put there, and as it is now: the first may have been on its way.
        assert len(s.native.written) == 2
        assert [x.sequence for x in await s.kept(Session)] == [3]


async def test_killed_before_the_receipt_it_stands_there_once(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        real = s.native.hold

        async def lost(*args: Any, **rest: Any) -> str:
            await real(*args, **rest)
            raise TryLater("the answer never came")

        s.native.hold = lost  # type: ignore[method-assign]
        await planned(s)
        s.native.hold = real  # type: ignore[method-assign]
        again(s)
        await s.app.settle()
        assert len(stands(s)) == 1
        await s.tell("ana", "rencontre modifier 1 | lieu | Salon vert")
        assert [place for _, _, _, place, _ in stands(s)] == ["Salon vert"]


async def test_each_community_in_its_own_calendar(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await second_community(s)
        await s.say("dan", SAY_NO.replace("Dire non", "Durer"), room="den")
        await s.press("dan", "Annoncer")
        assert [h.room for h in s.native.gatherings.values()] == ["den"]


async def test_what_is_remembered_goes_with_the_session(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await planned(s)
        [kept] = await s.kept(Mirrored)
        [put] = kept.put
        assert (put.title, kept.stands) == ("Dire non", None)
        async with s.store.unit() as unit:
            await unit.delete(Session, id=kept.session_id)
        assert await s.kept(Mirrored) == []
