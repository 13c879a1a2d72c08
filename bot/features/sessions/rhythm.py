"""What goes out by itself around a session: its announcement, the reminder, the antechamber."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.chat.content import Argument, Heading, Text
from bot.context import Context, Said
from bot.dates.durations import LONGEST as LONGEST_SESSION
from bot.falling_due import Quiet
from bot.feature import Arguments, Planned
from bot.features.sessions.announcing import announce, keep_in_sight, key
from bot.features.sessions.declaration import feature
from bot.features.sessions.wording import named, of, place, rsvp_choices, voice_counts, who_answered
from bot.model.community import Person
from bot.model.rhythm import Due
from bot.model.session import Rsvp, Session
from bot.model.settings import LONGEST_ANTECHAMBER
from bot.ports import AtLeast, Before, OneOf
from bot.questions import next_question, use
from bot.requests import Asking, Priority
from bot.rhythm import after_quiet_hours, quiet_times

# Late enough that two sessions are never before members at once, early enough to find the time.
ANNOUNCED_BEFORE = timedelta(days=12)
AFTER_PREVIOUS = timedelta(hours=1)
LATEST_ANNOUNCEMENT = timedelta(days=2)
LAST_REMINDER = timedelta(hours=1)
# It says the hour and no day.
ANTECHAMBER_AT_MOST = timedelta(minutes=LONGEST_ANTECHAMBER)
REMINDER = "sessions.reminder"
ATTENDANCE_AFTER = timedelta(minutes=15)
ATTENDANCE_USEFUL = timedelta(days=3)


@feature.plans
async def plan(ctx: Context, until: datetime) -> list[Planned]:
    sessions = await ctx.unit.find(
        Session, community_id=ctx.community.id, state="planned", order="starts",
        starts=AtLeast(ctx.now - LONGEST_SESSION - ATTENDANCE_USEFUL),
    )  # fmt: skip
    settings, quiet = ctx.settings.sessions, await quiet_times(ctx)
    planned: list[Planned] = []
    previous: dict[str, Session] = {}
    for session in sessions:
        if not session.announced:
            at = _announced_at(ctx, quiet, session, previous.get(session.series))
            planned.append(_row(session, "announcement", at, until=session.starts))
        previous[session.series] = session
        if settings.reminder_hours:
            planned.append(_row(session, "reminder", _reminded_at(ctx, session), about=session.starts))
        if settings.antechamber_minutes:
            opens = session.starts - timedelta(minutes=settings.antechamber_minutes)
            planned.append(_row(session, "antechamber", opens, about=session.starts))
        if voice_counts(ctx, session):
            opens = session.starts - timedelta(minutes=settings.antechamber_minutes)
            planned.append(_row(session, "roll", opens, about=session.starts))
        planned.append(_row(session, "over", session.ends, about=session.ends))
        planned.append(_row(session, "attendance", session.ends + ATTENDANCE_AFTER, about=session.ends))
    return [p for p in planned if p.due_at <= until]


def _row(
    session: Session, what: str, due_at: datetime, *, about: datetime | None = None, until: datetime | None = None
) -> Planned:
    """`about`: the instant of the session this goes by. Were that to change, it is another row. `until`: from when on
    it is of no use any more, though it stays the same row."""
    args: dict[str, Argument] = {"session": session.id}
    suffix = ""
    if about is not None:
        args["about"] = about.isoformat()
        suffix = f":{about:%Y%m%d%H%M}"
    if until is not None:
        args["until"] = until.isoformat()
    return Planned(key=f"sessions:{what}:{session.id}{suffix}", kind=f"sessions.{what}", due_at=due_at, args=args)


def _announced_at(ctx: Context, quiet: Quiet, session: Session, previous: Session | None) -> datetime:
    first = max(ctx.now, previous.ends + AFTER_PREVIOUS) if previous else ctx.now
    latest = session.starts - LATEST_ANNOUNCEMENT
    # Moved nearer than that: now, rather than never.
    at = max(min(max(session.starts - ANNOUNCED_BEFORE, first), latest), ctx.now)
    # After days off nobody might have the time to answer.
    kind = ctx.features.dues["sessions.announcement"]
    return quiet.in_time(kind, at, first=first, latest=latest) or at


def _reminded_at(ctx: Context, session: Session) -> datetime:
    """After quiet hours, unless the session would then be upon them."""
    at = session.starts - timedelta(hours=ctx.settings.sessions.reminder_hours)
    later = after_quiet_hours(ctx, at)
    return later if later <= session.starts - LAST_REMINDER else at


async def _ahead(ctx: Context, due: Due) -> Session | None:
    return await _still_ahead(ctx, due.args)


async def _still_ahead(ctx: Context, args: Arguments) -> Session | None:
    """The session, where what goes by these still goes by its hour, and it has not begun."""
    session = await of(ctx, args)
    if session is None or session.state != "planned" or session.starts <= ctx.now:
        return None
    return session if args.get("about", session.starts.isoformat()) == session.starts.isoformat() else None


@feature.due("announcement", useful_for=ANNOUNCED_BEFORE, merges=("session",), before="until")
async def announcement(ctx: Context, due: Due) -> None:
    session = await _ahead(ctx, due)
    if session is not None and not session.announced:
        await announce(ctx, session)


# Its hour is chosen with quiet hours in mind already.
@feature.due(
    "reminder", useful_for=timedelta(days=14), heeds_quiet_hours=False, merges=("session",), on_holidays="goes",
    waits_for_pause=True, before="about",
)  # fmt: skip
async def reminder(ctx: Context, due: Due) -> None:
    session = await _ahead(ctx, due)
    if session is None:
        return
    coming = [person for person, _ in await who_answered(ctx, session, ("yes", "maybe"))]
    await ctx.request(
        coming, REMINDER, key=f"session:{session.id}:reminder:{session.starts:%Y%m%d%H%M}", until=session.starts,
        session=session.id, about=session.starts.isoformat(),
    )  # fmt: skip


async def _reminded(ctx: Context, until: datetime) -> list[tuple[int, datetime]]:
    """Whom a reminder awaits, as things stand."""
    after = await ctx.unit.find(
        Due, community_id=ctx.community.id, kind=REMINDER, state="pending", due_at=Before(until), order="due_at"
    )
    when = {int(due.args["session"]): due.due_at for due in after}
    coming = await ctx.unit.find(Rsvp, session_id=OneOf(sorted(when)), answer=OneOf(["yes", "maybe"])) if when else []
    return [(rsvp.person_id, when[rsvp.session_id]) for rsvp in coming]


@feature.request("reminder", priority=Priority.HIGH, about_sessions=True, foresees=_reminded)
async def reminded(ctx: Context, person: Person, args: Arguments) -> Asking | None:
    session = await _still_ahead(ctx, args)
    rsvp = await ctx.unit.one(Rsvp, session_id=session.id, person_id=person.id) if session else None
    if session is None or rsvp is None or rsvp.answer == "no":
        return None
    voice = ctx.voice_for(person)
    first = voice.say("sessions-reminder", theme=named(session), when=voice.when(session.starts))
    where = place(voice, session)
    said: list[Said] = [
        first, *where, voice.say(f"sessions-reminder-{rsvp.answer}"),
        rsvp_choices(voice, session, *(("no",) if rsvp.answer == "yes" else ("yes", "no"))),
    ]  # fmt: skip
    short = sum((voice.say("form-gap") + line for line in where), first)
    return Asking(said, short, voice.text("sessions-choice-mine"))


@feature.due("over", useful_for=ATTENDANCE_USEFUL, heeds_quiet_hours=False, chore=True)
async def over(ctx: Context, due: Due) -> None:
    """It makes room for the next one."""
    await keep_in_sight(ctx)


@feature.due(
    "antechamber", useful_for=timedelta(minutes=15), heeds_quiet_hours=False, on_holidays="goes", tells_lateness=True,
    before="about",
)  # fmt: skip
async def antechamber(ctx: Context, due: Due) -> None:
    session = await _ahead(ctx, due)
    if session is None or session.starts - ctx.now > ANTECHAMBER_AT_MOST:
        return
    voice = ctx.voice()
    question_id, question = await next_question(ctx, light=True)
    await use(ctx, question_id)
    await ctx.post(
        Heading(voice.say("sessions-antechamber-title")),
        voice.say("sessions-antechamber", time=voice.at(session.starts)),
        (Text(question),),
        *place(voice, session),
        purpose="sessions.antechamber",
        key=f"session:{session.id}:antechamber:{session.starts:%Y%m%d%H%M}",
        thread=key(session),
        until=session.starts,
    )
