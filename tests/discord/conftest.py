"""A plain discord.py client on the double."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.discord.double import Double
from tests.discord.guild import Guild
from tests.discord.plain import Client, Running


@pytest.fixture
def cercle(double: Double) -> Guild:
    guild = double.guild("Le cercle")
    guild.text("salon")
    return guild


@pytest_asyncio.fixture
async def client(double: Double, cercle: Guild) -> AsyncIterator[Client]:
    async with Running(double, Client()) as ready:
        yield ready
