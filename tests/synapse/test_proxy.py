"""The bad network: each fault reaches the client as itself, and the homeserver sees only what it should."""

import asyncio
import json
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web

from tests.synapse import proxy as network
from tests.synapse.fixtures import NewMember
from tests.synapse.homeserver import Homeserver
from tests.synapse.member import Member
from tests.synapse.proxy import Fault, FaultyProxy

MESSAGE = {"msgtype": "m.text", "body": "through the bad network"}


@pytest_asyncio.fixture
async def proxy(homeserver: Homeserver) -> AsyncIterator[FaultyProxy]:
    async with FaultyProxy(homeserver.url) as started:
        yield started


class Line:
    """A client behind the proxy, with one kept connection as bots have."""

    def __init__(self, ana: Member, room: str, session: aiohttp.ClientSession, proxy: FaultyProxy) -> None:
        self.ana, self.room, self.session, self.proxy = ana, room, session, proxy

    def send(self, transaction: str = "t1") -> aiohttp.client._RequestContextManager:
        path = f"/_matrix/client/v3/rooms/{self.room}/send/m.room.message/{transaction}"
        return self.session.put(self.proxy.url + path, json=MESSAGE)

    async def stored(self) -> int:
        """How many of the messages the homeserver really has."""
        return sum(event["content"] == MESSAGE for event in await self.ana.read_all(self.room))


@pytest_asyncio.fixture
async def line(new_member: NewMember, proxy: FaultyProxy) -> AsyncIterator[Line]:
    ana = await new_member("ana")
    room = await ana.create_room("A room")
    headers = {"Authorization": f"Bearer {ana.account.access_token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        yield Line(ana, room, session, proxy)


async def test_without_fault_everything_passes(line: Line) -> None:
    async with line.send() as answer:
        assert answer.status == 200
        event_id = (await answer.json())["event_id"]
    await line.ana.wait_for(lambda e: e["event_id"] == event_id, line.room)
    (seen,) = line.proxy.seen("/send/", "PUT")
    assert seen.method == "PUT"
    assert line.room in seen.path
    assert 0 <= time.monotonic() - seen.at < 10


async def test_a_whole_member_lives_behind_it(homeserver: Homeserver, proxy: FaultyProxy) -> None:
    async with Member(proxy.url, homeserver.register_fresh("ana")) as ana:
        room = await ana.create_room("A room")
        await ana.say(room, "é à 👋")
        await ana.wait_for(lambda e: e["content"]["body"] == "é à 👋", room)
        uri = await ana.upload(b"\x00\xff" * 1000, "application/octet-stream", "données.bin")
        assert await ana.download(uri) == b"\x00\xff" * 1000


@pytest.mark.parametrize(
    ("fault", "status", "code", "wait_ms"),
    [
        (network.limited(1500), 429, "M_LIMIT_EXCEEDED", 1500),
        (network.limited(), 429, "M_LIMIT_EXCEEDED", None),
        (network.server_error(), 500, "M_UNKNOWN", None),
        (network.server_error(503), 503, "M_UNKNOWN", None),
    ],
)
async def test_refusals(line: Line, fault: Fault, status: int, code: str, wait_ms: int | None) -> None:
    line.proxy.fault = lambda request: fault
    async with line.send() as answer:
        problem = await answer.json()
        assert (answer.status, problem["errcode"], problem.get("retry_after_ms")) == (status, code, wait_ms)
    assert await line.stored() == 0


async def test_gateway_page_is_no_json(line: Line) -> None:
    line.proxy.fault = lambda request: network.bad_gateway()
    async with line.send() as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")
        assert "<html>" in await answer.text()
    assert await line.stored() == 0


async def test_truncated_json_is_well_formed_http(line: Line) -> None:
    line.proxy.fault = lambda request: network.truncated()
    async with line.send() as answer:
        assert answer.status == 200
        text = await answer.text()
    with pytest.raises(json.JSONDecodeError):
        json.loads(text)
    assert text.startswith('{"event_id"')
    assert await line.stored() == 1


async def test_answer_broken_off(line: Line) -> None:
    line.proxy.fault = lambda request: network.broken_off()
    with pytest.raises(aiohttp.ClientPayloadError):
        async with line.send() as answer:
            await answer.read()
    assert await line.stored() == 1


@pytest.mark.parametrize(("fault", "stored"), [(network.cut_before(), 0), (network.answer_lost(), 1)])
async def test_cut_connection(line: Line, fault: Fault, stored: int) -> None:
    line.proxy.fault = lambda request: fault
    with pytest.raises(aiohttp.ClientConnectionError):
        async with line.send():
            pass
    assert await line.stored() == stored
    # The same transaction is the same message: one is stored whether or not the first attempt arrived.
    line.proxy.fault = lambda request: None
    async with line.send() as answer:
        assert answer.status == 200
    assert await line.stored() == 1


async def test_delays_before_and_after(line: Line) -> None:
    for fault, stored_meanwhile in ((network.delayed(0.6), 0), (network.answered_late(0.6), 2)):
        line.proxy.fault = lambda request, chosen=fault: chosen  # type: ignore[misc]
        started = time.monotonic()

        async def send(transaction: str = f"t{stored_meanwhile}") -> int:
            async with line.send(transaction) as answer:
                return answer.status

        sending = asyncio.create_task(send())
        await asyncio.sleep(0.3)
        assert await line.stored() == stored_meanwhile
        assert await sending == 200
        assert time.monotonic() - started >= 0.6


async def test_unreachable_and_back_at_the_same_address(line: Line) -> None:
    before = line.proxy.url
    (await line.send()).close()
    hanging = asyncio.create_task(
        _text(line.session.get(f"{before}/_matrix/client/v3/sync?timeout=30000&since=s0"))
    )
    async with line.proxy.unreachable():
        with pytest.raises(aiohttp.ClientConnectionError):
            await line.send("t2")
        with pytest.raises(aiohttp.ClientConnectionError):
            async with asyncio.timeout(2):
                await hanging
    assert line.proxy.url == before
    async with line.send("t2") as answer:
        assert answer.status == 200
    assert await line.stored() == 2


async def test_homeserver_down_is_a_cut_connection(proxy: FaultyProxy) -> None:
    async with FaultyProxy("http://127.0.0.1:9") as dead, aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectionError):
            await session.get(f"{dead.url}/_matrix/client/versions")


async def test_fault_chooses_its_requests(line: Line) -> None:
    def only_sends(request: web.Request) -> Fault | None:
        return network.server_error() if request.method == "PUT" and "/send/" in request.path else None

    line.proxy.fault = only_sends
    async with line.send() as answer:
        assert answer.status == 500
    async with line.session.get(f"{line.proxy.url}/_matrix/client/v3/account/whoami") as answer:
        assert (await answer.json())["user_id"] == line.ana.user_id


async def _text(request: aiohttp.client._RequestContextManager) -> str:
    async with request as answer:
        return await answer.text()
