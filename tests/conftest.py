"""What every test may ask for."""

import gc
import os

import pytest

from tests import compiled

pytest_plugins = [
    "tests.discord.fixtures", "tests.members.fixtures", "tests.postgres.fixtures", "tests.synapse.fixtures"
]  # fmt: skip

# Half a minute and more each. Begun last, one of them is waited for when all else is over.
LONGEST = tuple(
    f"tests/{name}.py::"
    for name in (
        "journeys/test_a_fortnight_killed", "journeys/test_a_season_on_either", "journeys/test_a_season_on_matrix",
        "journeys/test_in_confidence", "journeys/test_killed_on_discord", "journeys/test_on_both_at_once",
        "rehearsal/test_rehearse", "rehearsal/test_temperaments",
    )
)  # fmt: skip

compiled.share()


@pytest.hookimpl(trylast=True)  # once those that are not to run are gone
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each process is given its run of them, as many as the others; the longest are shared out, and begin each run."""
    longest = [item for item in items if item.nodeid.startswith(LONGEST)]
    others = [item for item in items if not item.nodeid.startswith(LONGEST)]
    left, processes = len(items), int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    items.clear()
    for number in range(processes):
        run = left // (processes - number)
        left -= run
        first = longest[number::processes]
        items += first + others[: run - len(first)]
        del others[: run - len(first)]


def pytest_collection_finish() -> None:
    """All that was imported stays, and need not be looked through again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)
