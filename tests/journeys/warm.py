"""What a start would do again each time, done once: in the process from which all others are forked."""

from importlib import import_module

from bot.app import FEATURES
from bot.shapes import shapes

for name in (
    "adapters.discord.client", "adapters.matrix.client", "bot.__main__", "bot.backup", "bot.cli.backup",
    "bot.cli.check", "bot.cli.copy", "bot.cli.health", "bot.cli.init", "bot.cli.report", "bot.cli.run",
    "bot.database", "bot.live", "dateparser", "storage.seals", "storage.store", "tests.journeys.veillee",
    "tests.typed",
):  # fmt: skip
    import_module(name)
shapes(FEATURES)  # all words, in both languages
