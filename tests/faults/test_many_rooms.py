"""Many rooms to speak to at once: each hears what is for it once and in order, and nobody else waits for them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from bot.chat.actions import ACTION, Direct, Post
from bot.chat.capabilities import Level
from bot.chat.content import Choice, Choices, Message, Text, message
from bot.delivery import MOST_AT_ONCE
from bot.model.community import Community
from bot.model.flow import Outbox
from bot.share import PAGE, Divided, Share
from tests.stage import HALL, Stage, read, stage

ROOMS = 2 * MOST_AT_ONCE + 5
EACH = 3


@asynccontextmanager
async def at_work(s: Stage) -> AsyncIterator[None]:
    running = asyncio.create_task(s.app.run())
    try:
        yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not done():
            await asyncio.sleep(0.01)


async def lay(s: Stage, *rows: tuple[str, Any], **rest: Any) -> None:
    async with s.store.unit() as unit:
        id = (await unit.find(Community))[0].id
        laid = [
            Outbox(
                key=key, community_id=id, platform="rehearsal", language="fr", action=ACTION.dump_json(action).decode(),
                at=s.clock.now(), **rest,
            )
            for key, action in rows
        ]  # fmt: skip
        for row in laid:
            row.room = "" if row.person else row.key.split("/")[0]
        await unit.add(*laid)
        unit.after_commit(lambda: s.app.delivery.take(laid))


async def test_each_room_hears_all_once_and_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage(tmp_path) as s:
        rooms = [f"room-{n}" for n in range(ROOMS)]
        for room in rooms:
            await s.platform.open_room(room, room, community="cercle", main=False)
        post, under_way, most = s.platform.post, 0, 0

        async def slowly(room: str, said: Message, **rest: Any) -> str:
            nonlocal under_way, most
            under_way += 1
            most = max(most, under_way)
            await asyncio.sleep(0.02)
            under_way -= 1
            return await post(room, said, **rest)

        monkeypatch.setattr(s.platform, "post", slowly)
        async with at_work(s):
            for turn in range(EACH):
                await lay(s, *((f"{room}/{turn}", Post(message=message((Text(str(turn)),)))) for room in rooms))
            await until(lambda: len(s.platform.said) >= ROOMS * EACH)
        assert all(s.in_room(room) == [str(turn) for turn in range(EACH)] for room in rooms)
        assert 1 < most <= MOST_AT_ONCE


@pytest.mark.parametrize("how", ["whole", "an account", "a part of an account"])
async def test_all_that_waits_is_found_over_many_pages(tmp_path: Path, how: str) -> None:
    """Those of others, however many follow one another, hide none of ours."""
    rooms = [f"room-{n}" for n in range(2 * PAGE + 50)]
    divided = Divided("rehearsal", frozenset(), private=False, answers=lambda _: False)
    share = {
        "whole": Share(), "an account": Share(["rehearsal"], ["cercle"]),
        "a part of an account": Share(["rehearsal"], ["cercle"], divided),
    }[how]  # fmt: skip
    async with stage(tmp_path) as s:
        for room in rooms[-3:]:
            await s.platform.open_room(room, room, community="cercle", main=False)
        await s.app.settle()
        await lay(s, *((f"{room}/0", Post(message=message((Text("Bonjour"),)))) for room in rooms))
        async with s.store.unit() as unit:
            found = [queue[1] async for page in share.to_say(unit) for queue, _ in page]
    # Rooms that nobody knows are seen to by whoever sees to what is private.
    assert found == (rooms[-3:] if how == "a part of an account" else rooms)


async def test_an_answer_does_not_wait_for_rooms_that_hang(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage(tmp_path) as s:
        rooms = [f"room-{n}" for n in range(ROOMS)]
        for room in rooms:
            await s.platform.open_room(room, room, community="cercle", main=False)
        post, hanging = s.platform.post, asyncio.Event()

        async def hangs(room: str, said: Message, **rest: Any) -> str:
            if room != HALL:
                await hanging.wait()
            return await post(room, said, **rest)

        monkeypatch.setattr(s.platform, "post", hangs)
        async with at_work(s):
            await lay(s, *((f"{room}/0", Post(message=message((Text("Bonjour"),)))) for room in rooms))
            await s.platform.say("bo", HALL, "!veillee adie")
            await until(lambda: bool(s.in_room()))
            hanging.set()
            await until(lambda: len(s.platform.said) >= ROOMS + 2)


async def test_reactions_of_ours_follow_without_anything_else_happening(tmp_path: Path) -> None:
    async with stage(tmp_path, buttons=Level.FALLBACK) as s:
        choices = (Choice("Oui", "sessions.answer", {}, "✅"), Choice("Non", "sessions.answer", {}, "❌"))
        asked = Direct(message=message((Text("On y va"),), Choices(choices)))
        async with at_work(s):
            await lay(s, ("asked", asked), person="bo", choices=choices)
            await until(lambda: any(len(said.reactions) == 2 for said in s.platform.said))


@pytest.mark.parametrize("by", ["reaction", "typed"])
async def test_who_chooses_before_the_platform_has_answered_us(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    """It shows what we say, and only then tells us that it was said."""
    async with stage(tmp_path, buttons=Level.FALLBACK) as s:
        choices = (Choice("Moins", "attention.wish", {"wish": "less"}, "✅"),)
        post, choosing = s.platform.post, list[asyncio.Task[str]]()

        async def shown_first(room: str, said: Message, **rest: Any) -> str:
            id = await post(room, said, **rest)
            if len(s.bot_said("direct-bo")) == 1:
                clicked = by == "reaction"
                chooses = s.platform.add_reaction("bo", id, "✅") if clicked else s.platform.say("bo", room, "1")
                choosing.append(asyncio.create_task(chooses))
                await asyncio.sleep(0.3)
            return id

        monkeypatch.setattr(s.platform, "post", shown_first)
        async with at_work(s):
            asked = Direct(message=message((Text("On y va"),), Choices(choices)))
            await lay(s, ("asked", asked), person="bo", choices=choices)
            await until(lambda: len(s.bot_said("direct-bo")) == 2)
            await asyncio.gather(*choosing)
        assert "une fois par semaine" in read(s.bot_said("direct-bo")[1].message)


@pytest.mark.parametrize("moments", range(5))
async def test_a_stop_is_heard_whatever_comes_at_that_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moments: int
) -> None:
    """Something to be handled, and something to be said, for which both wait, as others may lay it down."""
    monkeypatch.setattr(Share, "waits", [60.0])
    async with stage(tmp_path) as s:
        running = asyncio.create_task(s.app.run())
        await asyncio.sleep(0.3)
        s.app._look_again()
        for _ in range(moments):
            await asyncio.sleep(0)
        running.cancel()
        ended, _ = await asyncio.wait([running], timeout=5)
        assert ended
