"""From what happened to the feature that answers: one unit of work each.

What cannot be done now stays in the inbox. A person's mistake is told to them. A mistake of ours gets a number,
which they are told and the log explains.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from random import Random

import structlog

from bot.answering import Answering, done
from bot.chat.events import EVENT, Asked, Event, MessagePosted, MessageRemoved, ReactionAdded, trace_of
from bot.doubt import is_undecided
from bot.errors import Problem
from bot.feature import Features
from bot.filing import Filing
from bot.logs import report
from bot.meaning import Reader, Reading
from bot.model.flow import Inbox, Outbox
from bot.ports import ChatPlatform, Clock, PlatformProblem, Seals, Store, StoreTrouble, Unit
from bot.share import Share
from bot.tally import Tally
from bot.turns import InTurn, UnderWay

log = structlog.get_logger("router")

# Rows read together.
AT_ONCE = 500


class Router:
    """`say` is called with what was said, once it lies in the outbox. `under_way`: what is being said, and may be
    answered before it is known to have been."""

    def __init__(
        self, store: Store, clock: Clock, features: Features, platforms: Mapping[str, ChatPlatform],
        seals: Seals, random: Random, say: Callable[[Sequence[Outbox]], None], filing: Filing, tally: Tally,
        share: Share | None = None, under_way: UnderWay | None = None,
    ) -> None:  # fmt: skip
        self._under_way = under_way or UnderWay()
        self._share = share or Share()
        self._store = InTurn(store)
        self._platforms = platforms
        self._filing = filing
        self._reader = Reader(features, random)
        self._answering = Answering(clock, features, seals, random, say, tally)
        # What came since all that lay there was handled, not to be read once more.
        self._fresh: list[Inbox] = []
        self._caught_up = False
        # The keys of what is left for later, as looked at last, and by which it is taken back.
        self._left: set[str] = set()

    # -- what happened ----------------------------------------------------------------------------------------

    def take(self, rows: Sequence[Inbox]) -> None:
        """Called with what was just laid in the inbox."""
        if self._caught_up:
            self._fresh += [row for row in rows if self._share.hears(row)]

    async def drain(self) -> bool:
        """Handle all that waits, rooms side by side, each room in its order. False where something must wait for a
        platform or the database. A click that cannot be read yet is left, and keeps nothing else waiting."""
        if self._left:  # what came since is read after it
            self._left, self._fresh = set(), []
        while True:
            waiting, self._fresh = self._fresh, []
            if not waiting:
                try:
                    async with self._store.unit() as unit:
                        there = await self._share.heard(unit, AT_ONCE + len(self._left))
                except StoreTrouble as trouble:
                    log.warning("inbox not readable", reason=trouble.reason)
                    return False
                waiting = [row for row in there if row.key not in self._left]
                self._caught_up = len(waiting) < AT_ONCE
            if not waiting:
                return True
            rooms: dict[tuple[str, str], list[Inbox]] = {}
            for row in waiting:
                rooms.setdefault((row.platform, row.room), []).append(row)
            if not all(await asyncio.gather(*(self._room(rows) for rows in rooms.values()))):
                self._caught_up, self._fresh = False, []
                return False

    async def _room(self, rows: list[Inbox]) -> bool:
        for row in rows:
            try:
                await self._handle_or_set_aside(row)
            except PlatformProblem as problem:
                log.warning("command put off", platform=row.platform, reason=problem.reason)
                return False
            except StoreTrouble as trouble:
                log.warning("command put off", reason=trouble.reason)
                return False
        return True

    async def _handle_or_set_aside(self, row: Inbox) -> None:
        """What cannot even be read, or answered with our excuses, must not silence all others."""
        try:
            await self._handle(row)
        except (StoreTrouble, PlatformProblem):
            raise
        except Exception as fault:  # noqa: BLE001  whatever it is
            report(fault, row.key)
            async with self._store.unit() as unit:
                await done(unit, row, "failed")

    async def _handle(self, row: Inbox) -> None:
        event = EVENT.validate_json(row.event)
        if isinstance(event, MessagePosted) and event.direct:
            await self._under_way.marked(event.platform, event.room, event.person)
        if await self._not_yet(row, event):
            self._left |= {row.key, f"{event.platform}:{trace_of(event)}"}
            return
        try:
            event = await self._filing.filed(row, event)
            async with self._store.unit() as unit:
                if (kept := await self._waiting(unit, row)) is None:
                    return
                reading = await self._reader.read(unit, event)
                person = reading.person if reading and reading.facilitators_only else None
                right = _right_told(event, reading) if reading and person else False
                if right is not None:
                    await self._answering.answer(unit, kept, event, reading, right)
            if reading is not None and person is not None and right is None:
                # The right is asked of the platform outside any unit of work: a slow server must not hold the database.
                granted = await self.is_facilitator(reading)
                async with self._store.unit() as unit:
                    if (kept := await self._waiting(unit, row)) is None:
                        return
                    reading = await self._reader.read(unit, event)
                    # By the row of whoever has it: a member of two communities may be another one by now.
                    granted &= reading is not None and reading.person is not None and reading.person.id == person.id
                    await self._answering.answer(unit, kept, event, reading, granted)
        except Problem as problem:
            await self._told(row, event, problem)
        except (StoreTrouble, PlatformProblem):
            raise
        except Exception as fault:  # noqa: BLE001  a bug in one handler must not silence all others
            await self._told(row, event, Problem("problem-ours", number=report(fault, row.key)))

    async def _not_yet(self, row: Inbox, event: Event) -> bool:
        """A click that may be under something of ours; and that it was taken back, before it was read."""
        if isinstance(event, MessageRemoved):
            return f"{event.platform}:{event.message}" in self._left
        if not isinstance(event, ReactionAdded):
            return False
        async with self._store.unit() as unit:
            return await is_undecided(unit, event, row.at)

    @staticmethod
    async def _waiting(unit: Unit, row: Inbox) -> Inbox | None:
        """As it is kept now. None where its author was erased meanwhile, or it was found twice."""
        kept = await unit.get(Inbox, row.id)
        return kept if kept is not None and kept.state == "pending" else None

    async def _told(self, row: Inbox, event: Event, problem: Problem) -> None:
        async with self._store.unit() as unit:
            reading = await self._reader.read(unit, event)
            await self._answering.refuse(unit, row, event, reading, problem)

    async def is_facilitator(self, reading: Reading) -> bool:
        """By the configuration, or by the platform's own word, now."""
        assert reading.person is not None
        settings, where = reading.community.settings, reading.where
        if reading.named:
            return True
        if not reading.level_room:
            return False
        # Of where they act: a right on one side is none on the other.
        level = await self._platforms[where.platform].level(reading.level_room, where.person)
        return level >= settings.facilitator_level


def _right_told(event: Event, reading: Reading) -> bool | None:
    """Whether they facilitate, where it need not be asked: by the configuration, or as the platform told with what
    they asked."""
    if reading.named:
        return True
    level = event.level if isinstance(event, Asked) else None
    return None if level is None else level >= reading.community.settings.facilitator_level
