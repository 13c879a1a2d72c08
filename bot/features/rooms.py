"""What happens to the rooms themselves, told to whoever facilitates: only they can do something about it.

Nobody is named: it is no one's fault.
"""

from __future__ import annotations

from bot import office
from bot.chat.content import Block, Line
from bot.chat.events import Event, NotSaid, RoomBarred, RoomClosed, RoomOpened, RoomReplaced
from bot.context import Context
from bot.feature import Feature
from bot.model.community import Room
from bot.model.flow import UNSAID
from bot.voice import Voice

feature = Feature("rooms")

BARRED = ("rooms-barred", "rooms-barred-then")
PUT_OUT = ("rooms-put-out", "rooms-put-out-then")
BACK = ("rooms-back",)
REPLACED = ("rooms-replaced", "rooms-replaced-then", "rooms-replaced-else")


@feature.on(RoomBarred)
async def barred(ctx: Context, event: Event) -> None:
    """Once a day, however much there was to say."""
    room = await _room(ctx, event)
    if room is not None and room.open:
        await _tell(ctx, room, f"barred:{room.id}:{ctx.now.date()}", BARRED)


@feature.on(RoomClosed)
async def put_out(ctx: Context, event: Event) -> None:
    room = await _room(ctx, event)
    if room is not None and not room.open:
        await _tell(ctx, room, f"out:{room.id}:{event.at.timestamp():.0f}", PUT_OUT)


@feature.on(RoomOpened)
async def back(ctx: Context, event: Event) -> None:
    room = await _room(ctx, event)
    if room is not None and room.open:
        await _tell(ctx, room, f"back:{room.id}:{event.at.timestamp():.0f}", BACK)


@feature.on(RoomReplaced)
async def not_followed(ctx: Context, event: Event) -> None:
    room = await _room(ctx, event)
    if room is not None:
        await _tell(ctx, room, f"replaced:{room.id}:{event.at.timestamp():.0f}", REPLACED)


@feature.on(NotSaid)
async def not_said(ctx: Context, event: Event) -> None:
    """It stands nowhere any more; when it was to be said, and where, tells what it was."""
    room = await _room(ctx, event)
    if room is None or not isinstance(event, NotSaid):
        return
    first = "rooms-unsaid-private" if event.private else "rooms-unsaid"

    def words(voice: Voice) -> list[Block | Line]:
        said = voice.say(first, room=room.name or room.external, when=voice.when(event.at))
        return [said, voice.say("rooms-unsaid-then")]

    await office.post(ctx, f"unsaid:{event.id}", words, purpose=UNSAID, but=None if event.private else room)


async def _room(ctx: Context, event: Event) -> Room | None:
    return await ctx.unit.one(Room, platform=event.platform, external=event.room)


async def _tell(ctx: Context, room: Room, key: str, sentences: tuple[str, ...]) -> None:
    def words(voice: Voice) -> list[Block | Line]:
        return [voice.say(sentence, room=room.name or room.external) for sentence in sentences]

    if not await office.posted(ctx, key):
        await office.post(ctx, key, words, purpose="rooms.trouble", but=room)
