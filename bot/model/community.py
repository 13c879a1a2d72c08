"""Who is there, and where they meet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Literal

from bot.chat.language import Language
from bot.model.attention import Wish
from bot.model.settings import Settings


@dataclass(eq=False, kw_only=True)
class Community:
    """`slug` names it in the configuration and in file names. `since`: when Veillée first knew it."""

    id: int = 0
    slug: str
    settings: Settings
    since: datetime


@dataclass(eq=False, kw_only=True)
class Room:
    """`external`: the platform's identifier. `main`: where the community is spoken to as a whole. `office`: where
    facilitators are."""

    id: int = 0
    community_id: int
    platform: str
    external: str
    name: str = ""
    main: bool = False
    office: bool = False
    open: bool = True


@dataclass(eq=False, kw_only=True)
class Person:
    """A member of one community on one platform.

    `pseudonym` stands for them in the activity log; it is drawn at random, so that nothing leads back
    once this row is gone. `greeting`: what is owed to them on arriving. `logged`: they agree to be in the log.
    `wish`: how much they may be asked in private.
    """

    id: int = 0
    community_id: int
    platform: str
    external: str
    name: str = ""
    pseudonym: str
    language: Language | None = None
    present: bool = True
    joined_at: datetime | None = None
    greeting: Literal["none", "new", "back"] = "none"
    logged: bool = True
    reachable: bool = True
    introduced: bool = False
    wish: Wish = "usual"


@dataclass(eq=False, kw_only=True)
class Presence:
    """A person is in a room. Who is in no room any more has left the community."""

    id: int = 0
    room_id: int
    person_id: int


def draw_pseudonym(random: Random) -> str:
    return f"{random.getrandbits(40):010x}"
