"""What is kept about a member is theirs: to see, to take away, to have erased, each by one command."""

from bot.features.privacy import seeing  # help shows it first

# isort: split
from bot.features.privacy import forgetting
from bot.features.privacy.declared import feature

__all__ = ["feature", "forgetting", "seeing"]
