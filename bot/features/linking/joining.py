"""Linking: a code on one side, typed on the other, and each side agrees having seen the other."""

from __future__ import annotations

from datetime import timedelta

from bot import people
from bot.chat.content import Choice, Choices, Code, Line
from bot.context import Context, Said
from bot.errors import Problem
from bot.feature import Arguments, Field
from bot.features.linking import codes
from bot.features.linking.declared import feature
from bot.features.linking.uniting import unite
from bot.fields import Answers
from bot.model.account import LinkCode
from bot.model.community import Person
from bot.ports import AtLeast
from bot.voice import Voice

# From one click to the other: the time to open another program.
TO_CONFIRM = timedelta(minutes=10)


@feature.command(
    "link", en=("link my account", "link my accounts"), fr=("relier mon compte", "relier mes comptes"),
    fields=[Field("code", optional=True)], path=("my-data link", "mes-données relier"),
)  # fmt: skip
async def link(ctx: Context, answers: Answers) -> None:
    platforms = {room.platform for room in await ctx.main_rooms()}
    if len(platforms) < 2:
        raise Problem("linking-nowhere", community=ctx.settings.name)
    if answers.given("code"):
        await _typed(ctx, answers.text("code"))
        return
    agreed = await ctx.unit.one(LinkCode, person_id=ctx.member.id, agreed=True, expires=AtLeast(ctx.now))
    if agreed is not None and (other := await ctx.unit.get(Person, agreed.other_id or 0)):
        await ctx.reply_privately(*await _last_question(ctx, agreed, ctx.here, other))
        return
    voice = ctx.here
    if platforms <= {a.platform for a in await people.accounts(ctx.unit, ctx.member)}:
        linked, unlink = await called(ctx, ctx.member, voice), ctx.typed("linking.unlink", voice)
        await ctx.reply_privately(voice.say("linking-linked-already", accounts=linked, unlink=unlink))
        return
    code = await codes.give(ctx)
    await ctx.reply_privately(
        voice.say("linking-code", code=Code(code)),
        voice.say("linking-how", typed=_in_private(voice, code)),
        voice.say("linking-once"),
        voice.say("linking-why"),
        voice.say("linking-not-copied", unlink=ctx.typed("linking.unlink", voice)),
    )


async def _typed(ctx: Context, said: str) -> None:
    """A code that is none is noted: what raises Problem would not be."""
    voice = ctx.here
    if await codes.tried_too_often(ctx):
        await ctx.reply_privately(voice.say("linking-tried-too-often"))
        return
    code = await codes.typed(ctx, said)
    owner = await ctx.unit.get(Person, code.person_id) if code else None
    if code is None or owner is None:
        await codes.note_try(ctx)
        await ctx.reply_privately(voice.say("linking-unknown", typed=_in_private(voice)))
        return
    if owner.id == ctx.member.id:
        raise Problem("linking-own")
    if both := await _on_both(ctx, owner, ctx.member):
        raise Problem("linking-same-platform", platform=both)
    code.other_id = ctx.member.id
    await ctx.reply_privately(
        voice.say("linking-whose", theirs=await called(ctx, owner, voice), mine=await called(ctx, ctx.member, voice)),
        voice.say("linking-why"),
        voice.say("linking-beware"),
        _choices(voice, code, "linking.agree"),
    )


@feature.choice("agree")
async def agree(ctx: Context, args: Arguments) -> None:
    """On the side where it was typed: the other side is asked now."""
    code = await ctx.unit.get(LinkCode, int(args["code"]))
    owner = await ctx.unit.get(Person, code.person_id) if code else None
    if code is None or owner is None or code.other_id != ctx.member.id or code.expires < ctx.now:
        raise _too_late(ctx)
    if not code.agreed:
        code.agreed, code.expires = True, ctx.now + TO_CONFIRM
        question = await _last_question(ctx, code, ctx.voice(owner), ctx.member)
        await ctx.direct(owner, *question, purpose="linking.confirm")
    voice = ctx.here
    there = await called(ctx, owner, voice)
    await ctx.reply_privately(voice.say("linking-one-more", theirs=there, typed=_in_private(voice)))


async def _last_question(ctx: Context, code: LinkCode, voice: Voice, other: Person) -> list[Said]:
    return [
        voice.say("linking-confirm", theirs=await called(ctx, other, voice)),
        voice.say("linking-why"),
        voice.say("linking-beware"),
        _choices(voice, code, "linking.confirm"),
    ]


@feature.choice("confirm")
async def confirm(ctx: Context, args: Arguments) -> None:
    """On the side where the code was given: whoever found it there has an account of their own to show."""
    code = await ctx.unit.get(LinkCode, int(args["code"]))
    ours = code is not None and code.person_id == ctx.member.id and code.agreed and code.expires >= ctx.now
    other = await ctx.unit.get(Person, code.other_id or 0) if code and ours else None
    if code is None or other is None or await _on_both(ctx, ctx.member, other):
        raise _too_late(ctx)
    await ctx.unit.delete(LinkCode, id=code.id)
    await unite(ctx, ctx.member, other)
    voice = ctx.here
    await ctx.reply_privately(
        voice.say("linking-done", accounts=await called(ctx, ctx.member, voice)),
        voice.say("linking-not-copied", unlink=ctx.typed("linking.unlink", voice)),
    )


@feature.choice("refuse")
async def refuse(ctx: Context, args: Arguments) -> None:
    """From either side."""
    code = await ctx.unit.get(LinkCode, int(args["code"]))
    if code is None or ctx.member.id not in (code.person_id, code.other_id):
        raise _too_late(ctx)
    await ctx.unit.delete(LinkCode, id=code.id)
    await ctx.reply_privately(ctx.here.say("linking-refused"))


async def called(ctx: Context, person: Person, voice: Voice) -> Line:
    """All their accounts, each by its platform, its name there, and the identifier, which nobody can borrow."""
    return voice.listed([
        voice.say(
            "linking-account", platform=account.platform.capitalize(), name=account.name or account.external,
            identifier=account.external,
        )
        for account in await people.accounts(ctx.unit, person)
    ])  # fmt: skip


async def _on_both(ctx: Context, one: Person, other: Person) -> str:
    """A platform where both have an account: there they would be two at once."""
    first = {a.platform for a in await people.accounts(ctx.unit, one)}
    second = {a.platform for a in await people.accounts(ctx.unit, other)}
    return "".join(sorted(first & second)[:1]).capitalize()


def _in_private(voice: Voice, code: str = "") -> Code:
    """As it is typed in private, whatever the platform: no prefix stands before it."""
    return Code(" ".join(filter(None, ("relier mon compte" if voice.language == "fr" else "link my account", code))))


def _choices(voice: Voice, code: LinkCode, does: str) -> Choices:
    return Choices(
        (
            Choice(voice.text("linking-choice-link"), does, {"code": code.id}, "✅"),
            Choice(voice.text("linking-choice-not"), "linking.refuse", {"code": code.id}, "❌"),
        )
    )


def _too_late(ctx: Context) -> Problem:
    return Problem("linking-too-late", typed=_in_private(ctx.here))
