"""A room is ours from now on, and who is in it; it is no more; or it goes on as another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from random import Random
from typing import Any

from bot import people
from bot.chat.actions import ACTION, OpenPoll, Post
from bot.chat.events import EVENT, Event, RoomClosed, RoomOpened, RoomReplaced, Someone
from bot.model.community import Community, Person, Presence, Room, draw_pseudonym
from bot.model.flow import Inbox, Outbox
from bot.ports import OneOf, Unit

AT_ONCE = 250
"""Members of a room taken in by one statement: a large room must not hold up all others."""


async def settle(
    unit: Unit, events: Sequence[Event], random: Random
) -> tuple[Sequence[Event], list[Event]]:
    """What became of the rooms in one batch. The batch, with what was said in a room that was replaced said in its
    successor; and what is to be told about it."""
    told: list[Event] = []
    moved: dict[str, str] = {}
    for event in events:
        match event:
            case RoomReplaced():
                await replace_room(unit, event)
                if event.followed:
                    moved[event.room] = event.successor
                else:
                    told.append(event)
            case RoomOpened():
                if await open_room(unit, event, random):
                    told.append(replace(event, members=()))
            case RoomClosed():
                await close_room(unit, event)
    if moved:
        events = [replace(e, room=moved[e.room]) if e.room in moved else e for e in events]
    return events, told


async def open_room(unit: Unit, event: RoomOpened, random: Random) -> bool:
    """Who is in it already is known, and is no newcomer. Whether it had been closed."""
    community = await unit.one(Community, slug=event.community)
    if community is None:
        return False
    room = await unit.one(Room, platform=event.platform, external=event.room)
    first, again = room is None, room is not None and not room.open
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
    if not (first or again) and await unit.count(Presence, room_id=room.id):
        return again  # known before: joins meanwhile are events of their own
    for start in range(0, len(event.members), AT_ONCE):
        await _settle_in(unit, event, community.id, room.id, event.members[start : start + AT_ONCE], random)
    return again


async def close_room(unit: Unit, event: RoomClosed) -> None:
    """At once, not when it is handled: the room may be open again by then."""
    room = await unit.one(Room, platform=event.platform, external=event.room)
    if room is not None:
        room.open = False


async def replace_room(unit: Unit, event: RoomReplaced) -> None:
    """All that the room was goes on in the one that took its place: what is kept of it, and what is under way."""
    room = await unit.one(Room, platform=event.platform, external=event.room)
    if room is None:
        return
    if not event.followed:
        room.open = False
        return
    known = await unit.one(Room, platform=event.platform, external=event.successor)
    if known is not None:
        # It was ours beside the other. Of the two rows the older one is referred to by what was said.
        await _bring_over(unit, known, room)
        known.external, known.open, known.main, known.office = f"{event.room}#{known.id}", False, False, False
        await unit.add()
    room.external, room.open = event.successor, True
    here: dict[str, Any] = {"platform": event.platform, "room": event.room}
    # What was said there stands, and can be changed no more.
    await unit.change(Outbox, {"message": ""}, **here, person="", state="sent")
    here["state"] = "pending"
    for heard in await unit.find(Inbox, **here):
        heard.room = event.successor
        heard.event = EVENT.dump_json(replace(EVENT.validate_json(heard.event), room=event.successor)).decode()
    for row in await unit.find(Outbox, **here):
        action = ACTION.validate_json(row.action)
        if isinstance(action, Post | OpenPoll):
            goes_on = replace(action, answers="") if isinstance(action, Post) else action
            row.room, row.action = event.successor, ACTION.dump_json(goes_on).decode()
        else:
            await unit.delete(Outbox, id=row.id)  # about something that was said there, where nothing can be changed


async def _bring_over(unit: Unit, old: Room, new: Room) -> None:
    here = {id for (id,) in await unit.only(Presence, "person_id", room_id=new.id)}
    there = {id for (id,) in await unit.only(Presence, "person_id", room_id=old.id)}
    await unit.delete(Presence, room_id=old.id)
    await unit.add_rows(Presence, [{"room_id": new.id, "person_id": id} for id in sorted(there - here)])


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
    here_already = {id for (id,) in await unit.only(Presence, "person_id", room_id=room_id)}
    ids = sorted({id for (id,) in there.values()} - here_already)
    await unit.add_rows(Presence, [{"room_id": room_id, "person_id": id} for id in ids])
    if known and ids:
        # Back in this room while we were out of it.
        await unit.change(Person, {"present": True}, id=OneOf(ids), present=False)


def fields_of(person: Person) -> dict[str, Any]:
    return {f.name: getattr(person, f.name) for f in fields(person) if f.name != "id"}
