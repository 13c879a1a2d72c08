"""The gateway: who is connected, what they are told, and what they catch up on."""

from __future__ import annotations

import contextlib
import json
from typing import Any

from aiohttp import WSMsgType, web

from tests.discord import intents as wanted
from tests.discord import payloads
from tests.discord.chunks import chunks
from tests.discord.connection import Connection, Session, packer
from tests.discord.permissions import sees
from tests.discord.state import Json
from tests.discord.world import Happening, World

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME = 0, 1, 2, 3, 4, 6
RECONNECT, REQUEST_MEMBERS, INVALID_SESSION, HELLO, ACK = 7, 8, 9, 10, 11


class Turned(Exception):
    """The client is turned away."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Gateway:
    """What a test may set: `heartbeat` (milliseconds), `frozen` (no heartbeat is acknowledged), `forgetful` (nothing
    can be resumed), `shards` (how many it advises), `least_shards`. What it may read: `sessions`, `turned_away` (the
    close codes), `heartbeats`, `identified`, `resumed` (counts), `asked_members` (requests for members)."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.heartbeat = 41_250
        self.frozen = False
        self.forgetful = False
        self.least_shards = 1
        self.sessions: dict[str, Session] = {}
        self.connections: list[Connection] = []
        self.turned_away: list[int] = []
        self.asked_members: list[Json] = []
        self.heartbeats = 0
        self.identified = 0
        self.resumed = 0
        self._flowing = True
        world.listeners.append(self.hear)

    @property
    def shards(self) -> int:
        return self.world.shards

    @shards.setter
    def shards(self, count: int) -> None:
        self.world.shards = count

    @property
    def connected(self) -> list[Session]:
        return [s for s in self.sessions.values() if s.connection]

    # What is told

    def hear(self, happening: Happening) -> None:
        for session in self.sessions.values():
            if self._concerns(session, happening):
                shaped = wanted.shaped(happening, session.intents, self.world)
                self.dispatch(session, happening.name, shaped)

    def _concerns(self, session: Session, happening: Happening) -> bool:
        guild, me = happening.guild, self.world.me.id
        shard = 0 if guild is None else (guild.id >> 22) % session.shards
        if shard != session.shard or not wanted.hears(happening, session.intents, me):
            return False
        if guild and me not in guild.members:
            return False
        return happening.channel is None or sees(happening.channel, me)

    def dispatch(self, session: Session, name: str, data: Json) -> None:
        session.seq += 1
        text = json.dumps({"op": DISPATCH, "t": name, "s": session.seq, "d": data})
        session.told.append((session.seq, text))
        if session.connection:
            session.connection.queue.put_nowait(text)

    # What a test does to it

    def _those(self, shard: int | None) -> list[Connection]:
        return [s.connection for s in self.connected if s.connection and shard in (None, s.shard)]

    async def drop(self, code: int | None = None, *, shard: int | None = None) -> None:
        """Ends connections, with a close code, or as a cut cable does. Sessions can be resumed."""
        for connection in self._those(shard):
            if connection.session:
                connection.session.connection = None
            if code is None:
                connection.sever()
            else:
                await connection.close(code)

    async def reconnect(self, *, shard: int | None = None) -> None:
        """Op 7: clients are asked to come back, and may resume."""
        for connection in self._those(shard):
            connection.op(RECONNECT)

    async def invalidate(self, *, resumable: bool = False, shard: int | None = None) -> None:
        """Op 9."""
        for connection in self._those(shard):
            if not resumable and connection.session:
                self._forget(connection.session)
            connection.op(INVALID_SESSION, resumable)

    def forget(self) -> None:
        """All that could be resumed."""
        for session in list(self.sessions.values()):
            if session.connection is None:
                self._forget(session)

    def hold(self) -> None:
        """Nothing more arrives, though connections stand, until `release`."""
        self._flowing = False
        for connection in self.connections:
            connection.flowing.clear()

    def release(self) -> None:
        self._flowing = True
        for connection in self.connections:
            connection.flowing.set()

    async def ready(self, sessions: int = 1, seconds: float = 15) -> None:
        """Until so many sessions are connected."""
        await self.world.until(lambda: len(self.connected) >= sessions, seconds, "the bot at the gateway")

    def _forget(self, session: Session) -> None:
        self.sessions.pop(session.id, None)
        if session.connection:
            session.connection.session = None

    # What clients do

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        ws = web.WebSocketResponse(max_msg_size=0, autoping=True)
        await ws.prepare(request)
        connection = Connection(request, ws, packer(request.query.get("compress", "")))
        if not self._flowing:
            connection.flowing.clear()
        self.connections.append(connection)
        connection.op(HELLO, {"heartbeat_interval": self.heartbeat, "_trace": []})
        try:
            async for frame in ws:
                if frame.type is WSMsgType.TEXT:
                    await self._receive(connection, frame.data)
        except Turned as turned:
            self.turned_away.append(turned.code)
            await ws.close(code=turned.code)
        finally:
            self.connections.remove(connection)
            self._gone(connection)  # first: nobody is told anything by it any more
            await connection.end()
        return ws

    def _gone(self, connection: Connection) -> None:
        """A client that says goodbye (1000, 1001) ends its session; any other may resume."""
        session = connection.session
        if session and session.connection is connection:
            session.connection = None
            if connection.ws.close_code in (1000, 1001):
                self._forget(session)
        self.world.tell()

    async def _receive(self, connection: Connection, text: str) -> None:
        try:
            frame = json.loads(text)
            op, data = frame["op"], frame.get("d")
        except (ValueError, KeyError, TypeError):
            raise Turned(4002) from None
        if op == HEARTBEAT:
            self.heartbeats += 1
            if not self.frozen:
                await connection.at_once(ACK)
        elif op == IDENTIFY:
            self._identify(connection, data)
        elif op == RESUME:
            self._resume(connection, data)
        elif connection.session is None:
            raise Turned(4003)
        elif op == REQUEST_MEMBERS:
            self.asked_members.append(data)
            for chunk in chunks(self.world, data, bool(connection.session.intents & wanted.MEMBERS)):
                self.dispatch(connection.session, "GUILD_MEMBERS_CHUNK", chunk)
        elif op not in (PRESENCE, VOICE):
            raise Turned(4001)

    def _identify(self, connection: Connection, data: Json) -> None:
        if connection.session:
            raise Turned(4005)
        if data["token"] != self.world.application.token:
            raise Turned(4004)
        shard, shards = data.get("shard", (0, 1))
        if not 0 <= shard < shards:
            raise Turned(4010)
        if shards < self.least_shards:
            raise Turned(4011)
        intents = data["intents"]
        if intents & ~wanted.KNOWN:
            raise Turned(4013)
        application = self.world.application
        privileged = wanted.PRESENCES
        privileged |= 0 if application.members_approved else wanted.MEMBERS
        privileged |= 0 if application.content_approved else wanted.CONTENT
        if intents & privileged:
            raise Turned(4014)
        for earlier in [s for s in self.sessions.values() if s.shard == shard and s.connection is None]:
            self._forget(earlier)
        self.identified += 1
        session = Session(f"session-{self.world.new_id()}", shard, shards, intents, connection=connection)
        connection.session = session
        guilds = self._guilds(session)
        self.dispatch(session, "READY", self._ready(session, [g.id for g in guilds]))
        if intents & wanted.GUILDS:
            for guild in guilds:
                self.dispatch(session, "GUILD_CREATE", payloads.guild_create(guild))
        self.sessions[session.id] = session
        self.world.tell()

    def _guilds(self, session: Session) -> list[Any]:
        mine = [g for g in self.world.guilds.values() if self.world.me.id in g.members]
        return [g for g in mine if (g.id >> 22) % session.shards == session.shard]

    def _ready(self, session: Session, guilds: list[int]) -> Json:
        application = self.world.application
        return {
            "v": 10, "user": payloads.user(self.world.me) | {"verified": True, "mfa_enabled": False, "email": None},
            "guilds": [{"id": str(g), "unavailable": True} for g in guilds], "session_id": session.id,
            "resume_gateway_url": self.address, "shard": [session.shard, session.shards], "private_channels": [],
            "application": {"id": str(application.id), "flags": application.flags}, "_trace": [],
        }  # fmt: skip

    @property
    def address(self) -> str:
        return self.world.url.replace("http", "ws", 1) + "/gateway"

    def _resume(self, connection: Connection, data: Json) -> None:
        if data["token"] != self.world.application.token:
            raise Turned(4004)
        session = self.sessions.get(data["session_id"])
        oldest = session.told[0][0] if session and session.told else 1
        if session is None or self.forgetful or data["seq"] < oldest - 1:
            connection.op(INVALID_SESSION, False)
            return
        if data["seq"] > session.seq:
            raise Turned(4007)
        connection.session, session.connection = session, connection
        for seq, text in session.told:
            if seq > data["seq"]:
                connection.queue.put_nowait(text)
        session.resumed += 1
        self.resumed += 1
        self.dispatch(session, "RESUMED", {"_trace": []})
        self.world.tell()

    async def close(self) -> None:
        for connection in list(self.connections):
            with contextlib.suppress(ConnectionError):
                await connection.close(1001)
