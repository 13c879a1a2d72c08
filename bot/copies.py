"""What the core asks of whoever keeps sealed copies of what came with stories, outside the database."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from bot.chat.addresses import Kept


class Copies(Protocol):
    """Raises StoreTrouble."""

    async def keep(self, data: bytes) -> Kept:
        """Whole once it returns. What no row refers to a while later is swept."""
        ...

    async def fetch(self, kept: Kept) -> bytes:
        """Refused where it is gone."""
        ...

    def remove(self, name: str) -> None: ...
    def sweep(self, needed: Collection[str]) -> int:
        """Erase what is none of these, by name, and was none a while ago either. How many."""
        ...
