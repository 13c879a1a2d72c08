"""What stands in the rooms of the platform in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.chat.content import File, Message


@dataclass(slots=True)
class Said:
    """One message as it stands in a room. `message` for the bot's own, `text` for a member's. `only`: the one person
    who sees it, "" where all do."""

    id: str
    room: str
    person: str
    at: datetime
    text: str = ""
    message: Message | None = None
    thread: str = ""
    answers: str = ""
    edited: bool = False
    removed: bool = False
    pinned: bool = False
    reactions: list[tuple[str, str]] = field(default_factory=list)
    files: tuple[File, ...] = ()
    only: str = ""


@dataclass(slots=True)
class SimulatedRoom:
    id: str
    name: str
    direct: bool = False
    members: dict[str, str] = field(default_factory=dict)
    levels: dict[str, int] = field(default_factory=dict)
