"""A room is ours from now on, and who is in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from random import Random
from typing import Any

from bot import people
from bot.chat.events import RoomOpened, Someone
from bot.model.community import Community, Person, Presence, Room, draw_pseudonym
from bot.ports import Unit

AT_ONCE = 1000
"""Members of a room taken in by one statement: a large room must not hold up all others."""


async def open_room(unit: Unit, event: RoomOpened, random: Random) -> None:
    """Who is in it already is known, and is no newcomer."""
    community = await unit.one(Community, slug=event.community)
    if community is None:
        return
    room = await unit.one(Room, platform=event.platform, external=event.room)
    first = room is None
    if room is None:
        room = Room(
            community_id=community.id, platform=event.platform, external=event.room, name=event.name,
            main=event.main,
        )  # fmt: skip
        await unit.add(room)
    room.open, room.main, room.office = True, event.main, event.office
    room.name = event.name or room.name
    if not event.members and not event.main:
        # Where being there is told by one room for all, it may have been another one before.
        await unit.delete(Presence, room_id=room.id)
    if not first and await unit.count(Presence, room_id=room.id):
        return  # back in a room known before: joins meanwhile are events of their own
    for start in range(0, len(event.members), AT_ONCE):
        await _settle_in(unit, event, community.id, room.id, event.members[start : start + AT_ONCE], random)


async def _settle_in(
    unit: Unit, event: RoomOpened, community_id: int, room_id: int, members: Sequence[Someone], random: Random
) -> None:
    """Who was there before us: known, present, and greeted by nobody."""
    here: dict[str, Any] = {"community_id": community_id, "platform": event.platform}
    names = [m.person for m in members]
    known = await people.fields(unit, community_id, event.platform, names, "id")
    fresh = [
        fields_of(Person(**here, external=m.person, name=m.name, pseudonym=draw_pseudonym(random)))
        for m in members
        if m.person not in known
    ]
    await unit.add_rows(Person, fresh)
    there = await people.fields(unit, community_id, event.platform, names, "id")
    rows = [{"room_id": room_id, "person_id": id} for id in sorted({id for (id,) in there.values()})]
    await unit.add_rows(Presence, rows)


def fields_of(person: Person) -> dict[str, Any]:
    return {f.name: getattr(person, f.name) for f in fields(person) if f.name != "id"}
