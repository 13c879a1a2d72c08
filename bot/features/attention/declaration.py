"""The capability that the other modules of this package fill in."""

from bot.feature import Feature

# How much somebody wants to be written to is nobody else's business: of what passes about it, nothing remains.
feature = Feature("attention", confidential=True)
