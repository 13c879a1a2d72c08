"""How often members are asked for something: what each of them wants, what waits, and what it would cost to ask."""

from bot.features.attention import budget, settling, wishing
from bot.features.attention.declaration import feature

__all__ = ["budget", "feature", "settling", "wishing"]
