"""A draft bears its author, sealed: where two accounts turn out to be one person's, it bears the one that stays."""

from __future__ import annotations

from dataclasses import replace

from bot.context import Context
from bot.features.stories.declaration import feature
from bot.features.stories.keeping import DRAFT, seal, unseal
from bot.model.community import Person
from bot.model.session import Session
from bot.model.story import StoryDraft
from bot.ports import AtLeast


@feature.unites
async def united(ctx: Context, kept: Person, gone: int) -> None:
    for session in await ctx.unit.find(
        Session, community_id=ctx.community.id, state="planned", starts=AtLeast(ctx.now)
    ):
        for row in await ctx.unit.find(StoryDraft, order="person_id", session_id=session.id):
            opened = unseal(ctx, session, row.sealed)
            draft = DRAFT.validate_json(opened) if opened is not None else None
            if draft is not None and draft.author == gone:
                row.sealed = seal(ctx, session, DRAFT.dump_json(replace(draft, author=kept.id)))
