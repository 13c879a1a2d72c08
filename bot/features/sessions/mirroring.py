"""A session in the platforms' own calendars: put there, changed, cancelled; and what we know to stand there.

A change made there comes back as news. News of our own changes comes back too, and may be late: whatever was put
there since we last heard is remembered, in order.
"""

from __future__ import annotations

from bot.chat.content import Gathering
from bot.context import Context
from bot.features.sessions.wording import voice_counts
from bot.model.session import GATHERING, Mirrored, Session, gathering_key

MOST_REMEMBERED = 20


async def mirror(ctx: Context, session: Session, *, besides: int = 0) -> None:
    """As it is now, on each platform that has a calendar, but where it stands so already. `besides`: the id of the
    room by which it was changed. What is past is no business of a calendar's."""
    if session.state != "cancelled" and session.starts <= ctx.now:
        return
    gathering = _as_gathering(ctx, session)
    rooms = []
    for room in await ctx.main_rooms():
        if room.id == besides:
            continue
        kept = await ctx.unit.one(Mirrored, session_id=session.id, room_id=room.id)
        if kept is None:
            await ctx.unit.add(Mirrored(session_id=session.id, room_id=room.id, put=(gathering,)))
        elif gathering == (kept.put[-1] if kept.put else kept.stands):
            continue
        else:
            kept.put = (*kept.put, gathering)[-MOST_REMEMBERED:]
        rooms.append(room)
    await ctx.hold(gathering_key(session), gathering, purpose=GATHERING, rooms=rooms)


def _as_gathering(ctx: Context, session: Session) -> Gathering:
    voice = ctx.voice()
    about = [voice.text("sessions-gathering", number=str(session.number), community=ctx.settings.name)]
    about += [voice.text("sessions-voice-counts-short")] if voice_counts(ctx, session) else []
    return Gathering(
        title=session.theme, starts=session.starts, ends=session.ends, place=session.place,
        about="\n".join(about), cancelled=session.state == "cancelled", nowhere=voice.text("sessions-place-to-come"),
    )  # fmt: skip
