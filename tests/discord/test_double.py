"""The double against a plain discord.py client: what is real there must be real here."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import discord
import pytest
import pytest_asyncio
from discord import app_commands

from tests.discord.double import Double, pointed_at
from tests.discord.errors import CannotDo
from tests.discord.guild import Guild
from tests.discord.permissions import ALL

NOBODY = discord.AllowedMentions.none()
INTENTS = discord.Intents.all()
INTENTS.presences = False


class Client(discord.AutoShardedClient):
    """Keeps what it hears."""

    def __init__(self, intents: discord.Intents = INTENTS, **options: Any) -> None:
        super().__init__(intents=intents, guild_ready_timeout=0.05, allowed_mentions=NOBODY, **options)
        self.heard: list[str] = []
        self.events: list[str] = []
        self.tree = app_commands.CommandTree(self)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """discord.py would wait five seconds."""

    async def on_socket_event_type(self, name: str) -> None:
        self.events.append(name)

    async def on_message(self, message: discord.Message) -> None:
        if message.author != self.user:
            self.heard.append(message.content)


class Running:
    def __init__(self, double: Double, client: Client) -> None:
        self.client = client
        self.task = asyncio.create_task(client.start("token"))
        self.double = double

    async def ready(self, sessions: int = 1) -> Client:
        waiting = asyncio.create_task(self.double.gateway.ready(sessions))
        await asyncio.wait([waiting, self.task], return_when=asyncio.FIRST_COMPLETED)
        if self.task.done():
            waiting.cancel()
            await self.task
        await asyncio.wait_for(self.client.wait_until_ready(), 5)
        return self.client

    async def stop(self) -> None:
        await self.client.close()
        with contextlib.suppress(discord.DiscordException, asyncio.CancelledError):
            await self.task


@pytest_asyncio.fixture
async def double() -> AsyncIterator[Double]:
    async with Double() as started:
        with pointed_at(started):
            yield started


@pytest.fixture
def cercle(double: Double) -> Guild:
    guild = double.guild("Le cercle")
    guild.text("salon")
    return guild


@pytest_asyncio.fixture
async def client(double: Double, cercle: Guild) -> AsyncIterator[Client]:
    running = Running(double, Client())
    yield await running.ready()
    await running.stop()


def salon(client: Client) -> discord.TextChannel:
    found = client.guilds[0].text_channels[0]
    assert found.name == "salon"
    return found


async def test_messages_pass_both_ways(double: Double, cercle: Guild, client: Client) -> None:
    bo, place = cercle.join("Bo"), cercle.channels[0]
    said = await bo.say(place, "bonjour")
    await double.until(lambda: client.heard == ["bonjour"])
    answer = await salon(client).send("salut", reference=discord.MessageReference(message_id=said.id, channel_id=place.id))
    assert (await place.heard("salut")).answers == said.id
    await answer.edit(content="rebonjour")
    assert place.texts == ["rebonjour"]
    file = discord.File(__file__, "notes.txt")
    await salon(client).send("avec un fichier", file=file)
    sent = place.from_bot[-1].attachments[0]
    fetched = await salon(client).fetch_message(place.from_bot[-1].id)
    assert (sent.filename, await fetched.attachments[0].read()) == ("notes.txt", sent.data)
    assert [m.content async for m in salon(client).history(limit=2)] == ["avec un fichier", "rebonjour"]


async def test_what_happened_while_away_is_replayed_once(double: Double, cercle: Guild, client: Client) -> None:
    bo, place = cercle.join("Bo"), cercle.channels[0]
    await bo.say(place, "un")
    await double.until(lambda: client.heard == ["un"])
    await double.gateway.reconnect()
    double.gateway.hold()
    await bo.say(place, "deux")
    double.gateway.release()
    await double.until(lambda: double.gateway.resumed == 1)
    await double.gateway.drop()
    await bo.say(place, "trois")
    await double.until(lambda: client.heard == ["un", "deux", "trois"])
    assert (double.gateway.resumed, double.gateway.identified) == (2, 1)


async def test_an_invalid_session_begins_anew_with_a_hole(double: Double, cercle: Guild, client: Client) -> None:
    bo, place = cercle.join("Bo"), cercle.channels[0]
    await double.gateway.invalidate(resumable=True)
    await double.until(lambda: double.gateway.resumed == 1)
    double.gateway.forgetful = True
    await double.gateway.drop(4000)
    await bo.say(place, "dans le trou")
    await double.until(lambda: double.gateway.identified == 2)
    await bo.say(place, "après")
    await double.until(lambda: client.heard == ["après"])


async def test_silence_for_heartbeats_makes_the_client_come_back(double: Double, cercle: Guild) -> None:
    double.gateway.heartbeat, double.gateway.frozen = 50, True
    running = Running(double, Client(heartbeat_timeout=0.3))
    await running.ready()
    await double.until(lambda: double.gateway.resumed >= 1)
    assert double.gateway.heartbeats > 1
    await running.stop()


@pytest.mark.parametrize(("everywhere", "header"), [(False, "user"), (True, "global")])
async def test_a_limit_is_waited_out(double: Double, cercle: Guild, client: Client, everywhere: bool, header: str) -> None:
    fault = double.faults.limit("POST", "/channels/*/messages", times=2, seconds=0.05, everywhere=everywhere)
    await salon(client).send("enfin")
    assert (fault.met, cercle.channels[0].texts, header) == (2, ["enfin"], header)
    assert [c.status for c in double.asked("POST", "/channels/{channel_id}/messages")] == [429, 429, 200]


async def test_an_answer_that_never_comes_is_found_by_its_nonce(double: Double, cercle: Guild, client: Client) -> None:
    double.faults.cut_after("POST", "/channels/*/messages")
    with pytest.raises((OSError, __import__("aiohttp").ClientError)):
        await salon(client).send("une fois", nonce="cle-1")
    again = await salon(client).send("une fois", nonce="cle-1")
    assert cercle.channels[0].texts == ["une fois"]
    assert again.id == cercle.channels[0].from_bot[0].id
    double.faults.cut_before("POST", "/channels/*/messages")
    with pytest.raises((OSError, __import__("aiohttp").ClientError)):
        await salon(client).send("jamais", nonce="cle-2")
    assert cercle.channels[0].texts == ["une fois"]


async def test_a_server_in_trouble(double: Double, cercle: Guild, client: Client) -> None:
    double.faults.html("POST", "/channels/*/messages", status=503)
    with pytest.raises(discord.DiscordServerError):
        await salon(client).send("une page")
    double.faults.fail(503, "POST")
    with pytest.raises(discord.DiscordServerError):
        await salon(client).send("rien")
    slow = double.faults.slow(0.1, "POST")
    await salon(client).send("lent")
    assert (slow.met, cercle.channels[0].texts) == (1, ["lent"])


async def test_permissions_are_those_of_discord(double: Double, cercle: Guild, client: Client) -> None:
    place = cercle.channels[0]
    place.deny(cercle.bot_role, "send_messages")
    with pytest.raises(discord.Forbidden) as refused:
        await salon(client).send("muet")
    assert refused.value.code == 50013
    place.deny(cercle.bot_role, "view_channel")
    with pytest.raises(discord.Forbidden) as refused:
        await salon(client).send("aveugle")
    assert refused.value.code == 50001
    await cercle.join("Bo").say(place, "entre nous")
    bo = cercle.join("Bo")
    bo.close_dms()
    with pytest.raises(discord.Forbidden) as refused:
        await (await client.fetch_user(bo.user.id)).send("toc toc")
    assert refused.value.code == 50007
    high = cercle.role("Au-dessus")
    high.position = 99
    with pytest.raises(discord.Forbidden):
        await client.http.add_role(cercle.id, bo.user.id, high.id)
    low = cercle.role("Membres")
    await client.http.add_role(cercle.id, bo.user.id, low.id)
    assert bo.has(low)
    assert "entre nous" not in client.heard
