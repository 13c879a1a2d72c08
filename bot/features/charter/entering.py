"""The way in: open at once, or once a facilitator has said welcome."""

from __future__ import annotations

from datetime import timedelta

from bot import office, people
from bot.chat.content import Block, Choice, Choices, Line
from bot.context import Context
from bot.model.charter import Arrival, Signature
from bot.model.community import Person
from bot.voice import Voice

# Asked again within this time, facilitators are not written to once more: the message is there still.
SOON = timedelta(hours=24)
PURPOSE = "charter.arrival"


async def enter(ctx: Context, person: Person) -> None:
    """They have signed, or come back with their signature."""
    arrival = await ctx.unit.one(Arrival, person_id=person.id)
    was = arrival.state if arrival is not None else "gone"
    if arrival is None:
        arrival = Arrival(community_id=ctx.community.id, person_id=person.id, state="gone")
        await ctx.unit.add(arrival)
    if was == "open" or not await _must_wait(ctx, person):
        await _open(ctx, arrival, person)
    elif was == "gone":
        await _ask(ctx, arrival, person)


async def catch_up(ctx: Context, person: Person) -> None:
    """Who waits although nobody has to any more comes in. To whom it is open already nothing is opened twice: a
    facilitator may have closed it by hand."""
    arrival = await ctx.unit.one(Arrival, person_id=person.id, state="waiting")
    if arrival is not None and not await _must_wait(ctx, person):
        await _open(ctx, arrival, person)


async def _must_wait(ctx: Context, person: Person) -> bool:
    named = await people.named(ctx.unit, ctx.community.id, ctx.settings.facilitators)
    return ctx.settings.welcome.approval and person.id not in named


async def _open(ctx: Context, arrival: Arrival, person: Person) -> None:
    if arrival.state == "waiting":
        await _settle_message(ctx, arrival, person, "charter-let-in")
    arrival.state = "open"
    await ctx.admit(person)


async def _ask(ctx: Context, arrival: Arrival, person: Person) -> None:
    """Coming and going again and again must not flood those who facilitate."""
    arrival.state = "waiting"
    if arrival.asked_at is not None and ctx.now - arrival.asked_at < SOON:
        await office.edit(ctx, arrival.key, lambda voice: asking(ctx, arrival, person, voice), purpose=PURPOSE)
        return
    arrival.asked, arrival.asked_at = arrival.asked + 1, ctx.now
    await office.post(ctx, arrival.key, lambda voice: asking(ctx, arrival, person, voice), purpose=PURPOSE)


def asking(ctx: Context, arrival: Arrival, person: Person, voice: Voice) -> list[Block | Line]:
    new = person.joined_at is not None
    return [
        voice.say("charter-arrived" if new else "charter-arrived-before", who=ctx.mention(person)),
        voice.say("charter-arrived-ask"),
        Choices(
            (
                Choice(voice.text("charter-choice-welcome"), "charter.welcome", {"arrival": arrival.id}),
                Choice(voice.text("charter-choice-later"), "charter.later", {"arrival": arrival.id}),
            )
        ),
    ]


async def go_out(ctx: Context, person: Person, why: str) -> None:
    """What is kept for members closes. Who was once welcome need not ask again."""
    await take_off(ctx, person, why)
    arrival = await ctx.unit.one(Arrival, person_id=person.id)
    if arrival is not None and arrival.state == "open":
        await ctx.admit(person, withdrawn=True)


async def take_off(ctx: Context, person: Person, why: str) -> None:
    """Nobody has to decide about them any more. `why`: what then stands in the place of the question."""
    arrival = await ctx.unit.one(Arrival, person_id=person.id, state="waiting")
    if arrival is not None:
        arrival.state = "gone"
        await _settle_message(ctx, arrival, person, why)


async def _settle_message(ctx: Context, arrival: Arrival, person: Person, id: str) -> None:
    await office.edit(
        ctx, arrival.key, lambda voice: [voice.say(id, who=ctx.mention(person))], purpose=PURPOSE
    )


async def not_now(ctx: Context, voice: Voice) -> Line:
    """To whom a facilitator answered so, with whom they may talk about it."""
    names = [ctx.mention(person) for person in await office.facilitators(ctx)]
    if not names:
        return voice.say("charter-not-now")
    return voice.say("charter-not-now-talk", names=voice.listed(names, last="or"))


async def whose(ctx: Context, arrival: Arrival) -> tuple[Person | None, Signature | None]:
    person = await ctx.unit.get(Person, arrival.person_id)
    return person, await ctx.unit.one(Signature, person_id=arrival.person_id)
