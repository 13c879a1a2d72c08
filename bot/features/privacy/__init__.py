"""What is kept about a member is theirs: to see, to take away, to have erased, each by one command."""

from bot.features.privacy import forgetting, seeing
from bot.features.privacy.declared import feature

__all__ = ["feature", "forgetting", "seeing"]
