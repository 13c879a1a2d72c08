"""The one thread on which all that has to do with keys is done, one thing after another.

Sealing a key for a hundred devices takes half a second, and keeping it waits for the disk: the listening does not.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


class KeyThread:
    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="matrix-keys")

    async def do(self, work: Callable[..., Result], *args: Any) -> Result:
        """Once begun, it is done whoever waits for it."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work, *args)

    async def end(self) -> None:
        await asyncio.to_thread(self._pool.shutdown)
