"""What the adapter holds in memory, and how one batch changes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any

from adapters.matrix.direct import DirectRooms
from adapters.matrix.native import localpart
from adapters.matrix.places import Found
from adapters.matrix.succession import Succession
from bot.chat.events import Event

# The members of a room, by name.
Roster = Mapping[str, str]


@dataclass(slots=True)
class Known:
    """What is held in memory, all of it found again at a start. `rosters`: the members of each community room
    that we are in, by name; a room that stands there is open. `moved`: rooms, and those that replaced them. `expected`:
    by the room that is to replace one of ours, and that we are not in yet. `given_up`: those that were replaced and
    where we could not follow. `entered`: since this start."""

    found: Found
    direct: DirectRooms
    my_name: str = ""
    rosters: dict[str, Roster] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    expected: dict[str, Succession] = field(default_factory=dict)
    given_up: set[str] = field(default_factory=set)
    entered: set[str] = field(default_factory=set)

    def shares_a_room(self, person: str) -> bool:
        return any(person in roster for roster in self.rosters.values())

    def name(self, person: str) -> str:
        return next((r[person] for r in self.rosters.values() if person in r), localpart(person))


@dataclass(slots=True)
class Read:
    """`rosters`: as they will be once the batch is kept, None for a room that we are out of. `successions`: what rooms
    say of themselves; `expected`, `followed`, `lost`: what came of it. `strangers`: rooms that we were led to, and that
    take the place of none of ours. `ended`: private rooms that were replaced. `late` and `untold`: for
    `Encryption.kept`."""

    cursor: str
    events: list[Event] = field(default_factory=list)
    rosters: dict[str, Roster | None] = field(default_factory=dict)
    invitations: dict[str, Sequence[Any]] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    encrypted: set[str] = field(default_factory=set)
    spaces_changed: bool = False
    late: list[str] = field(default_factory=list)
    untold: list[Any] = field(default_factory=list)
    successions: list[Succession] = field(default_factory=list)
    expected: dict[str, Succession] = field(default_factory=dict)
    followed: dict[str, str] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    strangers: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)

    def lose(self, said: Succession) -> None:
        """The room is given up, and so it is told, where it was one that members meet in."""
        self.lost.add(said.room)
        self.rosters[said.room] = None
        if said.place is not None:
            self.events.append(said.told(followed=False))

    def keep(self, known: Known) -> None:
        """The batch is kept for good: remember what it changed."""
        for room, roster in self.rosters.items():
            if roster is None:
                known.rosters.pop(room, None)
            else:
                known.rosters[room] = roster
        for room in self.left:
            known.direct.forget(room)
        known.expected |= self.expected
        for old, new in self.followed.items():
            known.moved[old] = new
            known.expected.pop(new, None)
            known.given_up.discard(old)
        for room in self.strangers:
            known.expected.pop(room, None)
        known.given_up |= self.lost
        known.found = without(known.found, {*self.followed, *self.lost})


def without(found: Found, gone: Set[str]) -> Found:
    if not gone:
        return found
    rooms = {room: place for room, place in found.rooms.items() if room not in gone}
    return replace(found, rooms=rooms, spaces={room: via for room, via in found.spaces.items() if room not in gone})
