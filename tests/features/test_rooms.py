"""What becomes of the rooms themselves: nothing that was kept is lost, and whoever facilitates is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.chat.content import Message, Text, message
from bot.chat.events import Event, MessagePosted, RoomClosed, RoomOpened, RoomReplaced, Someone
from bot.model.activity import Activity
from bot.model.community import Person, Presence, Room
from bot.model.flow import Inbox, Outbox
from bot.model.session import Session
from bot.ports import Barred, Batch
from tests.features.both import SILENT
from tests.features.sessions.acts import ENGLISH, SAY_NO, planned
from tests.stage import HALL, Stage, stage

NEW = "new-hall"
PEOPLE = (Someone("ana", "Ana"), Someone("bo", "Bo"), Someone("cleo", "Cleo"))


@asynccontextmanager
async def held(folder: Path, **settings: Any) -> AsyncIterator[Stage]:
    async with stage(folder, facilitators=("ana",), **(SILENT | settings)) as s:
        yield s


async def happen(s: Stage, *events: Event) -> None:
    """As a platform hands it over."""
    await s.app.intake.take(s.platform.account, Batch(events, "next"))
    await s.app.settle()


def base(s: Stage, id: str, room: str = HALL, person: str = "cleo") -> dict[str, Any]:
    return {"id": id, "platform": "rehearsal", "room": room, "person": person, "at": s.clock.now()}


def opened(s: Stage, id: str, room: str = HALL, members: tuple[Someone, ...] = PEOPLE) -> RoomOpened:
    return RoomOpened(**base(s, id, room), community="cercle", name="Le salon", main=True, members=members)


def replaced(s: Stage, *, followed: bool = True) -> RoomReplaced:
    return RoomReplaced(**base(s, "gone"), successor=NEW, followed=followed)


def move(s: Stage) -> None:
    """The members go to the new room; in the old one nothing is possible any more."""
    old = s.platform.rooms[HALL]
    s.platform.rooms[NEW] = replace(old, id=NEW, members=dict(old.members))


def barring(s: Stage, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Rooms in which Veillée may not write."""
    barred: set[str] = set()
    post = s.platform.post

    async def guarded(room: str, message: Message, **rest: Any) -> str:
        if room in barred:
            raise Barred("M_FORBIDDEN")
        return await post(room, message, **rest)

    monkeypatch.setattr(s.platform, "post", guarded)
    return barred


async def say_there(s: Stage, words: str, room: str = HALL) -> None:
    async with s.store.unit() as unit:
        row = Outbox(
            key=words, community_id=1, platform="rehearsal", room=room, language="fr", purpose="icebreakers.weekly",
            action=_post(words), at=s.clock.now(),
        )  # fmt: skip
        await unit.add(row)
    await s.app.settle()


def _post(words: str) -> str:
    from bot.chat.actions import ACTION, Post

    return ACTION.dump_json(Post(message=message((Text(words),)))).decode()


@pytest.mark.parametrize(
    ("language", "out", "back"),
    [
        ("fr", "On m’a fait sortir de «\u00a0Le salon\u00a0»", "Me revoilà"),
        ("en", "I was made to leave “Le salon”", "I am back"),
    ],
)
async def test_put_out_and_let_in_again(tmp_path: Path, language: str, out: str, back: str) -> None:
    async with held(tmp_path, language=language) as s:
        await planned(s, *((SAY_NO, "Annoncer") if language == "fr" else (ENGLISH, "Announce it")))
        await happen(s, RoomClosed(**base(s, "out"), put_out=True))
        assert out in s.heard("ana")
        assert s.all_heard("cleo") == []
        before = len(s.in_room())
        await s.wait(days=1)
        await happen(s, opened(s, "in", members=(*PEOPLE, Someone("dee", "Dee"))))
        assert back in s.heard("ana")
        await s.wait(days=14)
        assert len(s.in_room()) > before, "the session's reminders are posted again"
        # Who came meanwhile is a member, and is not greeted like someone who comes in just now.
        [dee] = await s.kept(Person, external="dee")
        assert (dee.present, dee.greeting) == (True, "none")


async def test_closed_and_opened_in_one_batch_it_is_open(tmp_path: Path) -> None:
    async with held(tmp_path) as s:
        await happen(s, RoomClosed(**base(s, "out"), put_out=True), opened(s, "in"))
        assert [r.open for r in await s.kept(Room)] == [True]


async def test_a_room_configured_no_longer_is_closed_without_a_word(tmp_path: Path) -> None:
    async with held(tmp_path) as s:
        await happen(s, RoomClosed(**base(s, "out")))
        assert [r.open for r in await s.kept(Room)] == [False]
        assert s.all_heard("ana") == []


async def test_where_it_may_not_write_it_waits_and_says_so_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with held(tmp_path) as s:
        barred = barring(s, monkeypatch)
        barred.add(HALL)
        for words in ("un", "deux"):
            await say_there(s, words)
        s.app.delivery._resting.clear()
        await s.app.settle()
        assert s.in_room() == []
        [told] = s.all_heard("ana")
        assert "Je n’ai pas le droit d’écrire dans «\u00a0Le salon\u00a0»" in told
        barred.clear()
        s.app.delivery._resting.clear()
        await s.app.settle()
        assert s.in_room() == ["un", "deux"]
        assert len(s.all_heard("ana")) == 1


