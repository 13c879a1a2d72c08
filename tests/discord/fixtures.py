"""A Discord of its own for each test that asks."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.discord.double import Double, pointed_at


@pytest_asyncio.fixture
async def double() -> AsyncIterator[Double]:
    """This process's discord.py takes it for Discord."""
    async with Double() as started:
        with pointed_at(started):
            yield started
