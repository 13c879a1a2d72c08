"""The capability that the other modules of this package fill in."""

from bot.feature import Feature

feature = Feature("stories", confidential=True)
