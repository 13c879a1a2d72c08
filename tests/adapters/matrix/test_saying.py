"""What a bot says on a real homeserver: each thing once, in its place, and nothing it was not allowed to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio

from adapters.matrix import outbound
from adapters.matrix.settings import MatrixPlaces
from adapters.matrix.split import split
from bot.chat.capabilities import Level
from bot.chat.content import File, Mention, Message, Paragraph, Text
from bot.ports import Refused, TryLater
from tests.adapters.matrix.conftest import Bot, words
from tests.synapse import proxy as network
from tests.synapse.fixtures import NewMember
from tests.synapse.homeserver import Homeserver
from tests.synapse.member import Member
from tests.synapse.proxy import FaultyProxy


@pytest_asyncio.fixture
async def ana(new_member: NewMember) -> Member:
    return await new_member("ana")


@pytest_asyncio.fixture
async def room(ana: Member, bot: Bot) -> str:
    """Joined by the configuration, without anybody listening: saying needs no listening."""
    made = await ana.create_room("Hall", public=True)
    bot.places = [MatrixPlaces(slug="potters", rooms=(made,))]
    await bot.start()
    await bot.stop()
    return made


@pytest_asyncio.fixture
async def proxied(homeserver: Homeserver, bot: Bot) -> AsyncIterator[FaultyProxy]:
    """The same bot, from now on behind a bad network."""
    async with FaultyProxy(homeserver.url) as proxy:
        bot.url = proxy.url
        await bot.platform.close()
        bot.platform = bot.made()
        yield proxy
        await bot.platform.close()


async def notices(member: Member, room: str) -> list[dict[str, Any]]:
    events = await member.read_all(room)
    return [e for e in events if e["content"].get("msgtype") == "m.notice"]


async def insist(call: Callable[[], Awaitable[object]]) -> list[float]:
    """As delivery does: the same again until it works, waiting as long as is asked. The waits."""
    waits: list[float] = []
    while True:
        try:
            await call()
        except TryLater as trouble:
            waits.append(trouble.after)
            await asyncio.sleep(trouble.after)
        else:
            return waits


async def test_post_thread_and_reply(bot: Bot, ana: Member, room: str) -> None:
    platform = bot.platform
    asked = await ana.say(room, "Who comes?")
    first = await platform.post(
        room, Message((Paragraph((Text("Hello "), Mention(ana.user_id, "Ana"), Text(" @room <b>"))),)), key="k1"
    )
    threaded = await platform.post(room, words("within"), key="k2", thread=first)
    answer = await platform.post(room, words("answering"), key="k3", answers=asked)
    both = await platform.post(room, words("both"), key="k4", thread=first, answers=threaded)
    said = {e["event_id"]: e["content"] for e in await notices(ana, room)}
    assert list(said) == [first, threaded, answer, both]
    assert said[first]["m.mentions"] == {"user_ids": [ana.user_id]}
    assert said[first]["body"] == "Hello Ana @room <b>"
    assert "&lt;b&gt;" in said[first]["formatted_body"]
    assert said[threaded]["m.relates_to"] == {
        "rel_type": "m.thread", "event_id": first, "is_falling_back": True,
        "m.in_reply_to": {"event_id": first},
    }  # fmt: skip
    assert said[answer]["m.relates_to"] == {"m.in_reply_to": {"event_id": asked}}
    assert said[both]["m.relates_to"]["is_falling_back"] is False
    assert said[both]["m.relates_to"]["m.in_reply_to"] == {"event_id": threaded}
    assert all(content["m.mentions"] == {} for id, content in said.items() if id != first)
    assert platform.capabilities(room).buttons is Level.FALLBACK


@pytest.mark.parametrize("key", ["matrix:$a/b?c#d é/../.", "long" * 100])
async def test_the_same_key_is_the_same_message(bot: Bot, ana: Member, room: str, key: str) -> None:
    ids = [await bot.platform.post(room, words("once"), key=key) for _ in range(2)]
    await bot.platform.close()
    bot.platform = bot.made()  # another life, the same device
    ids.append(await bot.platform.post(room, words("once"), key=key))
    assert len(set(ids)) == 1
    assert len(await notices(ana, room)) == 1


async def test_found_by_its_key_in_another_life(
    bot: Bot, ana: Member, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Among the messages of others, and behind more of ours than one page holds."""
    since = datetime.now(UTC)
    said = await bot.platform.post(room, words("once"), key="matrix:$a/b?c#d")
    await ana.say(room, "in between")
    for n in range(3):
        await bot.platform.post(room, words("later"), key=f"later{n}")
    await bot.platform.close()
    bot.platform = bot.made()
    monkeypatch.setattr(outbound, "PAGE", 2)
    assert await bot.platform.find(room, words("once"), key="matrix:$a/b?c#d", since=since) == said
    assert await bot.platform.find(room, words("once"), key="never", since=since) == ""
    assert len(await notices(ana, room)) == 4


