"""Sessions in the server's own calendar: its scheduled events."""

from __future__ import annotations

from typing import Any

from adapters.discord import gatherings
from adapters.discord.calls import Calls, Denied
from adapters.discord.native import Json, mapping, number, sequence, snowflake
from adapters.discord.servers import Server
from bot.chat.content import Gathering
from bot.ports import Clock, Refused

ENDED = {gatherings.COMPLETED, gatherings.CANCELLED}


class Mirroring:
    def __init__(self, calls: Calls, clock: Clock) -> None:
        self._calls = calls
        self._clock = clock

    async def hold(self, server: Server, gathering: Gathering, target: str) -> str:
        if target:
            return await self._change(server, gathering, target)
        if gathering.cancelled or gathering.starts <= self._clock.now():
            return ""  # it was never there, and is not to be any more
        # Discord knows no key here: what was put there by a call whose answer was lost is found again.
        if there := await self._find(server, gathering):
            return there[0]
        body = gatherings.body(gathering, server.voices())
        made = await self._calls.call(
            "POST", "/guilds/{guild_id}/scheduled-events", json=body, guild_id=server.id
        )
        # Asked again by itself after a fault on its side, it may stand there twice.
        first, *others = await self._find(server, gathering) or [snowflake(mapping(made).get("id"))]
        for other in others:
            await self._calls.call(
                "DELETE", "/guilds/{guild_id}/scheduled-events/{event_id}", guild_id=server.id, event_id=other
            )
        return first

    async def _find(self, server: Server, gathering: Gathering) -> list[str]:
        """Those of ours that are as this one, the oldest first."""
        found: list[str] = []
        wanted = gatherings.as_shown(gathering, server.voices())
        there: Any = await self._calls.call("GET", "/guilds/{guild_id}/scheduled-events", guild_id=server.id)
        for event in map(mapping, sequence(there)):
            held = gatherings.read(dict(event), server.voice_names())
            mine = snowflake(event.get("creator_id")) == server.me and number(event.get("status")) not in ENDED
            if mine and held == wanted:
                found.append(snowflake(event.get("id")))
        return sorted(found, key=int)

    async def _change(self, server: Server, gathering: Gathering, target: str) -> str:
        status = await self._status(server, target) if gathering.cancelled else gatherings.SCHEDULED
        if status in ENDED:
            return target
        body: Json = gatherings.body(gathering, server.voices(), status=status)
        if not gathering.cancelled and gathering.starts <= self._clock.now():
            body = {k: v for k, v in body.items() if k in ("name", "description")}  # a start cannot be past
        try:
            await self._calls.call(
                "PATCH", "/guilds/{guild_id}/scheduled-events/{event_id}", json=body, guild_id=server.id,
                event_id=target,
            )  # fmt: skip
        except Denied as denied:
            if denied.status == 404:
                raise Refused("the event is gone") from None
            raise
        return target

    async def _status(self, server: Server, target: str) -> int:
        """As it stands now; one that is gone is over."""
        try:
            there: Any = await self._calls.call(
                "GET", "/guilds/{guild_id}/scheduled-events/{event_id}", guild_id=server.id, event_id=target
            )
        except Denied as denied:
            if denied.status == 404:
                return gatherings.CANCELLED
            raise
        return number(mapping(there).get("status"))
