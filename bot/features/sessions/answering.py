"""Coming, maybe, or not: one click, or a few words. One answer a person, the last one counts."""

from __future__ import annotations

from bot.chat.events import Event, MessageRemoved
from bot.context import Context
from bot.errors import Problem
from bot.feature import Arguments, Field
from bot.features.sessions.announcing import count_again
from bot.features.sessions.declaration import feature
from bot.features.sessions.listing import upcoming
from bot.features.sessions.wording import EMOJI, named, of
from bot.fields import Answers
from bot.model.activity import Activity
from bot.model.community import Person
from bot.model.session import Rsvp, RsvpAnswer, RsvpSign, Session

SESSION = Field("session", "session", optional=True)


@feature.choice("answer")
async def clicked(ctx: Context, args: Arguments) -> None:
    session = await of(ctx, args)
    answer = next((a for a in EMOJI if a == args["answer"]), None)
    if session is not None and answer is not None and ctx.where is not None:
        # In the room the counts change, and that is answer enough: one click must not bring a message to all.
        sign = "" if ctx.where.message else ctx.where.trace
        await _answer(ctx, session, answer, sign=sign, acknowledge=ctx.where.private)


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


async def _answer(
    ctx: Context, session: Session, answer: RsvpAnswer, *, sign: str = "", acknowledge: bool
) -> None:
    """`sign`: the reaction that says so, if it was one. Any other means overtakes all of their reactions."""
    voice, person = ctx.here, ctx.member
    if session.state == "cancelled":
        await ctx.reply_privately(voice.say("sessions-answer-cancelled", theme=named(session)))
        return
    if session.ends <= ctx.now:
        await ctx.reply_privately(voice.say("sessions-answer-over", theme=named(session)))
        return
    if sign:
        await ctx.unit.add(RsvpSign(session_id=session.id, person_id=person.id, answer=answer, trace=sign))
    else:
        await ctx.unit.delete(RsvpSign, session_id=session.id, person_id=person.id)
    kept = await ctx.unit.one(Rsvp, session_id=session.id, person_id=person.id)
    if kept is not None:
        kept.by_interest = False
    if kept is None or kept.answer != answer:
        if kept is None:
            await ctx.unit.add(Rsvp(session_id=session.id, person_id=person.id, answer=answer, at=ctx.now))
        else:
            kept.answer, kept.at = answer, ctx.now
        await ctx.log("rsvp", person, event=_logged_as(session, person), session_id=session.id)
        await count_again(ctx, session)
    if acknowledge:
        when = voice.when(session.starts)
        await ctx.reply_privately(voice.say(f"sessions-answered-{answer}", theme=named(session), when=when))


def _logged_as(session: Session, person: Person) -> str:
    return f"rsvp:{session.id}:{person.pseudonym}"


# -- taken back ----------------------------------------------------------------------------------------------


@feature.on(MessageRemoved)
async def taken_back(ctx: Context, event: Event) -> None:
    """Where a reaction stands for a click, what can be seen is what counts, whoever took it away: the reaction before
    it, if it still stands, or no answer."""
    assert isinstance(event, MessageRemoved)
    for sign in await ctx.unit.find(RsvpSign, trace=event.message) if event.message else ():
        session = await ctx.unit.get(Session, sign.session_id)
        person = await ctx.unit.get(Person, sign.person_id)
        if session is None or person is None or session.community_id != ctx.community.id:
            continue
        if session.state == "cancelled" or session.ends <= ctx.now:
            continue
        last = await _last_sign(ctx, session, person)
        await ctx.unit.delete(RsvpSign, id=sign.id)
        if last is not None and last.id == sign.id:
            await _count_without(ctx, session, person)


async def _last_sign(ctx: Context, session: Session, person: Person) -> RsvpSign | None:
    return await ctx.unit.one(RsvpSign, order="-id", session_id=session.id, person_id=person.id)


async def _count_without(ctx: Context, session: Session, person: Person) -> None:
    standing = await _last_sign(ctx, session, person)
    kept = await ctx.unit.one(Rsvp, session_id=session.id, person_id=person.id)
    if kept is None or (standing is not None and standing.answer == kept.answer):
        return
    if standing is not None:
        kept.answer, kept.at = standing.answer, ctx.now
    else:
        await ctx.unit.delete(Rsvp, id=kept.id)
        await ctx.unit.delete(Activity, community_id=ctx.community.id, event=_logged_as(session, person))
    await count_again(ctx, session)
    if ctx.where is not None and ctx.where.private and person.present:
        answer = standing.answer if standing is not None else "none"
        voice = ctx.here
        said = voice.say(f"sessions-answered-{answer}", theme=named(session), when=voice.when(session.starts))
        await ctx.reply_privately(said)
