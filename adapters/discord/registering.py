"""The commands of Discord's own: written there only when they changed, for Discord lets that be done only so often."""

from __future__ import annotations

from collections.abc import Iterable

import structlog

from adapters.discord.calls import Calls, Denied
from adapters.discord.commands import body, same
from adapters.discord.native import sequence
from bot.chat.commands import CommandShape

log = structlog.get_logger("discord")

PATH = "/applications/{application_id}/commands"


class Registering:
    def __init__(self, calls: Calls, commands: Iterable[CommandShape]) -> None:
        self._calls = calls
        self._commands = tuple(commands)

    async def register(self, application: str) -> bool:
        """Whether anything was written. Raises TryLater."""
        wanted = body(self._commands)
        if not wanted:
            return False
        params = {"with_localizations": "true"}
        try:
            there = sequence(await self._calls.call("GET", PATH, params=params, application_id=application))
            if same(there, wanted):
                return False
            await self._calls.call("PUT", PATH, json=wanted, application_id=application)
        except Denied as denied:
            # Whoever runs Veillée is told; members are served as far as they can be.
            log.error("commands not written", reason=denied.reason)
            return False
        log.info("commands written", count=len(wanted))
        return True
