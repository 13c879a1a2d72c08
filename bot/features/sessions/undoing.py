"""What a facilitator just did to a session, undone: those who were told are told again."""

from __future__ import annotations

from datetime import datetime

from bot import deeds
from bot.chat.content import Line
from bot.context import Context
from bot.errors import Problem
from bot.feature import Arguments
from bot.features.sessions import announcing
from bot.features.sessions.declaration import feature
from bot.features.sessions.telling import Before, tell_changed, tell_restored
from bot.features.sessions.wording import named
from bot.model.flow import Outbox
from bot.model.session import Rsvp, Session, gathering_key
from bot.ports import OneOf


async def note_change(ctx: Context, name: str, session: Session, before: Before) -> None:
    """`before`: as it was. To be called once the session is as it is now."""
    await deeds.note(
        ctx, name, session=session.id, version=session.sequence, theme=before.theme, place=before.place,
        minutes=before.minutes, starts=before.starts.isoformat(),
    )  # fmt: skip


@feature.undoes("confirm")
async def unplan(ctx: Context, args: Arguments) -> Line:
    """Where nobody has answered yet. Its announcement says so in place: the calendar file that came with it cannot be
    taken out of anyone's calendar but by another one."""
    planned = await ctx.unit.find(Session, community_id=ctx.community.id, series=str(args["series"]), order="number")
    ids = OneOf([session.id for session in planned])
    touched = any(s.sequence or s.state != "planned" or s.starts <= ctx.now for s in planned)
    if not planned or touched or await ctx.unit.count(Rsvp, session_id=ids):
        raise Problem("undo-answered", cancel=ctx.typed("sessions.cancel", ctx.here, str(args["number"])))
    for session in planned:
        session.state = "cancelled"
        session.sequence += 1
    for session in planned:
        await announcing.change(ctx, session)
    return ctx.here.say("sessions-unplanned", theme=named(planned[0]), count=len(planned))


@feature.undoes("edit")
async def unedit(ctx: Context, args: Arguments) -> Line:
    return await _as_before(ctx, args)


@feature.undoes("do-move")
async def unmove(ctx: Context, args: Arguments) -> Line:
    return await _as_before(ctx, args)


async def _as_before(ctx: Context, args: Arguments) -> Line:
    session = await _still(ctx, args)
    starts = datetime.fromisoformat(str(args["starts"]))
    if starts <= ctx.now:
        raise deeds.too_late(ctx)
    now = Before.of(session)
    session.theme, session.place = str(args["theme"]), str(args["place"])
    session.minutes, session.starts = int(args["minutes"]), starts
    session.sequence += 1
    await announcing.change(ctx, session, dated=now.dated(session))
    await tell_changed(ctx, session, now)
    return ctx.here.say("sessions-as-before", theme=named(session), when=ctx.here.when(session.starts))


@feature.undoes("do-cancel")
async def uncancel(ctx: Context, args: Arguments) -> Line:
    session = await _still(ctx, args)
    if session.starts <= ctx.now:
        raise deeds.too_late(ctx)
    for room in await ctx.main_rooms():
        held = await ctx.unit.one(Outbox, key=f"{gathering_key(session)}@{room.id}")
        if held is not None and held.message:
            # A platform's own calendar takes nothing back once it is cancelled.
            raise Problem("undo-not-in-the-calendar", plan=ctx.typed("sessions.plan", ctx.here))
    session.state = "planned"
    session.sequence += 1
    await announcing.change(ctx, session)
    await tell_restored(ctx, session)
    return ctx.here.say("sessions-restored", theme=named(session), when=ctx.here.when(session.starts))


async def _still(ctx: Context, args: Arguments) -> Session:
    """As it was left. Raises Problem."""
    session = await ctx.unit.get(Session, int(args["session"]))
    if session is None or session.sequence != args["version"]:
        raise deeds.changed(ctx)
    return session
