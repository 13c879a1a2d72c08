"""Discord, through discord.py: its gateway, its rate limits; every body sent is ours."""
