"""One person, several accounts: the further ones, and the codes by which they are linked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(eq=False, kw_only=True)
class Account:
    """A further account of a person: their row bears the one by which they are spoken to.

    `name`: what they are called there. `reachable`: they can be written to there.
    """

    id: int = 0
    community_id: int
    person_id: int
    platform: str
    external: str
    name: str = ""
    reachable: bool = True


@dataclass(eq=False, kw_only=True)
class LinkCode:
    """`person_id` asked for it; `other_id` typed it, once and for all. `agreed`: so did whoever typed it.

    `sealed`: a digest of the code, under a key that lies outside the database.
    """

    id: int = 0
    community_id: int
    person_id: int
    sealed: bytes
    expires: datetime
    other_id: int | None = None
    agreed: bool = False


@dataclass(eq=False, kw_only=True)
class LinkTry:
    """Someone typed a code that was none."""

    id: int = 0
    person_id: int
    at: datetime
