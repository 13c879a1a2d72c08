"""Themed sessions: planned, announced, answered, changed, and who came."""

from bot.features.sessions import (
    answering,
    attendance,
    changing,
    hearing,
    listing,
    noticing,
    planning,
    rhythm,
    undoing,
    uniting,
)
from bot.features.sessions.declaration import feature

__all__ = [
    "answering",
    "attendance",
    "changing",
    "feature",
    "hearing",
    "listing",
    "noticing",
    "planning",
    "rhythm",
    "undoing",
    "uniting",
]
