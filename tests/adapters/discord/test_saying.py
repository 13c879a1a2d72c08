"""What is to be said is said once, whatever Discord answers; what cannot be said silences nothing else."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.discord.client import DiscordPlatform
from adapters.discord.settings import DiscordPlaces, DiscordSettings
from bot.chat.actions import ACTION, Direct, Post
from bot.chat.content import File, Message, Poll, Text, message
from bot.model.community import Community, Person
from bot.model.flow import Outbox
from bot.occasion import Said
from bot.ports import NotNow, Refused
from tests.adapters.discord.stage import OnDiscord, on_discord

MESSAGES = "/channels/{channel_id}/messages"


async def put(stage: OnDiscord, key: str, words: str, *, thread: str = "") -> None:
    """As a feature would: a row in the outbox, in a unit of work."""
    async with stage.store.unit() as unit:
        community = await unit.one(Community)
        assert community is not None
        action = Post(message=message((Text(words),)), thread=thread)
        await unit.add(
            Outbox(
                key=key, community_id=community.id, platform="discord", room=str(stage.hall.id), language="fr",
                action=ACTION.dump_json(action).decode(), at=stage.clock.now(),
            )
        )  # fmt: skip
    stage.app.delivery.wake()


async def settled(stage: OnDiscord, seconds: float = 20) -> list[Outbox]:
    for _ in range(round(seconds / 0.05)):
        rows = await stage.kept(Outbox)
        if rows and all(r.state != "pending" for r in rows):
            return rows
        await asyncio.sleep(0.05)
    raise AssertionError([(r.key, r.state, r.tries) for r in rows])


def texts(stage: OnDiscord) -> list[str]:
    return [m.content for m in stage.said()]


TROUBLES = ["429", "429 global", "500", "502", "503", "504", "html", "before", "after", "slow"]


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_said_once_and_in_order(stage: OnDiscord, trouble: str) -> None:
    faults = stage.discord.faults
    match trouble:
        case "429":
            faults.limit("POST", MESSAGES, seconds=0.2)
        case "429 global":
            faults.limit("POST", MESSAGES, seconds=0.2, everywhere=True)
        case "html":
            faults.html("POST", MESSAGES)
        case "before":
            faults.cut_before("POST", MESSAGES)
        case "after":
            faults.cut_after("POST", MESSAGES)
        case "slow":
            faults.slow(1, "POST", MESSAGES)
        case status:
            faults.fail(int(status), "POST", MESSAGES)
    for n in range(3):
        await put(stage, f"k{n}", f"number {n}")
    await settled(stage)
    assert texts(stage) == ["number 0", "number 1", "number 2"]


async def test_killed_before_the_answer_came_and_started_again_long_after(tmp_path: Path) -> None:
    """Discord has forgotten the nonce by then: it is looked for in the channel."""
    async with on_discord(tmp_path) as stage:
        stage.discord.faults.cut_after("POST", MESSAGES, times=1)
        stage.discord.faults.fail(503, "POST", MESSAGES, times=100, skip=1)
        stage.discord.faults.fail(503, "GET", MESSAGES, times=100)
        await put(stage, "k", "only once")
        await stage.hall.heard("only once")
        await stage.stop()
        stage.discord.faults.clear()
        stage.discord.world.nonces.clear()
        await stage.start()
        rows = await settled(stage)
        assert texts(stage) == ["only once"]
        assert rows[0].message == str(stage.said()[0].id)


async def test_a_poll_that_may_have_been_asked_is_not_taken_for_another(stage: OnDiscord) -> None:
    """As after a kill: nothing is known but that it was tried."""
    hall, began = str(stage.hall.id), datetime.now(UTC)

    def poll(question: str) -> Poll:
        return Poll(question, ("Oui", "Non"), began + timedelta(hours=2), Message(()))

    first = await stage.platform.open_poll(hall, poll("Lundi ?"), key="first")
    await stage.stop()
    stage.discord.forget_nonces()
    await stage.start()
    assert await stage.platform.open_poll(hall, poll("Mardi ?"), key="second", since=began) != first
    assert await stage.platform.open_poll(hall, poll("Lundi ?"), key="first", since=began) == first
    assert len(stage.said()) == 2


async def test_what_is_said_before_we_are_connected_counts_as_no_try(stage: OnDiscord) -> None:
    """Started again and again while Discord is slow to answer, Veillée would wait longer each time."""
    platform = DiscordPlatform(
        DiscordSettings.model_validate(stage.account), [DiscordPlaces(slug="cercle", **stage.places)], clock=stage.clock
    )
    with pytest.raises(NotNow):
        await platform.post(str(stage.hall.id), message((Text("Bonjour"),)), key="a")


async def test_the_same_words_twice_are_two_messages(stage: OnDiscord) -> None:
    await put(stage, "first", "again")
    await settled(stage)
    stage.discord.faults.cut_before("POST", MESSAGES)
    await put(stage, "second", "again")
    await settled(stage)
    assert texts(stage) == ["again", "again"]


async def test_an_archived_thread_is_opened_again(stage: OnDiscord) -> None:
    await put(stage, "root", "root")
    await settled(stage)
    await put(stage, "leaf", "leaf", thread="root")
    await settled(stage)
    thread = stage.hall.threads[0]
    thread.archive()
    await put(stage, "late", "late", thread="root")
    await settled(stage)
    assert [m.content for m in stage.said(thread)] == ["leaf", "late"]


@pytest.mark.parametrize("trouble", ["deleted", "forbidden"])
async def test_a_channel_that_is_closed_to_us_holds_up_no_other(stage: OnDiscord, trouble: str) -> None:
    if trouble == "deleted":
        stage.hall.delete()
    else:
        stage.hall.deny(stage.guild.me, "send_messages")
    await put(stage, "k", "nobody hears")
    rows = await settled(stage)
    assert [r.state for r in rows] == ["failed"]
    asked = await stage.bo.slash(stage.guild.text("ailleurs"), "help")
    assert await stage.answer(asked)


async def tell_bo(stage: OnDiscord, key: str, *said: Said) -> bool:
    """In private. Whether it was said."""
    async with stage.store.unit() as unit:
        bo = await unit.one(Person, name="Bo")
        assert bo is not None
        action = Direct(message=message(*said))
        await unit.add(
            Outbox(
                key=key, community_id=bo.community_id, platform="discord", person=bo.external, language="fr",
                action=ACTION.dump_json(action).decode(), at=datetime.now(UTC),
            )
        )  # fmt: skip
    stage.app.delivery.wake()
    return (await settled(stage))[-1].state == "sent"


async def reachable(stage: OnDiscord) -> bool:
    [bo] = await stage.kept(Person, name="Bo")
    return bo.reachable


@pytest.mark.parametrize("why", ["closed", "no server together"])
async def test_a_closed_door_is_an_answer(stage: OnDiscord, why: str) -> None:
    if why == "closed":
        stage.bo.close_dms()
    else:
        stage.bo.depart()
    assert not await tell_bo(stage, "d", (Text("for you"),))
    assert not await reachable(stage)


@pytest.mark.parametrize("status", [400, 413])
async def test_what_discord_does_not_take_closes_no_door(stage: OnDiscord, status: int) -> None:
    """Such as a file that is too large."""
    stage.discord.faults.fail(status, "POST", MESSAGES)
    assert not await tell_bo(stage, "file", File("voix.ogg", "audio/ogg", data=b"OggS"))
    assert await reachable(stage)
    assert await tell_bo(stage, "news", (Text("for you"),))


async def test_where_something_was_said_the_door_is_open(stage: OnDiscord) -> None:
    """What was laid down before it was found closed is tried all the same."""
    stage.bo.close_dms()
    assert not await tell_bo(stage, "first", (Text("for you"),))
    stage.bo.close_dms(closed=False)
    assert await tell_bo(stage, "second", (Text("for you"),))
    assert await reachable(stage)


async def test_a_right_is_that_of_now(stage: OnDiscord) -> None:
    level = stage.platform.level
    hall = str(stage.hall.id)
    assert await level(hall, stage.ana.id) == 100
    assert await level(hall, stage.bo.id) == 0
    stage.ana.time_out()
    assert await level(hall, stage.ana.id) == 0
    stage.cleo.depart()
    assert await level(hall, stage.cleo.id) == 0
    assert await level(hall, str(stage.guild.owner_id)) == 100


async def test_the_role_that_opens_the_doors(tmp_path: Path) -> None:
    async with on_discord(tmp_path, begin=False) as stage:
        role = stage.guild.role("Membre")
        stage.places["members"] = "Membre"
        stage.guild.grant("manage_roles")
        await stage.start()
        hall, bo = str(stage.hall.id), stage.bo.id
        await stage.platform.admit(hall, bo, withdrawn=False)
        assert stage.bo.has(role)
        await stage.platform.admit(hall, bo, withdrawn=True)
        assert not stage.bo.has(role)
        stage.guild.remove_role(role)
        await stage.until(lambda: not stage.platform.streams[str(stage.guild.id)].reader.server.role("Membre"))
        with pytest.raises(Refused, match="gone"):
            await stage.platform.admit(hall, bo, withdrawn=False)


async def test_a_long_message_is_several_and_nothing_is_lost(stage: OnDiscord) -> None:
    words = " ".join(f"mot{n}" for n in range(2000))
    for position, part in enumerate(stage.platform.split(Message(message((Text(words),)).blocks))):
        await put(stage, f"p{position}", "".join(b.line[0].text for b in part.blocks))  # type: ignore[union-attr]  # paragraphs
    await settled(stage)
    assert " ".join(texts(stage)).split() == words.split()
