"""Who may bring us where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import structlog

from adapters.matrix.direct import DirectRooms
from adapters.matrix.entering import Door
from adapters.matrix.inbound import membership
from adapters.matrix.memory import Known
from adapters.matrix.native import identifier, mapping
from adapters.matrix.server import Denied, Server
from bot.ports import TryLater

log = structlog.get_logger("matrix")

MayInvite = Callable[[str, str], bool]


class Invitations:
    """`waiting`: by room, with the state shown by the invitation. What fails for a while stays here, and is
    found again after a restart, since the server keeps it open."""

    def __init__(
        self, server: Server, known: Known, direct: DirectRooms, door: Door, may_invite: MayInvite
    ) -> None:
        self.waiting: dict[str, Sequence[Any]] = {}
        self._server = server
        self._known = known
        self._direct = direct
        self._door = door
        self._may_invite = may_invite

    async def answer(self) -> None:
        """All that wait. Raises TryLater where one must be answered again."""
        trouble: TryLater | None = None
        for room, shown in list(self.waiting.items()):
            try:
                if await self._answer(room, shown):
                    self.waiting.pop(room, None)
            except TryLater as problem:
                trouble = problem
            except Denied as denied:
                log.warning("invitation not answered", room=room, reason=denied.reason)
                self.waiting.pop(room, None)
        if trouble is not None:
            raise trouble

    async def _answer(self, room: str, shown: Sequence[Any]) -> bool:
        """False where it is kept for later."""
        mine = next(
            (
                event for event in map(mapping, shown)
                if event.get("type") == "m.room.member" and event.get("state_key") == self._server.account
                and membership(event) == "invite"
            ),
            {},
        )  # fmt: skip
        inviter = identifier(mine.get("sender"))
        direct = mapping(mine.get("content")).get("is_direct") is True
        found = self._known.found
        ours = room in found.rooms or room in found.spaces or room in self._known.expected
        trusted = self._may_invite(inviter, room)
        # Whoever lets us into a room at whose door we knocked, or that replaces one of ours, has the right to.
        awaited = room in self._door.knocked or room in self._known.expected
        if ours and (trusted or awaited):
            await self._door.join(room)
            log.info("invitation accepted", room=room)
            return True
        if not ours and direct and (trusted or self._known.shares_a_room(inviter)):
            # Noted first: a kill in between must not make its first words look like those of a room unknown.
            await self._direct.note(inviter, room)
            await self._door.join(room)
            log.info("direct room accepted", room=room)
            return True
        if trusted and not direct:
            return False  # it may be put into the space in a moment
        await self._server.post("rooms", room, "leave", body={})
        log.warning("invitation declined", room=room, direct=direct)
        return True
