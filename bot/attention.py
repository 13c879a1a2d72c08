"""How often people are asked for something: the one place where that is decided.

What is asked by `ctx.request` lies as a row for each person (bot/model/attention.py) until it is decided on, together
with all else that waits for them: it is said, alone or with the rest in one message, it waits until there is room in
their week, or it is dropped, and the row says why.

The week goes back seven days from each instant, by the clock, for each person of a community. What comes soon and is
worth more has its room kept.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.chat.content import Block, Bullets, Choice, Choices, Line, Text, plain
from bot.context import Context
from bot.falling_due import Quiet
from bot.model.attention import Request, Why
from bot.model.community import Person
from bot.model.settings import Settings
from bot.ports import AtLeast, Before, OneOf
from bot.requests import TOGETHER, Asking, Priority, RequestKind
from bot.rhythm import TICK, quiet_times

WEEK = timedelta(days=7)
# In one message: more would be a list to be got through.
MOST_TOGETHER = 6
# In one unit of work: others wait for the database meanwhile.
PEOPLE_AT_ONCE = 50
# How often someone is told, with what they are asked, that they may have less of it.
OFFERED_EVERY = timedelta(days=28)
# Somebody else decides on these people just now.
LATER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Week:
    """What one person is asked: when they were `sent` something of late, and what is `foreseen` for them."""

    sent: Sequence[datetime]
    foreseen: Sequence[tuple[Priority, datetime]]
    most: int

    def fits(self, priority: Priority, at: datetime) -> bool:
        """Whether one more message leaves no seven days with more than `most`, what is foreseen and worth more
        included. What comes at one instant comes in one message."""
        to_come = {at, *(then for worth, then in self.foreseen if worth > priority)}
        known = (*self.sent, *to_come)
        ends = [end for end in to_come if end >= at]
        return self.most > 0 and all(sum(end - WEEK < then <= end for then in known) <= self.most for end in ends)

    def next(self, priority: Priority, after: datetime) -> datetime | None:
        """The first instant later than that at which it fits, as things stand."""
        ends = sorted({then + WEEK for then in (*self.sent, *(at for _, at in self.foreseen))})
        return next((end for end in ends if end > after and self.fits(priority, end)), None)


def most_a_week(settings: Settings, person: Person) -> int:
    return min(1, settings.attention.per_week) if person.wish == "less" else settings.attention.per_week


def wanted(person: Person, kind: RequestKind) -> bool:
    return person.wish in ("usual", "less") or (person.wish == "sessions" and kind.about_sessions)


async def settle(ctx: Context, people: Collection[int] | None = None) -> None:
    """Decide on what has its turn now; with `people`, their ids, on all that waits for them. A few people at once:
    what is left has its turn still."""
    unit, community = ctx.unit, ctx.community.id
    by_now = Before(ctx.now + TICK)
    ids = people if people is not None else await _whose_turn(ctx, by_now)
    # Whoever decides on someone does so alone, and by what everybody decided before.
    ours = OneOf([id for (id,) in await unit.only(Person, "id", id=OneOf(sorted(ids)), claimed=True)])
    if others := sorted(set(ids) - set(ours.values)):
        again = {"look_at": ctx.now + LATER}
        await unit.change(Request, again, person_id=OneOf(others), state="waits", look_at=by_now)
    waiting: dict[int, list[Request]] = {}
    for row in await unit.find(Request, community_id=community, state="waits", person_id=ours):
        waiting.setdefault(row.person_id, []).append(row)
    sent: dict[int, list[datetime]] = {}
    for row in await unit.find(Request, state="sent", person_id=ours, sent_at=AtLeast(ctx.now - WEEK)):
        # Said before now, whatever the clock was then: where it was set back, the week begins today.
        row.sent_at = min(row.sent_at or ctx.now, ctx.now)
        sent.setdefault(row.person_id, []).append(row.sent_at)
    foreseen = await _foreseen(ctx)
    quiet = await quiet_times(ctx)
    for person in await unit.find(Person, id=ours):
        week = Week(sent.get(person.id, []), foreseen.get(person.id, []), most_a_week(ctx.settings, person))
        await _decide(ctx, person, waiting.get(person.id, []), week, quiet)


async def _whose_turn(ctx: Context, by_now: Before) -> list[int]:
    found = await ctx.unit.only(
        Request, "person_id", community_id=ctx.community.id, state="waits", look_at=by_now, order="look_at",
        limit=PEOPLE_AT_ONCE * MOST_TOGETHER,
    )  # fmt: skip
    return list(dict.fromkeys(id for (id,) in found))[:PEOPLE_AT_ONCE]


async def _foreseen(ctx: Context) -> dict[int, list[tuple[Priority, datetime]]]:
    found: dict[int, list[tuple[Priority, datetime]]] = {}
    for kind in ctx.features.requests.values():
        for person, at in await kind.foresees(ctx, ctx.now + WEEK) if kind.foresees else ():
            found.setdefault(person, []).append((kind.priority, max(at, ctx.now)))
    return found


async def _decide(ctx: Context, person: Person, waiting: list[Request], week: Week, quiet: Quiet) -> None:
    said: list[tuple[Request, Asking]] = []
    kinds = ctx.features.requests
    # What nothing is known of any more, since another version asked it, comes last and is dropped.
    worth = {row.id: kinds[row.purpose].priority if row.purpose in kinds else 0 for row in waiting}
    for row in sorted(waiting, key=lambda row: (-worth[row.id], row.asked_at, row.id)):
        if never := _never(ctx, person, row):
            row.state, row.why = "dropped", never
            continue
        kind = kinds[row.purpose]
        # Asked at its own hour it goes by the rules of whoever asked; put off, by those of all that goes out by itself.
        free = ctx.now if row.look_at == row.asked_at else _free(ctx, quiet, row, ctx.now)
        if free > ctx.now:
            _put_off(row, "quiet", free)
        elif len(said) == MOST_TOGETHER or (not said and not week.fits(kind.priority, ctx.now)):
            sent = [*week.sent, ctx.now] if said else week.sent
            room = replace(week, sent=sent).next(kind.priority, ctx.now)
            _put_off(row, "room", _free(ctx, quiet, row, room) if room else row.until)
        elif asking := await kind.words(ctx, person, row.args):
            said.append((row, asking))
        else:
            row.state, row.why = "dropped", "over"
    if said:
        await _say(ctx, person, said)


def _free(ctx: Context, quiet: Quiet, row: Request, at: datetime) -> datetime:
    """From when on it may be said: neither in a pause, nor in quiet hours, nor on a holiday."""
    kind = replace(ctx.features.dues["attention.settle"], chore=False)
    while at < row.until:
        pause = quiet.pause(row.purpose.split(".")[0], at)
        later = quiet.over(kind, (pause.until or row.until) if pause else at, {}, late=True)
        if later <= at:
            break
        at = later
    return at


def _never(ctx: Context, person: Person, row: Request) -> Why:
    kind = ctx.features.requests.get(row.purpose)
    if kind is None:
        return "over"
    if not person.present:
        return "gone"
    if not person.reachable:
        return "closed"
    if not wanted(person, kind):
        return "wish"
    if row.until <= ctx.now:
        return row.why or "late"
    return "" if ctx.settings.attention.per_week else "room"


def _put_off(row: Request, why: Why, at: datetime) -> None:
    row.why, row.look_at = why, min(at, row.until)


async def _say(ctx: Context, person: Person, said: Sequence[tuple[Request, Asking]]) -> None:
    voice = ctx.voice(person)
    first = said[0][0]
    lately = AtLeast(ctx.now - OFFERED_EVERY)
    offered = len(said) > 1 or not await ctx.unit.count(Request, person_id=person.id, offered=True, sent_at=lately)
    besides = [voice.say("rhythm-late", when=voice.when(first.late_from))] if first.late_from else []
    besides += [voice.say("attention-offer", less=ctx.typed("attention.wish", voice))] if offered else []
    blocks = _alone(said[0][1], besides) if len(said) == 1 else _together(ctx, person, said)
    purpose = first.purpose if len(said) == 1 else TOGETHER
    until = max(row.until for row, _ in said)
    message = await ctx.write_to(person, *blocks, purpose=purpose, key=f"request:{first.id}", until=until)
    for row, _ in said:
        row.state, row.why = "sent" if row is first else "merged", ""
        row.sent_at, row.message = ctx.now, message
    first.offered = offered


def _alone(asking: Asking, besides: Sequence[Line]) -> list[Block | Line]:
    """What can be chosen stays last."""
    *words, last = asking.said
    return [*words, *besides, last] if isinstance(last, Choices) else [*asking.said, *besides]


def _together(ctx: Context, person: Person, said: Sequence[tuple[Request, Asking]]) -> list[Block | Line]:
    """In one message, each in short, with a button that shows the whole of it: what is numbered, or has a sign of its
    own, would be chosen for something else among so much."""
    voice = ctx.voice(person)
    labels = [asking.opens for _, asking in said]

    def told_apart(number: int, what: Line) -> Line:
        """By its number, where two buttons would say the same."""
        alike = len(set(labels)) < len(labels)
        return voice.say("attention-numbered", number=str(number), what=what) if alike else what

    shorts = [told_apart(number, asking.short) for number, (_, asking) in enumerate(said, start=1)]
    buttons = [
        Choice(plain(told_apart(number, (Text(label),))), "attention.open", {"purpose": row.purpose, **row.args})
        for number, (label, (row, _)) in enumerate(zip(labels, said, strict=True), start=1)
    ]
    buttons.append(Choice(voice.text("attention-choice-change"), "attention.change"))
    return [voice.say("attention-together"), Bullets(tuple(shorts)), Choices(tuple(buttons))]
