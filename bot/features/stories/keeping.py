"""What is kept of a story, by each of the three ways to share it."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from bot.chat.content import Attachment, Choice, Told
from bot.context import Context
from bot.forms import OPEN_AGAIN
from bot.model.activity import Activity
from bot.model.community import Person
from bot.model.flow import Outbox
from bot.model.session import Session
from bot.model.story import SealedStory, Sharing, Story, StoryAnswer, StoryDraft
from bot.padding import padded, unpadded
from bot.ports import OneOf, Seals

# Compressed, the longest story fits in one block, unless it is not in words.
BLOCK = 16 * 1024


@dataclass(frozen=True, slots=True)
class Draft:
    """What waits for a decision. `author`: whose story it is.

    `mark`: what its choices bear, so that those of an earlier draft decide nothing about this one.
    """

    told: Told
    author: int
    mark: int


DRAFT: TypeAdapter[Draft] = TypeAdapter(Draft)
TOLD: TypeAdapter[Told | None] = TypeAdapter(Told | None)


def key_of(session_id: int) -> str:
    return f"stories-{session_id}"


def seal(ctx: Context, session: Session, what: bytes) -> bytes:
    return ctx.seals.seal(key_of(session.id), padded(zlib.compress(what, 9), BLOCK))


def unseal(ctx: Context, session: Session, sealed: bytes) -> bytes | None:
    """None when the key is gone."""
    return opened(ctx.seals, session.id, sealed)


def opened(seals: Seals, session_id: int, sealed: bytes) -> bytes | None:
    found = seals.open(key_of(session_id), sealed)
    return None if found is None else zlib.decompress(unpadded(found))


# -- drafts ---------------------------------------------------------------------------------------------


async def keep_draft(ctx: Context, session: Session, draft: Draft) -> None:
    await ctx.unit.delete(StoryDraft, session_id=session.id, person_id=ctx.member.id)
    await ctx.unit.add(
        StoryDraft(
            session_id=session.id, person_id=ctx.member.id, sealed=seal(ctx, session, DRAFT.dump_json(draft))
        )
    )


async def draft_of(ctx: Context, session: Session) -> Draft | None:
    row = await ctx.unit.one(StoryDraft, order="person_id", session_id=session.id, person_id=ctx.member.id)
    found = unseal(ctx, session, row.sealed) if row else None
    return None if found is None else DRAFT.validate_json(found)


async def forget_asking(ctx: Context, session: Session) -> None:
    """All that this person asked for here about the stories of that session. What everyone was asked stays."""
    unit = ctx.unit
    if ctx.where is not None:
        by_account = await unit.find(
            Outbox, platform=ctx.where.platform, person=ctx.where.person or ctx.member.external,
            purpose=OneOf(["reply", "form"]), state="sent",
        )  # fmt: skip
        in_room = await unit.find(
            Outbox, platform=ctx.where.platform, room=ctx.where.room, person="", purpose="reply", state="sent"
        )
        for row in by_account + (in_room if ctx.where.direct else []):
            if any(_of_stories(c, session) for c in row.choices):
                for position in range(len(row.choices)):
                    await unit.delete(Outbox, key=f"{row.key}/{position}")
                await unit.delete(Outbox, id=row.id)
    unit.leave_no_trace()


def _of_stories(choice: Choice, session: Session) -> bool:
    about = str(choice.args.get("form", "")) if choice.does == OPEN_AGAIN else choice.does
    return about.startswith("stories.") and choice.args.get("session") == session.id


# -- answers --------------------------------------------------------------------------------------------


async def has_answered(ctx: Context, session: Session, person_id: int) -> bool:
    return await ctx.unit.count(StoryAnswer, session_id=session.id, person_id=person_id) > 0


async def answer(ctx: Context, session: Session, person_id: int) -> bool:
    """Not to be asked again for this session. False where they had answered already."""
    if await has_answered(ctx, session, person_id):
        return False
    await ctx.unit.add(StoryAnswer(session_id=session.id, person_id=person_id))
    return True


async def pass_turn(ctx: Context, session: Session, person_id: int) -> None:
    """Nothing told: sealed all the same, so that who did tell something cannot be counted out."""
    if await answer(ctx, session, person_id):
        await keep_unnamed(ctx, session, None)


# -- stories --------------------------------------------------------------------------------------------


def draw_id(ctx: Context) -> str:
    return f"{ctx.random.getrandbits(128):032x}"


def _story(ctx: Context, session: Session, person_id: int | None, sharing: Sharing, told: Told) -> Story:
    story = Story(id=draw_id(ctx), session_id=session.id, person_id=person_id, sharing=sharing)
    if isinstance(told, Attachment):
        story.text, story.voice, story.voice_mime = told.words, told.uri, told.mime
    else:
        story.text = told
    return story


async def keep_signed(ctx: Context, session: Session, person: Person, sharing: Sharing, told: Told) -> None:
    """In place of the one they may have told before."""
    await ctx.unit.delete(Story, session_id=session.id, person_id=person.id)
    await ctx.unit.add(_story(ctx, session, person.id, sharing, told))
    await ctx.log("story", person, event=_event(session, person), session_id=session.id)


async def keep_unnamed(ctx: Context, session: Session, told: Told | None) -> None:
    """Nothing in the log: a row there for which no story bears a name would lead to its author."""
    sealed = seal(ctx, session, TOLD.dump_json(told))
    await ctx.unit.add(SealedStory(id=draw_id(ctx), session_id=session.id, sealed=sealed))


async def take_back(ctx: Context, session: Session, person: Person) -> bool:
    """What bears their name. False where nothing does any more."""
    gone = await ctx.unit.delete(Story, session_id=session.id, person_id=person.id, shared=False)
    if gone:
        await ctx.unit.delete(Activity, community_id=ctx.community.id, event=_event(session, person))
    return gone > 0


async def signed_by(ctx: Context, session: Session, person: Person) -> Story | None:
    return await ctx.unit.one(Story, session_id=session.id, person_id=person.id)


def _event(session: Session, person: Person) -> str:
    return f"story:{session.id}:{person.pseudonym}"


async def unseal_all(ctx: Context, session: Session) -> int:
    """From now on the stories without a name are rows like others. Returns how many could not be opened."""
    lost = 0
    for row in await ctx.unit.find(SealedStory, session_id=session.id):
        found = unseal(ctx, session, row.sealed)
        if found is None:
            lost += 1
        elif (told := TOLD.validate_json(found)) is not None:
            await ctx.unit.add(_story(ctx, session, None, "unnamed", told))
    await ctx.unit.delete(SealedStory, session_id=session.id)
    return lost


async def holds_sealed(ctx: Context, sessions: Sequence[Session]) -> list[Session]:
    """Those for which something still lies sealed."""
    theirs = OneOf([session.id for session in sessions])
    stories = await ctx.unit.only(SealedStory, "session_id", session_id=theirs)
    drafts = await ctx.unit.only(StoryDraft, "session_id", order="person_id", session_id=theirs)
    holding = {id for (id,) in (*stories, *drafts)}
    return [session for session in sessions if session.id in holding]
