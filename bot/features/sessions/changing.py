"""A session that changes: edited, moved, cancelled. Who answered is told, once, in private."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from bot import deeds
from bot.chat.content import Choice, Choices, Line
from bot.context import Context
from bot.errors import Problem
from bot.feature import Arguments, Field, Option
from bot.features.sessions import announcing
from bot.features.sessions.days_off import on_days_off
from bot.features.sessions.declaration import feature
from bot.features.sessions.telling import Before, tell_cancelled, tell_changed
from bot.features.sessions.undoing import note_change
from bot.features.sessions.wording import check_open, named, of, privately
from bot.fields import Answers, read
from bot.model.session import Session

WHAT = (
    Option("theme", ("theme", "the theme", "title"), ("thème", "le thème", "sujet", "titre")),
    Option("place", ("place", "the place", "link", "location"), ("lieu", "le lieu", "lien", "endroit")),
    Option("length", ("length", "the length", "duration"), ("durée", "la durée")),
)


# -- edit ---------------------------------------------------------------------------------------------------


@feature.command(
    "edit", en="session edit", fr="rencontre modifier", facilitator=True,
    fields=[Field("session", "session"), Field("what", "option", options=WHAT), Field("value")],
)  # fmt: skip
async def edit(ctx: Context, answers: Answers) -> None:
    session, what, value = answers.session("session"), answers.text("what"), answers.text("value")
    check_open(session, ctx.now, before_start=False)
    before = Before.of(session)
    match what:
        case "theme":
            session.theme = value
        case "place":
            session.place = value
        case _:
            length = await read(Field("length", "duration"), value, ctx)
            session.minutes = round(length.total_seconds() / 60)
    if Before.of(session) == before:
        raise Problem("sessions-problem-same", theme=named(session))
    check_open(session, ctx.now, before_start=False)
    session.sequence += 1
    await announcing.change(ctx, session, dated=before.dated(session))
    await tell_changed(ctx, session, before)
    await note_change(ctx, "sessions.edit", session, before)
    await ctx.reply_privately(ctx.here.say("sessions-edited", theme=named(session)))


# -- move ---------------------------------------------------------------------------------------------------


@feature.command(
    "move", en="session move", fr="rencontre déplacer", facilitator=True,
    fields=[Field("session", "session"), Field("when", "instant")],
)  # fmt: skip
async def move(ctx: Context, answers: Answers) -> None:
    session, starts = answers.session("session"), answers.instant("when").astimezone(UTC)
    check_open(session, ctx.now, before_start=True)
    voice = ctx.here
    if starts == session.starts:
        raise Problem("sessions-problem-same", theme=named(session))
    check = voice.say(
        "sessions-move-check",
        theme=named(session),
        before=voice.when(session.starts),
        after=voice.when(starts),
    )
    off = await on_days_off(ctx, [starts])
    await _confirm(ctx, session, [check, *off], "do-move", "move", starts=starts.isoformat())


@feature.choice("do-move", facilitator=True)
async def do_move(ctx: Context, args: Arguments) -> None:
    session = await _still(ctx, args)
    if session is None:
        return
    starts, voice = datetime.fromisoformat(str(args["starts"])), ctx.here
    if starts <= ctx.now:
        raise Problem("problem-date-past", when=voice.when(starts))
    before, session.starts = Before.of(session), starts
    session.sequence += 1
    await announcing.change(ctx, session)
    await tell_changed(ctx, session, before)
    await note_change(ctx, "sessions.do-move", session, before)
    await ctx.reply(voice.say("sessions-moved", theme=named(session), after=voice.when(starts)))


# -- cancel -------------------------------------------------------------------------------------------------


@feature.command(
    "cancel", en="session cancel", fr="rencontre annuler", facilitator=True,
    fields=[Field("session", "session")],
)  # fmt: skip
async def cancel(ctx: Context, answers: Answers) -> None:
    session = answers.session("session")
    check_open(session, ctx.now, before_start=True)
    when = ctx.here.when(session.starts)
    check = ctx.here.say("sessions-cancel-check", theme=named(session), when=when)
    await _confirm(ctx, session, [check], "do-cancel", "cancel")


@feature.choice("do-cancel", facilitator=True)
async def do_cancel(ctx: Context, args: Arguments) -> None:
    session = await _still(ctx, args)
    if session is None:
        return
    session.state = "cancelled"
    session.sequence += 1
    await announcing.change(ctx, session)
    await tell_cancelled(ctx, session)
    await note_change(ctx, "sessions.do-cancel", session, Before.of(session))
    await ctx.reply(ctx.here.say("sessions-cancelled", theme=named(session)))


@feature.choice("leave-as-is", facilitator=True)
async def leave_as_is(ctx: Context, args: Arguments) -> None:
    await deeds.declined(ctx)
    await ctx.reply(ctx.here.say("sessions-left-as-is"))


async def _confirm(ctx: Context, session: Session, check: Sequence[Line], does: str, label: str, **more: str) -> None:
    args = {"session": session.id, "version": session.sequence} | more
    voice = ctx.here
    choices = Choices(
        (
            Choice(voice.text(f"sessions-choice-{label}"), f"sessions.{does}", args, "✅"),
            Choice(voice.text("sessions-choice-leave"), "sessions.leave-as-is", {}, "↩️"),
        )
    )
    await deeds.asked(ctx)
    await privately(ctx, *check, voice.say("sessions-check-who"), choices)


async def _still(ctx: Context, args: Arguments) -> Session | None:
    """The session, as it was when this was asked. None, once the person was told why not."""
    session = await of(ctx, args)
    if session is None:
        return None
    check_open(session, ctx.now, before_start=True)
    if session.sequence != args["version"]:
        await ctx.reply(ctx.here.say("sessions-changed-since", theme=named(session)))
        return None
    return session
