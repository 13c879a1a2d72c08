"""What goes out by itself: seen beforehand, passed over, moved, paused, and told of afterwards."""

from bot.features.rhythm import changing, days_off, journal, pausing, plan, previews, undoing
from bot.features.rhythm.declaration import feature

__all__ = ["changing", "days_off", "feature", "journal", "pausing", "plan", "previews", "undoing"]
