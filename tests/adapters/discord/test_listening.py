"""Each message is counted once, whatever happens to the connection or to us meanwhile."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.discord import history
from bot.model.activity import Activity
from bot.model.community import Person, Presence, Room
from tests import kept
from tests.adapters.discord.stage import OnDiscord, on_discord
from tests.discord.state import Message


async def counted(stage: OnDiscord, *messages: Message) -> list[Activity]:
    """The rows of the log, once each of these messages has one."""
    wanted = {str(m.id) for m in messages}
    for _ in range(400):
        rows = await stage.kept(Activity)
        if wanted <= {r.event for r in rows}:
            return rows
        await asyncio.sleep(0.05)
    raise AssertionError(f"not all counted: {len(wanted & {r.event for r in rows})} of {len(wanted)}")


def once_each(rows: list[Activity], *messages: Message) -> None:
    found = Counter(r.event for r in rows if r.kind in ("message", "reply"))
    assert found == Counter(str(m.id) for m in messages)


async def test_messages_replies_threads_and_reactions_are_counted(stage: OnDiscord) -> None:
    first = await stage.bo.say(stage.hall, "first")
    answer = await stage.cleo.say(stage.hall, "an answer", answers=first)
    thread = await stage.bo.thread(stage.hall, "a thread", start=first)
    within = await stage.cleo.say(thread, "within")
    await stage.cleo.react(first, "🎉")
    rows = {r.event: r for r in await counted(stage, first, answer, within)}
    assert [(rows[str(m.id)].kind, rows[str(m.id)].answers) for m in (first, answer, within)] == [
        ("message", ""), ("reply", str(first.id)), ("reply", str(first.id)),
    ]  # fmt: skip
    room = (await stage.kept(Room))[0]
    assert {rows[str(m.id)].room_id for m in (first, within)} == {room.id}
    assert rows[str(answer.id)].answers_who == rows[str(first.id)].who


async def test_what_bots_webhooks_and_discord_say_is_not_counted(stage: OnDiscord) -> None:
    other = stage.guild.join("Musique", bot=True)
    stage.guild.webhook(stage.hall, "an announcement from elsewhere")
    await other.say(stage.hall, "now playing")
    await stage.bo.thread(stage.hall, "a thread", start=await stage.bo.say(stage.hall, "one"))
    last = await stage.bo.say(stage.hall, "two")
    rows = await counted(stage, last)
    assert len([r for r in rows if r.kind in ("message", "reply")]) == 2
    assert not [p for p in await stage.kept(Person) if p.name in ("Musique", "Crochet")]


async def test_what_was_said_while_stopped_is_read_back_once(stage: OnDiscord) -> None:
    other, forum = stage.guild.text("entraide"), stage.guild.forum("questions")
    before = await stage.bo.say(stage.hall, "before")
    await counted(stage, before)
    await stage.stop()
    missed = [await stage.bo.say(stage.hall, f"missed {n}") for n in range(130)]
    missed.append(await stage.cleo.say(other, "elsewhere"))
    thread = await stage.bo.thread(stage.hall, "a thread", start=missed[0])
    missed.append(await stage.cleo.say(thread, "in a thread"))
    archived = await stage.bo.thread(stage.hall, "another", start=missed[1])
    missed.append(await stage.cleo.say(archived, "in one that is archived since"))
    archived.archive()
    question = await stage.bo.thread(forum, "a question")
    missed.append(await stage.cleo.say(question, "in a forum"))
    stage.guild.webhook(stage.hall, "not a member")
    await stage.start()
    after = await stage.bo.say(stage.hall, "after")
    once_each(await counted(stage, before, *missed, after), before, *missed, after)
    await stage.stop()
    await stage.start()
    last = await stage.bo.say(stage.hall, "last")
    once_each(await counted(stage, last), before, *missed, after, last)


async def test_read_back_again_after_trouble_in_the_middle_leaves_no_hole(
    stage: OnDiscord, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was said last in one channel tells nothing of how far another was read."""
    monkeypatch.setattr(history, "MARGIN", timedelta(0))
    other = stage.guild.text("entraide")
    await counted(stage, await stage.bo.say(stage.hall, "before"))
    await stage.stop()
    missed = [await stage.cleo.say(other, "elsewhere"), await stage.bo.say(stage.hall, "here, and later")]
    trouble = stage.discord.faults.fail(503, "GET", f"/channels/{other.id}/messages")
    await stage.start()
    await counted(stage, *missed)
    assert trouble.met == 1


