"""A Discord of its own for each test that asks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest_asyncio

if TYPE_CHECKING:
    from tests.discord.double import Double


@pytest_asyncio.fixture
async def double() -> AsyncIterator[Double]:
    """This process's discord.py takes it for Discord."""
    from tests.discord.double import Double, pointed_at

    async with Double() as started:
        with pointed_at(started):
            yield started
