"""Discord in process: a real discord.py client on a simulated server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import discord
from simcord.backend.models import Message as Stored
from simcord.env import Env

from adapters.discord.client import DiscordPlatform
from adapters.discord.settings import DiscordPlaces, DiscordSettings
from bot.chat.events import RoomOpened
from scheduler.clock import RealClock
from tests.contract.peers import Seen, Taken

SERVER = 1_200_000_000_000_000_000
MAY = discord.Permissions(
    view_channel=True, send_messages=True, read_message_history=True, attach_files=True, create_public_threads=True,
    send_messages_in_threads=True, manage_events=True, create_events=True, add_reactions=True,
)  # fmt: skip


class DiscordPeer:
    def __init__(self, env: Env, platform: DiscordPlatform) -> None:
        self._env = env
        self.platform: Any = platform
        self.taken = Taken()
        self._guild = env.create_guild("Le cercle", id=SERVER)
        env.backend.edit_role(SERVER, SERVER, {"permissions": MAY.value})
        self._channel = self._guild.create_text_channel("salon")
        self._role = self._guild.create_role("Animation")
        self._bo = self._guild.add_member(env.create_user("bo", global_name="Bo"))
        self._nour: Any = None
        self.room, self.person = str(self._channel.id), str(self._bo.id)

    async def settle(self) -> None:
        await self._env.settle()

    async def say(self, text: str, *, thread: str = "", answers: str = "") -> str:
        backend = self._env.backend
        place = int(self.room)
        if thread:
            if int(thread) not in backend.channels:
                backend.create_thread(place, "a thread", self._bo.id, message_id=int(thread))
            place = int(thread)
        reference = None
        if answers:
            reference = backend.normalize_message_reference(place, {"message_id": answers, "channel_id": str(place)})
        said = backend.create_message(place, self._bo.id, text, reference=reference)
        return str(said.id)

    async def tell(self, room: str, text: str) -> str:
        return str((await self._bo.send_dm(text)).id)

    async def react(self, message: str, emoji: str) -> None:
        self._env.backend.set_reaction(int(self.room), int(message), emoji, self._bo.id, True)

    async def remove(self, message: str) -> None:
        self._env.backend.delete_message(int(self.room), int(message))

    async def newcomer_joins(self, name: str) -> str:
        self._nour = self._guild.add_member(self._env.create_user("nour", global_name=name))
        return str(self._nour.id)

    async def newcomer_renames(self, name: str) -> None:
        self._env.backend.edit_member(SERVER, self._nour.id, {"nick": name})

    async def newcomer_leaves(self) -> None:
        self._guild.remove_member(self._nour)

    async def set_level(self, level: int) -> None:
        if level:
            self._env.backend.add_member_role(SERVER, self._bo.id, self._role.id)
        else:
            self._env.backend.remove_member_role(SERVER, self._bo.id, self._role.id)

    async def close_door(self) -> None:
        self._env.backend.users[self._bo.id].bot = True  # whom Discord lets no other bot write to

    async def seen(self, room: str) -> list[Seen]:
        backend = self._env.backend
        places = [int(room), *(c.id for c in backend.channels.values() if c.is_thread and c.parent_id == int(room))]
        found: list[Stored] = []
        for place in places:
            found += backend.messages.get(place, {}).values()
        mine = [m for m in sorted(found, key=lambda m: m.id) if m.author_id == backend.bot_user.id and m.type == 0]
        return [Seen(str(m.id), m.content, "" if m.channel_id == int(room) else str(m.channel_id)) for m in mine]

    async def reactions(self, room: str, message: str) -> list[str]:
        stored = self._env.backend.messages[int(room)][int(message)]
        return [r.emoji for r in stored.reactions if self._env.backend.bot_user.id in r.user_ids]


@asynccontextmanager
async def discord_peer() -> AsyncIterator[DiscordPeer]:
    settings = DiscordSettings.model_validate({"token": "canary", "read_messages": True, "shard_count": 1})
    places = DiscordPlaces(slug="cercle", server=str(SERVER), facilitators="Animation")
    platform = DiscordPlatform(settings, [places], clock=RealClock())
    env = Env(platform.client)
    peer = DiscordPeer(env, platform)
    listening = asyncio.create_task(platform.serve(peer.taken))
    await asyncio.sleep(0)
    await env.start()
    try:
        await peer.taken.wait_for(lambda e: isinstance(e, RoomOpened))
        yield peer
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        await env.shutdown()
