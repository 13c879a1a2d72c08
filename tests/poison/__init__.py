"""What strangers may write, and what a homeserver may pass on, given to the whole of Veillée."""
