"""What every journey has."""

import math

import pytest

from scheduler import jumps


@pytest.fixture(autouse=True)
def _leaps_are_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of a journey is moved by days while everything runs."""
    monkeypatch.setattr(jumps, "SET_FORWARD", math.inf)
