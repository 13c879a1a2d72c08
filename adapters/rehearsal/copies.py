"""Copies of what came with rehearsed stories: in memory, and named so that the same season gives the same bytes."""

from __future__ import annotations

from collections.abc import Collection

from bot.chat.addresses import Kept
from bot.ports import Refused


class RehearsalCopies:
    """Implements bot.copies.Copies."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._count = 0

    async def keep(self, data: bytes) -> Kept:
        self._count += 1
        kept = Kept(f"{self._count:032x}", "rehearsed")
        self.files[kept.name] = data
        return kept

    async def fetch(self, kept: Kept) -> bytes:
        if kept.name not in self.files:
            raise Refused("the file is gone")
        return self.files[kept.name]

    def remove(self, name: str) -> None:
        self.files.pop(name, None)

    def sweep(self, needed: Collection[str]) -> int:
        left = self.files.keys() - set(needed)
        for name in left:
            del self.files[name]
        return len(left)
