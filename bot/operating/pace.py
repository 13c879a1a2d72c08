"""The loop's own pulse: how late it comes is how long everybody else waits, and a loop that hangs has none."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from bot.abilities import KeepsALine
from bot.operating.systemd import Systemd
from bot.ports import ChatPlatform
from bot.tally import Tally

# Seconds.
BEAT = 0.5


async def keep(tally: Tally, platforms: Callable[[], Iterable[ChatPlatform]], systemd: Systemd) -> None:
    """Until cancelled. `platforms`: those that we listen to just now."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + BEAT
        await asyncio.sleep(BEAT)
        tally.lag.add(loop.time() - due)
        systemd.alive()
        for platform in platforms():
            if isinstance(platform, KeepsALine) and platform.connected():
                tally.hear(platform.name)
