"""`python -m tests.discord.launch <the double's address> run …`: the program as it is, with Discord elsewhere."""

from __future__ import annotations

import sys

import discord
import yarl

from tests.discord.world import PREFIX


def point(url: str) -> None:
    """Discord is there, for this whole process."""
    discord.http.Route.BASE = url + PREFIX
    gateway = yarl.URL(url.replace("http", "ws", 1) + "/gateway")
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway


if __name__ == "__main__":
    from bot.__main__ import main

    point(sys.argv.pop(1))
    main()
