"""What every test may ask for."""

pytest_plugins = ["tests.discord.fixtures", "tests.members.fixtures", "tests.synapse.fixtures"]
