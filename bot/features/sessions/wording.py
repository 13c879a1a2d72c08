"""What several modules say in the same words, and to whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.chat.content import Choice, Choices, Line, Strong, When
from bot.context import Context
from bot.errors import Problem
from bot.features.sessions.places import may_be_voice_room
from bot.model.community import Person
from bot.model.session import Rsvp, RsvpAnswer, Session
from bot.ports import OneOf
from bot.voice import Voice

if TYPE_CHECKING:
    from bot.context import Said
    from bot.feature import Arguments

EMOJI: dict[RsvpAnswer, str] = {"yes": "✅", "maybe": "🤔", "no": "❌"}


def hours(voice: Voice, session: Session) -> Line:
    """When it begins, in full, and when it ends."""
    same_day = voice.day(session.starts) == voice.day(session.ends)
    ends = voice.at(session.ends) if same_day else voice.when(session.ends)
    return voice.say("sessions-hours", when=voice.when(session.starts), ends=ends)


def day_and_time(voice: Voice, session: Session) -> Line:
    """When it begins, for a list: the zone goes without saying."""
    said = voice.text("sessions-day-time", day=voice.day(session.starts), time=voice.time(session.starts))
    return (When(session.starts, said),)


def rsvp_choices(voice: Voice, session: Session, *answers: RsvpAnswer) -> Choices:
    return Choices(
        tuple(
            Choice(
                voice.text(f"sessions-choice-{answer}"), "sessions.answer",
                {"session": session.id, "answer": answer}, EMOJI[answer],
            )
            for answer in answers or EMOJI
        )
    )  # fmt: skip


def place(voice: Voice, session: Session) -> list[Line]:
    return [voice.say("sessions-place", place=session.place)] if session.place else []


def voice_counts(ctx: Context, session: Session) -> bool:
    """Whether being in the voice room is noted as having come, as far as can be told from what the place says."""
    return ctx.settings.sessions.count_voice and may_be_voice_room(session.place)


def named(session: Session) -> Strong:
    return Strong(session.theme)


def check_open(session: Session, now: datetime, *, before_start: bool) -> None:
    """Raises Problem where it is too late to change anything about it."""
    if session.state == "cancelled":
        raise Problem("sessions-problem-cancelled", theme=named(session))
    if session.ends <= now:
        raise Problem("sessions-problem-over", theme=named(session))
    if before_start and session.starts <= now:
        raise Problem("sessions-problem-begun", theme=named(session))


async def privately(ctx: Context, *said: Said) -> None:
    """To a facilitator alone; where they asked, for who cannot be written to."""
    if ctx.where is not None and not ctx.where.private:
        if not ctx.member.reachable:
            await ctx.reply(*said)
            return
        await ctx.reply(ctx.here.say("form-in-private"))
    await ctx.reply_privately(*said)


async def of(ctx: Context, args: Arguments) -> Session | None:
    """The session a choice or a due row is about, if it is this community's and was confirmed."""
    session = await ctx.unit.get(Session, args["session"])
    if session is None or session.community_id != ctx.community.id or session.state == "draft":
        return None
    return session


async def who_answered(
    ctx: Context, session: Session, answers: Sequence[RsvpAnswer]
) -> list[tuple[Person, RsvpAnswer]]:
    """Those still in the community, in the order they answered."""
    rsvps = await ctx.unit.find(Rsvp, session_id=session.id, answer=OneOf(answers))
    ids = OneOf([r.person_id for r in rsvps])
    present = {p.id: p for p in await ctx.unit.find(Person, id=ids, present=True)} if rsvps else {}
    return [(present[r.person_id], r.answer) for r in rsvps if r.person_id in present]
