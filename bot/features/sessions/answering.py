"""Coming, maybe, or not: one click, or a few words. One answer a person, the last one counts."""

from __future__ import annotations

from bot.context import Context
from bot.errors import Problem
from bot.feature import Arguments, Field
from bot.features.sessions.announcing import count_again
from bot.features.sessions.declaration import feature
from bot.features.sessions.listing import upcoming
from bot.features.sessions.wording import EMOJI, named, of
from bot.fields import Answers
from bot.model.session import Rsvp, RsvpAnswer, Session

SESSION = Field("session", "session", optional=True)


@feature.choice("answer")
async def clicked(ctx: Context, args: Arguments) -> None:
    session = await of(ctx, args)
    answer = next((a for a in EMOJI if a == args["answer"]), None)
    if session is not None and answer is not None and ctx.where is not None:
        # In the room the counts change, and that is answer enough: one click must not bring a message to all.
        await _answer(ctx, session, answer, acknowledge=ctx.where.private)


@feature.command(
    "yes", en=("coming", "i’m coming", "i am coming"), fr=("je viens", "je serai là"), fields=[SESSION],
    path=("coming", "je-viens"),
)  # fmt: skip
async def coming(ctx: Context, answers: Answers) -> None:
    await _answer(ctx, await _meant(ctx, answers), "yes", acknowledge=True)


@feature.command("maybe", en="maybe", fr="peut-être", fields=[SESSION])
async def maybe(ctx: Context, answers: Answers) -> None:
    await _answer(ctx, await _meant(ctx, answers), "maybe", acknowledge=True)


@feature.command(
    "no", en=("not coming", "i’m not coming", "i can’t come"), fr=("je ne viens pas", "je ne peux pas"),
    fields=[SESSION], path=("not-coming", "je-ne-viens-pas"),
)  # fmt: skip
async def not_coming(ctx: Context, answers: Answers) -> None:
    await _answer(ctx, await _meant(ctx, answers), "no", acknowledge=True)


async def _meant(ctx: Context, answers: Answers) -> Session:
    """The session named, or the next one."""
    if answers.given("session"):
        return answers.session("session")
    sessions = await upcoming(ctx)
    if not sessions:
        raise Problem("sessions-none-upcoming")
    return sessions[0]


async def _answer(ctx: Context, session: Session, answer: RsvpAnswer, *, acknowledge: bool) -> None:
    voice, person = ctx.here, ctx.member
    if session.state == "cancelled":
        await ctx.reply_privately(voice.say("sessions-answer-cancelled", theme=named(session)))
        return
    if session.ends <= ctx.now:
        await ctx.reply_privately(voice.say("sessions-answer-over", theme=named(session)))
        return
    kept = await ctx.unit.one(Rsvp, session_id=session.id, person_id=person.id)
    if kept is not None:
        kept.by_interest = False
    if kept is None or kept.answer != answer:
        if kept is None:
            await ctx.unit.add(Rsvp(session_id=session.id, person_id=person.id, answer=answer, at=ctx.now))
        else:
            kept.answer, kept.at = answer, ctx.now
        await ctx.log("rsvp", person, event=f"rsvp:{session.id}:{person.pseudonym}", session_id=session.id)
        await count_again(ctx, session)
    if acknowledge:
        when = voice.when(session.starts)
        await ctx.reply_privately(voice.say(f"sessions-answered-{answer}", theme=named(session), when=when))
