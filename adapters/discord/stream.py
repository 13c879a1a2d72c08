"""What one server tells, in its order, handed over in batches; and the place reached.

The place is the identifier of a message. It stays where it was while what was missed is read back, so that a kill in
the middle leaves no hole: what was taken in already is known again, and counted once.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from random import Random
from typing import TypeVar

import structlog

from adapters.discord.history import History, opened
from adapters.discord.native import Json, first_id, number, snowflake
from adapters.discord.reading import Reader
from bot.chat.events import Event
from bot.ports import Batch, Clock, Intake, TryLater

log = structlog.get_logger("discord")

# So many at once, that the loop is held up for no longer than a few milliseconds.
AT_ONCE = 200
LONGEST_PAUSE = 30.0
BEGIN = "BEGIN"
Result = TypeVar("Result")


class Stream:
    def __init__(self, reader: Reader, history: History, clock: Clock, random: Random) -> None:
        self.reader = reader
        self._history = history
        self._clock = clock
        self._random = random
        self._told: deque[tuple[str, Json]] = deque()
        self._news = asyncio.Event()
        self.account = f"discord:{reader.server.id}"
        self._place = ""
        self._main = ""
        self._under_way = False

    def hear(self, kind: str, data: Json) -> None:
        """Called with each thing that Discord tells. Raises nothing."""
        self._told.append((kind, data))
        self._news.set()

    @property
    def settled(self) -> bool:
        """All that was told is handed over."""
        return bool(self._main) and not self._told and not self._under_way

    async def run(self, intake: Intake) -> None:
        """Until cancelled."""
        self._place = await self._persist(lambda: intake.cursor(self.account))
        while True:
            await self._news.wait()
            self._news.clear()
            while self._told:
                self._under_way = True
                await self._step(intake)
                self._under_way = False
                await asyncio.sleep(0)

    async def _step(self, intake: Intake) -> None:
        if self._told[0][0] == BEGIN:
            _, guild = self._told.popleft()
            await self._persist(lambda: self._begin(intake, guild))
            return
        events: list[Event] = []
        while self._told and self._told[0][0] != BEGIN and len(events) < AT_ONCE:
            kind, data = self._told.popleft()
            events += await self._read(kind, data)
        await self._take(intake, events)
        if self.reader.main != self._main and self.reader.main:
            # Who is in the community is told by the main channel: another one is that now.
            await self._persist(lambda: self._open(intake))

    async def _read(self, kind: str, data: Json) -> list[Event]:
        try:
            channel = snowflake(data.get("channel_id"))
            known = self.reader.server
            if kind == "MESSAGE_CREATE" and channel not in known.channels and channel not in known.threads:
                await self._persist(lambda: self._history.parent(channel))
            found = self.reader.read(kind, data)
        except Exception as fault:  # noqa: BLE001  one thing that cannot be read must not silence what follows
            log.error("not readable", kind=kind, type=type(fault).__name__)
            return []
        if kind == "MESSAGE_CREATE":
            self._reached(snowflake(data.get("id")))
        return found

    def _reached(self, *messages: str) -> None:
        self._place = str(max(map(number, (self._place, *messages)))) if messages else self._place

    async def _take(self, intake: Intake, events: list[Event], place: str = "") -> None:
        """`place`: to be kept, where it is not the one reached."""
        if events or place:
            batch = Batch(events, place or self._place or first_id(self._clock.now()))
            await self._persist(lambda: intake.take(self.account, batch))

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
            before = self._place
            await self._open(intake)
            async for page in self._history.since(before):
                await self._take(intake, page, before)
                self._reached(*(event.id for event in page))
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
            await self._take(intake, await self._history.came_and_left(members, known), self._place)
        held = await intake.gatherings("discord", self._main)
        await self._take(intake, await self._history.gatherings(held), self._place)

    async def _persist(self, ask: Callable[[], Awaitable[Result]]) -> Result:
        """Again and again, until it is done: nothing is given up."""
        pause = 0.5
        while True:
            try:
                return await ask()
            except TryLater as trouble:
                wait = max(trouble.after, pause)
                log.warning("put off", reason=trouble.reason, seconds=wait)
            except Exception as fault:  # noqa: BLE001  such as a database that is locked
                wait = pause
                log.error("put off", type=type(fault).__name__, seconds=round(wait, 1))
            await asyncio.sleep(wait * self._random.uniform(0.8, 1.2))
            pause = min(pause * 2, LONGEST_PAUSE)
