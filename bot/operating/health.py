"""Can Veillée do its work just now? Said honestly, and cheaply: whoever asks often is answered from memory."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple

from bot.logs import report
from bot.model.flow import Outbox
from bot.model.rhythm import Due
from bot.ports import Clock, Store, StoreTrouble, Unit
from bot.share import Share
from bot.tally import Tally

# Seconds. A platform that was not heard for so long, and what should have been handled by then, are trouble.
SILENT = 300.0
# What nobody let us say for so long is, too, where nothing else could be said there either: rate limits pass sooner.
UNSAID = 900.0
# Seconds for which an answer stands, and how long the database may take for it.
STANDS, PATIENCE = 2.0, 5.0

Standing = Literal["starting", "standing by", "at work", "stopping"]


class Waiting(NamedTuple):
    """Seconds since the oldest that waits came in, was to be said, or fell due; 0 where nothing waits. `where`: the
    platform on which it is to be said."""

    inbox: float = 0.0
    outbox: float = 0.0
    due: float = 0.0
    where: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """`heard`: seconds since each platform was last heard, or since we began to listen. `reachable`: the database,
    None where it was not asked. `troubles`: sentences of the command line, with what stands in them."""

    standing: Standing
    running: float
    heard: Mapping[str, float | None] = field(default_factory=dict)
    reachable: bool | None = None
    waiting: Waiting = field(default_factory=Waiting)
    troubles: Sequence[tuple[str, dict[str, Any]]] = ()

    @property
    def well(self) -> bool:
        return not self.troubles and self.standing in ("standing by", "at work")


class Health:
    """`platforms`: those that are configured. Whoever runs them says by `standing` and `at_work` where things are.
    `kept_away`: what keeps a process that stands by from the database, or nothing."""

    def __init__(self, tally: Tally, platforms: Sequence[str]) -> None:
        self.tally = tally
        self.standing: Standing = "starting"
        self.platforms = platforms
        self.kept_away: Callable[[], str] = str
        self._clock = tally.clock
        self._began = self._since = tally.clock()
        self._store: Store | None = None
        self._wall: Clock | None = None
        self._share = Share()
        self._told: State | None = None
        self._until = 0.0
        self._one = asyncio.Lock()

    @property
    def running(self) -> float:
        """Seconds since this process began."""
        return self._clock() - self._began

    def at_work(self, store: Store, wall: Clock, share: Share) -> None:
        """From now on we are the ones who listen and speak. `share`: for which part."""
        self.standing, self._store, self._wall, self._share = "at work", store, wall, share
        self._since = self._clock()
        self._told = None

    def put(self, standing: Standing) -> None:
        """We are not at work (any more)."""
        self.standing, self._store, self._wall, self._told = standing, None, None, None

    async def look(self) -> State:
        async with self._one:
            if self._told is None or self._until < self._clock():
                self._told = await self._look()
                self._until = self._clock() + STANDS
            return self._told

    async def _look(self) -> State:
        running, standing = self.running, self.standing
        if self._store is None or self._wall is None:
            if standing != "stopping" and (why := self.kept_away()):
                return State(standing, running, reachable=False, troubles=[("health-kept-away", {"why": why})])
            return State(standing, running)
        troubles: list[tuple[str, dict[str, Any]]] = []
        listening = self._clock() - self._since
        heard: dict[str, float | None] = {}
        for platform in self.platforms:
            at = self.tally.heard.get(platform)
            heard[platform] = None if at is None or at < self._since else self._clock() - at
            silent = listening if (ago := heard[platform]) is None else ago
            if silent > SILENT:
                troubles.append(("health-not-heard", {"platform": platform, "minutes": int(silent / 60)}))
        waiting = await self._waiting(self._store, self._wall.now())
        if waiting is None:
            return State(standing, running, heard, False, troubles=[*troubles, ("health-no-database", {})])
        # What lay there before we came is not held against us at once.
        if min(waiting.inbox, listening) > SILENT:
            troubles.append(("health-not-answered", {"minutes": int(waiting.inbox / 60)}))
        if min(waiting.due, listening) > SILENT:
            troubles.append(("health-overdue", {"minutes": int(waiting.due / 60)}))
        mute = self._clock() - max(self.tally.sent.get(waiting.where, 0.0), self._since)
        if min(waiting.outbox, mute) > UNSAID:
            said = {"platform": waiting.where, "minutes": int(waiting.outbox / 60)}
            troubles.append(("health-unsaid", said))
        return State(standing, running, heard, True, waiting, troubles)

    async def _waiting(self, store: Store, now: datetime) -> Waiting | None:
        """None where the database does not answer."""
        try:
            async with asyncio.timeout(PATIENCE), store.unit() as unit:
                inbox = await self._share.heard(unit, 1)
                where, said = await self._oldest_to_say(unit)
                ours = await self._share.due(unit)
                due = await unit.only(Due, "due_at", state="pending", order="due_at", limit=1, **ours)
        except (StoreTrouble, TimeoutError):
            return None
        except Exception as fault:  # noqa: BLE001  such as tables of another version: nothing can be kept either
            report(fault, "health")
            return None
        return Waiting(_ago(inbox and inbox[0].at, now), _ago(said, now), _ago(due and due[0][0], now), where)

    async def _oldest_to_say(self, unit: Unit) -> tuple[str, datetime | None]:
        """On which platform, and since when it waits."""
        if self._share.whole:
            rows = await unit.only(Outbox, "platform", "at", state="pending", limit=1)
            return (rows[0][0], rows[0][1]) if rows else ("", None)
        async with aclosing(self._share.to_say(unit)) as pages:
            async for page in pages:
                if page and (row := await unit.get(Outbox, page[0][1])):
                    return row.platform, row.at
        return "", None


def _ago(instant: Any, now: datetime) -> float:
    """`instant`: one, or nothing."""
    return max((now - instant).total_seconds(), 0.0) if isinstance(instant, datetime) else 0.0
