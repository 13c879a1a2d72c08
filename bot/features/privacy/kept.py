"""All that is kept and leads to one person.

Gathered in one place, so that what is shown, what is handed over and what is erased are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot import people
from bot.context import Context
from bot.model.account import Account
from bot.model.activity import Activity
from bot.model.attention import Request
from bot.model.charter import Arrival, Signature
from bot.model.community import Person, Presence, Room
from bot.model.flow import Conversation, DirectRoom, Outbox
from bot.model.introduction import Introduction
from bot.model.poll import Poll, PollVote
from bot.model.pulse import Pulse, PulseTaken
from bot.model.rhythm import Deed
from bot.model.session import Attendance, Rsvp, Session
from bot.model.story import Story, StoryAnswer, StoryDraft
from bot.ports import OneOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """`accounts`: all by which they are known here. `direct_rooms`: where this person and Veillée speak alone, by
    the platform's identifiers.

    `sessions`: those that the rows beside refer to, by id. `pulses`: those they took part in.
    `polls`: those they voted in, by id.
    """

    person: Person
    accounts: list[Account]
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
    votes: list[PollVote]
    polls: dict[int, Poll]
    introductions: list[Introduction]
    signature: Signature | None
    arrival: Arrival | None
    conversation: Conversation | None
    messages: list[Outbox]
    requests: list[Request]
    deed: Deed | None


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
    accounts = await people.accounts(unit, person)
    community = person.community_id
    direct_rooms: list[str] = []
    messages: list[Outbox] = []
    for account in accounts:
        here = await _direct_rooms(ctx, account)
        direct_rooms += here
        said: dict[str, Any] = {"community_id": community, "platform": account.platform}
        messages += await unit.find(Outbox, **said, person=account.external)
        messages += await unit.find(Outbox, **said, person="", room=OneOf(here))
    votes = await unit.find(PollVote, order="poll_id", person_id=theirs)
    polls = await unit.find(Poll, id=OneOf([v.poll_id for v in votes]))
    return Kept(
        person=person,
        accounts=accounts,
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
        votes=votes,
        polls={p.id: p for p in polls},
        introductions=await unit.find(Introduction, person_id=theirs),
        signature=await unit.one(Signature, person_id=theirs),
        arrival=await unit.one(Arrival, person_id=theirs),
        conversation=await unit.one(Conversation, person_id=theirs),
        messages=messages,
        requests=await unit.find(Request, person_id=theirs),
        deed=await unit.one(Deed, person_id=theirs),
    )


async def _direct_rooms(ctx: Context, account: Account) -> list[str]:
    rooms = await ctx.unit.find(DirectRoom, platform=account.platform, person=account.external)
    known = {r.room for r in rooms}
    if ctx.where is not None and ctx.where.direct and ctx.where.platform == account.platform:
        known.add(ctx.where.room)
    return sorted(known)
