"""What one server tells, in its order, handed over in batches; and the place reached.

What is told is read at once wherever it can be: an event takes a tenth of the memory of what Discord sent. While a
batch is being kept the next one gathers, so that batches grow with the load.

The place is the identifier of a message. It stays where it was while what was missed is read back, so that a kill in
the middle leaves no hole: what was taken in already is known again, and counted once.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

import structlog

from adapters.discord.history import History, opened
from adapters.discord.native import Json, first_id, number, snowflake
from adapters.discord.persisting import Result, persist
from adapters.discord.reading import Reader
from bot.chat.events import Event, RoomOpened
from bot.ports import Batch, Clock, Intake, erased_in

log = structlog.get_logger("discord")

# So many at once, that the loop is held up for no longer than a few milliseconds.
AT_ONCE = 500
BEGIN = "BEGIN"


@dataclass(slots=True)
class _Gathered:
    """`place`: the last message read, 0 where there is none."""

    events: list[Event] = field(default_factory=list)
    place: int = 0


class Stream:
    def __init__(self, reader: Reader, history: History, clock: Clock, random: Random) -> None:
        self.reader = reader
        self._history = history
        self._clock = clock
        self._random = random
        # Told, and not read yet: a beginning, what is told while it lasts, and what stands in a thread not known.
        self._told: deque[tuple[str, Json]] = deque()
        self._gathered: deque[_Gathered] = deque()
        self._news = asyncio.Event()
        self.account = f"discord:{reader.server.id}"
        self._place = ""
        self._main = ""
        self._begun = False
        self._under_way = False

    def hear(self, kind: str, data: Json) -> None:
        """Called with each thing that Discord tells. Raises nothing."""
        if self._begun and not self._told and kind != BEGIN and self._known(kind, data):
            self._read(kind, data)
        else:
            self._told.append((kind, data))
        self._news.set()

    @property
    def settled(self) -> bool:
        """All that was told is handed over."""
        return bool(self._main) and not self._told and not self._gathered and not self._under_way

    async def run(self, intake: Intake) -> None:
        """Until cancelled."""
        self._place = await self._persist(lambda: intake.cursor(self.account))
        while True:
            await self._news.wait()
            self._news.clear()
            while self._told or self._gathered:
                self._under_way = True
                await self._step(intake)
                self._under_way = False
                await asyncio.sleep(0)

    async def _step(self, intake: Intake) -> None:
        if self._gathered:
            gathered = self._gathered.popleft()
            self._reached(gathered.place)
            await self._take(intake, gathered.events)
        elif self._told[0][0] == BEGIN:
            self._begun = False
            _, guild = self._told.popleft()
            await self._persist(lambda: self._begin(intake, guild))
            self._begun = True
        else:
            await self._read_on()
        if not self._gathered and self.reader.main != self._main and self.reader.main:
            # Who is in the community is told by the main channel: another one is that now.
            await self._persist(lambda: self._open(intake))

    async def _read_on(self) -> None:
        """What could not be read at once. It stays there until it is read: what is told meanwhile comes after it."""
        for _ in range(min(AT_ONCE, len(self._told))):
            kind, data = self._told[0]
            if kind == BEGIN:
                return
            if not self._known(kind, data):
                await self._persist(lambda: self._history.parent(snowflake(data.get("channel_id"))))  # noqa: B023
            self._read(kind, data)
            self._told.popleft()

    def _known(self, kind: str, data: Json) -> bool:
        """Whether it is known where it stands."""
        if kind != "MESSAGE_CREATE":
            return True
        place, server = snowflake(data.get("channel_id")), self.reader.server
        return place in server.channels or place in server.threads

    def _read(self, kind: str, data: Json) -> None:
        try:
            found = self.reader.read(kind, data)
            place = number(data.get("id")) if kind == "MESSAGE_CREATE" else 0
        except Exception as fault:  # noqa: BLE001  one thing that cannot be read must not silence what follows
            log.error("not readable", kind=kind, type=type(fault).__name__)
            return
        if not self._gathered or len(self._gathered[-1].events) >= AT_ONCE:
            self._gathered.append(_Gathered())
        last = self._gathered[-1]
        last.events += found
        last.place = max(last.place, place)

    def _reached(self, *messages: int) -> None:
        if furthest := max(messages, default=0):
            self._place = str(max(number(self._place), furthest))

    async def _take(self, intake: Intake, events: list[Event], place: str = "") -> None:
        """`place`: to be kept, where it is not the one reached."""
        if events or place:
            batch = Batch(events, place or self._place or first_id(self._clock.now()))
            await self._persist(lambda: intake.take(self.account, batch))
            self.reader.server.kept |= {event.room for event in events if isinstance(event, RoomOpened)}

    # -- beginnings ------------------------------------------------------------------------------------------

    async def _begin(self, intake: Intake, guild: Json) -> None:
        """Discord describes the whole server: at a start, or when what was told meanwhile is lost."""
        reader = self.reader
        reader.server.learn(guild)
        if not self._place:
            # The very first start: what was said before us is not ours to count.
            self._place = first_id(self._clock.now())
            await self._open(intake)
        else:
            before, furthest = self._place, 0
            await self._open(intake)
            erased = await intake.cursor(erased_in(reader.server.places.slug))
            async for page in self._history.since(before, datetime.fromisoformat(erased) if erased else None):
                await self._take(intake, page, before)
                furthest = max([furthest, *(number(event.id) for event in page)])
            # Not before: begun anew after some trouble, what follows would be read from there on in other channels too.
            self._reached(furthest)
        for state in guild.get("voice_states", ()):
            if event := reader.heard(state):
                await self._take(intake, [event], self._place)
        await self._take(intake, [], self._place)
        log.info("listening", server=reader.server.id, rooms=len(reader.open))

    async def _open(self, intake: Intake) -> None:
        """The rooms, who is there, what became of the gatherings."""
        self._main = self.reader.main
        members = await self._history.members()
        known = await intake.members("discord", self._main)
        await self._take(intake, self.reader.rooms(opened(members)), self._place)
        if known and members is not None:
            await self._take(intake, await self._history.came_and_left(members, known, self._place), self._place)
        held = await intake.gatherings("discord", self._main)
        await self._take(intake, await self._history.gatherings(held), self._place)

    async def _persist(self, ask: Callable[[], Awaitable[Result]]) -> Result:
        return await persist(ask, self._random)
