"""One person with an account on each platform is counted once, if they say so themselves.

A code is given on one side and typed on the other. Then each side is shown the other's account and agrees: who has
stolen a code, or had someone type theirs, links nothing.
"""

from bot.features.linking import joining, parting
from bot.features.linking.declared import feature

__all__ = ["feature", "joining", "parting"]
