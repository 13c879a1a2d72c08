"""The platforms. Each knows the core's language and nothing of the others."""
