"""What every test may ask for."""

from tests import compiled

pytest_plugins = [
    "tests.discord.fixtures", "tests.members.fixtures", "tests.postgres.fixtures", "tests.synapse.fixtures"
]  # fmt: skip

compiled.share()
