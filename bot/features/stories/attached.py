"""What came with stories: where it is shown, where it lies, and when what is ours of it goes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.attachments import file_of
from bot.chat.addresses import Laid, ours
from bot.chat.content import Attachment, Block, Line, Quote, Told
from bot.context import Context
from bot.features.stories.declaration import feature
from bot.features.stories.keeping import DRAFT, TOLD, opened
from bot.model.community import Person
from bot.model.flow import Outbox
from bot.model.rhythm import Due
from bot.model.session import Session
from bot.model.story import SealedStory, Story, StoryDraft
from bot.ports import Other, Seals, Unit

# Once it was shown to all, nothing that leads to who told it without a name is kept any longer than this.
SHOWN_BY = timedelta(hours=1)


def words_of(told: Told | Story) -> list[Block | Line]:
    """The member's own words, if there are any. What came with them is said apart."""
    if isinstance(told, str):
        return [Quote(told)]
    words = told.text if isinstance(told, Story) else told.words
    return [Quote(words)] if words else []


def attached(story: Story) -> Attachment | None:
    return Attachment(story.voice_mime, story.voice, story.text) if story.voice else None


async def show(ctx: Context, story: Story) -> None:
    """What came with it, to whoever asked."""
    if came := attached(story):
        await ctx.hand_over(file_of(came), purpose=story.purpose)


# -- letting go ----------------------------------------------------------------------------------------------


async def let_go(ctx: Context, told: Told) -> None:
    """It is not kept: neither is what is ours of what came with it."""
    if isinstance(told, Attachment):
        await ctx.discard(told.uri)


async def let_go_story(ctx: Context, story: Story) -> None:
    """The same, with the messages by which we showed it."""
    if came := attached(story):
        for row in await ctx.unit.find(Outbox, community_id=ctx.community.id, purpose=story.purpose):
            await ctx.remove(row)
        await let_go(ctx, came)


async def let_go_drafts(ctx: Context, **of: Any) -> None:
    for row in await ctx.unit.find(StoryDraft, order="person_id", **of):
        if found := opened(ctx.seals, row.session_id, row.sealed):
            await let_go(ctx, DRAFT.validate_json(found).told)


async def let_go_sealed(ctx: Context, session_id: int) -> None:
    for row in await ctx.unit.find(SealedStory, session_id=session_id):
        if found := opened(ctx.seals, row.session_id, row.sealed):
            await let_go(ctx, TOLD.validate_json(found) or "")


def stays_theirs(ctx: Context, told: Told | None) -> list[Block | Line]:
    """What of it is a message of theirs: only they can delete it."""
    if not isinstance(told, Attachment) or isinstance(ours(told.uri), Laid):
        return []
    return [ctx.here.say("stories-own-message")]


@feature.forgets
async def forget(ctx: Context, person: Person) -> None:
    for story in await ctx.unit.find(Story, person_id=person.id):
        await let_go_story(ctx, story)
    await let_go_drafts(ctx, person_id=person.id)


# -- without a name ------------------------------------------------------------------------------------------


async def released(ctx: Context, sessions: list[Session]) -> list[Session]:
    """Those of which something told without a name still bears an address, by which its author could be found."""
    begun = {s.id: s for s in sessions if s.starts <= ctx.now}
    told = await ctx.unit.find(Story, sharing="unnamed", shared=True, voice=Other(""))
    return [begun[id] for id in sorted({story.session_id for story in told} & begun.keys())]


@feature.due("release", useful_for=timedelta(days=30), heeds_quiet_hours=False, chore=True)
async def release(ctx: Context, due: Due) -> None:
    """It was shown to all: the address goes, and what is ours where it lay. What is still to be shown waits."""
    if await ctx.unit.count(Outbox, community_id=ctx.community.id, purpose="stories.share", state="pending"):
        return
    for story in await ctx.unit.find(
        Story, session_id=int(due.args["session"]), sharing="unnamed", shared=True, voice=Other("")
    ):
        await let_go(ctx, attached(story) or "")
        story.voice = ""
    ctx.unit.leave_no_trace(rewrite=True)


# -- what is still needed ------------------------------------------------------------------------------------


@feature.holds
async def needed(unit: Unit, seals: Seals) -> set[str] | None:
    """None where a key is away: what it sealed may need a copy all the same."""
    kept = {uri for (uri,) in await unit.only(Story, "voice", voice=Other(""))}
    drafts = await unit.find(StoryDraft, order="person_id")
    sealed = [opened(seals, row.session_id, row.sealed) for row in drafts]
    waiting = [opened(seals, row.session_id, row.sealed) for row in await unit.find(SealedStory)]
    if None in sealed or None in waiting:
        return None
    told = [DRAFT.validate_json(one).told for one in sealed if one]
    told += [found for one in waiting if one and (found := TOLD.validate_json(one))]
    return kept | {one.uri for one in told if isinstance(one, Attachment)}
