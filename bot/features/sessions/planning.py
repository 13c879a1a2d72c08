"""A session, or a series of them, from what was typed to what is announced.

A draft is said back in full, and nobody else reads it before it is confirmed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot import deeds
from bot.chat.content import Bullets, Choice, Choices, Line
from bot.context import Context, Said
from bot.dates.recurrence import series
from bot.dates.repeats import Repeat
from bot.errors import Problem
from bot.feature import Arguments, Field, FieldKind
from bot.features.sessions.announcing import announce
from bot.features.sessions.days_off import on_days_off
from bot.features.sessions.declaration import feature
from bot.features.sessions.wording import check_open, day_and_time, hours, named, privately
from bot.fields import Answers
from bot.forecast import coming
from bot.model.session import Session
from bot.ports import Before
from bot.rhythm import replan
from bot.text import folded

DRAFTS_KEPT = timedelta(days=30)
FIELDS: dict[str, tuple[FieldKind, bool]] = {
    "theme": ("text", False),
    "when": ("instant", False),
    "length": ("duration", False),
    "place": ("text", True),
    "series": ("series", True),
}


@dataclass(frozen=True, slots=True)
class _Draft:
    """`name` is that of the series. `version` counts the changes: an older text's button is known by it."""

    name: str
    version: int
    theme: str
    starts: datetime
    minutes: int
    place: str
    repeat: Repeat


async def _places(ctx: Context, typed: str) -> list[tuple[str, str]]:
    """Where the community met before, the latest first."""
    met = await ctx.unit.find(Session, community_id=ctx.community.id, state="planned", order="-starts")
    places = dict.fromkeys(session.place for session in met if session.place)
    return [(place, place) for place in places if folded(typed) in folded(place)]


@feature.command(
    "plan", en="session plan", fr="rencontre planifier", facilitator=True,
    fields=[
        Field(name, kind, optional, suggests=_places if name == "place" else None)
        for name, (kind, optional) in FIELDS.items()
    ],
)  # fmt: skip
async def plan(ctx: Context, answers: Answers) -> None:
    await ctx.unit.delete(
        Session, community_id=ctx.community.id, state="draft", starts=Before(ctx.now - DRAFTS_KEPT)
    )
    draft = _Draft(f"{ctx.random.getrandbits(40):010x}", 0, "", ctx.now, 0, "", Repeat(0, 1))
    for name in FIELDS:
        draft = _with(draft, name, answers)
    await _keep(ctx, draft)
    await _say_back(ctx, draft.name)


def _with(draft: _Draft, name: str, answers: Answers) -> _Draft:
    match name:
        case "theme":
            return replace(draft, theme=answers.text(name))
        case "when":
            return replace(draft, starts=answers.instant(name).astimezone(UTC))
        case "length":
            return replace(draft, minutes=round(answers.duration(name).total_seconds() / 60))
        case "place":
            return replace(draft, place=answers.text(name))
        case _:
            return replace(draft, repeat=answers.series(name) if answers.given(name) else Repeat(0, 1))


async def _keep(ctx: Context, draft: _Draft) -> None:
    """In place of the earlier version, if any. Numbers below 0: a draft that is dropped leaves no gap."""
    await ctx.unit.delete(Session, community_id=ctx.community.id, series=draft.name, state="draft")
    dates = [draft.starts]
    if draft.repeat.count > 1:
        dates = series(
            draft.starts,
            every_weeks=draft.repeat.every_weeks,
            count=draft.repeat.count,
            zone=ctx.settings.clock,
        )
    lowest = await ctx.unit.one(Session, community_id=ctx.community.id, order="number")
    number = min(0, lowest.number if lowest else 0)
    for starts in dates:
        number -= 1
        session = Session(
            community_id=ctx.community.id, number=number, theme=draft.theme, starts=starts,
            minutes=draft.minutes, place=draft.place, series=draft.name, every_weeks=draft.repeat.every_weeks,
            sequence=draft.version, planned_by=ctx.member.id,
        )  # fmt: skip
        await ctx.unit.add(session)


async def _planned_as(ctx: Context, name: str) -> list[Session]:
    return await ctx.unit.find(Session, community_id=ctx.community.id, series=name, order="starts")


async def _say_back(ctx: Context, name: str) -> None:
    sessions = await _planned_as(ctx, name)
    first, voice = sessions[0], ctx.here
    lines: list[Line] = [
        voice.say("sessions-draft-theme", theme=named(first)),
        voice.say("sessions-draft-when", hours=hours(voice, first)),
        voice.say("sessions-draft-length", length=voice.duration(first.minutes)),
        voice.say("sessions-place", place=first.place) if first.place else voice.say("sessions-draft-no-place"),
    ]
    said: list[Said] = [voice.say("sessions-draft"), Bullets(tuple(lines))]
    if len(sessions) > 1:
        said.append(voice.say("sessions-draft-series", count=len(sessions), weeks=first.every_weeks))
        said.append(Bullets(tuple(day_and_time(voice, s) for s in sessions)))
    said += await on_days_off(ctx, [session.starts for session in sessions])
    if cost := await _cost(ctx, sessions):
        said += [voice.say("sessions-draft-cost"), Bullets(tuple(cost))]
    await privately(ctx, *said, _choices(ctx, first, "confirm", "change", "drop"))


