"""Themed sessions: planned, announced, answered, changed, and who came."""

from bot.features.sessions import answering, attendance, changing, listing, planning, rhythm
from bot.features.sessions.declaration import feature

__all__ = ["answering", "attendance", "changing", "feature", "listing", "planning", "rhythm"]
