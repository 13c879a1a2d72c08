"""Who was in the voice room of a session, where a community counts that: noted once, and said to have been noted."""

from __future__ import annotations

from datetime import timedelta

from bot.chat.events import Event, VoiceEntered
from bot.context import Context
from bot.dates.durations import LONGEST
from bot.features.sessions.declaration import feature
from bot.features.sessions.places import names_voice_room
from bot.features.sessions.wording import of
from bot.model.rhythm import Due
from bot.model.session import Attendance, Session
from bot.ports import AtLeast


@feature.on(VoiceEntered)
async def entered(ctx: Context, event: Event) -> None:
    """From the opening of the antechamber until the end. Who is not counted in the log is not noted here either."""
    counted = ctx.settings.sessions.count_voice and ctx.person is not None and ctx.person.logged
    if not isinstance(event, VoiceEntered) or not counted:
        return
    early = timedelta(minutes=ctx.settings.sessions.antechamber_minutes)
    recent = await ctx.unit.find(
        Session, community_id=ctx.community.id, state="planned", announced=True, starts=AtLeast(event.at - LONGEST)
    )
    for session in recent:
        there = session.starts - early <= event.at < session.ends
        if there and names_voice_room(session.place, event.voice, event.voice_name):
            await _note(ctx, session)


@feature.due("roll", useful_for=LONGEST, heeds_quiet_hours=False, chore=True)
async def roll(ctx: Context, due: Due) -> None:
    """Who is there before the antechamber opens comes in no more."""
    session = await of(ctx, due.args)
    if session is not None and session.state == "planned" and session.starts.isoformat() == due.args.get("about"):
        await ctx.call_roll(purpose="sessions.roll")


async def _note(ctx: Context, session: Session) -> None:
    if await ctx.unit.one(Attendance, session_id=session.id, person_id=ctx.member.id):
        return
    await ctx.unit.add(Attendance(session_id=session.id, person_id=ctx.member.id, by_voice=True))
    await ctx.log(
        "attendance", ctx.member, event=f"attendance:{session.id}:{ctx.member.pseudonym}", session_id=session.id,
        at=session.starts,
    )  # fmt: skip
