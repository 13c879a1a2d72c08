"""Who may what: asked of Discord now, and the role that opens what is kept for members."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from adapters.discord.calls import Calls, Denied
from adapters.discord.native import mapping, sequence, snowflake, words
from adapters.discord.servers import MANAGE_EVENTS, MANAGE_SERVER, Server
from adapters.discord.settings import DiscordPlaces
from bot.ports import Clock, Refused

FULL = 100


class Rights:
    """`server`: the one a channel belongs to, of those we listen to; raises Refused. `places`: every community's, by
    server."""

    def __init__(
        self, calls: Calls, clock: Clock, server: Callable[[str], Server], places: Mapping[str, DiscordPlaces]
    ) -> None:
        self._calls = calls
        self._clock = clock
        self._server = server
        self._places = places

    async def level(self, room: str, person: str) -> int:
        """100 for who may manage the server or has the facilitators' role, or where there is none may manage events;
        0 for everybody else."""
        try:
            server = self._server(room)
        except Refused:
            server = await self._elsewhere(room)
        try:
            member = mapping(
                await self._calls.call(
                    "GET", "/guilds/{guild_id}/members/{user_id}", guild_id=server.id, user_id=person
                )
            )
        except Denied:
            return 0  # not there any more
        return self.told(server, person, member)

    async def _elsewhere(self, room: str) -> Server:
        """The server of a channel that another process listens to, as far as rights need it. Raises Refused."""
        channel = mapping(await self._calls.call("GET", "/channels/{channel_id}", channel_id=room))
        id = snowflake(channel.get("guild_id"))
        if id not in self._places:
            raise Refused("no such channel")
        server = Server(id, "", self._places[id])
        server.learn(mapping(await self._calls.call("GET", "/guilds/{guild_id}", guild_id=id)))
        return server

    def told(self, server: Server, person: str, member: Mapping[str, Any]) -> int:
        """The same, by the member as Discord just described them."""
        if self._timed_out(words(member.get("communication_disabled_until"))):
            return 0
        roles = tuple(map(str, sequence(member.get("roles"))))
        named = server.places.facilitators
        if named and server.role(named) in roles:
            return FULL
        enough = MANAGE_SERVER if named else MANAGE_SERVER | MANAGE_EVENTS
        return FULL if server.permissions(person, roles) & enough else 0

    def _timed_out(self, until: str) -> bool:
        try:
            return bool(until) and datetime.fromisoformat(until) > self._clock.now()
        except ValueError:
            return False

    async def admit(self, server: Server, person: str, *, withdrawn: bool) -> None:
        if not server.places.members:
            return  # nothing is kept for members here
        role = server.role(server.places.members)
        if not role:
            raise Refused("the members' role is gone")
        await self._calls.call(
            "DELETE" if withdrawn else "PUT", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
            guild_id=server.id, user_id=person, role_id=role,
        )  # fmt: skip
