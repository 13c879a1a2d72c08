"""Who may read it: the member's choice, once they have seen what was understood."""

from __future__ import annotations

from bot.context import Context
from bot.feature import Arguments
from bot.features.stories.asking import still_open
from bot.features.stories.declaration import feature
from bot.features.stories.keeping import (
    Draft,
    answer,
    draft_of,
    forget_asking,
    keep_signed,
    keep_unnamed,
    pass_turn,
    signed_by,
    take_back,
)
from bot.model.community import Person
from bot.model.session import Session
from bot.model.story import StoryDraft


async def _waiting(ctx: Context, args: Arguments) -> tuple[Session, Draft] | None:
    # Seen in the conversation, the click would tell which it was.
    await ctx.take_back()
    session = await still_open(ctx, args)
    if session is None:
        return None
    draft = await draft_of(ctx, session)
    if draft is None or draft.mark != args.get("draft"):
        await ctx.reply_privately(ctx.here.say("stories-no-draft"))
        return None
    return session, draft


async def _settle(ctx: Context, session: Session) -> None:
    """Nothing left of the draft, nor that one was shown, which would tell who told a story."""
    await ctx.unit.delete(StoryDraft, session_id=session.id, person_id=ctx.member.id)
    await forget_asking(ctx, session)


async def _author(ctx: Context, draft: Draft) -> Person:
    found = await ctx.unit.get(Person, draft.author)
    return found or ctx.member


@feature.choice("named")
async def named(ctx: Context, args: Arguments) -> None:
    if waiting := await _waiting(ctx, args):
        session, draft = waiting
        author = await _author(ctx, draft)
        await answer(ctx, session, author.id)
        await keep_signed(ctx, session, author, "named", draft.told)
        await _settle(ctx, session)
        mine = ctx.typed("stories.mine", ctx.here, str(session.number))
        if author.id == ctx.member.id:
            await ctx.reply_privately(ctx.here.say("stories-kept-named", mine=mine))
            return
        await ctx.reply_privately(ctx.here.say("stories-for-kept", name=author.name))
        voice = ctx.voice(author)
        mine = ctx.typed("stories.mine", voice, str(session.number))
        told = voice.say("stories-for-told", facilitator=ctx.member.name, theme=session.theme, mine=mine)
        await ctx.direct(author, told, purpose="stories.for")


@feature.choice("unnamed")
async def unnamed(ctx: Context, args: Arguments) -> None:
    if waiting := await _waiting(ctx, args):
        session, draft = waiting
        own = draft.author == ctx.member.id
        if own:
            await answer(ctx, session, ctx.member.id)
            await take_back(ctx, session, ctx.member)
        await keep_unnamed(ctx, session, draft.told)
        await _settle(ctx, session)
        await ctx.reply_privately(ctx.here.say("stories-kept-unnamed" if own else "stories-for-kept-unnamed"))


@feature.choice("facilitator")
async def facilitator(ctx: Context, args: Arguments) -> None:
    if waiting := await _waiting(ctx, args):
        session, draft = waiting
        await answer(ctx, session, ctx.member.id)
        await keep_signed(ctx, session, ctx.member, "facilitator", draft.told)
        await _settle(ctx, session)
        mine = ctx.typed("stories.mine", ctx.here, str(session.number))
        await ctx.reply_privately(ctx.here.say("stories-kept-facilitator", mine=mine))


@feature.choice("again")
async def again(ctx: Context, args: Arguments) -> None:
    """What was shown waits until the new one takes its place."""
    if session := await still_open(ctx, args):
        await ctx.ask("stories.written", session=session.id)


@feature.choice("drop")
async def drop(ctx: Context, args: Arguments) -> None:
    if waiting := await _waiting(ctx, args):
        session, draft = waiting
        if draft.author == ctx.member.id and not await signed_by(ctx, session, ctx.member):
            await pass_turn(ctx, session, ctx.member.id)
        await _settle(ctx, session)
        await ctx.reply_privately(ctx.here.say("stories-dropped"))


@feature.choice("withdraw")
async def withdraw(ctx: Context, args: Arguments) -> None:
    """A story that bears their name, until the session begins."""
    if session := await still_open(ctx, args):
        gone = await take_back(ctx, session, ctx.member)
        ctx.unit.leave_no_trace()
        await ctx.reply_privately(ctx.here.say("stories-withdrawn" if gone else "stories-none-signed"))
