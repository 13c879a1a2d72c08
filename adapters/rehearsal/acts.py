"""What a simulated member may do, and what they learn when they look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from adapters.rehearsal.platform import Said
from bot.chat.content import File


@dataclass(frozen=True, slots=True)
class Look:
    """Read what is new."""


@dataclass(frozen=True, slots=True)
class Say:
    room: str
    text: str
    thread: str = ""
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Tell:
    """Say it to Veillée in private."""

    text: str
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Press:
    message: str
    choice: int


@dataclass(frozen=True, slots=True)
class React:
    message: str
    emoji: str


@dataclass(frozen=True, slots=True)
class Join:
    room: str


@dataclass(frozen=True, slots=True)
class Leave:
    room: str


Act = Look | Say | Tell | Press | React | Join | Leave


@dataclass(frozen=True, slots=True)
class Intention:
    at: datetime
    act: Act


@dataclass(frozen=True, slots=True)
class News:
    """A message, with what any reader would understand of it: what Veillée said it for, and which field of
    which form it asks for, if it asks."""

    said: Said
    purpose: str = ""
    form: str = ""
    field: str = ""
