"""Signing the charter opens what is kept for members, at once or once a facilitator has said welcome."""

from bot.features.charter import arrivals, doors, signing, uniting
from bot.features.charter.declared import feature

__all__ = ["arrivals", "doors", "feature", "signing", "uniting"]
