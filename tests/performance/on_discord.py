"""The two that are compared on Discord, each in a process of its own: Veillée, and plain discord.py.

Both connect to the same Discord of our own. What is measured begins at a frame, as it comes off the socket: the
frames are handed to discord.py's own reading, which decompresses and parses them for both alike.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any

import discord
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.webhook.async_ import AsyncWebhookAdapter

from tests.discord.launch import point
from tests.performance.clients import Stalls, megabytes
from tests.performance.frames import Server, Stream

# Read from the socket in one go, and then the loop turns.
AT_ONCE = 64
WARM = 30

Feed = Callable[[list[bytes]], Awaitable[None]]
Json = dict[str, Any]


def feeding(client: discord.Client) -> Feed:
    """A further connection of that client's, whose frames are given by hand."""
    ws = DiscordWebSocket(None, loop=asyncio.get_running_loop())  # type: ignore[arg-type]  # nothing is sent
    ws._connection = client._connection
    ws._discord_parsers = client._connection.parsers
    ws._dispatch = client.dispatch
    ws.shard_id = 0

    async def feed(frames: list[bytes]) -> None:
        for start in range(0, len(frames), AT_ONCE):
            for frame in frames[start : start + AT_ONCE]:
                await ws.received_message(frame)
            await asyncio.sleep(0)

    return feed


class Network:
    """Takes the place of HTTP: each request is answered at once. `asked`: when the latest reply was given to it."""

    def __init__(self) -> None:
        self.heard = asyncio.Event()
        self.asked = 0.0

    async def request(self, route: Any, *_: object, **__: object) -> Json:
        if not route.path.endswith("/callback"):
            return {"roles": []}  # of a member: whether they facilitate
        self.asked = time.perf_counter()
        self.heard.set()
        message = {"id": "1", "channel_id": "1", "flags": 64, "type": 20}
        interaction = {"id": "1", "type": 2, "response_message_id": "1", "response_message_ephemeral": True,
                       "response_message_loading": False, "activity_instance_id": None}  # fmt: skip
        return {"interaction": interaction, "resource": {"type": 4, "message": message}}


async def timed_messages(stream: Stream, feed: Feed, count: int, kept: Callable[[], bool]) -> Json:
    frames = stream.messages(count)
    stalls = Stalls()
    watching = asyncio.create_task(stalls.watch())
    await asyncio.sleep(0.3)
    stalls.longest = 0.0
    began = time.perf_counter()
    await feed(frames)
    while not kept():
        await asyncio.sleep(0.001)
    took = time.perf_counter() - began
    watching.cancel()
    return {"rate": count / took, "stall": stalls.longest * 1000}


async def timed_commands(stream: Stream, feed: Feed, count: int, network: Network) -> Json:
    """One after the other: from the frame to the answer as it is given to the network."""
    took = []
    for frame in stream.commands(count + WARM):
        network.heard.clear()
        began = time.perf_counter()
        await feed([frame])
        await network.heard.wait()
        took.append((network.asked - began) * 1e6)
        await asyncio.sleep(0.05)  # what follows a reply is over
    took = took[WARM:]
    return {"command": statistics.median(took), "slowest": max(took)}


def veillee(pipe: Pipe, url: str, server: Server, messages: int, commands: int) -> None:
    point(url)
    pipe.send(asyncio.run(_veillee(server, messages, commands)))


async def _veillee(server: Server, messages: int, commands: int) -> Json:
    from adapters.discord.client import DiscordPlatform
    from adapters.discord.settings import DiscordPlaces, DiscordSettings
    from bot import logs
    from bot.app import FEATURES, App
    from bot.model.activity import Activity
    from bot.model.settings import Settings
    from bot.shapes import shapes
    from scheduler.clock import RealClock
    from storage.attachments import AttachmentFolder
    from storage.migrate import migrate
    from storage.seals import FileSeals
    from storage.store import SqlStore

    logs.set_up()
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "veillee.db"
        migrate(database)
        account = DiscordSettings.model_validate({"token": "token", "api": discord.http.Route.BASE})
        places = DiscordPlaces(slug="c", server=str(server.id))
        platform = DiscordPlatform(account, [places], clock=RealClock(), commands=shapes(FEATURES))
        store = SqlStore(f"sqlite+aiosqlite:///{database}")
        app = App(
            store=store, clock=RealClock(), seals=FileSeals(Path(folder) / "seals"),
            copies=AttachmentFolder(Path(folder) / "attachments"), platforms=[platform],
        )  # fmt: skip
        await app.prepare([("c", Settings(name="C"))])
        before = megabytes()
        running = asyncio.create_task(app.run())

        def kept() -> bool:
            return bool(platform.streams) and all(s.settled for s in platform.streams.values())

        while not kept():
            await asyncio.sleep(0.05)
        found: Json = {"megabytes": megabytes() - before, "all": megabytes()}
        stream, feed = Stream(server), feeding(platform.client)
        if messages:
            found |= await timed_messages(stream, feed, messages, kept)
        if commands:
            network = Network()
            platform.client.http.request = network.request  # type: ignore[method-assign]
            found |= await timed_commands(stream, feed, commands, network)
        async with store.unit() as unit:
            found["rows"] = await unit.count(Activity)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await app.close()
    return found


def bare(pipe: Pipe, url: str, server: Server, messages: int, commands: int) -> None:
    point(url)
    pipe.send(asyncio.run(_bare(server, messages, commands)))


async def _bare(server: Server, messages: int, commands: int) -> Json:
    """discord.py as it comes: what is said is heard, and nothing more."""
    heard = 0
    client = discord.Client(intents=discord.Intents.default())
    tree = app_commands.CommandTree(client)

    @client.event
    async def on_message(message: discord.Message) -> None:
        nonlocal heard
        heard += 1

    @tree.command(name="help", description="help")
    async def help_(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("help", ephemeral=True)

    before = megabytes()
    running = asyncio.create_task(client.start("token"))
    while not client.is_ready():
        await asyncio.sleep(0.05)
    found: Json = {"megabytes": megabytes() - before, "all": megabytes()}
    stream, feed = Stream(server), feeding(client)
    if messages:
        found |= await timed_messages(stream, feed, messages, lambda: heard == messages)
    if commands:
        network = Network()
        AsyncWebhookAdapter.request = network.request  # type: ignore[method-assign,assignment]
        found |= await timed_commands(stream, feed, commands, network)
    found["rows"] = heard
    await client.close()
    await asyncio.gather(running, return_exceptions=True)
    return found
