"""Reading the charter, signing it, and taking the signature back."""

from __future__ import annotations

from bot import charter
from bot.chat.content import Block, Choice, Choices, Line
from bot.chat.events import Event, MemberJoined, MemberLeft
from bot.context import Context
from bot.feature import Arguments
from bot.features.charter import entering
from bot.features.charter.declared import feature
from bot.fields import Answers
from bot.model.charter import Arrival, Signature
from bot.voice import Voice


@feature.command("charter", en="charter", fr="charte", shows_more=True)
async def read(ctx: Context, answers: Answers) -> None:
    """With what whoever reads it may do: sign, sign the text as it is now, or take the signature back."""
    voice = ctx.here
    signature = await signed(ctx)
    said = charter.shown(ctx.settings, voice)
    if signature is None:
        said += [voice.say("charter-means"), _buttons(voice, "sign")]
    elif signature.text != charter.fingerprint(ctx.settings):
        day = voice.day(signature.at)
        said += [voice.say("charter-changed", day=day), voice.say("charter-take-back")]
        said.append(_buttons(voice, "sign", "unsign"))
    else:
        said.append(voice.say("charter-signed-on", day=voice.day(signature.at)))
        said += await _way_in(ctx, signature)
        said += [voice.say("charter-take-back"), _buttons(voice, "unsign")]
    if ctx.facilitator:
        said.append(voice.say("charter-count", count=await _how_many(ctx)))
    await ctx.reply_privately(*said)


@feature.choice("sign")
async def sign(ctx: Context, args: Arguments) -> None:
    voice, text = ctx.here, charter.fingerprint(ctx.settings)
    signature = await signed(ctx)
    if signature is not None and signature.text == text:
        await entering.catch_up(ctx, ctx.member)
        already = voice.say("charter-signed-already", day=voice.day(signature.at))
        await ctx.reply_privately(already, *await _way_in(ctx, signature))
        return
    if signature is None:
        signature = Signature(
            community_id=ctx.community.id, person_id=ctx.member.id, text=text, at=ctx.now
        )
        await ctx.unit.add(signature)
    else:
        signature.text, signature.at = text, ctx.now
    await entering.enter(ctx, ctx.member)
    said = [voice.say("charter-signed"), *await _way_in(ctx, signature)]
    await ctx.reply_privately(*said, voice.say("charter-again", charter=ctx.typed("charter.charter", voice)))


@feature.choice("unsign")
async def unsign(ctx: Context, args: Arguments) -> None:
    voice = ctx.here
    if await signed(ctx) is None:
        await ctx.reply_privately(voice.say("charter-unsigned-already"))
        return
    await ctx.unit.delete(Signature, person_id=ctx.member.id)
    await entering.go_out(ctx, ctx.member, "charter-taken-back")
    again = ctx.typed("charter.charter", voice)
    await ctx.reply_privately(voice.say("charter-unsigned"), voice.say("charter-unsigned-again", charter=again))


@feature.on(MemberLeft)
async def left(ctx: Context, event: Event) -> None:
    """Nobody has to decide about them. Their signature stays: they may come back."""
    await entering.take_off(ctx, ctx.member, "charter-left")


@feature.on(MemberJoined)
async def back(ctx: Context, event: Event) -> None:
    """What had been opened to them was closed by their leaving; who was waiting waits again."""
    if await signed(ctx) is not None:
        await entering.enter(ctx, ctx.member)


async def signed(ctx: Context) -> Signature | None:
    return await ctx.unit.one(Signature, person_id=ctx.member.id)


async def _way_in(ctx: Context, signature: Signature) -> list[Block | Line]:
    """How far they have come."""
    voice = ctx.here
    arrival = await ctx.unit.one(Arrival, person_id=signature.person_id)
    if signature.stuck:
        return [voice.say("charter-stuck")]
    if arrival is None or arrival.state == "open":
        return [voice.say("charter-open")]
    if arrival.state == "later":
        return [await entering.not_now(ctx, voice)]
    return [voice.say("charter-waiting")]


async def _how_many(ctx: Context) -> int:
    """Of those present, who signed the text as it is today. Never who did not."""
    here = {person.id for person in await ctx.members()}
    text = charter.fingerprint(ctx.settings)
    signatures = await ctx.unit.find(Signature, community_id=ctx.community.id, text=text)
    return sum(s.person_id in here for s in signatures)


def _buttons(voice: Voice, *ids: str) -> Choices:
    return Choices(tuple(Choice(voice.text(f"charter-choice-{id}"), f"charter.{id}") for id in ids))