async def test_what_was_said_before_the_very_first_start_is_not_ours_to_count(tmp_path: Path) -> None:
    async with on_discord(tmp_path, begin=False) as stage:
        await stage.bo.say(stage.hall, "long ago")
        await stage.start()
        now = await stage.bo.say(stage.hall, "now")
        once_each(await counted(stage, now), now)


@pytest.mark.parametrize("trouble", ["drop", "reconnect", "invalid", "forgotten", "frozen"])
async def test_a_broken_connection_leaves_no_hole(stage: OnDiscord, trouble: str) -> None:
    gateway = stage.discord.gateway
    before = await stage.bo.say(stage.hall, "before")
    await counted(stage, before)
    match trouble:
        case "drop":
            await gateway.drop()
        case "reconnect":
            await gateway.reconnect()
        case "invalid":
            await gateway.invalidate()
        case "forgotten":
            gateway.forget()
            await gateway.drop()
        case "frozen":
            await gateway.drop(4000)
    meanwhile = [await stage.bo.say(stage.hall, f"meanwhile {n}") for n in range(3)]
    await gateway.ready()
    after = await stage.cleo.say(stage.hall, "after")
    once_each(await counted(stage, *meanwhile, after), before, *meanwhile, after)


async def test_who_came_and_left_while_stopped(stage: OnDiscord) -> None:
    await stage.stop()
    stage.guild.join("Nour")
    stage.cleo.depart()
    await stage.start()
    await stage.logged("join", "leave")
    people = {p.name: p for p in await stage.kept(Person)}
    assert people["Nour"].present
    assert not people["Cleo"].present
    assert people["Bo"].present
    assert len(await stage.kept(Presence)) == len([p for p in people.values() if p.present])


async def test_without_the_members_switch_it_runs_and_says_what_is_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with on_discord(tmp_path, begin=False) as stage:
        stage.discord.application.members_approved = False
        await stage.start()
        said = await stage.bo.say(stage.hall, "counted all the same")
        once_each(await counted(stage, said), said)
        assert "Server Members Intent" in capsys.readouterr().out


async def test_a_channel_that_is_gone_and_one_that_comes(stage: OnDiscord) -> None:
    other = stage.guild.text("entraide")
    said = await stage.bo.say(other, "here")
    await counted(stage, said)
    other.delete()
    new = stage.guild.text("nouveau")
    last = await stage.bo.say(new, "and there")
    await counted(stage, last)
    await stage.room_open(other, False)
    rooms = {r.external: r.open for r in await stage.kept(Room)}
    assert rooms == {str(stage.hall.id): True, str(other.id): False, str(new.id): True}


async def test_put_out_of_the_server_its_rooms_are_closed_and_open_again(stage: OnDiscord) -> None:
    stage.guild.put_bot_out()
    await stage.room_open(stage.hall, False)
    stage.guild.put_bot_in()
    await stage.room_open(stage.hall, True)
    said = await stage.bo.say(stage.hall, "back again")
    await counted(stage, said)


async def test_a_message_taken_back_is_not_counted_any_more(stage: OnDiscord) -> None:
    slip, kept = await stage.bo.say(stage.hall, "a slip"), await stage.bo.say(stage.hall, "kept")
    await counted(stage, slip, kept)
    await stage.bo.delete(slip)
    for _ in range(100):
        if {r.event for r in await stage.kept(Activity)} == {str(kept.id)}:
            return
        await asyncio.sleep(0.05)
    raise AssertionError("still counted")


async def test_a_message_is_never_kept_by_its_words(stage: OnDiscord) -> None:
    said = await stage.bo.say(stage.hall, "canary in the coal mine")
    await counted(stage, said)
    assert "canary in the coal" not in repr(kept.tables(stage.folder))
    assert all(b"canary in the coal" not in f.read_bytes() for f in stage.folder.glob("veillee.db*"))
