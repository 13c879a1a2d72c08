"""Asking again and again, until it is done: nothing that was heard is given up."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from random import Random
from typing import TypeVar

import structlog

from bot.ports import TryLater

log = structlog.get_logger("discord")

PAUSE, LONGEST_PAUSE = 0.5, 30.0
Result = TypeVar("Result")


async def persist(ask: Callable[[], Awaitable[Result]], random: Random) -> Result:
    pause = PAUSE
    while True:
        try:
            return await ask()
        except TryLater as trouble:
            wait = max(trouble.after, pause)
            log.warning("put off", reason=trouble.reason, seconds=wait)
        except Exception as fault:  # noqa: BLE001  such as a database that is locked
            wait = pause
            log.error("put off", type=type(fault).__name__, seconds=round(wait, 1))
        await asyncio.sleep(wait * random.uniform(0.8, 1.2))
        pause = min(pause * 2, LONGEST_PAUSE)
