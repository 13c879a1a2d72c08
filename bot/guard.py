"""Whether this process may act on its platforms' accounts: asked again before each request, at the last moment."""

from __future__ import annotations

from typing import Protocol

from bot.ports import NotNow

# Seconds after which whoever was stopped by it looks again.
LOOK_AGAIN = 0.5


class NotOurs(NotNow):
    """Another process may speak in our stead by now. Nothing was sent."""

    def __init__(self) -> None:
        super().__init__("not sure to lead", LOOK_AGAIN)


class Guard(Protocol):
    """Where several processes stand in for one another."""

    def check(self) -> None:
        """Raises NotOurs where it is not certain that we still lead."""
        ...

    async def settled(self) -> None:
        """Until whoever led before us can say nothing more. What only asks need not wait for it."""
        ...
