"""Coming into a room: let in, invited, or by knocking at its door."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import structlog

from adapters.matrix.native import identifier, mapping, sequence
from adapters.matrix.server import Denied, Server, path

log = structlog.get_logger("matrix")

# Joining a room that lies on other servers takes its time.
JOIN_TIMEOUT = 120.0
_LIST = "veillee.knocked"


class Door:
    """`knocked`: where we asked to be let in. Asked once: who does not answer is not asked again at every start."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.knocked: set[str] = set()

    async def learn(self) -> None:
        """From the account's own notes."""
        try:
            noted = mapping(await self._server.get("user", self._server.account, "account_data", _LIST))
        except Denied:
            return
        self.knocked = {room for room in map(identifier, sequence(noted.get("rooms"))) if room}

    async def enter(self, room: str, via: Sequence[str] = ()) -> bool:
        """False where somebody has to let us in, who was asked to if the room can be asked."""
        try:
            await self.join(room, via)
        except Denied:
            if room not in self.knocked:
                await self._knock(room, via)
            return False
        log.info("room joined", room=room)
        return True

    async def join(self, room: str, via: Sequence[str] = ()) -> None:
        await self._server.request("POST", path("join", room) + _servers(via), {}, timeout=JOIN_TIMEOUT)
        if room in self.knocked:
            await self._note(self.knocked - {room})

    async def leave(self, room: str) -> None:
        await self._server.post("rooms", room, "leave", body={})

    async def _knock(self, room: str, via: Sequence[str]) -> None:
        try:
            await self._server.request("POST", path("knock", room) + _servers(via), {}, timeout=JOIN_TIMEOUT)
        except Denied:
            return  # a room that has no door to knock at
        await self._note(self.knocked | {room})
        log.info("asked to be let in", room=room)

    async def _note(self, rooms: set[str]) -> None:
        body = {"rooms": sorted(rooms)}
        await self._server.put("user", self._server.account, "account_data", _LIST, body=body)
        self.knocked = rooms


def _servers(via: Sequence[str]) -> str:
    return "?" + urlencode([(key, name) for name in via for key in ("via", "server_name")]) if via else ""
