"""One Discord account: what the core asks of it, and the listening."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from random import Random
from typing import Any

import aiohttp
import discord
import structlog

from adapters.discord.asking import Asking
from adapters.discord.calls import TOKEN_REFUSED, Calls
from adapters.discord.connection import Connection, quieten
from adapters.discord.history import History
from adapters.discord.interactions import Interactions
from adapters.discord.mirroring import Mirroring
from adapters.discord.native import PASSING, PLATFORM, Json, snowflake
from adapters.discord.outbound import Outbound
from adapters.discord.polling import Polling
from adapters.discord.private import Private
from adapters.discord.reading import Reader
from adapters.discord.registering import Registering
from adapters.discord.rights import Rights
from adapters.discord.servers import Server
from adapters.discord.settings import DiscordPlaces, DiscordSettings
from adapters.discord.sheets import modal
from adapters.discord.split import TEXT_LIMIT, split
from adapters.discord.stream import BEGIN, Stream
from bot.chat.addresses import Laid
from bot.chat.capabilities import Capabilities, Level
from bot.chat.commands import CommandShape
from bot.chat.content import File, Gathering, Message, Poll, Sheet
from bot.chat.events import VoiceEntered
from bot.guard import Guard
from bot.ports import Clock, Intake, NotNow, Refused, Suggests, TryLater

log = structlog.get_logger("discord")

LONGEST_PAUSE = 300.0
_GONE = {4004: TOKEN_REFUSED, 4010: "shards", 4011: "shards"}
MEMBERS_OFF = "arrivals and departures are not seen: switch on Server Members Intent on the bot's page"
CONTENT_OFF = "commands typed with the prefix are not read: switch on Message Content Intent on the bot's page"


class DiscordPlatform:
    """Implements bot.ports.ChatPlatform, and all of bot.abilities. `commands`: what can be asked by a command of
    Discord's own. `guard`: where others stand in for us."""

    name = PLATFORM

    def __init__(
        self, settings: DiscordSettings, places: Iterable[DiscordPlaces], *, clock: Clock,
        commands: Sequence[CommandShape] = (), random: Random | None = None, guard: Guard | None = None,
    ) -> None:  # fmt: skip
        quieten()
        self.account = PLATFORM
        self._settings = settings
        self._places = {place.server: place for place in places}
        self._clock = clock
        self._random = random or Random()
        self.client = Connection(settings, self._heard, guard=guard)
        self._calls = Calls(self.client)
        self._interactions = Interactions(self._calls)
        self._outbound = Outbound(self._calls, clock, self._server_of)
        self._mirroring = Mirroring(self._calls, clock)
        self._polling = Polling(self._calls, self._outbound, clock)
        self._rights = Rights(self._calls, clock, self._server, self._places)
        self._registering = Registering(self._calls, commands)
        self._asking = Asking(self._interactions, commands, self._server_by_id, self._rights.told)
        self._private = Private(self._calls, clock, self._random)
        self.streams: dict[str, Stream] = {}
        self._begun: asyncio.Queue[Stream] = asyncio.Queue()
        self._me = ""
        # The shards that told which servers they bring, and the servers of ours that they did not describe yet.
        self._ready: set[int] = set()
        self._awaited: set[str] = set()

    def suggest_by(self, suggestions: Suggests) -> None:
        """Who is asked what to propose while someone types."""
        self._asking.suggestions = suggestions

    # -- saying ----------------------------------------------------------------------------------------------

    def capabilities(self, room: str) -> Capabilities:
        return Capabilities(
            buttons=Level.NATIVE, threads=Level.NATIVE, edits=Level.NATIVE, files=Level.NATIVE,
            gatherings=Level.NATIVE, polls=Level.NATIVE, admission=Level.NATIVE, text_limit=TEXT_LIMIT,
            choice_limit=25, recognises_keys=False,
        )  # fmt: skip

    def split(self, message: Message) -> list[Message]:
        return split(message)

    async def post(
        self, room: str, message: Message, *, key: str, thread: str = "", answers: str = "",
        since: datetime | None = None,
    ) -> str:  # fmt: skip
        return await self._outbound.post(room, message, key=key, thread=thread, answers=answers, since=since)

    async def find(self, room: str, said: Message | Poll, *, key: str, since: datetime, thread: str = "") -> str:
        return await self._outbound.find(room, said, key=key, since=since, thread=thread)

    async def edit(self, room: str, target: str, message: Message, *, key: str) -> None:
        await self._outbound.edit(room, target, message, key=key)

    async def react(self, room: str, target: str, emoji: str, *, key: str) -> None:
        await self._outbound.react(room, target, emoji)

    async def remove(self, room: str, target: str, *, key: str) -> None:
        await self._outbound.remove(room, target)

    async def pin(self, room: str, target: str) -> None:
        await self._outbound.pin(room, target)

    async def direct_room(self, person: str) -> str:
        return await self._outbound.direct_room(person)

    async def level(self, room: str, person: str) -> int:
        return await self._rights.level(room, person)

    def holds(self, uri: str) -> bool:
        return self.passing(uri) or re.fullmatch(r"\d+/\d+/\d+", uri) is not None

    def passing(self, uri: str) -> bool:
        return uri.startswith(PASSING)

    async def lay(self, person: str, file: File, *, key: str, since: datetime) -> Laid:
        return await self._outbound.lay(person, file, key=key, since=since)

    async def fetch(self, uri: str) -> bytes:
        return await self._outbound.fetch(uri)

    async def answer(self, handle: str, message: Message, *, key: str) -> tuple[str, str]:
        body, files = await self._outbound.body(message, key)
        return await self._interactions.answer(handle, body, files, key)

    async def open_form(self, handle: str, sheet: Sheet, *, key: str) -> None:
        await self._interactions.open_form(handle, modal(sheet))

    async def hold(self, room: str, gathering: Gathering, *, key: str, target: str = "") -> str:
        return await self._mirroring.hold(self._server(room), gathering, target)

    async def open_poll(self, room: str, poll: Poll, *, key: str, since: datetime | None = None) -> str:
        return await self._polling.open(room, poll, key=key, since=since)

    async def close_poll(self, room: str, target: str, *, key: str, says: Message) -> tuple[tuple[str, ...], ...]:
        return await self._polling.close(room, target)

    async def in_voice(self, room: str) -> list[VoiceEntered]:
        return self.streams[self._server(room).id].reader.in_voice()

    async def admit(self, room: str, person: str, *, withdrawn: bool) -> None:
        await self._rights.admit(self._server(room), person, withdrawn=withdrawn)

    def _server_of(self, room: str) -> Server | None:
        for stream in self.streams.values():
            server = stream.reader.server
            if room == server.id or room in server.channels:
                return server
        return None

    def _server(self, room: str) -> Server:
        found = self._server_of(room)
        if found is None and (self._awaited or not self._ready or self._ready < self._shards):
            raise NotNow("not connected yet", 1)
        if found is None:
            raise Refused("no such channel")
        return found

    @property
    def _shards(self) -> set[int]:
        """Those of this process."""
        return set(self._settings.shard_ids or range(self.client.shard_count or 1))

    def _server_by_id(self, id: str) -> Server | None:
        stream = self.streams.get(id)
        return stream.reader.server if stream else None

    # -- hearing ---------------------------------------------------------------------------------------------

    def _heard(self, kind: str, data: Json) -> None:
        """With each thing that Discord tells, at once."""
        if kind == "READY":
            self._me = snowflake(data["user"]["id"])
            shard = data.get("shard", [0])[0]
            self._ready.add(shard)
            told = {snowflake(guild["id"]) for guild in data["guilds"]}
            self._awaited |= told & self._places.keys() - self.streams.keys()
            if shard == 0:  # the one by which what is private comes
                self._private.begin(self._me)
            return
        if kind == "INTERACTION_CREATE":
            self._asking.heard(data)
            return
        id = str(data.get("guild_id") or (data.get("id") if kind.startswith("GUILD_") else "") or "")
        if not id:
            self._private.hear(kind, data)
            return
        if kind == "GUILD_CREATE" and id in self._places and not data.get("unavailable"):
            self._awaited.discard(id)
            self._stream(id, data).hear(BEGIN, data)
        elif stream := self.streams.get(id):
            if kind == "GUILD_DELETE":
                if data.get("unavailable"):
                    return  # an outage of Discord's: it comes back
                log.warning("put out of the server", server=id)
            stream.hear(kind, data)

    def _stream(self, id: str, guild: Json) -> Stream:
        if id not in self.streams:
            server = Server(id, self._me, self._places[id])
            server.learn(guild)  # asked about from now on, before its turn to be read comes
            reader = Reader(server, self._clock)
            history = History(self._calls, reader, self._clock)
            self.streams[id] = Stream(reader, history, self._clock, self._random)
            self._begun.put_nowait(self.streams[id])
        return self.streams[id]

    # -- listening -------------------------------------------------------------------------------------------

    async def run(self, intake: Intake) -> None:
        """Listen until cancelled. Raises Refused when the account cannot be used any more."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self.serve(intake))
                tasks.create_task(self._connect())
        except BaseExceptionGroup as group:
            refused = group.subgroup(Refused)
            if refused is not None:
                raise refused.exceptions[0] from None
            raise

    async def serve(self, intake: Intake) -> None:
        """Hand over what is heard, by whatever connection, until cancelled."""
        self._outbound.intake = intake
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._asking.run(intake))
            tasks.create_task(self._private.run(intake))
            while True:
                stream = await self._begun.get()
                tasks.create_task(stream.run(intake))

    async def _connect(self) -> None:
        """Connected for as long as it can be. discord.py resumes by itself; what it gives up is begun anew."""
        pause = 1.0
        while True:
            try:
                await self.client.login(self._settings.token.get_secret_value())
                await self.prepare()
                pause = 1.0
                await self.client.connect()
                reason = "closed"
            except discord.LoginFailure:
                raise Refused(TOKEN_REFUSED) from None
            except discord.PrivilegedIntentsRequired:
                log.warning(MEMBERS_OFF)
                self.client.without_members()
                reason = "a switch is off"
            except discord.ConnectionClosed as closed:
                if closed.code in _GONE:
                    raise Refused(_GONE[closed.code]) from None
                reason = f"closed with {closed.code}"
            except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError, TryLater) as problem:
                reason = type(problem).__name__
            wait = pause * self._random.uniform(0.8, 1.2)
            log.warning("not listening", reason=reason, seconds=round(wait, 1))
            with suppress(Exception):
                await self.client.close()
            self.client = self._calls.client = self.client.anew()
            await asyncio.sleep(wait)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def prepare(self) -> None:
        """What is known once logged in, and before anything is heard: switches, commands."""
        self.client.gateway_at(str((await self._calls.call("GET", "/gateway/bot"))["url"]))
        application: dict[str, Any] = await self._calls.call("GET", "/applications/@me")
        flags = int(application.get("flags") or 0)
        if self._settings.members and not flags & (1 << 14 | 1 << 15):
            log.warning(MEMBERS_OFF)
            self.client.without_members()
        if self._settings.read_messages and not flags & (1 << 18 | 1 << 19):
            log.warning(CONTENT_OFF)
            self.client.without_content()
        await self._registering.register(snowflake(application.get("id")))

    def connected(self) -> bool:
        return self.client.connected()

    async def close(self) -> None:
        """End every connection. Nothing can be asked afterwards."""
        await self._interactions.end()
        await self.client.close()
