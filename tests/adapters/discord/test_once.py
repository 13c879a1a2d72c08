"""An answer of Discord's that never came, and what would be said again: alike is not the same, and of several messages
only the one under way is in doubt."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

from bot.chat.actions import ACTION, Direct, Post, Unsay
from bot.chat.content import File, Message, Text, message
from bot.model.community import Community
from bot.model.flow import Outbox, SaidPart
from scheduler.clock import RealClock
from tests.adapters.discord.stage import OnDiscord, on_discord
from tests.adapters.discord.test_saying import MESSAGES, put, settled, texts

FOLLOW_UP = "/webhooks/{webhook_id}/{webhook_token}"
LONG = " ".join(f"mot{n}" for n in range(500))


async def _begun_again(stage: OnDiscord) -> None:
    await stage.stop()
    stage.discord.faults.clear()
    stage.discord.forget_nonces()
    await stage.start()


async def _two_alike(stage: OnDiscord) -> None:
    """The first was said and is known to have been. The second came to Discord, and the answer was lost."""
    await put(stage, "k1", "C’est noté.")
    await settled(stage)
    stage.discord.faults.cut_after("POST", MESSAGES, times=1)
    stage.discord.faults.fail(503, "POST", MESSAGES, times=100, skip=1)
    stage.discord.faults.fail(503, "GET", MESSAGES, times=100)
    await put(stage, "k2", "C’est noté.")
    await stage.until(lambda: len(texts(stage)) == 2)


async def test_of_two_alike_the_second_is_not_taken_for_the_first(tmp_path: Path) -> None:
    """The first was said and is known to have been. The second never came to Discord, and nobody knows that."""
    async with on_discord(tmp_path) as stage:
        await put(stage, "k1", "C’est noté.")
        await settled(stage)
        stage.discord.faults.fail(503, "POST", MESSAGES, times=100)
        await put(stage, "k2", "C’est noté.")
        await stage.until(lambda: len(stage.discord.asked("POST", MESSAGES)) > 1)
        await _begun_again(stage)
        await settled(stage)
        assert texts(stage) == ["C’est noté.", "C’est noté."]


async def test_of_two_alike_the_second_is_found(tmp_path: Path) -> None:
    async with on_discord(tmp_path) as stage:
        await _two_alike(stage)
        await _begun_again(stage)
        await settled(stage)
        assert texts(stage) == ["C’est noté.", "C’est noté."]
        assert len({row.message for row in await stage.kept(Outbox)}) == 2


async def test_what_is_taken_back_is_found_by_its_words(tmp_path: Path) -> None:
    """All that was remembered of it is lost."""
    async with on_discord(tmp_path) as stage:
        await _two_alike(stage)
        async with stage.store.unit() as unit:
            row = await unit.one(Outbox, key="k2")
            assert row is not None
            said = ACTION.validate_json(row.action)
            assert isinstance(said, Post)
            row.key, row.action = "back", ACTION.dump_json(Unsay(key="k2", since=row.at, said=said)).decode()
        await _begun_again(stage)
        await stage.until(lambda: len(texts(stage)) == 1)
        assert [row.message for row in await settled(stage)] == [str(stage.said()[0].id)], "that of the first"


async def test_a_file_that_is_taken_back_is_not_found_in_another(tmp_path: Path) -> None:
    """Nothing but its name tells it from what a member had laid down there."""
    async with on_discord(tmp_path) as stage:
        room, mine = str(stage.hall.id), File("voix.ogg", "audio/ogg", b"une voix")
        said = await stage.platform.post(room, Message((mine,)), key="k1")
        await _begun_again(stage)

        async def found(file: File) -> str:
            since = stage.clock.now() - timedelta(minutes=1)
            return await stage.platform.find(room, Message((file,)), key="k2", since=since)

        assert await found(mine) == said
        assert await found(File("autre.ogg", "audio/ogg", b"une autre")) == ""


class Fast:
    """A clock that nobody set right."""

    def now(self) -> datetime:
        return RealClock().now() + timedelta(minutes=20)


async def test_said_by_a_clock_that_is_fast(tmp_path: Path) -> None:
    """By Discord's clock it was said before it was written, and much was said in between."""
    async with on_discord(tmp_path, clock=Fast(), theirs=RealClock()) as stage:
        stage.discord.faults.cut_after("POST", MESSAGES, times=1)
        stage.discord.faults.fail(503, "POST", MESSAGES, times=100, skip=1)
        stage.discord.faults.fail(503, "GET", MESSAGES, times=100)
        await put(stage, "k", "only once")
        await stage.hall.heard("only once")
        for n in range(130):
            await stage.bo.say(stage.hall, f"{n}")
        await _begun_again(stage)
        await settled(stage)
        assert texts(stage) == ["only once"]


