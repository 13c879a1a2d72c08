"""The capability that the other modules of this package fill in."""

from bot.feature import Feature

feature = Feature("polls")

PURPOSE = "polls.poll"
"""Of the question itself, and of what is changed in it."""
