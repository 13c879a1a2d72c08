"""Veillée as `veillee run` runs it, at its most talkative, where whatever is said ends up in faults of every kind.

python -m tests.operating.talkative CONFIGURATION
"""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
import warnings
from pathlib import Path
from typing import Any

from bot import intake, logs, operator
from bot.answering import Answering
from bot.carrying import Carrier
from bot.cli.run import run
from bot.model.flow import Inbox

# A word in a message: what becomes of it.
FAULT, GROUP, ROW, BATCH = "boum", "ensemble", "doublon", "paquet"
# The last of these words that were met: each once, or what is said would never be heard.
_MET: set[str] = set()

_answer, _take, _carry_out, _set_up = (
    Answering.answer, intake.StoredIntake._take, Carrier.carry_out, logs.set_up
)  # fmt: skip


async def answer(self: Answering, unit: Any, row: Inbox, event: Any, *rest: Any) -> None:
    text = str(getattr(event, "text", "")) or row.event
    _spill(text)
    if FAULT in text:
        raise ValueError(text) from KeyError(text)
    if GROUP in text:
        raise ExceptionGroup(text, [RuntimeError(text)])
    if ROW in text:
        # SQLAlchemy quotes the statement and what it was filled in with.
        await unit.add(Inbox(key=row.key, platform="x", room=text, event=text, at=row.at))
    await _answer(self, unit, row, event, *rest)


async def take(self: intake.StoredIntake, account: str, batch: Any) -> None:
    for event in batch.events:
        if _first(BATCH, getattr(event, "text", "")):
            raise ValueError(event.text)
    await _take(self, account, batch)


async def carry_out(self: Carrier, platform: Any, row: Any, since: Any) -> Any:
    if _first(FAULT, row.action):
        raise ValueError(row.action)
    return await _carry_out(self, platform, row, since)


def _first(word: str, text: str) -> bool:
    if word in text and word not in _MET:
        _MET.add(word)
        return True
    return False


def _spill(text: str) -> None:
    """Into everything by which Python and its libraries tell of trouble without being asked."""
    warnings.warn(text, stacklevel=1)
    logging.getLogger("aiohttp.client").error("it said %s", text, exc_info=ValueError(text))
    logging.getLogger("discord.gateway").warning("it said %s", text)
    logging.getLogger("sqlalchemy.engine").info(text)
    logging.getLogger("asyncio").debug(text)
    loop = asyncio.get_running_loop()
    loop.create_task(_fails(text))  # noqa: RUF006  nobody retrieves it
    loop.call_soon(_raises, text)
    threading.Thread(target=_raises, args=(text,)).start()
    _Ends(text)


async def _fails(text: str) -> None:
    raise ValueError(text)


def _raises(text: str) -> None:
    raise ValueError(text)


class _Ends:
    def __init__(self, text: str) -> None:
        self.text = text

    def __del__(self) -> None:
        raise ValueError(self.text)


def set_up(*, machine_readable: bool = False) -> None:
    _set_up(machine_readable=machine_readable)
    logging.getLogger().setLevel(1)
    warnings.simplefilter("always")


def main() -> None:
    for owner, name, talking in (
        (Answering, "answer", answer), (Carrier, "carry_out", carry_out), (intake.StoredIntake, "_take", take),
        (logs, "set_up", set_up),
    ):  # fmt: skip
        setattr(owner, name, talking)
    with operator.one_line():
        run(Path(sys.argv[1]), json_log=True)


if __name__ == "__main__":
    main()
