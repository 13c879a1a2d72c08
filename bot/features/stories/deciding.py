"""Who may read it: the member's choice, once they have seen what was understood."""

from __future__ import annotations

from bot.chat.content import Attachment
from bot.context import Context
from bot.feature import Arguments
from bot.features.stories.asking import still_open
from bot.features.stories.attached import attached, let_go, let_go_story, stays_theirs
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


async def _waiting(ctx: Context, args: Arguments, *, own: bool | None = True) -> tuple[Session, Draft] | None:
    """`own`: their own story, or one written down for another; None: either."""
    # Seen in the conversation, the click would tell which it was.
    await ctx.take_back()
    session = await still_open(ctx, args)
    if session is None:
        return None
    draft = await draft_of(ctx, session)
    if draft is not None and own is not None and own != (draft.author == ctx.member.id):
        draft = None
    if draft is None or draft.mark != args.get("draft"):
        await ctx.reply_privately(ctx.here.say("stories-no-draft"))
        return None
    return session, draft


async def _replaces(ctx: Context, session: Session, author: Person) -> Attachment | None:
    """What is ours of what came with their earlier story goes with it. What came."""
    earlier = await signed_by(ctx, session, author)
    if earlier is None or earlier.shared:
        return None
    await let_go_story(ctx, earlier)
    return attached(earlier)


async def _settle(ctx: Context, session: Session) -> None:
    """Nothing left of the draft, nor that one was shown, which would tell who told a story."""
    await ctx.unit.delete(StoryDraft, session_id=session.id, person_id=ctx.member.id)
    await forget_asking(ctx, session)


@feature.choice("named")
async def named(ctx: Context, args: Arguments) -> None:
    if waiting := await _waiting(ctx, args):
        session, draft = waiting
        await answer(ctx, session, ctx.member.id)
        await _replaces(ctx, session, ctx.member)
        await keep_signed(ctx, session, ctx.member, "named", draft.told)
        await _settle(ctx, session)
        mine = ctx.typed("stories.mine", ctx.here, str(session.number))
        await ctx.reply_privately(ctx.here.say("stories-kept-named", mine=mine))


@feature.choice("unnamed")
async def unnamed(ctx: Context, args: Arguments) -> None:
    if waiting := await _waiting(ctx, args):
        session, draft = waiting
        await answer(ctx, session, ctx.member.id)
        await _replaces(ctx, session, ctx.member)
        await take_back(ctx, session, ctx.member)
        await keep_unnamed(ctx, session, draft.told)
        await _settle(ctx, session)
        await ctx.reply_privately(ctx.here.say("stories-kept-unnamed"))


# Written down for another: whether they still facilitate is asked again when they click.


@feature.choice("named-for", facilitator=True)
async def named_for(ctx: Context, args: Arguments) -> None:
    if waiting := await _waiting(ctx, args, own=False):
        session, draft = waiting
        author = await ctx.unit.get(Person, draft.author)
        await _settle(ctx, session)
        if author is None:  # erased meanwhile
            await let_go(ctx, draft.told)
            await ctx.reply_privately(ctx.here.say("stories-no-draft"))
            return
        await answer(ctx, session, author.id)
        await _replaces(ctx, session, author)
        await keep_signed(ctx, session, author, "named", draft.told)
        await ctx.reply_privately(ctx.here.say("stories-for-kept", name=ctx.name(author)))
        voice = ctx.voice(author)
        mine = ctx.typed("stories.mine", voice, str(session.number))
        told = voice.say("stories-for-told", facilitator=ctx.name(ctx.member), theme=session.theme, mine=mine)
        await ctx.direct(author, told, purpose="stories.for")


@feature.choice("unnamed-for", facilitator=True)
async def unnamed_for(ctx: Context, args: Arguments) -> None:
    if waiting := await _waiting(ctx, args, own=False):
        session, draft = waiting
        await keep_unnamed(ctx, session, draft.told)
        await _settle(ctx, session)
        await ctx.reply_privately(ctx.here.say("stories-for-kept-unnamed"))


@feature.choice("facilitator")
async def facilitator(ctx: Context, args: Arguments) -> None:
    if waiting := await _waiting(ctx, args):
        session, draft = waiting
        await answer(ctx, session, ctx.member.id)
        await _replaces(ctx, session, ctx.member)
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
    if waiting := await _waiting(ctx, args, own=None):
        session, draft = waiting
        if draft.author == ctx.member.id and not await signed_by(ctx, session, ctx.member):
            await pass_turn(ctx, session, ctx.member.id)
        await let_go(ctx, draft.told)
        await _settle(ctx, session)
        await ctx.reply_privately(ctx.here.say("stories-dropped"), *stays_theirs(ctx, draft.told))


@feature.choice("withdraw")
async def withdraw(ctx: Context, args: Arguments) -> None:
    """A story that bears their name, until the session begins."""
    if session := await still_open(ctx, args):
        came = await _replaces(ctx, session, ctx.member)
        gone = await take_back(ctx, session, ctx.member)
        ctx.unit.leave_no_trace()
        said = ctx.here.say("stories-withdrawn" if gone else "stories-none-signed")
        await ctx.reply_privately(said, *stays_theirs(ctx, came))
