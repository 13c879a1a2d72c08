"""All that is kept and leads to one person.

Gathered in one place, so that what is shown, what is handed over and what is erased are the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.context import Context
from bot.model.activity import Activity
from bot.model.community import Person, Presence, Room
from bot.model.flow import Conversation, DirectRoom, Outbox
from bot.model.introduction import Introduction
from bot.model.pulse import Pulse, PulseTaken
from bot.model.session import Attendance, Rsvp, Session
from bot.model.story import Story, StoryAnswer, StoryDraft
from bot.ports import OneOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """`direct_rooms`: where this person and Veillée speak alone, by the platform's identifiers.

    `sessions`: those that the rows beside refer to, by id. `pulses`: those they took part in.
    """

    person: Person
    rooms: list[Room]
    direct_rooms: list[str]
    activity: list[Activity]
    rsvps: list[Rsvp]
    attendance: list[Attendance]
    stories: list[Story]
    story_answers: list[StoryAnswer]
    story_drafts: list[StoryDraft]
    sessions: dict[int, Session]
    pulses: list[Pulse]
    introductions: list[Introduction]
    conversation: Conversation | None
    messages: list[Outbox]


async def gather(ctx: Context, person: Person) -> Kept:
    unit = ctx.unit
    theirs = person.id
    presences = await unit.find(Presence, person_id=theirs)
    rsvps = await unit.find(Rsvp, person_id=theirs)
    attendance = await unit.find(Attendance, person_id=theirs)
    stories = await unit.find(Story, person_id=theirs)
    story_answers = await unit.find(StoryAnswer, order="session_id", person_id=theirs)
    story_drafts = await unit.find(StoryDraft, order="session_id", person_id=theirs)
    session_ids = {r.session_id for r in rsvps} | {a.session_id for a in attendance}
    session_ids |= {s.session_id for s in stories} | {a.session_id for a in story_answers}
    session_ids |= {d.session_id for d in story_drafts}
    sessions = await unit.find(Session, id=OneOf(sorted(session_ids)))
    taken = await unit.find(PulseTaken, order="pulse_id", person_id=theirs)
    direct_rooms = await _direct_rooms(ctx, person)
    community, platform = person.community_id, person.platform
    messages = await unit.find(Outbox, community_id=community, platform=platform, person=person.external)
    messages += await unit.find(
        Outbox, community_id=community, platform=platform, person="", room=OneOf(direct_rooms)
    )
    return Kept(
        person=person,
        rooms=await unit.find(Room, id=OneOf(sorted(p.room_id for p in presences))),
        direct_rooms=direct_rooms,
        activity=await unit.find(Activity, community_id=community, who=person.pseudonym),
        rsvps=rsvps,
        attendance=attendance,
        stories=stories,
        story_answers=story_answers,
        story_drafts=story_drafts,
        sessions={s.id: s for s in sessions},
        pulses=await unit.find(Pulse, id=OneOf(sorted(t.pulse_id for t in taken))),
        introductions=await unit.find(Introduction, person_id=theirs),
        conversation=await unit.one(Conversation, person_id=theirs),
        messages=messages,
    )


async def _direct_rooms(ctx: Context, person: Person) -> list[str]:
    rooms = await ctx.unit.find(DirectRoom, platform=person.platform, person=person.external)
    known = {r.room for r in rooms}
    if ctx.where is not None and ctx.where.direct:
        known.add(ctx.where.room)
    return sorted(known)
