"""What the adapter holds in memory, and how one batch changes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adapters.matrix.direct import DirectRooms
from adapters.matrix.native import localpart
from adapters.matrix.places import Found
from bot.chat.events import Event

# The members of a room, by name.
Roster = Mapping[str, str]


@dataclass(slots=True)
class Known:
    """What is held in memory, all of it found again at a start. `rosters`: the members of each community room
    that we are in, by name; a room that stands there is open."""

    found: Found
    direct: DirectRooms
    my_name: str = ""
    rosters: dict[str, Roster] = field(default_factory=dict)

    def shares_a_room(self, person: str) -> bool:
        return any(person in roster for roster in self.rosters.values())

    def name(self, person: str) -> str:
        return next((r[person] for r in self.rosters.values() if person in r), localpart(person))


@dataclass(slots=True)
class Read:
    """`rosters`: as they will be once the batch is kept, None for a room that we are out of."""

    cursor: str
    events: list[Event] = field(default_factory=list)
    rosters: dict[str, Roster | None] = field(default_factory=dict)
    invitations: dict[str, Sequence[Any]] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    encrypted: set[str] = field(default_factory=set)
    spaces_changed: bool = False

    def keep(self, known: Known) -> None:
        """The batch is kept for good: remember what it changed."""
        for room, roster in self.rosters.items():
            if roster is None:
                known.rosters.pop(room, None)
            else:
                known.rosters[room] = roster
        for room in self.left:
            known.direct.forget(room)
