"""Who answered is told what changed: once for each change, in private."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from bot.chat.content import Strong
from bot.context import Context, Said
from bot.features.sessions.wording import hours, named, rsvp_choices, who_answered
from bot.model.session import RsvpAnswer, Session
from bot.voice import Voice

Say = Callable[[Voice, RsvpAnswer], list[Said]]


@dataclass(frozen=True, slots=True)
class Before:
    """A session as it was before it changed."""

    theme: str
    place: str
    minutes: int
    starts: datetime

    @staticmethod
    def of(session: Session) -> Before:
        return Before(session.theme, session.place, session.minutes, session.starts)

    def dated(self, session: Session) -> bool:
        """Whether what leads people there changed, and not only what it is called."""
        after = Before.of(session)
        return (self.place, self.minutes, self.starts) != (after.place, after.minutes, after.starts)


async def tell_changed(
    ctx: Context, session: Session, before: Before, *, besides: Collection[int] = ()
) -> None:
    """`besides`: the ids of those who know already."""
    parts = [what for what in ("theme", "place") if getattr(session, what) != getattr(before, what)]
    parts += ["length"] if session.minutes != before.minutes else []
    moved = session.starts != before.starts

    def say(voice: Voice, answer: RsvpAnswer) -> list[Said]:
        said: list[Said] = [
            voice.say(
                f"sessions-told-{part}", theme=named(session), before=Strong(before.theme), place=session.place,
                length=voice.duration(session.minutes),
            )
            for part in parts
        ]  # fmt: skip
        if not moved:
            return [*said, voice.say("sessions-announced-hours", hours=hours(voice, session))]
        after, earlier = voice.when(session.starts), voice.when(before.starts)
        said.append(voice.say("sessions-told-moved", theme=named(session), after=after, before=earlier))
        return [*said, voice.say(f"sessions-told-moved-{answer}"), rsvp_choices(voice, session)]

    what, answers = ("moved", ("yes", "maybe", "no")) if moved else ("edited", ("yes", "maybe"))
    await _tell(ctx, session, what, answers, say, besides)


async def tell_cancelled(ctx: Context, session: Session, *, besides: Collection[int] = ()) -> None:
    def say(voice: Voice, _answer: RsvpAnswer) -> list[Said]:
        return [voice.say("sessions-told-cancelled", theme=named(session), when=voice.when(session.starts))]

    await _tell(ctx, session, "cancelled", ("yes", "maybe"), say, besides)


async def tell_restored(ctx: Context, session: Session) -> None:
    """It was cancelled by mistake."""

    def say(voice: Voice, answer: RsvpAnswer) -> list[Said]:
        when = voice.when(session.starts)
        return [voice.say("sessions-told-restored", theme=named(session), when=when), rsvp_choices(voice, session)]

    await _tell(ctx, session, "restored", ("yes", "maybe"), say, ())


async def _tell(
    ctx: Context, session: Session, what: str, answers: Collection[str], say: Say, besides: Collection[int]
) -> None:
    """All who gave one of these answers, but whoever made the change."""
    for person, answer in await who_answered(ctx, session, ("yes", "maybe", "no")):
        changed_it = ctx.person is not None and person.id == ctx.person.id
        if answer in answers and not changed_it and person.id not in besides:
            await ctx.direct(
                person, *say(ctx.voice(person), answer), purpose=f"sessions.{what}",
                key=f"session:{session.id}:{what}:{session.sequence}:{person.id}",
            )  # fmt: skip
