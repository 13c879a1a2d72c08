"""A community in a database of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.store import SqlStore
from tests import kept
from tests.unit.evaluation.life import Life


@pytest.fixture
async def life(tmp_path: Path) -> AsyncIterator[Life]:
    store = SqlStore(kept.new(tmp_path))
    yield await Life.begin(store)
    await store.close()
