"""A question to all, with a few options: one vote a person, whichever platform they cast it on, and no secret.

Where a room has polls of its own it is one of those; elsewhere a message with buttons or reactions. In both, a vote
is a row of one person and one poll, so that those of all platforms are counted together. What nobody heard, because
Veillée was stopped, is learned when the platform's own poll is closed; only then are the results said.
"""

from bot.features.polls import asking, closing, results, uniting, voting
from bot.features.polls.declaration import feature

__all__ = ["asking", "closing", "feature", "results", "uniting", "voting"]
