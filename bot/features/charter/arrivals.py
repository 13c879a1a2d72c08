"""Who waits for a facilitator's welcome: the first answer settles it, and each newcomer hears of theirs."""

from __future__ import annotations

from collections.abc import Sequence

from bot import office
from bot.chat.content import Block, Bullets, Choice, Choices, Line
from bot.context import Context
from bot.errors import Problem
from bot.feature import Arguments
from bot.features.charter import entering
from bot.features.charter.declared import feature
from bot.fields import Answers
from bot.model.charter import Arrival, ArrivalState, Signature
from bot.model.community import Person
from bot.ports import OneOf
from bot.voice import Voice

# As many buttons as one message may bear everywhere.
MOST_BUTTONS = 10
LONGEST_NAME = 30

Waiting = tuple[Arrival, Person, Signature]


@feature.command("arrivals", en="arrivals", fr="arrivées", facilitator=True)
async def arrivals(ctx: Context, answers: Answers) -> None:
    voice = ctx.here
    waiting, later = await _in_state(ctx, "waiting"), await _in_state(ctx, "later")
    said: list[Block | Line] = []
    buttons: list[Choice] = []
    left = 0
    for title, entries in (("charter-waiting-title", waiting), ("charter-later-title", later)):
        room = MOST_BUTTONS - len(buttons)
        shown = entries[: room // 2] if entries is waiting else entries[:room]
        left += len(entries) - len(shown)
        if shown:
            said += [voice.say(title), Bullets(tuple(_line(ctx, one, voice) for one in shown))]
        for one in shown:
            buttons += _buttons(one, voice, waits=entries is waiting)
    if not said:
        said.append(voice.say("charter-waiting-none"))
    if left:
        said.append(voice.say("charter-waiting-more", count=left, arrivals=ctx.typed("charter.arrivals", voice)))
    if not ctx.settings.welcome.approval:
        said.append(voice.say("charter-approval-off"))
    await ctx.reply_privately(*said, *([Choices(tuple(buttons))] if buttons else []))


async def _in_state(ctx: Context, state: ArrivalState) -> list[Waiting]:
    """Who has waited longest first. Of who is there, and whose signature stands."""
    found = await ctx.unit.find(Arrival, community_id=ctx.community.id, state=state, order="asked_at")
    ids = sorted(arrival.person_id for arrival in found)
    people = {p.id: p for p in await ctx.unit.find(Person, id=OneOf(ids), present=True)} if ids else {}
    signed = {s.person_id: s for s in await ctx.unit.find(Signature, person_id=OneOf(ids))} if ids else {}
    return [
        (a, people[a.person_id], signed[a.person_id])
        for a in found if a.person_id in people and a.person_id in signed
    ]  # fmt: skip


def _line(ctx: Context, one: Waiting, voice: Voice) -> Line:
    _, person, signature = one
    return voice.say("charter-waiting-one", who=ctx.mention(person), day=voice.day(signature.at))


def _buttons(one: Waiting, voice: Voice, *, waits: bool) -> Sequence[Choice]:
    arrival, person, _ = one
    name = person.name or person.external
    name = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
    which: dict[str, str | int] = {"arrival": arrival.id}
    if not waits:
        which["anew"] = 1
    let_in = Choice(voice.text("charter-choice-welcome-who", who=name), "charter.welcome", which)
    if not waits:
        return [let_in]
    return [let_in, Choice(voice.text("charter-choice-later-who", who=name), "charter.later", which)]


@feature.choice("welcome", facilitator=True)
async def welcome(ctx: Context, args: Arguments) -> None:
    await _settle(ctx, args, "open")


@feature.choice("later", facilitator=True)
async def later(ctx: Context, args: Arguments) -> None:
    await _settle(ctx, args, "later")


async def _settle(ctx: Context, args: Arguments, answer: ArrivalState) -> None:
    arrival, person = await _open_question(ctx, args)
    arrival.state = answer
    by = ctx.name(ctx.member)
    id = "charter-settled-open" if answer == "open" else "charter-settled-later"

    def settled(voice: Voice) -> list[Line]:
        known = {"arrivals": ctx.typed("charter.arrivals", voice)} if answer == "later" else {}
        return [voice.say(id, who=ctx.mention(person), by=by, **known)]

    await office.edit(ctx, arrival.key, settled, purpose=entering.PURPOSE)
    voice = ctx.voice(person)
    if answer == "open":
        await ctx.admit(person)
        told = await ctx.direct(person, voice.say("charter-welcomed"), purpose="charter.welcomed")
    else:
        told = await ctx.direct(person, await _not_now(ctx, voice), purpose="charter.not-now")
    if ctx.where is not None and ctx.where.private:
        done = f"charter-done-{answer}" if told else "charter-done-untold"
        await ctx.reply(ctx.here.say(done, who=ctx.mention(person)))


async def _open_question(ctx: Context, args: Arguments) -> tuple[Arrival, Person]:
    """Raises Problem where there is nothing to decide any more. `anew`: after a "not now"."""
    arrival = await ctx.unit.get(Arrival, int(args["arrival"]))
    if arrival is None:
        raise Problem("charter-nobody")
    person, signature = await entering.whose(ctx, arrival)
    if person is None or not person.present or signature is None or arrival.state == "gone":
        raise Problem("charter-nobody")
    if arrival.state != ("later" if args.get("anew") else "waiting"):
        raise Problem("charter-settled-already")
    return arrival, person


async def _not_now(ctx: Context, voice: Voice) -> Line:
    """With whom to talk about it: whom the configuration names, else whoever answered."""
    if await office.facilitators(ctx):
        return await entering.not_now(ctx, voice)
    return voice.say("charter-not-now-talk", names=ctx.mention(ctx.member))
