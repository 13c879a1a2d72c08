"""When the pulse is taken, and of whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.chat.content import Argument, Block, Choice, Choices, Heading, Line, Text
from bot.context import Context
from bot.dates.recurrence import Weekly, occurrences
from bot.feature import Arguments, Planned
from bot.features.pulse.answering import key_of
from bot.features.pulse.declaration import FEWEST, feature
from bot.features.pulse.questions import next_question, question
from bot.model.community import Person
from bot.model.pulse import Pulse, PulseTaken
from bot.model.rhythm import Due
from bot.model.session import Attendance, Rsvp, Session
from bot.model.settings import WEEKDAYS
from bot.ports import AtLeast
from bot.requests import Asking, Priority
from bot.voice import Voice

AFTER_SESSION = timedelta(hours=1)
# Quiet hours put a question off by less than this: until then it is still wanted.
PUT_OFF = timedelta(days=1)
QUESTION = "pulse.open"
LOOKED_BACK = timedelta(days=35)


@feature.plans
async def plan(ctx: Context, until: datetime) -> list[Planned]:
    rhythm = ctx.settings.pulse
    since = ctx.now - PUT_OFF
    planned = await _closings(ctx)
    if rhythm.on:
        zone = ctx.settings.clock
        rule = Weekly(
            weekday=WEEKDAYS.index(rhythm.day), at=rhythm.at, every=rhythm.every,
            anchor=ctx.community.since.astimezone(zone).date(),
        )  # fmt: skip
        for at in occurrences(rule, zone, max(since, ctx.community.since), until):
            planned.append(Planned(key=f"pulse:{at.astimezone(zone).date()}", kind="pulse.open", due_at=at))
    if rhythm.on and rhythm.after_sessions:
        recent = AtLeast(since - timedelta(days=1))
        for session in await ctx.unit.find(
            Session, community_id=ctx.community.id, state="planned", starts=recent, order="starts"
        ):
            at = session.ends + AFTER_SESSION
            if since <= at <= until:
                key = f"pulse.session:{session.id}:{at:%Y%m%dT%H%M}"
                args: dict[str, Argument] = {"session": session.id}
                planned.append(Planned(key=key, kind="pulse.open", due_at=at, args=args))
    return planned


async def _closings(ctx: Context) -> list[Planned]:
    """Of each open pulse, until it is closed: what is sealed is opened, or destroyed, however late.

    The keys of those that are closed are destroyed, once more where it was not done in time.
    """
    recent = AtLeast(ctx.now - LOOKED_BACK)
    for pulse in await ctx.unit.find(Pulse, community_id=ctx.community.id, state="closed", closes=recent):
        ctx.after_commit.append(partial(ctx.seals.destroy, key_of(pulse.id)))
    return [
        Planned(
            key=f"pulse.close:{pulse.id}", kind="pulse.close", due_at=max(pulse.closes, ctx.now),
            args={"pulse": pulse.id},
        )
        for pulse in await ctx.unit.find(Pulse, community_id=ctx.community.id, state="open")
    ]  # fmt: skip


@feature.due("open", useful_for=timedelta(days=3), merges=("session",))
async def open_(ctx: Context, due: Due) -> None:
    if not ctx.settings.pulse.on:
        return
    session_id = due.args.get("session")
    session = await ctx.unit.get(Session, int(session_id)) if session_id is not None else None
    if session_id is not None and (session is None or session.state != "planned" or ctx.now < session.ends):
        return
    people = await to_ask(ctx, session)
    if len(people) < FEWEST:
        return  # what cannot be shown is not asked for
    await ask(ctx, people, session=session)


async def to_ask(ctx: Context, session: Session | None = None) -> list[Person]:
    """Everyone present; of a session, whoever came, or said they would or might."""
    people = [p for p in await ctx.members() if p.reachable]
    if session is None:
        return people
    there = {a.person_id for a in await ctx.unit.find(Attendance, session_id=session.id)}
    there |= {r.person_id for r in await ctx.unit.find(Rsvp, session_id=session.id) if r.answer != "no"}
    return [p for p in people if p.id in there]


async def ask(
    ctx: Context, people: Sequence[Person], *, session: Session | None = None, own: str = "", question_id: str = ""
) -> Pulse:
    """`question_id`: of the bank; the one whose turn it is, where neither that nor one of their own is given."""
    pulse = Pulse(
        community_id=ctx.community.id,
        question=question_id if own or question_id else await next_question(ctx, after_session=session is not None),
        own=own,
        session_id=session.id if session else None,
        opens=ctx.now,
        closes=ctx.now + timedelta(days=ctx.settings.pulse.open_days),
        asked=len(people),
    )
    await ctx.unit.add(pulse)
    await ctx.request(people, QUESTION, key=request_key(pulse), until=pulse.closes, pulse=pulse.id)
    return pulse


def request_key(pulse: Pulse) -> str:
    return f"pulse:{pulse.id}"


@feature.request("open", priority=Priority.LOW)
async def asked_of(ctx: Context, person: Person, args: Arguments) -> Asking | None:
    pulse = await ctx.unit.get(Pulse, int(args["pulse"]))
    if pulse is None or pulse.state != "open" or pulse.closes <= ctx.now:
        return None
    if await ctx.unit.count(PulseTaken, pulse_id=pulse.id, person_id=person.id):
        return None
    session = await ctx.unit.get(Session, pulse.session_id) if pulse.session_id is not None else None
    voice = ctx.voice_for(person)
    short = voice.say("pulse-short", question=question(pulse.question, pulse.own, voice).text)
    return Asking(_words(voice, pulse, session), short, voice.text("pulse-choice-answer"))


def _words(voice: Voice, pulse: Pulse, session: Session | None) -> list[Block | Line]:
    asked = question(pulse.question, pulse.own, voice)
    labels = [f"1 · {asked.low}", "2", "3", "4", f"5 · {asked.high}"]
    why = voice.say("pulse-why-session", theme=session.theme) if session else voice.say("pulse-why")
    return [
        Heading((Text(asked.text),)),
        why,
        voice.say("pulse-sealed", when=voice.when(pulse.closes)),
        Choices(
            tuple(
                Choice(label, "pulse.answer", {"pulse": pulse.id, "step": step})
                for step, label in enumerate(labels, start=1)
            ),
            unseen=True,
        ),
    ]
