"""Which part of the database this process sees to, where several share one.

What is heard on an account is handled by whoever leads it, and what is to be said on it is said by them. Where an
account is divided among processes, as by Discord's shards, each sees to what happens in the rooms of its communities,
and one of them to what is private. What is due is seen to by whoever serves the community: where it meets on several
accounts, by the first that comes to it, once.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Collection
from dataclasses import dataclass
from typing import Any

from bot.chat.actions import ACTION, Direct, OpenForm
from bot.model.community import Community, Room
from bot.model.flow import Inbox, Outbox
from bot.ports import AtLeast, NoneOf, OneOf, Unit

LOOK_AGAIN = 1.0
"""Seconds. What another process laid down is noticed within so many."""
# Rows that are read at a time of all that waits: whoever else has something to do has their turn in between.
PAGE = 100
# Rows of one queue that are looked through for one of ours.
AT_ONCE = 50

Queue = tuple[str, str, str]
"""A platform, and a room there or a person: what goes to one keeps its order."""


@dataclass(frozen=True, slots=True)
class Divided:
    """An account that several processes serve. `elsewhere`: the communities that another one serves there. `private`:
    whether we hear and say what is private. `answers`: whether an answer by that handle is ours."""

    platform: str
    elsewhere: frozenset[str]
    private: bool
    answers: Callable[[str], bool]


class Share:
    """`platforms`, `communities` (slugs): those seen to. Left out, nobody else uses the database, and all is ours."""

    def __init__(
        self, platforms: Collection[str] = (), communities: Collection[str] = (), divided: Divided | None = None
    ) -> None:
        self.whole = not platforms
        self._platforms = sorted(platforms)
        self._communities = sorted(communities)
        self._divided = divided
        self._ids: list[int] = []
        # Rooms on the divided account, as last looked at.
        self._here: set[str] = set()
        self._elsewhere: set[str] = set()

    @property
    def waits(self) -> list[float]:
        """Seconds until what others laid down is looked for, where there are others."""
        return [] if self.whole else [LOOK_AGAIN]

    async def heard(self, unit: Unit, most: int) -> list[Inbox]:
        """What is to be handled, in its order."""
        if self.whole:
            return await unit.find(Inbox, state="pending", limit=most)
        await self._look(unit)
        found: list[Inbox] = []
        for platform in self._platforms:
            rooms = self._rooms if self._divided and platform == self._divided.platform else {}
            found += await unit.find(Inbox, state="pending", platform=platform, limit=most, **rooms)
        return sorted(found, key=lambda row: row.id)[:most]

    async def to_say(self, unit: Unit) -> AsyncGenerator[list[tuple[Queue, int]]]:
        """The queue and the id of each row that waits, in their order, page by page."""
        await self._look(unit)
        criteria: dict[str, Any] = {"state": "pending", "limit": PAGE}
        if not self.whole:
            criteria["platform"] = OneOf(self._platforms)
        last, more = 0, True
        while more:
            criteria["id"] = AtLeast(last + 1)
            if self._divided is None:
                rows = await unit.only(Outbox, "platform", "room", "person", "id", **criteria)
                page = ours = [((platform, room, person), id) for platform, room, person, id in rows]
            else:
                waiting = await unit.find(Outbox, **criteria)
                page = [(queue_of(row), row.id) for row in waiting]
                ours = [(queue_of(row), row.id) for row in waiting if self.says(row)]
            more, last = len(page) == PAGE, page[-1][1] if page else last
            yield ours

    async def next_to_say(self, unit: Unit, queue: Queue) -> Outbox | None:
        platform, room, person = queue
        criteria: dict[str, Any] = {"state": "pending", "platform": platform, "room": room, "person": person}
        if self._divided is None or platform != self._divided.platform:
            return await unit.one(Outbox, **criteria)
        rows = await unit.find(Outbox, limit=AT_ONCE, **criteria)
        return next((row for row in rows if self.says(row)), None)

    def says(self, row: Outbox, *, surely: bool = False) -> bool:
        """Whether we say it. `surely`: by what was known of the rooms when they were last looked at."""
        if self.whole:
            return True
        if row.platform not in self._platforms:
            return False
        if self._divided is None or row.platform != self._divided.platform or row.room in self._here:
            return True
        if row.room in self._elsewhere:
            return False
        action = ACTION.validate_json(row.action) if not row.room and row.action else None
        if isinstance(action, Direct | OpenForm) and action.handle:
            return self._divided.answers(action.handle)
        return self._divided.private and not (surely and row.room)

    def hears(self, row: Inbox) -> bool:
        """Whether we handle what was just laid down: as above, surely."""
        if self.whole or self._divided is None or row.platform != self._divided.platform:
            return self.whole or row.platform in self._platforms
        return row.room in self._here

    async def due(self, unit: Unit) -> dict[str, Any]:
        """The criteria of what is due and is ours."""
        if self.whole:
            return {}
        if len(self._ids) < len(self._communities):
            self._ids = [id for (id,) in await unit.only(Community, "id", slug=OneOf(self._communities))]
        return {"community_id": OneOf(self._ids)}

    # -- an account that is divided ----------------------------------------------------------------------------

    @property
    def _rooms(self) -> dict[str, Any]:
        """The criteria of what is heard there. What is private, and what is nobody's, goes by whoever hears it."""
        assert self._divided is not None
        if self._divided.private:
            return {"room": NoneOf(sorted(self._elsewhere))}
        return {"room": OneOf(sorted(self._here))}

    async def _look(self, unit: Unit) -> None:
        if self._divided is None:
            return
        slugs = dict(await unit.only(Community, "id", "slug"))
        here, elsewhere = set[str](), set[str]()
        for room, community in await unit.only(Room, "external", "community_id", platform=self._divided.platform):
            slug = slugs[community]
            if slug in self._divided.elsewhere:
                elsewhere.add(room)
            elif slug in self._communities:
                here.add(room)
        self._here, self._elsewhere = here, elsewhere


def queue_of(row: Outbox) -> Queue:
    return row.platform, row.room, row.person
