"""Whoever arrives is greeted once, told where they are, and introduces themselves if they wish."""

from bot.features.welcome import arriving, introducing
from bot.features.welcome.declared import feature

__all__ = ["arriving", "feature", "introducing"]
