"""The capability itself, to which the modules beside this one add what it does."""

from bot.feature import Feature

feature = Feature("linking", confidential=True)
