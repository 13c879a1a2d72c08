"""Veillée at work on a database, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOLDS = """
import sys
from pathlib import Path
from bot.database import alone
with alone(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
LEADS = """
import asyncio, sys
from storage.lead import Lead, Name
async def run():
    lead = Lead(sys.argv[1], [Name("matrix:@v:localhost")])
    await lead.stand_by()
    print("leads", flush=True)
    await lead.keep()
asyncio.run(run())
"""


@contextmanager
def running(where: Path | str) -> Iterator[None]:
    started = [sys.executable, "-c", HOLDS if isinstance(where, Path) else LEADS, str(where)]
    with subprocess.Popen(started, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        try:
            yield
        finally:
            process.kill()
