"""The capability that the other modules of this package fill in."""

from bot.feature import Feature

feature = Feature("pulse", confidential=True)

# Fewer than this, and an answer would be somebody's.
FEWEST = 5
