"""Composition for real communities: the configuration's platforms, the real clock, the database file."""

from __future__ import annotations

from bot.app import App
from bot.config import Config


def live(config: Config) -> App:
    from adapters.matrix.client import MatrixPlatform
    from scheduler.clock import RealClock
    from storage.seals import FileSeals
    from storage.store import SqlStore

    clock = RealClock()
    named = {f for c in config.communities for f in c.facilitators}
    matrix = MatrixPlatform(
        config.matrix,
        [c.places for c in config.communities],
        clock=clock,
        may_invite=lambda inviter, _room: inviter in named,
    )
    return App(
        store=SqlStore(f"sqlite+aiosqlite:///{config.database.file}"),
        clock=clock,
        seals=FileSeals(config.database.seals),
        platforms=[matrix],
    )