async def test_edit_react_remove_pin(bot: Bot, ana: Member, room: str) -> None:
    platform = bot.platform
    theirs = await ana.say(room, "pinned by Ana")
    await ana.set_power(room, bot.user_id, 50)
    await ana.set_state(room, "m.room.pinned_events", {"pinned": [theirs]})
    first = await platform.post(room, words("one"), key="p1")
    second = await platform.post(room, words("two"), key="p2")
    await platform.edit(room, first, words("one, changed"), key="e1")
    await platform.edit(room, first, words("one, changed"), key="e1")
    for _ in range(2):
        await platform.react(room, first, "👍", key="r1")
    await platform.react(room, first, "👍", key="r2")  # there already: no trouble
    for target in (first, second, second):
        await platform.pin(room, target)
    assert (await ana.state(room, "m.room.pinned_events"))["pinned"] == [theirs, second]
    await bot.platform.close()
    bot.platform = platform = bot.made()  # which messages were ours is known after a restart, too
    await platform.pin(room, first)
    assert (await ana.state(room, "m.room.pinned_events"))["pinned"] == [theirs, first]
    for _ in range(2):
        await platform.remove(room, second, key="d1")
    events = {e["event_id"]: e for e in await ana.read_all(room)}
    assert events[second]["content"] == {}
    edits = [e for e in events.values() if e["content"].get("m.relates_to", {}).get("rel_type") == "m.replace"]
    assert [e["content"]["m.new_content"]["body"] for e in edits] == ["one, changed"]
    assert sum(e["type"] == "m.reaction" for e in events.values()) == 1


async def test_files(bot: Bot, ana: Member, room: str) -> None:
    data = bytes(range(256)) * 100
    made = File("plan d'été.pdf", "application/pdf", data=data)
    uri = await ana.upload(b"OggS", "audio/ogg", "voice.ogg")
    voice = File("voice.ogg", "audio/ogg", uri=uri)
    parts = split(Message((Paragraph((Text("See below"),)), made, voice)))
    assert [len(part.files) for part in parts] == [0, 1, 1]
    for number, part in enumerate(parts):
        await bot.platform.post(room, part, key=f"f{number}")
    events = {e["content"].get("msgtype"): e["content"] for e in await ana.read_all(room)}
    assert (events["m.file"]["filename"], events["m.file"]["info"]["size"]) == (made.name, len(data))
    assert await ana.download(events["m.file"]["url"]) == data
    assert events["m.audio"]["url"] == uri
    assert bot.platform.holds(uri)
    assert await bot.platform.fetch(uri) == b"OggS"
    with pytest.raises(Refused):
        await bot.platform.fetch("mxc://localhost/gone")
    with pytest.raises(Refused):
        await bot.platform.post(room, Message((File("x", "audio/ogg", uri="discord://1"),)), key="f9")


async def test_refusals(bot: Bot, ana: Member, room: str) -> None:
    platform = bot.platform
    with pytest.raises(Refused, match="M_FORBIDDEN"):
        await platform.post("!nowhere:localhost", words("hello"), key="x1")
    await ana.kick(room, bot.user_id)
    with pytest.raises(Refused):
        await platform.post(room, words("hello"), key="x2")
    assert await platform.level(room, ana.user_id) == 0


@pytest.mark.parametrize(
    "fault",
    [
        network.answer_lost(), network.cut_before(), network.truncated(), network.broken_off(),
        network.bad_gateway(), network.bad_gateway(reaches_server=True), network.server_error(),
        network.server_error(503, reaches_server=True), network.limited(300), network.limited(),
    ],
)  # fmt: skip
async def test_whatever_happens_it_is_said_once(
    bot: Bot, ana: Member, room: str, proxied: FaultyProxy, fault: network.Fault
) -> None:
    await bot.platform.post(room, words("before"), key="before")
    faults = [fault]
    proxied.fault = lambda request: faults.pop() if faults and "/send/" in request.path else None
    waits = await insist(lambda: bot.platform.post(room, words("once"), key="once"))
    if fault == network.limited(300):
        assert waits == [1]  # never sooner, whatever the server allows
    assert [e["content"]["body"] for e in await notices(ana, room)] == ["before", "once"]


