"""The sessions to come: in short, or as a file for one's calendar."""

from __future__ import annotations

from bot.calendar import calendar_ics
from bot.chat.content import Bullets, File, Line
from bot.context import Context, Said
from bot.dates.durations import LONGEST as LONGEST_SESSION
from bot.features.sessions.declaration import feature
from bot.features.sessions.wording import day_and_time, named
from bot.fields import Answers
from bot.model.session import Rsvp, Session
from bot.ports import AtLeast, OneOf

SHOWN = 12


async def upcoming(ctx: Context) -> list[Session]:
    """Under way included: whoever is late wants to find the place."""
    sessions = await ctx.unit.find(
        Session, community_id=ctx.community.id, state="planned", order="starts",
        starts=AtLeast(ctx.now - LONGEST_SESSION),
    )  # fmt: skip
    return [s for s in sessions if s.ends > ctx.now]


@feature.command("list", en="sessions", fr="rencontres")
async def list_(ctx: Context, answers: Answers) -> None:
    voice = ctx.here
    sessions = await upcoming(ctx)
    if not sessions:
        await ctx.reply_privately(voice.say("sessions-none-upcoming"))
        return
    shown = sessions[:SHOWN]
    ids = OneOf([s.id for s in shown])
    rsvps = await ctx.unit.find(Rsvp, session_id=ids, person_id=ctx.member.id)
    mine = {r.session_id: r.answer for r in rsvps}

    def line(session: Session) -> Line:
        said = voice.say(
            "sessions-entry",
            number=str(session.number),
            when=day_and_time(voice, session),
            theme=named(session),
        )
        return said + voice.say(f"sessions-entry-{mine[session.id]}") if session.id in mine else said

    said: list[Said] = [voice.say("sessions-list"), Bullets(tuple(line(s) for s in shown))]
    if len(sessions) > SHOWN:
        said.append(voice.say("sessions-list-more", count=len(sessions) - SHOWN))
    answer = ctx.typed("sessions.yes", voice, str(shown[0].number))
    said.append(voice.say("sessions-list-how", answer=answer))
    await ctx.reply_privately(*said)


@feature.command("calendar", en="calendar", fr="calendrier")
async def calendar(ctx: Context, answers: Answers) -> None:
    voice = ctx.here
    sessions = await upcoming(ctx)
    if not sessions:
        await ctx.reply_privately(voice.say("sessions-none-upcoming"))
        return
    made = calendar_ics(sessions, slug=ctx.community.slug, name=ctx.settings.name, voice=voice, now=ctx.now)
    file = File(voice.text("sessions-calendar-file"), "text/calendar", made)
    await ctx.reply_privately(voice.say("sessions-calendar", count=len(sessions)), file)
