"""Encrypted rooms, with members whose client is matrix-nio's own, on the real homeserver."""
