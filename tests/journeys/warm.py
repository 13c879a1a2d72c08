"""What a start would do again each time, done once: in the process from which all others are forked."""

import gc
from importlib import import_module

from sqlalchemy.orm import configure_mappers

from bot.app import FEATURES
from bot.shapes import shapes

for name in (
    "adapters.discord.client", "adapters.matrix.client", "adapters.matrix.crypto.encryption", "bot.__main__",
    "bot.backup", "bot.cli.backup", "bot.cli.check", "bot.cli.copy", "bot.cli.health", "bot.cli.init",
    "bot.cli.report", "bot.cli.run", "bot.database", "bot.live", "bot.loaded", "bot.operating.attending",
    "bot.operating.health", "bot.operating.pace", "bot.operating.systemd", "dateparser", "scheduler.clock",
    "storage.attachments", "storage.seals", "storage.store", "tests.journeys.veillee", "tests.typed",
):  # fmt: skip
    import_module(name)
shapes(FEATURES)  # all words, in both languages
configure_mappers()
gc.collect()
gc.freeze()  # whoever is forked looks through what they made themselves, and no more
