"""What a start would do again each time, done once: in the process from which all others are forked."""

import adapters.discord.client
import adapters.matrix.client
import bot.cli.run
import bot.database
import storage.seals
import storage.store  # noqa: F401
from bot.app import FEATURES
from bot.shapes import shapes

shapes(FEATURES)  # all words, in both languages
