"""A community in a database of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.migrate import migrate
from storage.store import SqlStore
from tests.unit.evaluation.life import Life


@pytest.fixture
async def life(tmp_path: Path) -> AsyncIterator[Life]:
    migrate(tmp_path / "veillee.db")
    store = SqlStore(f"sqlite+aiosqlite:///{tmp_path / 'veillee.db'}")
    yield await Life.begin(store)
    await store.close()
