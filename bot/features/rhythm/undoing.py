"""The last thing a facilitator did, undone."""

from __future__ import annotations

from bot import deeds
from bot.context import Context
from bot.features.rhythm.declaration import feature
from bot.fields import Answers


@feature.command("undo", en="undo", fr="annuler", facilitator=True, path=("plan undo", "plan annuler"))
async def undo(ctx: Context, answers: Answers) -> None:
    await ctx.reply_privately(ctx.here.say("rhythm-undone", what=await deeds.undo(ctx)))
