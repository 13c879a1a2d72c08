"""What a platform asks of us while it listens: how far it was read, and what is known of what it tells."""

from __future__ import annotations

from collections.abc import Collection

from bot import people
from bot.model.community import Community, Person, Presence, Room
from bot.model.flow import Cursor, DirectRoom, Outbox, SaidPart
from bot.model.session import GATHERING, Rsvp, Session, put_there
from bot.ports import AtLeast, Clock, OneOf, Other, OurRoom, Store, Unit


async def keep_place(unit: Unit, account: str, place: str) -> None:
    cursor = await unit.one(Cursor, account=account)
    if cursor is None:
        await unit.add(Cursor(account=account, value=place))
    else:
        cursor.value = place


class Recalling:
    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def cursor(self, account: str) -> str:
        async with self._store.unit() as unit:
            found = await unit.one(Cursor, account=account)
            return found.value if found else ""

    async def rooms(self, platform: str) -> dict[str, OurRoom]:
        async with self._store.unit() as unit:
            found = await unit.find(Room, platform=platform, open=True)
            ids = OneOf(sorted({room.community_id for room in found}))
            slugs = dict(await unit.only(Community, "id", "slug", id=ids))
            return {r.external: OurRoom(slugs[r.community_id], r.main, r.office) for r in found}

    async def members(self, platform: str, room: str) -> set[str]:
        async with self._store.unit() as unit:
            known = await unit.one(Room, platform=platform, external=room)
            here = await unit.find(Presence, room_id=known.id) if known else []
            there = await unit.find(Person, id=OneOf([p.person_id for p in here]))
            return await people.identifiers(unit, there, platform)

    async def gatherings(self, platform: str, room: str) -> dict[str, set[str]]:
        async with self._store.unit() as unit:
            held = await unit.find(
                Outbox, platform=platform, room=room, purpose=GATHERING, state="sent", message=Other("")
            )
            named = {row.message: found[0] for row in held if (found := put_there(row.key))}
            ids = OneOf(sorted(set(named.values())))
            sessions = await unit.find(Session, id=ids, state="planned", starts=AtLeast(self._clock.now()))
            interested = {session.id: await self._interested(unit, session, platform) for session in sessions}
            return {gathering: interested[id] for gathering, id in named.items() if id in interested}

    @staticmethod
    async def _interested(unit: Unit, session: Session, platform: str) -> set[str]:
        shown = await unit.only(Rsvp, "person_id", session_id=session.id, by_interest=True)
        return await people.identifiers(unit, await unit.find(Person, id=OneOf([id for (id,) in shown])), platform)

    async def private_rooms(self, platform: str) -> set[str]:
        async with self._store.unit() as unit:
            return {room for (room,) in await unit.only(DirectRoom, "room", platform=platform)}

    async def said(self, platform: str, messages: Collection[str]) -> set[str]:
        asked = OneOf(sorted(messages))
        async with self._store.unit() as unit:
            whole = await unit.only(Outbox, "message", platform=platform, message=asked)
            parts = await unit.only(SaidPart, "message", message=asked)
            return {message for (message,) in [*whole, *parts]}