async def test_by_a_clock_that_is_fast_what_is_in_confidence_is_not_taken_for_another(tmp_path: Path) -> None:
    """Of the first nothing is kept by which it would be told from the second, which never came to Discord."""
    async with on_discord(tmp_path, clock=Fast(), theirs=RealClock()) as stage:
        await _confide(stage, "k1", "C’est noté.")
        await stage.until(lambda: stage.told(stage.bo))
        while await stage.kept(Outbox):
            await asyncio.sleep(0.02)
        stage.discord.faults.fail(503, "POST", MESSAGES, times=100)
        await _confide(stage, "k2", "C’est noté.")
        await stage.until(lambda: len(stage.discord.asked("POST", MESSAGES)) > 1)
        await _begun_again(stage)
        await stage.until(lambda: len(stage.told(stage.bo)) == 2)


async def _confide(stage: OnDiscord, key: str, words: str) -> None:
    async with stage.store.unit() as unit:
        community = await unit.one(Community)
        assert community is not None
        action = Direct(message=message((Text(words),)), fleeting=True)
        await unit.add(
            Outbox(
                key=key, community_id=community.id, platform="discord", person=stage.bo.id, language="fr",
                action=ACTION.dump_json(action).decode(), at=stage.clock.now(),
            )
        )  # fmt: skip
    stage.app.delivery.wake()


async def _answered_at_length(stage: OnDiscord) -> str:
    """Cleo asks, and is answered in two messages: the second cannot be said as things stand. The token by which she
    asked."""
    stage.discord.faults.fail(503, "POST", FOLLOW_UP, times=100)
    asked = await stage.cleo.slash(stage.hall, "aide")
    await asked.answer()
    async with stage.store.unit() as unit:
        community = await unit.one(Community)
        assert community is not None
        handle = f"{asked.id}/{stage.discord.application.id}/{asked.token}"
        action = Direct(message=message((Text(LONG),)), handle=handle)
        await unit.add(
            Outbox(
                key="long", community_id=community.id, platform="discord", person=stage.cleo.id, language="fr",
                purpose="reply", action=ACTION.dump_json(action).decode(), at=stage.clock.now(),
            )
        )  # fmt: skip
    return asked.token


async def test_a_part_that_is_known_to_be_said_is_not_said_again(tmp_path: Path) -> None:
    """A long private answer cannot be looked for. Begun again, Veillée goes on where it was."""
    async with on_discord(tmp_path) as stage:
        token = await _answered_at_length(stage)
        shown = stage.discord.world.interactions[token].shown
        stage.discord.faults.clear()
        stage.discord.faults.fail(503, "POST", FOLLOW_UP, times=100, skip=1)
        stage.app.delivery.wake()
        await stage.until(lambda: len(shown) == 2)
        while not await stage.kept(SaidPart):
            await asyncio.sleep(0.02)
        await _begun_again(stage)
        await settled(stage)
        said = " ".join(m.content for m in shown[1:])
        assert said == LONG
        assert len(shown) == 3
