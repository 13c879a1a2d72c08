"""Interest shown in the platform's own calendar."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.activity import Activity
from bot.model.community import Person
from bot.model.session import Rsvp
from tests.features.sessions.acts import announced, planned, reminders, stage, wait_until
from tests.features.sessions.calendar_acts import NOON, told_of


async def test_interest_is_a_maybe(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await planned(s)
        await s.interested("bo")
        await s.interested("bo")
        [rsvp] = await s.kept(Rsvp)
        assert (rsvp.answer, rsvp.by_interest) == ("maybe", True)
        assert "Viennent : 0 · Peut-être : 1" in announced(s)[0]
        assert len(await s.kept(Activity, kind="rsvp")) == 1
        assert told_of(s, "bo") == []
        await s.interested("bo", withdrawn=True)
        assert await s.kept(Rsvp) == []
        assert await s.kept(Activity, kind="rsvp") == []
        assert "Peut-être : 1" not in announced(s)[0]


@pytest.mark.parametrize("label", ["Je viens", "Peut-être", "Je ne peux pas"])
@pytest.mark.parametrize("first", [True, False])
async def test_interest_changes_no_answer(tmp_path: Path, label: str, *, first: bool) -> None:
    async with stage(tmp_path, native=True) as s:
        await planned(s)
        if first:
            await s.interested("bo")
        await s.press("bo", label)
        answer = (await s.kept(Rsvp))[0].answer
        assert answer == {"Je viens": "yes", "Peut-être": "maybe", "Je ne peux pas": "no"}[label]
        if not first:
            await s.interested("bo")
        await s.interested("bo", withdrawn=True)
        assert [r.answer for r in await s.kept(Rsvp)] == [answer]


async def test_interest_of_someone_never_seen(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await planned(s)
        s.native.rooms["hall"].members["zoe"] = "Zoé"
        await s.interested("zoe")
        assert "Peut-être : 1" in announced(s)[0]
        assert [p.name for p in await s.kept(Person, external="zoe")] == ["Zoé"]


async def test_interest_in_what_is_over_or_cancelled(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await planned(s)
        await wait_until(s, NOON + timedelta(hours=2))
        await s.interested("bo")
        assert await s.kept(Rsvp) == []


async def test_who_showed_interest_is_reminded(tmp_path: Path) -> None:
    async with stage(tmp_path, native=True) as s:
        await planned(s)
        await s.interested("bo")
        await wait_until(s, NOON)
        assert len(reminders(s, "bo")) == 1
