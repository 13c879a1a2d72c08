"""What a batch makes of rooms that are replaced. Nothing of it is remembered before the batch is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import structlog

from adapters.matrix import succession
from adapters.matrix.memory import Known, Read
from adapters.matrix.native import Json
from adapters.matrix.server import Server
from adapters.matrix.succession import Succession

log = structlog.get_logger("matrix")


def replaced(read: Read, known: Known, room: str, events: Sequence[Json], now: datetime) -> None:
    """The room says which one is to take its place."""
    found = known.found
    if room in known.direct.rooms:
        read.ended.add(room)  # whoever goes on with us invites us, or is written to anew
    elif room in found.rooms or room in found.spaces:
        said = succession.told_by(events, room, found.rooms.get(room), now)
        if said is not None:
            read.successions.append(said)


async def arrived(server: Server, read: Read, known: Known, said: Succession) -> None:
    """We came into a room that is to take the place of one of ours: whether it says so, too, only shows now."""
    if await succession.takes_place_of(server, said.successor, said.room):
        follow(read, known, said)
        return
    read.strangers.add(said.successor)
    if said.room not in known.given_up:
        read.lose(said)


def follow(read: Read, known: Known, said: Succession) -> None:
    """What the room was goes on in its successor."""
    found = known.found
    if said.place is None:
        known.found = replace(found, spaces={**found.spaces, said.successor: said.via})
        read.spaces_changed = True
    else:
        place = replace(said.place, via=said.via)
        known.found = replace(found, rooms={**found.rooms, said.successor: place})
        read.events.append(said.told(followed=True))
    read.followed[said.room] = said.successor
    read.rosters[said.room] = None
    log.info("room followed", room=said.room, to=said.successor)