async def test_cancelled_while_sending(bot: Bot, ana: Member, room: str, proxied: FaultyProxy) -> None:
    proxied.fault = lambda request: network.delayed(0.4) if "/send/" in request.path else None
    sending = asyncio.create_task(bot.platform.post(room, words("going on"), key="c1"))
    await asyncio.sleep(0.2)
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    await bot.platform.close()  # waits for what is under way
    assert [e["content"]["body"] for e in await notices(ana, room)] == ["going on"]


async def test_direct_room_is_made_once(bot: Bot, ana: Member, room: str, new_member: NewMember) -> None:
    cleo = await new_member("cleo")
    made = await bot.platform.direct_room(ana.user_id)
    assert await ana.direct_room_with(bot.user_id) == made
    assert await bot.platform.direct_room(ana.user_id) == made  # not yet accepted, and not made again
    await ana.join(made)
    await bot.platform.close()
    bot.platform = bot.made()
    assert await bot.platform.direct_room(ana.user_id) == made
    assert await bot.platform.direct_room(cleo.user_id) != made
    await bot.platform.post(made, words("between us"), key="d1")
    await ana.wait_for(lambda e: e["content"]["body"] == "between us", made)


async def test_direct_room_found_after_a_crash(bot: Bot, ana: Member, room: str, proxied: FaultyProxy) -> None:
    """Made, and the answer lost, so that it stands in no list."""
    proxied.fault = lambda request: network.answer_lost() if "createRoom" in request.path else None
    with pytest.raises(TryLater):
        await bot.platform.direct_room(ana.user_id)
    made = await ana.direct_room_with(bot.user_id)
    proxied.fault = lambda request: None
    await bot.platform.close()
    bot.platform = bot.made()
    await insist(lambda: bot.platform.direct_room(ana.user_id))
    assert await bot.platform.direct_room(ana.user_id) == made
    assert len(proxied.seen("createRoom")) == 1


async def test_who_leaves_is_asked_once(bot: Bot, ana: Member, room: str, new_member: NewMember) -> None:
    made = await bot.platform.direct_room(ana.user_id)
    await ana.direct_room_with(bot.user_id)
    await ana.join(made)
    await ana.leave(made)
    assert await bot.platform.direct_room(ana.user_id) == made
    await ana.wait_until(lambda: made in ana.invitations)
    await ana.leave(made)  # no, thank you
    for _ in range(2):
        with pytest.raises(Refused, match="left"):
            await bot.platform.direct_room(ana.user_id)
    await ana.wait_until(lambda: made not in ana.invitations)


async def test_a_third_person_ends_privacy(bot: Bot, ana: Member, room: str, new_member: NewMember) -> None:
    ben = await new_member("ben")
    made = await ana.create_room("", direct=True, invite=[bot.user_id])
    bot.friends = {ana.user_id}
    await bot.start()
    await ana.wait_for(lambda e: e["state_key"] == bot.user_id and e["content"]["membership"] == "join", made)
    assert await bot.platform.direct_room(ana.user_id) == made
    await ana.invite(made, ben.user_id)
    await ben.join(made)
    assert await bot.platform.direct_room(ana.user_id) != made


@pytest.mark.parametrize("version", ["11", "12"])
async def test_power_is_asked_now(bot: Bot, ana: Member, new_member: NewMember, version: str) -> None:
    ben = await new_member("ben")
    hall = await ana.create_room("Hall", public=True, room_version=version)
    bot.places = [MatrixPlaces(slug="potters", rooms=(hall,))]
    await bot.start()
    await ben.join(hall)
    assert await bot.platform.level(hall, ana.user_id) == 100
    assert await bot.platform.level(hall, ben.user_id) == 0
    await ana.set_power(hall, ben.user_id, 50)
    assert await bot.platform.level(hall, ben.user_id) == 50
    await ana.set_power(hall, ben.user_id, 0)
    assert await bot.platform.level(hall, ben.user_id) == 0
    await ana.set_power(hall, ben.user_id, 50)
    await ben.leave(hall)
    assert await bot.platform.level(hall, ben.user_id) == 0


async def test_a_file_larger_than_it_was_said_to_be_is_not_taken_in(
    bot: Bot, ana: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    uri = await ana.upload(b"OggS" + b"0" * 200_000, "audio/ogg", "voice.ogg")
    monkeypatch.setattr("adapters.matrix.server.LARGEST_FILE", 200_003)
    with pytest.raises(Refused, match="M_TOO_LARGE"):
        await bot.platform.fetch(uri)
    monkeypatch.setattr("adapters.matrix.server.LARGEST_FILE", 200_004)
    assert len(await bot.platform.fetch(uri)) == 200_004
