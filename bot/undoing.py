"""How a capability declares how what its commands do is undone. What was done is kept by bot/deeds.py."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from bot.chat.content import Argument, Line

if TYPE_CHECKING:
    from bot.context import Context

Undoer = Callable[["Context", Mapping[str, Argument]], Awaitable[Line]]


class Undoing:
    """How what a capability's commands do is undone, by their names within it."""

    __slots__ = ()
    undoers: dict[str, Undoer]

    def undoes(self, name: str) -> Callable[[Undoer], Undoer]:
        """Declares what brings back how things were, from the arguments its deed was noted with, and says so. It raises
        Problem, and changes nothing, where something changed since."""

        def declare(run: Undoer) -> Undoer:
            self.undoers[name] = run
            return run

        return declare
