"""What it costs to ask: how many people are written to, at once, later or not at all; known before anything is said.

It is what will happen: the very decisions are made, in a unit of work that is undone. Nobody is named, and no number
is said that would tell on anyone what they wish.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot import rhythm
from bot.attention import settle
from bot.chat.content import Line, Message, Strong, message
from bot.chat.language import Language
from bot.context import Context
from bot.model.attention import Request
from bot.model.community import Person
from bot.model.rhythm import Due
from bot.ports import OneOf
from bot.voice import Voice

# Of fewer people, even "some" would be somebody.
FEWEST_PEOPLE = 10
# Fewer than these are "some".
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """What so many people would read, in their language."""

    message: Message
    language: Language
    people: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """`people`: of whom something is asked; `now` of them hear it at once, the others later or not at all."""

    people: int
    now: int
    shown: Sequence[Shown] = ()

    def cost(self, voice: Voice) -> Line | None:
        """In words; None where nobody is asked for anything. Why someone hears it later is not told, and neither is
        how many do, where there are few."""
        if not self.people:
            return None
        held = self.people - self.now
        return voice.say(f"attention-cost-{told(self.people, self.now)}", people=self.people, held=held)


def told(people: int, now: int) -> Literal["few", "all", "some", "most", "counted"]:
    """What may be said of so many people of whom something is asked, `now` of them being told of it at its hour: by no
    number may anybody tell what somebody wishes. few: that it depends. some, most: without how many hear it later."""
    held = people - now
    if people < FEWEST_PEOPLE:
        return "few"
    if not held:
        return "all"
    if held < FEWEST:
        return "some"
    return "most" if now < FEWEST else "counted"


async def foreseen(ctx: Context) -> Forecast:
    """Of what `ctx` has just asked, within `unit.rehearsed`. What it said remains as it was."""
    said = list(ctx.said)
    asked = list(ctx.asked)
    people = {p.id: p for p in await ctx.unit.find(Person, id=OneOf(sorted({row.person_id for row in asked})))}
    shown = await _shown(ctx, asked, people)
    await settle(ctx, people)
    ctx.said[:] = said
    now = {row.person_id for row in asked if row.state in ("sent", "merged")}
    return Forecast(len(people), len(now), shown)


async def of(ctx: Context, do: Callable[[Context], Awaitable[object]]) -> Forecast:
    """Were that done now."""
    async with ctx.unit.rehearsed():
        then = _at(ctx, ctx.now, "now")
        await do(then)
        return await foreseen(then)


async def coming(ctx: Context, until: datetime, *, session: int | None = None) -> list[Line]:
    """What of all that is planned until then, or for that session, is to be asked of people, and what it costs: one
    after another, as it will be. Within `unit.rehearsed`."""
    entries: list[Line] = []
    ctx = replace(ctx, quiet=await rhythm.quiet_times(ctx))
    for at, due in await _going_out(ctx, until):
        if session is not None and due.args.get("session") != session:
            continue
        then = _at(ctx, at, str(due.id))
        await ctx.features.dues[due.kind].run(then, due)
        cost = (await foreseen(then)).cost(ctx.here)
        if cost is not None:
            voice = ctx.here
            when = Strong(voice.text("rhythm-when", day=voice.day(at), time=voice.time(at)))
            what = voice.text(f"due-{due.kind.replace('.', '-')}")
            entries.append(voice.say("attention-entry", when=when, what=what, cost=cost))
    return entries


async def _going_out(ctx: Context, until: datetime) -> list[tuple[datetime, Due]]:
    """What may ask something of somebody until then, in the order in which it will."""
    dues = [due for due in await rhythm.coming(ctx, until) if not ctx.features.dues[due.kind].confided]
    found = await rhythm.fates(ctx, dues)
    going = [(found[due.id].at or due.due_at, due) for due in dues if rhythm.goes_out(found[due.id])]
    return sorted((each for each in going if each[0] <= until), key=lambda each: each[0])


def _at(ctx: Context, at: datetime, cause: str) -> Context:
    return replace(
        ctx, now=at, cause=f"{ctx.cause}/foreseen:{cause}", person=None, where=None, said=[], asked=[], after_commit=[]
    )


async def _shown(ctx: Context, asked: Sequence[Request], people: dict[int, Person]) -> list[Shown]:
    """The same sentence in another language is another message."""
    found: dict[tuple[str, Language], list[Request]] = {}
    for row in asked:
        found.setdefault((row.purpose, ctx.voice(people[row.person_id]).language), []).append(row)
    shown = []
    for (purpose, language), rows in found.items():
        words = ctx.features.requests[purpose].words
        asking = await words(ctx, people[rows[0].person_id], rows[0].args)
        if asking is not None:
            shown.append(Shown(message(*asking.said), language, len(rows)))
    return shown