async def test_it_does_not_wait_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with held(tmp_path) as s:
        barring(s, monkeypatch).add(HALL)
        await say_there(s, "un")
        await s.wait(days=1, minutes=1)
        s.app.delivery._resting.clear()
        await s.app.settle()
        [row] = await s.kept(Outbox, key="un")
        assert (row.state, row.problem) == ("failed", "M_FORBIDDEN")


async def test_in_an_office_where_it_may_not_write_it_is_told_in_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with held(tmp_path) as s:
        await s.platform.open_room("office", "Le bureau", community="cercle", main=False, office=True)
        barred = barring(s, monkeypatch)
        barred.update({HALL, "office"})
        await say_there(s, "un")
        # That the hall is closed goes to the office, where it waits; that the office is closed, to them alone.
        [told] = s.all_heard("ana")
        assert "Le bureau" in told


async def test_a_replaced_room_goes_on_in_its_successor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with held(tmp_path) as s:
        await planned(s)
        [before] = await s.kept(Room)
        barred = barring(s, monkeypatch)
        barred.add(HALL)
        await say_there(s, "attend")
        move(s)
        command = MessagePosted(**base(s, "m1", person="bo"), text="!veillee aide", name="Bo")
        await happen(s, command, replaced(s), opened(s, "in", NEW, (Someone("bo", "Bo"),)))
        s.app.delivery._resting.clear()
        await s.app.settle()
        [after] = await s.kept(Room)
        assert (after.id, after.external, after.main, after.open) == (before.id, NEW, True, True)
        assert s.in_room(NEW) == ["attend"]
        assert s.heard("bo"), "what was asked just before is answered"
        # Who did not come yet has not left, and who comes is no newcomer.
        assert all(p.present for p in await s.kept(Person))
        await s.platform.join("cleo", "Cleo", NEW)
        await s.app.settle()
        assert [a.kind for a in await s.kept(Activity) if a.kind in ("join", "leave")] == []
        # What was said in the old room is changed no more; nothing fails for that.
        await s.tell("ana", "rencontre déplacer 1 | vendredi 15 janvier 12 h")
        await s.press("ana", "Déplacer la rencontre")
        [session] = await s.kept(Session)
        assert session.starts.day == 15
        assert await s.kept(Outbox, state="failed") == []
        await s.wait(days=14)
        assert any("antichambre" in said for said in s.in_room(NEW)), "what comes is said in the new room"
        assert await s.kept(Outbox, state="failed") == []


@pytest.mark.parametrize("polls", [("rehearsal",), ()])
async def test_a_poll_that_waited_is_asked_in_the_successor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, polls: tuple[str, ...]
) -> None:
    async with held(tmp_path, polls=polls) as s:
        barred = barring(s, monkeypatch)
        barred.add(HALL)
        await s.tell("ana", "sondage Quel soir ? | mardi, jeudi")
        move(s)
        s.app.delivery._resting.clear()
        await happen(s, replaced(s), opened(s, "new", NEW))
        assert s.in_room() == []
        [asked] = s.in_room(NEW)
        assert "Fin du sondage" in asked
        assert len(s.platform.polls) == len(polls)


async def test_both_rooms_were_ours(tmp_path: Path) -> None:
    """The successor was in the space before the old room said that it is replaced."""
    async with held(tmp_path) as s:
        [old] = await s.kept(Room)
        s.platform.rooms[NEW] = s.platform.rooms[HALL]
        await happen(s, opened(s, "in", NEW, (Someone("ana", "Ana"), Someone("dee", "Dee"))))
        await happen(s, replaced(s))
        rooms = {r.external: r for r in await s.kept(Room, open=True)}
        assert set(rooms) == {NEW}
        assert rooms[NEW].id == old.id
        here = {p.person_id for p in await s.kept(Presence, room_id=old.id)}
        assert {p.external for p in await s.kept(Person) if p.id in here} == {"ana", "bo", "cleo", "dee"}


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "Invite-moi dans le nouveau salon"),
        ({"address": "vous"}, "Invitez-moi dans le nouveau salon"),
        ({"language": "en"}, "Invite me into the new room"),
    ],
)
async def test_a_successor_that_cannot_be_entered_is_told_once(
    tmp_path: Path, settings: dict[str, Any], said: str
) -> None:
    async with held(tmp_path, **settings) as s:
        for _ in range(2):
            await happen(s, replaced(s, followed=False))
        [told] = s.all_heard("ana")
        assert said in told
        assert [r.open for r in await s.kept(Room)] == [False]
        await happen(s, replaced(s), opened(s, "in", NEW))
        assert [(r.external, r.open) for r in await s.kept(Room)] == [(NEW, True)]
        assert await s.kept(Inbox, state="failed") == []


async def test_barred_is_told_again_the_next_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with held(tmp_path) as s:
        barring(s, monkeypatch).add(HALL)
        await say_there(s, "un")
        assert len(s.all_heard("ana")) == 1
        s.clock.move_to(s.clock.now() + timedelta(days=1, minutes=1))
        s.app.delivery._resting.clear()
        await say_there(s, "deux")
        assert len(s.all_heard("ana")) == 2
