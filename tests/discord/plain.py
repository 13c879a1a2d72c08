"""A plain discord.py client, to hold the double against."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import discord
from discord import app_commands

from tests.discord.double import Double

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
    """`async with Running(double, Client()) as client:`, connected and ready."""

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

    async def __aenter__(self) -> Client:
        try:
            return await self.ready()
        except BaseException:
            await self.stop()
            raise

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        await self.client.close()
        with contextlib.suppress(discord.DiscordException, asyncio.CancelledError):
            await self.task


def salon(client: Client) -> discord.TextChannel:
    found = client.guilds[0].text_channels[0]
    assert found.name == "salon"
    return found
