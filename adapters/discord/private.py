"""What is said to us in private: handed over as it comes; and read back, where nobody listened for a while.

Of what is said in confidence no trace is kept by which it would be known again. So what is read back is handed over
at once, with the place reached, and never read twice: the place moves to where every conversation was read, and what is
told besides is known by having just been read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from random import Random

import structlog

from adapters.discord import inbound
from adapters.discord.calls import Calls, Denied
from adapters.discord.history import PAGE
from adapters.discord.native import PLATFORM, Json, first_id, mapping, number, sequence, snowflake
from adapters.discord.persisting import persist
from bot.chat.events import Event, MessagePosted
from bot.ports import Batch, Clock, Intake

log = structlog.get_logger("discord")

ACCOUNT = "discord:private"
# So many conversations are read back side by side.
TOGETHER = 8


class Private:
    def __init__(self, calls: Calls, clock: Clock, random: Random) -> None:
        self._calls = calls
        self._clock = clock
        self._random = random
        self._told: list[Event] = []
        self._behind = False
        # By their identifiers, until Discord tells them as well. It never tells most of them.
        self._read_back: set[str] = set()
        self._news = asyncio.Event()
        self._me = ""

    def begin(self, me: str) -> None:
        """Discord begins to tell, and tells nothing of what was before."""
        self._me = me
        self._behind = True
        self._news.set()

    def hear(self, kind: str, data: Json) -> None:
        """Called with each thing told in private. Raises nothing."""
        event: Event | None = None
        if kind == "MESSAGE_CREATE":
            event = inbound.message(data, "", "", self._me)
        elif kind == "MESSAGE_REACTION_ADD":
            event = inbound.reaction(data, "", self._clock.now(), self._me)
        if event is not None:
            self._told.append(event)
            self._news.set()

    async def run(self, intake: Intake) -> None:
        """Until cancelled."""
        place = await persist(lambda: intake.cursor(ACCOUNT), self._random)
        while True:
            await self._news.wait()
            self._news.clear()
            place = await self._hand_over(intake, place)

    async def _hand_over(self, intake: Intake, place: str) -> str:
        """From the place reached, "" at the very first start, to the one reached then."""
        missed: list[Event] = []
        while self._behind:  # begun anew meanwhile, what was told since has a hole before it: it is read again
            self._behind = False
            if place:
                missed = await persist(lambda: self._missed(intake, place), self._random)
        self._read_back |= {event.id for event in missed}
        told, self._told = self._told, []
        heard = [event for event in told if event.id not in self._read_back]
        self._read_back -= {event.id for event in told}
        reached = str(max(map(number, (place or first_id(self._clock.now()), *_said([*missed, *heard])))))
        if reached != place or heard:
            batch = Batch([*missed, *heard], reached)
            await persist(lambda: intake.take(ACCOUNT, batch), self._random)
        return reached

    async def _missed(self, intake: Intake, after: str) -> list[Event]:
        """What was said since, in the order in which it was, up to where nothing is missing in any conversation. What
        is said while they are read one after another is told besides."""
        rooms = sorted(await intake.private_rooms(PLATFORM))
        found = await self._said_in_all(rooms, after)
        if not found:
            return []
        last = number(found[-1].id)
        # Said before it in a conversation that was read by then, something would be passed over: now all is there.
        return [event for event in await self._said_in_all(rooms, after) if number(event.id) <= last]

    async def _said_in_all(self, rooms: Sequence[str], after: str) -> list[Event]:
        found: list[Event] = []
        for start in range(0, len(rooms), TOGETHER):
            pages = await asyncio.gather(*(self._said_in(r, after) for r in rooms[start : start + TOGETHER]))
            found += [event for page in pages for event in page]
        return sorted(found, key=lambda event: number(event.id))

    async def _said_in(self, room: str, after: str) -> list[Event]:
        found: list[Event] = []
        while True:
            try:
                told = await self._calls.call(
                    "GET", "/channels/{channel_id}/messages", params={"after": after, "limit": PAGE}, channel_id=room
                )
            except Denied as denied:
                log.info("private room not read back", reason=denied.reason)
                return found
            page = sorted(map(dict, map(mapping, sequence(told))), key=lambda m: number(m.get("id")))
            found += [said for message in page if (said := inbound.message(message, "", "", self._me))]
            if len(page) < PAGE:
                return found
            after = snowflake(page[-1].get("id"))


def _said(events: Iterable[Event]) -> list[str]:
    """The identifiers by which the place is known."""
    return [event.id for event in events if isinstance(event, MessagePosted)]
