"""What every test may ask for."""

import gc

from tests import compiled

pytest_plugins = [
    "tests.discord.fixtures", "tests.members.fixtures", "tests.postgres.fixtures", "tests.synapse.fixtures"
]  # fmt: skip

compiled.share()


def pytest_collection_finish() -> None:
    """All that was imported stays: to look through it again and again took an eighth of all tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)
