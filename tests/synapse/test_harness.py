"""The harness itself: what other tests take for granted about the homeserver and its members."""

import asyncio
import signal
import subprocess
import sys
import time
from pathlib import Path

import aiohttp
import pytest

from tests.synapse import listener
from tests.synapse.fixtures import NewMember
from tests.synapse.homeserver import Homeserver, HomeserverError
from tests.synapse.listener import Event
from tests.synapse.member import MatrixError, Member

ROOT = Path(__file__).parents[2]


def bodies(events: list[Event]) -> list[str]:
    return [event["content"]["body"] for event in events if "body" in event["content"]]


def _alive(pid: int) -> bool:
    """A process that ended but was not yet collected (a container may have nobody to do so) is not alive."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return state.stdout.strip()[:1] not in ("", "Z")


async def pair(new_member: NewMember, **room: object) -> tuple[Member, Member, str]:
    ana, ben = await new_member("ana"), await new_member("ben", auto_join=True)
    room_id = await ana.create_room("A room", invite=[ben.user_id], **room)  # type: ignore[arg-type]
    await ana.wait_for(
        lambda e: e["state_key"] == ben.user_id and e["content"]["membership"] == "join", room_id
    )
    return ana, ben, room_id


async def test_conversation_reaches_the_other(new_member: NewMember) -> None:
    ana, ben, room = await pair(new_member)
    first = await ana.say(room, "Who has a story?", html="<b>Who</b> has a story?", mentions=[ben.user_id])
    heard = await ben.wait_for(lambda e: e["event_id"] == first, room)
    assert heard["sender"] == ana.user_id
    assert heard["content"]["m.mentions"] == {"user_ids": [ben.user_id]}

    reply = await ben.say(room, "I do", reply_to=first)
    in_thread = await ben.say(room, "It was in spring", thread=first)
    reaction = await ben.react(room, first, "👍")
    edit = await ana.edit(room, first, "Who has a short story?")
    for event_id in (reply, in_thread, reaction, edit):
        await ana.wait_for(lambda e, wanted=event_id: e["event_id"] == wanted)  # type: ignore[misc]

    by_id = {event["event_id"]: event for event in ana.timeline(room)}
    assert by_id[reply]["content"]["m.relates_to"] == {"m.in_reply_to": {"event_id": first}}
    assert by_id[in_thread]["content"]["m.relates_to"]["rel_type"] == "m.thread"
    assert by_id[reaction]["content"]["m.relates_to"]["key"] == "👍"
    assert by_id[edit]["content"]["m.new_content"]["body"] == "Who has a short story?"


async def test_redaction_empties_the_message(new_member: NewMember) -> None:
    ana, ben, room = await pair(new_member)
    said = await ana.say(room, "Too much said")
    await ana.redact(room, said, "changed my mind")
    await ben.wait_for(lambda e: e["type"] == "m.room.redaction", room)
    emptied = [event for event in await ben.read_all(room) if event["event_id"] == said]
    assert [event["content"] for event in emptied] == [{}]


async def test_history_is_complete_across_pages_and_sync_gaps(
    new_member: NewMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listener, "SYNC_LIMIT", 5)
    monkeypatch.setattr(listener, "PAGE", 20)
    ana, ben, room = await pair(new_member)
    await ana.say(room, "before")
    await ben.wait_for(lambda e: e["content"]["body"] == "before", room)
    # Deaf meanwhile: the next sync leaves a gap of several pages.
    assert ben._listening
    ben._listening.cancel()
    wanted = [f"message {number}" for number in range(70)]
    for body in wanted:
        await ana.say(room, body)
    assert bodies(await ana.read_all(room)) == ["before", *wanted]
    ben._listening = asyncio.create_task(ben._listen())
    await ben.wait_for(lambda e: e["content"]["body"] == wanted[-1], room)
    assert bodies(ben.timeline(room)) == ["before", *wanted]


async def test_wait_for_minds_the_mark_and_says_what_it_saw(new_member: NewMember) -> None:
    ana = await new_member("ana")
    room = await ana.create_room("Alone")
    await ana.say(room, "yes")
    await ana.wait_for(lambda e: e["content"]["body"] == "yes")
    await ana.wait_for(lambda e: e["content"]["body"] == "yes")  # what is already here counts
    mark = ana.mark()
    with pytest.raises(TimeoutError, match="yes"):
        await ana.wait_for(lambda e: e["content"]["body"] == "yes", timeout=0.2, after=mark)
    later = asyncio.create_task(ana.wait_for(lambda e: e["content"]["body"] == "yes", after=mark))
    again = await ana.say(room, "yes")
    assert (await later)["event_id"] == again


async def test_kicked_and_left_members_are_gone(new_member: NewMember) -> None:
    ana, ben, room = await pair(new_member)
    await ana.kick(room, ben.user_id, "a mistake")
    await ben.wait_for(lambda e: e["content"]["membership"] == "leave", room)
    assert (await ana.members(room))[ben.user_id] == "leave"
    with pytest.raises(MatrixError) as refused:
        await ben.say(room, "Hello?")
    assert refused.value.errcode == "M_FORBIDDEN"

    await ana.invite(room, ben.user_id)
    await ana.wait_for(lambda e: e["content"]["membership"] == "join" and e["sender"] == ben.user_id)
    await ben.wait_until(lambda: room not in ben.invitations)
    await ben.leave(room)
    assert (await ana.members(room))[ben.user_id] == "leave"


@pytest.mark.parametrize("version", ["11", "12"])
async def test_power_can_be_given_and_taken(new_member: NewMember, version: str) -> None:
    ana, ben, room = await pair(new_member, room_version=version)
    with pytest.raises(MatrixError):
        await ben.set_room_name(room, "Mine")
    await ana.set_power(room, ben.user_id, 50)
    await ben.set_room_name(room, "Ours")
    assert (await ana.state(room, "m.room.name"))["name"] == "Ours"
    await ana.set_power(room, ben.user_id, 0)
    with pytest.raises(MatrixError):
        await ben.set_room_name(room, "Mine")


async def test_spaces_public_rooms_and_names(new_member: NewMember) -> None:
    ana, ben = await new_member("ana"), await new_member("ben")
    space = await ana.create_room("Community", space=True)
    room = await ana.create_room("Hall", public=True, power_levels={"events": {"m.room.topic": 0}})
    await ana.add_to_space(space, room)
    assert (await ana.state(space, "m.space.child", room))["via"] == ["localhost"]
    await ben.join(room)
    await ben.set_state(room, "m.room.topic", {"topic": "anything"})
    await ben.set_name("Benoît")
    renamed = await ana.wait_for(lambda e: e["content"]["displayname"] == "Benoît", room)
    assert renamed["content"]["membership"] == "join"


async def test_files_and_voice_arrive_whole(new_member: NewMember) -> None:
    ana, ben, room = await pair(new_member)
    data = bytes(range(256)) * 300
    await ana.send_file(room, data, "application/pdf", "plan d'animation.pdf")
    file = await ben.wait_for(lambda e: e["content"]["msgtype"] == "m.file", room)
    assert file["content"]["filename"] == "plan d'animation.pdf"
    assert await ben.download(file["content"]["url"]) == data
    await ana.send_voice(room, b"OggS", seconds=2)
    voice = await ben.wait_for(lambda e: e["content"]["msgtype"] == "m.audio", room)
    assert voice["content"]["org.matrix.msc3245.voice"] == {}


async def test_direct_room_is_found_however_it_came_about(new_member: NewMember) -> None:
    ana, ben = await new_member("ana"), await new_member("ben", auto_join=True)
    await ben.create_room("For everybody", invite=[ana.user_id])
    await ana.wait_until(lambda: bool(ana.invitations))
    with pytest.raises(TimeoutError):
        await ana.direct_room_with(ben.user_id, timeout=0.3)

    by_ben = await ben.create_room("", direct=True, invite=[ana.user_id])
    assert await ana.direct_room_with(ben.user_id) == by_ben
    assert await ben.direct_room_with(ana.user_id) == by_ben
    await ana.join(by_ben)
    assert await ana.direct_room_with(ben.user_id) == by_ben

    unmarked = await ana.create_room("The two of us", invite=[ben.user_id])
    await ana.wait_for(
        lambda e: e["sender"] == ben.user_id and e["content"]["membership"] == "join", unmarked
    )
    await ben.leave(by_ben)
    await ben.wait_until(lambda: by_ben not in ben.brought_by)
    assert await ben.direct_room_with(ana.user_id) == unmarked


@pytest.mark.parametrize("how", ["stop", "kill"])
async def test_restart_keeps_address_data_and_listeners(tmp_path: Path, how: str) -> None:
    with Homeserver(tmp_path) as server:
        account = server.register("ana")
        async with Member(server.url, account) as ana:
            room = await ana.create_room("Before")
            said = await ana.say(room, "Still there?")
            await asyncio.to_thread(getattr(server, how))
            assert not server.running
            with pytest.raises(aiohttp.ClientConnectionError):
                await ana.say(room, "Nobody listens")
            await asyncio.to_thread(server.start)
            assert [e["event_id"] for e in await ana.read_all(room) if "body" in e["content"]] == [said]
            await ana.say(room, "Yes")
            await ana.wait_for(lambda e: e["content"]["body"] == "Yes", room)


def test_failure_to_start_shows_the_log(tmp_path: Path) -> None:
    server = Homeserver(tmp_path, settings={"database": {"name": "no such engine"}})
    with pytest.raises(HomeserverError, match="no such engine"):
        server.start()
    assert not server.running


async def test_stock_limits_are_felt(tmp_path: Path, homeserver: Homeserver) -> None:
    async def refused_after(url: str, token: str) -> int | None:
        async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as session:
            made = await (await session.post(f"{url}/_matrix/client/v3/createRoom", json={})).json()
            send = f"{url}/_matrix/client/v3/rooms/{made['room_id']}/send/m.room.message"
            for number in range(20):
                async with session.put(f"{send}/{number}", json={"msgtype": "m.text", "body": "."}) as answer:
                    if answer.status == 429:
                        return number
        return None

    with Homeserver(tmp_path, stock_limits=True) as strict:
        assert await refused_after(strict.url, strict.register("ana").access_token) is not None
    assert await refused_after(homeserver.url, homeserver.register_fresh("ana").access_token) is None


@pytest.mark.parametrize("moment", ["starting", "running"])
def test_nothing_is_left_when_the_parent_is_killed(tmp_path: Path, moment: str) -> None:
    wait_until_up = "" if moment == "running" else "server._wait_until_up = lambda deadline: None;"
    code = (
        "import pathlib, sys, time; from tests.synapse.homeserver import Homeserver;"
        f"server = Homeserver(pathlib.Path(sys.argv[1])); {wait_until_up} server.start();"
        "print(server._process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert _alive(child)
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 5
    while _alive(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _alive(child)
