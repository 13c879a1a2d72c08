"""Serving the communities until stopped.

On PostgreSQL one of several processes leads, and the others stand by. What was led and is lost is closed without a
word, and stood by for again.
"""

from __future__ import annotations

import asyncio
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from bot import logs
from bot.cli.stopping import Stop
from bot.config import Config, load
from bot.errors import EXIT_DISK, EXIT_PLATFORM, OperatorProblem
from bot.operator import tell, words
from bot.ports import StoreTrouble

if TYPE_CHECKING:
    from bot.app import App
    from bot.operating.attending import Attending
    from storage.lead import Lead

log = structlog.get_logger("app")

# Seconds of a stop: for what is under way, and then for the connections.
FINISHING, CLOSING = 2.6, 1.2
# Seconds for which a database that keeps nothing is left in peace.
PAUSE = 1.0


def migrate(config: Path) -> None:
    from bot.database import prepare, shown

    where = load(config).database.where
    prepare(where)
    tell(words("migrate-done", file=shown(where)))


def run(file: Path, json_log: bool) -> None:
    logs.set_up(machine_readable=json_log)
    config = load(file)
    from bot.checking.disk import closed
    from bot.database import held, in_words

    with held(config.database.where):
        if found := closed(config):
            raise OperatorProblem(found[0].id, EXIT_DISK, **found[0].variables)
        with in_words(config.database.where):
            asyncio.run(_serve(config))


async def _serve(config: Config) -> None:
    from bot.leading import lead
    from bot.operating.attending import Attending

    stop, attending = Stop(), Attending(config)
    async with attending.watched():
        while not stop.asked.is_set():
            leads = lead(config)
            if leads is None:
                await _work(config, stop, attending)
            elif await stop.unless_asked(_stand_by(config, leads, attending), FINISHING):
                await _lead(config, stop, leads, attending)
        attending.stopping()
    tell(words("run-stopped"))


async def _stand_by(config: Config, leads: Lead, attending: Attending) -> None:
    attending.waiting(leads)
    _load(config)
    standing, elsewhere = asyncio.create_task(leads.stand_by()), asyncio.create_task(leads.elsewhere.wait())
    try:
        await asyncio.wait([standing, elsewhere], return_when=asyncio.FIRST_COMPLETED)
        if not standing.done():
            attending.standing_by()
            tell(words("run-standing-by"))
        await standing
    finally:
        standing.cancel()
        elsewhere.cancel()


def _load(config: Config) -> None:
    """What takes its time, so that whoever takes over is at work at once."""
    for name in ("bot.live", *(f"adapters.{p}.client" for p in ("matrix", "discord") if getattr(config, p))):
        import_module(name)


async def _lead(config: Config, stop: Stop, leads: Lead, attending: Attending) -> None:
    keeping = asyncio.create_task(leads.keep())
    try:
        await _work(config, stop, attending, leads)
    except StoreTrouble as trouble:
        log.warning("lead given up", reason=trouble.reason)
        await stop.unless_asked(asyncio.sleep(PAUSE), FINISHING)
    finally:
        keeping.cancel()
        await leads.release()
    if not stop.asked.is_set():
        tell(words("run-lead-lost"))


async def _work(config: Config, stop: Stop, attending: Attending, leads: Lead | None = None) -> None:
    """Until asked to stop, or until the lead is lost: then what is under way has a moment, and nothing is said."""
    from bot.live import live

    app = live(config, attending.tally, lead=leads)
    try:
        await stop.unless_asked(_run(app, config, attending), FINISHING, *([leads.lost] if leads else []))
    finally:
        attending.at_rest()
        await app.close(stop.left(CLOSING))


async def _run(app: App, config: Config, attending: Attending) -> None:
    """Until cancelled. Raises OperatorProblem where no platform can go on."""
    from bot.app import NoPlatformLeft
    from bot.loaded import loaded

    await app.prepare([(c.slug, c.settings) for c in config.communities])
    loaded()
    attending.at_work(app)
    tell(words("run-started"))  # what a person starting it waits for
    try:
        await app.run()
    except BaseExceptionGroup as group:
        left = group.subgroup(NoPlatformLeft)
        if left is None:
            raise
        last = next(e for e in _flat(left) if isinstance(e, NoPlatformLeft))
        said = f"platform-refused-{last.platform}" + ("-shards" if last.reason == "shards" else "")
        raise OperatorProblem(said, EXIT_PLATFORM, why=last.reason) from None


def _flat(group: BaseException) -> list[BaseException]:
    if isinstance(group, BaseExceptionGroup):
        return [inner for each in group.exceptions for inner in _flat(each)]
    return [group]
