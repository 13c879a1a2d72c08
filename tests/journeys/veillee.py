"""Veillée itself, as a process of its own that can be killed at any instant."""

from __future__ import annotations

import json
import multiprocessing
import os
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from tests.synapse.homeserver import Account

# A server of processes that has already imported and read everything: a start then takes a moment, not seconds.
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.journeys.warm"])

CONFIG = """
[database]
file = "{folder}/veillee.db"
[matrix]
homeserver = "{url}"
user_id = "{account.user_id}"
access_token = "{account.access_token}"
device_id = "{account.device_id}"
store_key = "a secret of the tests, and of nobody else"
[[communities]]
slug = "cercle"
name = "Le cercle"
zone = "America/Montreal"
facilitators = ["{facilitator}"]
[communities.matrix]
rooms = {rooms}
[communities.quiet_hours]
start = "00:00"
end = "00:00"
{more}
"""


def _serve(config: str, log: str, hour: Path | None) -> None:
    if hour is not None:
        _go_by(hour)
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    from bot.cli.run import run

    run(Path(config), json_log=False)


def _go_by(hour: Path) -> None:
    """The milliseconds in that file are what a homeserver in a test goes by as well."""
    from scheduler import timetable
    from scheduler.clock import RealClock

    def now(_clock: RealClock) -> datetime:
        return datetime.fromtimestamp(int(hour.read_text()) / 1000, UTC)

    timetable.LOOK_AGAIN = 0.05  # it leaps
    RealClock.now = now  # type: ignore[assignment, method-assign]


class Running:
    """`config`: the whole of the configuration, its database being `folder`/veillee.db. `hour`: the file that tells the
    hour, where it is not the machine's clock."""

    def __init__(self, folder: Path, config: str, hour: Path | None = None) -> None:
        self.folder = folder
        self.database = folder / "veillee.db"
        self.log = folder / "veillee.log"
        self.config = folder / "veillee.toml"
        self.config.write_text(config)
        self._hour = hour
        self._process: ForkServerProcess | None = None
        self.kills = 0

    def start(self) -> None:
        self._process = _CONTEXT.Process(target=_serve, args=(str(self.config), str(self.log), self._hour), daemon=True)
        self._process.start()

    def kill(self) -> None:
        """kill -9: nothing is finished, nothing is closed."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None
            self.kills += 1

    def stop(self) -> int | None:
        """As an operator stops it. The exit code."""
        if self._process is None:
            return None
        self._process.terminate()
        self._process.join(10)
        code = self._process.exitcode
        if code is None:
            self._process.kill()
            self._process.join()
        self._process = None
        return code

    @property
    def logged(self) -> str:
        return self.log.read_text() if self.log.exists() else ""

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.is_alive()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What the database holds now."""
        with sqlite3.connect(self.database, timeout=30) as connection:
            found = connection.execute(query).fetchall()
        connection.close()
        return found

    def change(self, statement: str, values: list[tuple[object, ...]]) -> None:
        """Put rows there while it is stopped."""
        with sqlite3.connect(self.database, timeout=30) as connection:
            connection.executemany(statement, values)
        connection.close()


class Veillee(Running):
    """On Matrix, with one community in one room or a few."""

    def __init__(
        self, folder: Path, *, url: str, account: Account, room: str, facilitator: str, more: str = "",
        beside: Sequence[str] = (), hour: Path | None = None,
    ) -> None:  # fmt: skip
        """`more`: further blocks of the configuration. `beside`: other rooms of the same community."""
        self.device = account.device_id
        rooms = json.dumps([room, *beside])
        config = CONFIG.format(
            folder=folder, url=url, account=account, rooms=rooms, facilitator=facilitator, more=more
        )
        super().__init__(folder, config, hour)
