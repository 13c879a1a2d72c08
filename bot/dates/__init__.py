"""Dates as people type them and as Veillée says them."""
