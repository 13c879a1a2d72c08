"""What every platform keeps to, whichever it is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.chat.content import Bullets, File, Heading, Quote, Strong, Text, message
from bot.chat.events import (
    MemberJoined,
    MemberLeft,
    MemberRenamed,
    MessagePosted,
    MessageRemoved,
    ReactionAdded,
    RoomOpened,
)
from bot.ports import DoorClosed, Refused
from tests.contract.discord_peer import discord_peer
from tests.contract.peers import Peer, matrix_peer, rehearsal_peer
from tests.synapse.homeserver import Homeserver


@pytest.fixture(params=["rehearsal", "discord", "matrix"])
async def peer(request: pytest.FixtureRequest) -> AsyncIterator[Peer]:
    if request.param == "rehearsal":
        async with rehearsal_peer() as made:
            yield made
    elif request.param == "discord":
        async with discord_peer() as made:
            yield made
    else:
        homeserver: Homeserver = request.getfixturevalue("homeserver")
        async with matrix_peer(homeserver) as made:
            yield made



async def test_the_room_opens_with_who_is_there(peer: Peer) -> None:
    opened = [e for e in peer.taken.events if isinstance(e, RoomOpened)]
    assert [e.room for e in opened] == [peer.room]
    assert opened[0].community == "cercle"
    assert opened[0].main
    assert peer.person in {m.person for m in opened[0].members}


async def test_what_is_said_is_heard_once_in_order(peer: Peer) -> None:
    ids = [await peer.say(f"number {n}") for n in range(5)]
    heard = await peer.taken.wait_for(lambda e: isinstance(e, MessagePosted), 5)
    assert [e.id for e in heard] == ids
    assert all(e.room == peer.room and e.person == peer.person and e.at.tzinfo for e in heard)
    assert [e.text for e in heard if isinstance(e, MessagePosted)] == [f"number {n}" for n in range(5)]


async def test_replies_and_threads_are_told_apart(peer: Peer) -> None:
    first = await peer.say("first")
    await peer.say("an answer", answers=first)
    await peer.say("in its thread", thread=first)
    heard = await peer.taken.wait_for(lambda e: isinstance(e, MessagePosted), 3)
    assert isinstance(heard[1], MessagePosted)
    assert isinstance(heard[2], MessagePosted)
    assert (heard[1].answers, heard[1].thread) == (first, "")
    assert (heard[2].answers, heard[2].thread) == ("", first)
    assert heard[1].text == "an answer"


async def test_the_bot_does_not_hear_itself(peer: Peer) -> None:
    await peer.platform.post(peer.room, message((Text("me"),)), key="k1")
    await peer.say("after")
    heard = await peer.taken.wait_for(lambda e: isinstance(e, MessagePosted))
    assert [e.text for e in heard if isinstance(e, MessagePosted)] == ["after"]


async def test_the_same_key_says_it_once(peer: Peer) -> None:
    first = await peer.platform.post(peer.room, message((Text("once"),)), key="same")
    again = await peer.platform.post(peer.room, message((Text("once"),)), key="same")
    assert first == again
    assert len(await peer.seen(peer.room)) == 1


async def test_what_was_said_is_found_by_its_key(peer: Peer) -> None:
    since = datetime.now(UTC)
    said = message((Text("once"),))
    first = await peer.platform.post(peer.room, said, key="f1")
    second = await peer.platform.post(peer.room, message((Text("then"),)), key="f2")
    assert await peer.platform.find(peer.room, said, key="f1", since=since) == first
    assert await peer.platform.find(peer.room, message((Text("then"),)), key="f2", since=since) == second
    assert await peer.platform.find(peer.room, said, key="f3", since=since) == ""
    assert [s.text for s in await peer.seen(peer.room)] == ["once", "then"], "nothing is said for that"


async def test_every_block_is_shown(peer: Peer) -> None:
    shown = message(
        Heading((Text("A heading"),)),
        (Text("plain "), Strong("strong")),
        Bullets(((Text("one"),), (Text("two"),))),
        Quote("first line\nsecond line"),
    )
    await peer.platform.post(peer.room, shown, key="blocks")
    text = (await peer.seen(peer.room))[0].text
    for words in ("A heading", "plain ", "strong", "one", "two", "first line", "second line"):
        assert words in text


async def test_a_thread_is_answered_in_it(peer: Peer) -> None:
    root = await peer.platform.post(peer.room, message((Text("root"),)), key="root")
    await peer.platform.post(peer.room, message((Text("leaf"),)), key="leaf", thread=root)
    assert [(s.text, s.thread) for s in await peer.seen(peer.room)] == [("root", ""), ("leaf", root)]


async def test_an_edit_changes_what_is_seen(peer: Peer) -> None:
    id = await peer.platform.post(peer.room, message((Text("before"),)), key="e1")
    await peer.platform.edit(peer.room, id, message((Text("after"),)), key="e2")
    assert [s.text for s in await peer.seen(peer.room)] == ["after"]


async def test_reactions_go_both_ways(peer: Peer) -> None:
    id = await peer.platform.post(peer.room, message((Text("click"),)), key="c1")
    await peer.platform.react(peer.room, id, "✅", key="c2")
    await peer.platform.react(peer.room, id, "✅", key="c2")
    assert await peer.reactions(peer.room, id) == ["✅"]
    await peer.react(id, "🤔")
    heard = await peer.taken.wait_for(lambda e: isinstance(e, ReactionAdded))
    assert isinstance(heard[0], ReactionAdded)
    assert (heard[0].message, heard[0].emoji, heard[0].person) == (id, "🤔", peer.person)
    assert len(heard) == 1


async def test_what_is_taken_back_is_heard(peer: Peer) -> None:
    id = await peer.say("a slip")
    await peer.remove(id)
    heard = await peer.taken.wait_for(lambda e: isinstance(e, MessageRemoved))
    assert isinstance(heard[0], MessageRemoved)
    assert heard[0].message == id


async def test_the_bot_can_take_back_its_own(peer: Peer) -> None:
    id = await peer.platform.post(peer.room, message((Text("oops"),)), key="o1")
    await peer.platform.remove(peer.room, id, key="o2")
    assert [s.text for s in await peer.seen(peer.room) if not s.removed and s.text] == []


async def test_a_join_a_rename_and_a_leave_are_three_things(peer: Peer) -> None:
    person = await peer.newcomer_joins("Nour")
    await peer.taken.wait_for(lambda e: isinstance(e, MemberJoined))
    await peer.newcomer_renames("Nour B.")
    await peer.taken.wait_for(lambda e: isinstance(e, MemberRenamed))
    await peer.newcomer_leaves()
    await peer.taken.wait_for(lambda e: isinstance(e, MemberLeft))
    about = [e for e in peer.taken.events if e.person == person]
    assert [type(e) for e in about] == [MemberJoined, MemberRenamed, MemberLeft]
    assert isinstance(about[0], MemberJoined)
    assert about[0].name == "Nour"


async def test_one_direct_room_a_person(peer: Peer) -> None:
    room = await peer.platform.direct_room(peer.person)
    assert room == await peer.platform.direct_room(peer.person)
    assert room != peer.room
    await peer.platform.post(room, message((Text("between us"),)), key="d1")
    assert [s.text for s in await peer.seen(room)] == ["between us"]
    await peer.tell(room, "an answer")
    heard = await peer.taken.wait_for(lambda e: isinstance(e, MessagePosted))
    assert isinstance(heard[0], MessagePosted)
    assert heard[0].direct
    assert heard[0].room == room


async def test_a_closed_door_is_told_from_what_cannot_be_said(peer: Peer) -> None:
    await peer.close_door()
    for key in ("c1", "c2"):  # it stays closed
        with pytest.raises(DoorClosed):
            await peer.platform.post(await peer.platform.direct_room(peer.person), message((Text("?"),)), key=key)
    with pytest.raises(Refused) as refused:
        await peer.platform.post("!nowhere:localhost", message((Text("?"),)), key="c3")
    assert not isinstance(refused.value, DoorClosed)


async def test_the_right_is_that_of_now(peer: Peer) -> None:
    await peer.set_level(100)
    assert await peer.platform.level(peer.room, peer.person) >= 50
    await peer.set_level(0)
    assert await peer.platform.level(peer.room, peer.person) == 0


async def test_a_room_that_is_not_there_is_refused(peer: Peer) -> None:
    with pytest.raises(Refused):
        await peer.platform.post("!nowhere:localhost", message((Text("?"),)), key="n1")


async def test_a_long_text_is_split_and_nothing_is_lost(peer: Peer) -> None:
    words = [f"mot{n}" for n in range(12_000)]
    parts = peer.platform.split(message(Quote(" ".join(words))))
    assert len(parts) > 1
    for position, part in enumerate(parts):
        await peer.platform.post(peer.room, part, key=f"long{position}")
    shown = " ".join(s.text for s in await peer.seen(peer.room))
    assert sum(shown.count(word) > 0 for word in words[::100]) == len(words[::100])


async def test_a_file_goes_apart_and_arrives(peer: Peer) -> None:
    file = File("calendar.ics", "text/calendar", b"BEGIN:VCALENDAR")
    parts = peer.platform.split(message((Text("with a file"),), file))
    assert [bool(p.files) for p in parts] == [False, True]
    for position, part in enumerate(parts):
        await peer.platform.post(peer.room, part, key=f"file{position}")
    seen = await peer.seen(peer.room)
    assert len(seen) == 2
