"""What goes out by itself around a session: its announcement, the reminder, the antechamber."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.chat.content import Argument, Heading, Text
from bot.context import Context, Said
from bot.dates.durations import LONGEST as LONGEST_SESSION
from bot.feature import Planned
from bot.features.sessions.announcing import announce, keep_in_sight, key
from bot.features.sessions.declaration import feature
from bot.features.sessions.wording import named, of, place, rsvp_choices, voice_counts, who_answered
from bot.model.rhythm import Due
from bot.model.session import Session
from bot.ports import AtLeast
from bot.questions import next_question, use
from bot.rhythm import after_quiet_hours

# Late enough that two sessions are never before members at once, early enough to find the time.
ANNOUNCED_BEFORE = timedelta(days=12)
AFTER_PREVIOUS = timedelta(hours=1)
LATEST_ANNOUNCEMENT = timedelta(days=2)
LAST_REMINDER = timedelta(hours=1)
ATTENDANCE_AFTER = timedelta(minutes=15)
ATTENDANCE_USEFUL = timedelta(days=3)


@feature.plans
async def plan(ctx: Context, until: datetime) -> list[Planned]:
    sessions = await ctx.unit.find(
        Session, community_id=ctx.community.id, state="planned", order="starts",
        starts=AtLeast(ctx.now - LONGEST_SESSION - ATTENDANCE_USEFUL),
    )  # fmt: skip
    settings = ctx.settings.sessions
    planned: list[Planned] = []
    previous: dict[str, Session] = {}
    for session in sessions:
        if not session.announced:
            planned.append(
                _row(session, "announcement", _announced_at(ctx, session, previous.get(session.series)))
            )
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


def _row(session: Session, what: str, due_at: datetime, *, about: datetime | None = None) -> Planned:
    """`about`: the instant of the session this goes by. Were that to change, it is another row."""
    args: dict[str, Argument] = {"session": session.id}
    suffix = ""
    if about is not None:
        args["about"] = about.isoformat()
        suffix = f":{about:%Y%m%d%H%M}"
    return Planned(key=f"sessions:{what}:{session.id}{suffix}", kind=f"sessions.{what}", due_at=due_at, args=args)


def _announced_at(ctx: Context, session: Session, previous: Session | None) -> datetime:
    at = session.starts - ANNOUNCED_BEFORE
    if previous is not None:
        at = max(at, previous.ends + AFTER_PREVIOUS)
    # Moved nearer than that: now, rather than never.
    return max(min(at, session.starts - LATEST_ANNOUNCEMENT), ctx.now)


def _reminded_at(ctx: Context, session: Session) -> datetime:
    """After quiet hours, unless the session would then be upon them."""
    at = session.starts - timedelta(hours=ctx.settings.sessions.reminder_hours)
    later = after_quiet_hours(ctx, at)
    return later if later <= session.starts - LAST_REMINDER else at


async def _ahead(ctx: Context, due: Due) -> Session | None:
    """The session, where this row still goes by its hour and it has not begun."""
    session = await of(ctx, due.args)
    if session is None or session.state != "planned" or session.starts <= ctx.now:
        return None
    return session if due.args.get("about", session.starts.isoformat()) == session.starts.isoformat() else None


@feature.due("announcement", useful_for=ANNOUNCED_BEFORE, merges=("session",), waits_for_pause=True)
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
    for person, answer in await who_answered(ctx, session, ("yes", "maybe")):
        voice = ctx.voice(person)
        said: list[Said] = [
            voice.say("sessions-reminder", theme=named(session), when=voice.when(session.starts)),
            *place(voice, session),
            voice.say(f"sessions-reminder-{answer}"),
            rsvp_choices(voice, session, *(("no",) if answer == "yes" else ("yes", "no"))),
        ]
        await ctx.direct(
            person, *said, purpose="sessions.reminder",
            key=f"session:{session.id}:reminder:{session.starts:%Y%m%d%H%M}:{person.id}",
        )  # fmt: skip


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
    if session is None:
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
    )
