"""The real clock, and one that is moved by hand."""

from __future__ import annotations

from datetime import UTC, datetime


class RealClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class VirtualClock:
    """Stands still until moved."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def move_to(self, instant: datetime) -> None:
        """Forward only: an earlier instant changes nothing."""
        self._now = max(self._now, instant.astimezone(UTC))

    def set_to(self, instant: datetime) -> None:
        """As somebody may set that of a machine, back too."""
        self._now = instant.astimezone(UTC)
