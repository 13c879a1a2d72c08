"""Veillée itself, as a process of its own that can be killed at any instant."""

from __future__ import annotations

import json
import math
import multiprocessing
import os
import signal
import sqlite3
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import psycopg

from tests.synapse.homeserver import Account

# A server of processes that has already imported and read everything: a start then takes a moment, not seconds.
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.journeys.warm"])

CONFIG = """
[database]
{database}
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
    from scheduler import jumps, timetable
    from scheduler.clock import RealClock

    def now(_clock: RealClock) -> datetime:
        return datetime.fromtimestamp(int(hour.read_text()) / 1000, UTC)

    timetable.LOOK_AGAIN = 0.05
    jumps.SET_FORWARD = math.inf  # it leaps, and is to be believed
    RealClock.now = now  # type: ignore[assignment, method-assign]


class Running:
    """`config`: the whole of the configuration, its database being `folder`/veillee.db, or the one at `url`. `hour`:
    the file that tells the hour, where it is not the machine's clock."""

    def __init__(self, folder: Path, config: str, hour: Path | None = None, url: str = "") -> None:
        self.folder = folder
        self.database = folder / "veillee.db"
        self.log = folder / "veillee.log"
        self.config = folder / "veillee.toml"
        self.config.write_text(config)
        self._hour = hour
        self._url = url
        self._line: psycopg.Connection[tuple[object, ...]] | None = None
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

    def freeze(self) -> None:
        """It does nothing any more, and knows nothing of it, until it is thawed."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.pid:
            os.kill(self._process.pid, number)

    def ask_to_stop(self) -> None:
        """And do not wait for it."""
        if self._process is not None:
            self._process.terminate()

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
    def begun(self) -> bool:
        """There are tables."""
        if self._url:
            return self.rows("select to_regclass('room')") != [(None,)]
        return self.database.exists() and bool(self.rows("select name from sqlite_master where name = 'room'"))

    @property
    def logged(self) -> str:
        return self.log.read_text() if self.log.exists() else ""

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.is_alive()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What the database holds now."""
        if self._url:
            return self._told(query)
        with sqlite3.connect(self.database, timeout=30) as connection:
            found = connection.execute(query).fetchall()
        connection.close()
        return found

    def _told(self, query: str) -> list[tuple[object, ...]]:
        """By a line that is kept, and begun anew where the server was killed meanwhile."""
        end = time.monotonic() + 30
        while True:
            try:
                if self._line is None or self._line.closed:
                    self._line = psycopg.connect(self._url, autocommit=True)
                return self._line.execute(query).fetchall()
            except psycopg.OperationalError:
                self._line = None
                if time.monotonic() > end:
                    raise
                time.sleep(0.02)

    def let_go(self) -> None:
        """Of the database."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def change(self, statement: str, values: list[tuple[object, ...]]) -> None:
        """Put rows there while it is stopped."""
        if self._url:
            with psycopg.connect(self._url) as there:
                there.cursor().executemany(statement.replace("?", "%s"), values)
            return
        with sqlite3.connect(self.database, timeout=30) as connection:
            connection.executemany(statement, values)
        connection.close()


class Veillee(Running):
    """On Matrix, with one community in one room or a few."""

    def __init__(
        self, folder: Path, *, url: str, account: Account, room: str, facilitator: str, more: str = "",
        beside: Sequence[str] = (), hour: Path | None = None, database: str = "", shared: Path | None = None,
    ) -> None:  # fmt: skip
        """`more`: further blocks of the configuration. `beside`: other rooms of the same community. `database`: the
        address of one on PostgreSQL. `shared`: where its keys lie, if others use them as well."""
        self.device = account.device_id
        rooms = json.dumps([room, *beside])
        there = f'url = "{database}"\nfolder = "{shared or folder}"' if database else f'file = "{folder}/veillee.db"'
        config = CONFIG.format(
            database=there, url=url, account=account, rooms=rooms, facilitator=facilitator, more=more
        )
        super().__init__(folder, config, hour, database)
