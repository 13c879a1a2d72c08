"""Who came: noted by a facilitator in one command, and put right in the same way."""

from __future__ import annotations

from datetime import timedelta

from bot.context import Context, Said
from bot.errors import Problem
from bot.feature import Arguments, Field
from bot.features.sessions.declaration import feature
from bot.features.sessions.wording import named, of
from bot.fields import Answers
from bot.model.activity import Activity
from bot.model.community import Person
from bot.model.rhythm import Due
from bot.model.session import Attendance
from bot.ports import OneOf
from bot.requests import Asking, Priority

# How long it is remembered who was there.
ASKED_FOR = timedelta(days=3)


@feature.command(
    "attendance", en="attendance", fr=("présences", "présence"), facilitator=True,
    fields=[Field("session", "session"), Field("people", "people")],
    path=("session attendance", "rencontre présences"),
)  # fmt: skip
async def attendance(ctx: Context, answers: Answers) -> None:
    session, people = answers.session("session"), answers.people("people")
    if session.state == "cancelled":
        raise Problem("sessions-problem-cancelled", theme=named(session))
    if session.starts > ctx.now:
        when = ctx.here.when(session.starts)
        raise Problem("sessions-problem-not-begun", theme=named(session), when=when)
    here = {person.id for person in people}
    known = await ctx.unit.find(Attendance, session_id=session.id)
    for row in known:
        row.by_voice = False
    noted = {row.person_id for row in known}
    taken_off = await ctx.unit.find(Person, id=OneOf(sorted(noted - here))) if noted - here else []
    for person in taken_off:
        await ctx.unit.delete(Attendance, session_id=session.id, person_id=person.id)
        await ctx.unit.delete(
            Activity, community_id=ctx.community.id, event=f"attendance:{session.id}:{person.pseudonym}"
        )
    for person in people:
        if person.id not in noted:
            await ctx.unit.add(Attendance(session_id=session.id, person_id=person.id))
        await ctx.log(
            "attendance", person, event=f"attendance:{session.id}:{person.pseudonym}", session_id=session.id,
            at=session.starts,
        )  # fmt: skip
    names = ctx.here.listed([ctx.name(person) for person in people])
    said = ctx.here.say("sessions-attendance-noted", theme=named(session), names=names, count=len(people))
    await ctx.reply_privately(said, ctx.here.say("sessions-attendance-again"))


@feature.due("attendance", useful_for=timedelta(days=3), merges=("session",))
async def ask(ctx: Context, due: Due) -> None:
    """Ask whoever planned it, unless it is done. Of who was heard of by voice, only whether it is right."""
    session = await of(ctx, due.args)
    if session is None or session.state != "planned" or ctx.now < session.ends:
        return
    noted = await ctx.unit.find(Attendance, session_id=session.id)
    if not all(row.by_voice for row in noted):
        return
    planner = await ctx.unit.get(Person, session.planned_by)
    if planner is not None and planner.present:
        key = f"session:{session.id}:attendance"
        await ctx.request([planner], "sessions.attendance", key=key, until=ctx.now + ASKED_FOR, session=session.id)


@feature.request("attendance", priority=Priority.NORMAL, about_sessions=True)
async def asked(ctx: Context, person: Person, args: Arguments) -> Asking | None:
    session = await of(ctx, args)
    if session is None or session.state != "planned":
        return None
    noted = await ctx.unit.find(Attendance, session_id=session.id)
    if not all(row.by_voice for row in noted):
        return None
    voice = ctx.voice_for(person)
    example = ctx.typed("sessions.attendance", voice, f"{session.number} | Ana, Bo")
    said: list[Said] = [voice.say("sessions-attendance-ask", theme=named(session), example=example)]
    if noted:
        heard = await ctx.unit.find(Person, id=OneOf([row.person_id for row in noted]))
        names = voice.listed([ctx.name(person) for person in heard])
        said = [
            voice.say("sessions-attendance-heard", theme=named(session), names=names),
            voice.say("sessions-attendance-correct", example=example),
        ]
    short = voice.say("sessions-attendance-short", theme=named(session))
    return Asking(said, short, voice.text("sessions-choice-attendance"))
