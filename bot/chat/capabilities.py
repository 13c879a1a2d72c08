"""What one room can do, and its limits. Asked per room, since two rooms of one platform may differ."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """native: the platform does it. fallback: it is done by other means. none: it cannot be had."""

    NATIVE = "native"
    FALLBACK = "fallback"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """`text_limit`: the longest text of one message, in characters, markup not counted.

    `recognises_keys`: the platform knows a post by its key however long ago it was first asked. Where it does not,
    it is told which posts may have been made already. `clicks_in_clear`: what is said there is for those in the room
    alone, but whoever runs its servers can see a click.
    """

    buttons: Level
    threads: Level
    edits: Level
    files: Level
    text_limit: int
    choice_limit: int = 10
    gatherings: Level = Level.FALLBACK
    polls: Level = Level.FALLBACK
    admission: Level = Level.NONE
    recognises_keys: bool = True
    clicks_in_clear: bool = False
