"""Somebody's words could not be read: they are told once, and what they can do. It may still be read later."""

from __future__ import annotations

from bot.chat.events import Event, MessageUnread
from bot.context import Context
from bot.feature import Feature
from bot.model.community import Room

feature = Feature("unread")


@feature.on(MessageUnread)
async def unread(ctx: Context, event: Event) -> None:
    """In private, wherever it was said: nobody else has to know."""
    if ctx.person is None:
        return
    voice = ctx.voice(ctx.person)
    if ctx.where is not None and ctx.where.private:
        await ctx.reply(voice.say("unread-private"), voice.say("unread-then"))
        return
    room = await ctx.unit.one(Room, platform=event.platform, external=event.room)
    if room is not None:
        first = voice.say("unread-room", room=room.name or ctx.settings.name)
        await ctx.direct(ctx.person, first, voice.say("unread-then"), purpose="unread")