async def _cost(ctx: Context, sessions: Sequence[Session]) -> list[Line]:
    """Whom the first of them will have written to, and when."""
    async with ctx.unit.rehearsed():
        for session in sessions:
            session.state = "planned"
        await replan(replace(ctx, said=[], asked=[], after_commit=[]))
        return await coming(ctx, sessions[0].starts, session=sessions[0].id)


def _choices(ctx: Context, session: Session, *names: str) -> Choices:
    emoji = {"confirm": "✅", "change": "✏️", "drop": "🗑️"}
    args: Arguments = {"draft": session.series, "version": session.sequence}
    return Choices(
        tuple(Choice(ctx.here.text(f"sessions-choice-{n}"), f"sessions.{n}", dict(args), emoji[n]) for n in names)
    )


async def _draft(ctx: Context, args: Arguments) -> list[Session]:
    """The draft a button belongs to. Empty, once the person was told why it is of no more use."""
    sessions = await _planned_as(ctx, str(args["draft"]))
    voice = ctx.here
    if not sessions:
        await ctx.reply(voice.say("sessions-draft-gone", plan=ctx.typed("sessions.plan", voice)))
    elif sessions[0].state != "draft":
        cancel = ctx.typed("sessions.cancel", voice, str(sessions[0].number))
        number = str(sessions[0].number)
        await ctx.reply(voice.say("sessions-confirmed-already", number=number, cancel=cancel))
    elif sessions[0].sequence != args["version"]:
        await ctx.reply(voice.say("sessions-draft-changed"))
    else:
        return sessions
    return []


@feature.choice("confirm", facilitator=True)
async def confirm(ctx: Context, args: Arguments) -> None:
    sessions = await _draft(ctx, args)
    if not sessions:
        return
    voice, first = ctx.here, sessions[0]
    if first.starts <= ctx.now:
        await ctx.reply(
            voice.say("sessions-draft-past", when=voice.when(first.starts)),
            _choices(ctx, first, "change", "drop"),
        )
        return
    highest = await ctx.unit.one(Session, community_id=ctx.community.id, order="-number")
    number = max(0, highest.number if highest else 0)
    for session in sessions:
        number += 1
        session.number, session.state, session.sequence = number, "planned", 0
    await announce(ctx, first)
    await deeds.note(ctx, "sessions.confirm", series=first.series, number=first.number)
    if len(sessions) == 1:
        await ctx.reply(voice.say("sessions-confirmed", number=str(first.number)))
    else:
        await ctx.reply(
            voice.say("sessions-confirmed-series", first=str(first.number), last=str(sessions[-1].number))
        )


@feature.choice("drop", facilitator=True)
async def drop(ctx: Context, args: Arguments) -> None:
    if await _draft(ctx, args):
        await ctx.unit.delete(Session, community_id=ctx.community.id, series=str(args["draft"]), state="draft")
        await ctx.reply(ctx.here.say("sessions-dropped"))


@feature.choice("change", facilitator=True)
async def change(ctx: Context, args: Arguments) -> None:
    """What is to be changed?"""
    if await _draft(ctx, args):
        choices = tuple(
            Choice(ctx.here.text(f"sessions-part-{name}"), "sessions.change-part", dict(args) | {"part": name})
            for name in FIELDS
        )
        await ctx.reply(ctx.here.say("sessions-change-what"), Choices(choices))


@feature.choice("change-part", facilitator=True)
async def change_part(ctx: Context, args: Arguments) -> None:
    if args["part"] in FIELDS and await _draft(ctx, args):
        await ctx.ask(f"sessions.draft-{args['part']}", **args)


@feature.command(
    "announce", en="session announce", fr="rencontre annoncer", facilitator=True,
    fields=[Field("session", "session")],
)  # fmt: skip
async def announce_now(ctx: Context, answers: Answers) -> None:
    """One of a series ahead of its turn, or one whose turn was passed over."""
    session = answers.session("session")
    check_open(session, ctx.now, before_start=False)
    if session.announced:
        raise Problem("sessions-announced-already", theme=named(session))
    await announce(ctx, session)
    await ctx.reply_privately(ctx.here.say("sessions-announced-now", theme=named(session)))


def _ask_anew(name: str) -> None:
    kind, optional = FIELDS[name]

    @feature.form(f"draft-{name}", Field(name, kind, optional), facilitator=True)
    async def changed(ctx: Context, answers: Answers, args: Arguments) -> None:
        sessions = await _draft(ctx, args)
        if not sessions:
            return
        first = sessions[0]
        draft = _Draft(
            first.series, first.sequence + 1, first.theme, first.starts, first.minutes, first.place,
            Repeat(first.every_weeks, len(sessions)),
        )  # fmt: skip
        await _keep(ctx, _with(draft, name, answers))
        await _say_back(ctx, first.series)


for _name in FIELDS:
    _ask_anew(_name)
