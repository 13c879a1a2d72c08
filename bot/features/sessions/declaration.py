"""The feature that the other modules of this package declare their commands and choices on."""

from bot.feature import Feature

feature = Feature("sessions")
