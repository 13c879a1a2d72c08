"""At the session's hour: the stories in its thread, and those for the facilitators to them alone."""

from __future__ import annotations

from datetime import timedelta

from bot import people
from bot.attachments import file_of
from bot.chat.content import Heading
from bot.context import Context
from bot.features.stories.attached import attached, let_go_drafts, let_go_sealed, words_of
from bot.features.stories.declaration import feature
from bot.features.stories.keeping import unseal_all
from bot.model.community import Person
from bot.model.rhythm import Due
from bot.model.session import Session
from bot.model.story import SealedStory, Story, StoryDraft
from bot.ports import OneOf


# Late is better than not at all: members wrote them for this. `share` says that it is late.
@feature.due(
    "share", useful_for=timedelta(days=1), heeds_quiet_hours=False, confided=True, on_holidays="goes",
    waits_for_pause=True, tells_lateness=True,
)  # fmt: skip
async def share(ctx: Context, due: Due) -> None:
    session = await ctx.unit.get(Session, int(due.args["session"]))
    if session is None or session.state != "planned" or session.starts > ctx.now:
        return
    await _return_drafts(ctx, session)
    lost = await unseal_all(ctx, session)
    ctx.unit.leave_no_trace(rewrite=True)
    await _to_facilitators(ctx, session)
    told = await ctx.unit.find(Story, session_id=session.id, shared=False, sharing=OneOf(["named", "unnamed"]))
    # Sorted first: the draw alone decides, and not where the rows lay.
    told.sort(key=lambda story: story.id)
    ctx.random.shuffle(told)
    voice, thread = ctx.voice(), f"session:{session.id}"
    if told:
        title = "stories-shared-late" if ctx.late else "stories-shared"
        await ctx.post(
            Heading(voice.say(title, count=len(told))), voice.say("stories-shared-how", theme=session.theme),
            purpose="stories.share", thread=thread,
        )  # fmt: skip
    for story in told:
        author = await ctx.unit.get(Person, story.person_id) if story.person_id is not None else None
        by = voice.say("stories-by", name=ctx.name(author)) if author else voice.say("stories-by-nobody")
        came = attached(story)
        # Whoever is named may have it taken back. Nothing ties a message to a story without a name.
        purpose = story.purpose if came and author else "stories.share"
        await ctx.post(by, *words_of(story), purpose=purpose, thread=thread)
        if came:
            await ctx.post(file_of(came), purpose=purpose, thread=thread)
        story.shared = True
    if lost:
        await ctx.post(voice.say("stories-lost"), purpose="stories.share", thread=thread)


async def facilitators(ctx: Context, session: Session) -> list[Person]:
    """Those known without asking the platform: who planned the session, and whom the configuration names."""
    named = await people.named(ctx.unit, ctx.community.id, ctx.settings.facilitators)
    return [p for p in await ctx.members() if p.id == session.planned_by or p.id in named]


async def _to_facilitators(ctx: Context, session: Session) -> None:
    entrusted = await ctx.unit.find(Story, session_id=session.id, shared=False, sharing="facilitator")
    for story in entrusted:
        author = await ctx.unit.get(Person, story.person_id or 0)
        for reader in await facilitators(ctx, session):
            by = ctx.voice(reader).say(
                "stories-entrusted", name=ctx.name(author) if author else "", theme=session.theme
            )
            came = attached(story)
            purpose = story.purpose if came else "stories.entrusted"
            if await ctx.direct(reader, by, *words_of(story), purpose=purpose):
                story.shared = True
                if came:
                    await ctx.direct(reader, file_of(came), purpose=purpose)


async def _return_drafts(ctx: Context, session: Session) -> None:
    """Whoever had not decided learns that nothing was kept, and where their words are."""
    for draft in await ctx.unit.find(StoryDraft, order="person_id", session_id=session.id):
        if person := await ctx.unit.get(Person, draft.person_id):
            words = ctx.voice(person).say("stories-undecided", theme=session.theme)
            await ctx.direct(person, words, purpose="stories.undecided")
    await let_go_drafts(ctx, session_id=session.id)
    await ctx.unit.delete(StoryDraft, session_id=session.id)


@feature.due("tidy", useful_for=timedelta(days=30), heeds_quiet_hours=False, chore=True)
async def tidy(ctx: Context, due: Due) -> None:
    """What still lies sealed after its hour: its session was cancelled, or its sharing passed over."""
    session_id = int(due.args["session"])
    await let_go_drafts(ctx, session_id=session_id)
    await let_go_sealed(ctx, session_id)
    await ctx.unit.delete(StoryDraft, session_id=session_id)
    await ctx.unit.delete(SealedStory, session_id=session_id)
    ctx.unit.leave_no_trace(rewrite=True)
