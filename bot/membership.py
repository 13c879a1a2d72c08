"""Who is in the community: in at least one of its rooms."""

from __future__ import annotations

from datetime import timedelta

from bot import people
from bot.chat.events import Event, MemberJoined, MemberLeft, MemberRenamed, RoomClosed
from bot.context import Context
from bot.model.community import Person, Presence, Room
from bot.model.flow import Conversation


async def keep(ctx: Context, event: Event, room: Room) -> bool:
    """Keep the change. True where it concerns the community as a whole: someone arrived or left for good, or we were
    put out."""
    unit = ctx.unit
    person = ctx.person
    match event:
        case RoomClosed():
            return event.put_out
        case MemberRenamed() if person is not None:
            await people.rename(unit, person, event.platform, event.person, event.name)
            return False
        case MemberJoined() if person is not None:
            if event.name:
                await people.rename(unit, person, event.platform, event.person, event.name)
            if await unit.one(Presence, room_id=room.id, person_id=person.id):
                return False
            elsewhere = await unit.count(Presence, person_id=person.id)
            await unit.add(Presence(room_id=room.id, person_id=person.id))
            if elsewhere:
                return False
            _arrive(ctx, person, event)
            await ctx.log("join", person, event=f"{ctx.cause}/join")
            return True
        case MemberLeft() if person is not None:
            await unit.delete(Presence, room_id=room.id, person_id=person.id)
            await people.turn_from(unit, person, event.platform)
            # Someone known only by what they said has no presence anywhere, and leaves all the same.
            if not person.present or await unit.count(Presence, person_id=person.id):
                return False
            await unit.delete(Conversation, person_id=person.id)
            person.present, person.greeting = False, "none"
            await ctx.log("leave", person, event=f"{ctx.cause}/leave")
            return True
        case _:
            return False


def _arrive(ctx: Context, person: Person, event: MemberJoined) -> None:
    # Of who asked to be forgotten and counted no more, nothing else is known: they come as anyone new.
    known_before = person.joined_at is not None or (not person.present and person.logged)
    person.present = True
    # Someone who came long before we noticed would find a greeting odd.
    if ctx.now - event.at <= timedelta(days=ctx.settings.welcome.within_days):
        person.greeting = "back" if known_before else "new"
    person.joined_at = event.at
