"""Where the platform refuses to open what is kept for members: someone has to look at its settings.

Facilitators are told once a day, however many sign meanwhile. Each of those is told that their signature stands.
"""

from __future__ import annotations

from bot import office
from bot.chat.content import Block, Bullets, Choice, Choices, Line
from bot.chat.events import AdmissionRefused, Event
from bot.context import Context
from bot.feature import Arguments
from bot.features.charter.declared import feature
from bot.model.charter import Signature
from bot.model.community import Person
from bot.model.flow import Outbox
from bot.ports import OneOf
from bot.voice import Voice

TRIED = "charter.tried"


@feature.on(AdmissionRefused)
async def refused(ctx: Context, event: Event) -> None:
    person = ctx.person
    if person is None or not person.present or not isinstance(event, AdmissionRefused):
        return  # gone meanwhile: their platform closed it behind them
    signature = await ctx.unit.one(Signature, person_id=person.id)
    if event.withdrawn:
        if signature is None:
            key = f"door:p{person.id}:{ctx.now.date()}"
            await _once(ctx, key, lambda voice: [voice.say("charter-door-not-closed", who=ctx.mention(person))])
        return
    if signature is None or signature.stuck:
        return
    signature.stuck = True
    await ctx.direct(person, ctx.voice(person).say("charter-stuck"), purpose="charter.stuck")
    # Once a day, and again once someone has tried again.
    tried = await ctx.unit.count(Outbox, community_id=ctx.community.id, purpose=TRIED)
    key = f"door:{ctx.community.id}:{ctx.now.date()}:{tried}"
    await _once(ctx, key, lambda voice: _what_to_look_at(key, voice))


async def _once(ctx: Context, key: str, words: office.Words) -> None:
    if not await office.posted(ctx, key):
        await office.post(ctx, key, words, purpose="charter.door")


def _what_to_look_at(key: str, voice: Voice) -> list[Block | Line]:
    """Without a name: it is no one's doing."""
    looked_at = ("there", "below", "allowed")
    return [
        voice.say("charter-door"),
        voice.say("charter-door-look"),
        Bullets(tuple(voice.say(f"charter-door-{what}") for what in looked_at)),
        voice.say("charter-door-then"),
        Choices((Choice(voice.text("charter-choice-try"), "charter.try", {"note": key}),)),
    ]


@feature.choice("try", facilitator=True)
async def try_again(ctx: Context, args: Arguments) -> None:
    """For all who signed since. What is refused again is told again."""
    stuck = await ctx.unit.find(Signature, community_id=ctx.community.id, stuck=True)
    ids = sorted(signature.person_id for signature in stuck)
    waiting = await ctx.unit.find(Person, id=OneOf(ids), present=True) if ids else []
    for signature in stuck:
        signature.stuck = False
    for person in waiting:
        await ctx.admit(person)
    by, count = ctx.name(ctx.member), len(waiting)
    tried = "charter-door-tried" if waiting else "charter-door-nobody"
    await office.edit(ctx, str(args["note"]), lambda voice: [voice.say(tried, by=by, count=count)], purpose=TRIED)
    if ctx.where is not None and ctx.where.private:
        await ctx.reply(ctx.here.say(tried, by=by, count=count))
