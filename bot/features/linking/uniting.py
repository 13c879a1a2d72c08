"""Two persons turn out to be one: all that is kept of the second becomes the first's, each thing counted once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, get_args

from bot.context import Context
from bot.model.account import Account
from bot.model.activity import Activity, ActivityKind
from bot.model.attention import WISHES, Request
from bot.model.charter import Arrival, Signature
from bot.model.community import Person, Presence, draw_pseudonym
from bot.model.flow import Conversation
from bot.model.introduction import Introduction
from bot.model.poll import PollVote
from bot.model.pulse import PulseTaken
from bot.model.rhythm import Deed
from bot.model.session import Attendance, Rsvp, RsvpSign, Session
from bot.model.story import Story, StoryAnswer, StoryDraft
from bot.ports import OneOf


def _first(mine: Any, theirs: Any) -> bool:
    """Of two rows that say the same, it does not matter which stays."""
    return False


def _later(mine: Any, theirs: Any) -> bool:
    return bool(theirs.at > mine.at)


def _said(mine: Request, theirs: Request) -> bool:
    return mine.sent_at is None and theirs.sent_at is not None


def _further_in(mine: Arrival, theirs: Arrival) -> bool:
    way = ("gone", "later", "waiting", "open")
    return way.index(theirs.state) > way.index(mine.state)


@dataclass(frozen=True, slots=True)
class Rows:
    """What is kept of a person in one table. `one_a`: there is one row at most for each of these, and if both persons
    have it, `theirs_stays` says whether the second's does. None: as many as there are."""

    of: type[Any]
    one_a: tuple[str, ...] | None = None
    theirs_stays: Callable[[Any, Any], bool] = _first


OF_A_PERSON = (
    Rows(Account),
    Rows(Presence, ("room_id",)),
    Rows(Introduction),
    Rows(Conversation, (), _later),
    Rows(Signature, (), _later),
    Rows(Arrival, (), _further_in),
    Rows(Rsvp, ("session_id",), _later),
    Rows(RsvpSign),
    Rows(Attendance, ("session_id",)),
    Rows(Story),
    Rows(StoryAnswer, ("session_id",)),
    Rows(StoryDraft, ("session_id",)),
    Rows(PulseTaken, ("pulse_id",)),
    Rows(PollVote, ("poll_id",), _later),
    Rows(Request, ("key",), _said),
    Rows(Deed, (), _later),
)

# What the log names after the person, so that it is there once.
NAMED = sorted(set(get_args(ActivityKind)) - {"message", "reply", "reaction"})


async def unite(ctx: Context, kept: Person, gone: Person) -> None:
    unit = ctx.unit
    for rows in OF_A_PERSON:
        await _move(ctx, rows, kept, gone)
    await unit.change(Session, {"planned_by": kept.id}, community_id=kept.community_id, planned_by=gone.id)
    await _log(ctx, kept, gone)
    kept.language = kept.language or gone.language
    kept.present |= gone.present
    kept.introduced |= gone.introduced
    # Who asked for less on one side has less of it on both.
    kept.wish = max(kept.wish, gone.wish, key=WISHES.index)
    joined = [at for at in (kept.joined_at, gone.joined_at) if at is not None]
    kept.joined_at = min(joined, default=None)
    if "none" in (kept.greeting, gone.greeting):
        kept.greeting = "none"  # they are no newcomer on one of the two sides
    await unit.delete(Person, id=gone.id)
    await unit.add(
        Account(
            community_id=kept.community_id, person_id=kept.id, platform=gone.platform, external=gone.external,
            name=gone.name, reachable=gone.reachable,
        )
    )  # fmt: skip
    for feature in ctx.features.all:
        for united in feature.unions:
            await united(ctx, kept, gone.id)


async def _move(ctx: Context, rows: Rows, kept: Person, gone: Person) -> None:
    unit = ctx.unit
    for theirs in await unit.find(rows.of, order="person_id", person_id=gone.id):
        if rows.one_a is not None:
            same: dict[str, Any] = {name: getattr(theirs, name) for name in rows.one_a}
            mine = await unit.one(rows.of, order="person_id", person_id=kept.id, **same)
            if mine is not None and not rows.theirs_stays(mine, theirs):
                continue  # goes with the second person
            if mine is not None:
                await unit.delete(rows.of, person_id=kept.id, **same)
            if not hasattr(theirs, "id"):  # whose it is, is what the row is known by
                await unit.delete(rows.of, person_id=gone.id, **same)
                await unit.add(replace(theirs, person_id=kept.id))
                continue
        theirs.person_id = kept.id


async def _log(ctx: Context, kept: Person, gone: Person) -> None:
    """The rows of both under one pseudonym. Who asked on one side not to be counted is not, on either."""
    unit = ctx.unit
    here: dict[str, Any] = {"community_id": kept.community_id}
    if not (kept.logged and gone.logged):
        both = OneOf([kept.pseudonym, gone.pseudonym])
        await unit.delete(Activity, **here, who=both)
        await unit.change(Activity, {"answers_who": ""}, **here, answers_who=both)
        kept.logged, kept.pseudonym = False, draw_pseudonym(ctx.random)
        unit.leave_no_trace(rewrite=True)
        return
    for row in await unit.find(Activity, **here, who=gone.pseudonym, kind=OneOf(NAMED)):
        event = row.event.replace(gone.pseudonym, kept.pseudonym)
        if event != row.event and await unit.count(Activity, **here, event=event):
            await unit.delete(Activity, id=row.id)
        else:
            row.event = event
    await unit.change(Activity, {"who": kept.pseudonym}, **here, who=gone.pseudonym)
    await unit.change(Activity, {"answers_who": kept.pseudonym}, **here, answers_who=gone.pseudonym)
    if kept.present or gone.present:
        await _never_left(ctx, kept)


async def _never_left(ctx: Context, kept: Person) -> None:
    """They left one side, and were on the other: they did not leave."""
    found = await ctx.unit.find(
        Activity, community_id=kept.community_id, who=kept.pseudonym, kind=OneOf(("join", "leave")), order="-at"
    )
    for row in found:
        if row.kind == "join":
            return
        await ctx.unit.delete(Activity, id=row.id)
