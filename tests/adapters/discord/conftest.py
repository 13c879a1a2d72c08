from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.discord.stage import OnDiscord, on_discord


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[OnDiscord]:
    async with on_discord(tmp_path) as made:
        yield made
