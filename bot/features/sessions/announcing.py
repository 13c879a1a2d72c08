"""What the community reads about a session: announced once, and changed in place from then on."""

from __future__ import annotations

from bot.calendar import session_ics
from bot.chat.content import Bullets, File, Heading, Line
from bot.context import Context, Said
from bot.dates.durations import LONGEST
from bot.features.sessions.mirroring import mirror
from bot.features.sessions.wording import day_and_time, hours, place, rsvp_choices, voice_counts, who_answered
from bot.model.session import Session
from bot.ports import AtLeast
from bot.voice import Voice

PURPOSE = "sessions.announcement"


def key(session: Session) -> str:
    """Under which it is announced; its thread is found by the same."""
    return f"session:{session.id}"


async def announce(ctx: Context, session: Session) -> None:
    session.announced = True
    await ctx.post(*await _announcement(ctx, session), _file(ctx, session), purpose=PURPOSE, key=key(session))
    await keep_in_sight(ctx)
    await mirror(ctx, session)


async def keep_in_sight(ctx: Context) -> None:
    """The next session that members were told of, or the one that is on, and nothing where there is none."""
    told_of = await ctx.unit.find(
        Session, community_id=ctx.community.id, state="planned", announced=True, starts=AtLeast(ctx.now - LONGEST),
        order="starts",
    )  # fmt: skip
    coming = next((session for session in told_of if session.ends > ctx.now), None)
    await ctx.pin(key(coming) if coming else "", purpose="sessions.pin")


async def count_again(ctx: Context, session: Session) -> None:
    """Someone answered."""
    if session.announced:
        await ctx.edit(key(session), *await _announcement(ctx, session), purpose=PURPOSE)


async def change(ctx: Context, session: Session, *, dated: bool = True, besides: int = 0) -> None:
    """The session itself changed: its announcement, what stands in the platforms' own calendars, and the dates of its
    series. `dated`: its hour or its place did, or it was cancelled, so that another calendar file goes with it: each
    is one more message. `besides`: the id of the room in whose calendar it was changed."""
    if session.announced:
        file = [_file(ctx, session)] if dated else []
        await ctx.edit(key(session), *await _announcement(ctx, session), *file, purpose=PURPOSE)
        await keep_in_sight(ctx)
        await mirror(ctx, session, besides=besides)
    first = (await _series(ctx, session))[0]
    if first.id != session.id and first.announced and first.ends > ctx.now:
        await ctx.edit(key(first), *await _announcement(ctx, first), purpose=PURPOSE)


async def _series(ctx: Context, session: Session) -> list[Session]:
    """All planned together, in the order of their numbers."""
    return await ctx.unit.find(Session, community_id=ctx.community.id, series=session.series, order="number")


async def _announcement(ctx: Context, session: Session) -> list[Said]:
    voice = ctx.voice()
    if session.state == "cancelled":
        return [
            Heading(voice.say("sessions-cancelled-title", theme=session.theme)),
            voice.say("sessions-cancelled-was", when=voice.when(session.starts)),
            *await _following(ctx, session, voice),
        ]
    length = voice.duration(session.minutes)
    said: list[Said] = [
        Heading(voice.say("sessions-announced-title", theme=session.theme)),
        Bullets(
            (
                voice.say("sessions-announced-hours", hours=hours(voice, session)),
                *place(voice, session),
                voice.say("sessions-announced-number", number=str(session.number), length=length),
            )
        ),
        *await _following(ctx, session, voice),
        *_counted(ctx, session, voice),
        voice.say("sessions-announced-question"),
    ]
    answers = [answer for _, answer in await who_answered(ctx, session, ("yes", "maybe"))]
    if answers:
        yes, maybe = answers.count("yes"), answers.count("maybe")
        said.append(voice.say("sessions-announced-counts", yes=str(yes), maybe=str(maybe)))
    return [*said, rsvp_choices(voice, session)]


def _counted(ctx: Context, session: Session, voice: Voice) -> list[Line]:
    """What is noted by itself is known to whoever it is noted of, before it is, with the way out."""
    if not voice_counts(ctx, session):
        return []
    return [voice.say("sessions-voice-counts", off=ctx.typed("privacy.log-off", voice))]


async def _following(ctx: Context, session: Session, voice: Voice) -> list[Said]:
    """The other dates of a series, said with its first session and not again."""
    series = await _series(ctx, session)
    others = sorted((s for s in series[1:] if s.state == "planned"), key=lambda s: s.starts)
    if series[0].id != session.id or not others:
        return []
    dates = tuple(
        voice.say("sessions-following-date", number=str(s.number), when=day_and_time(voice, s)) for s in others
    )
    return [voice.say("sessions-following"), Bullets(dates)]


def _file(ctx: Context, session: Session) -> File:
    voice = ctx.voice()
    made = session_ics(session, slug=ctx.community.slug, name=ctx.settings.name, voice=voice, now=ctx.now)
    return File(voice.text("sessions-file", number=str(session.number)), "text/calendar", made)
