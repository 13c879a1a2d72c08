"""A session on a day off: whoever plans it may know very well, and is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.chat.content import Line
from bot.context import Context
from bot.rhythm import quiet_times


async def on_days_off(ctx: Context, starts: Sequence[datetime]) -> list[Line]:
    """What goes with it still goes out that day."""
    voice, quiet = ctx.here, await quiet_times(ctx)
    off = [at for at in starts if quiet.off(at)]
    if not off:
        return []
    days = voice.listed([voice.say("sessions-day-off", day=voice.day(at)) for at in off])
    return [voice.say("sessions-on-days-off", days=days, count=len(off))]
