"""Runs inside the homeserver's own process: starts Synapse as `python -m synapse.app.homeserver` would.

Three things are added, because no configuration key offers them: the process dies with its parent, SQLite does not
wait for the disk (data survive a killed process all the same, only a power cut could lose them), and the hour can be
told by a file.
"""

import os
import signal
import threading
from pathlib import Path
from typing import Any

HOUR = "TEST_HOMESERVER_HOUR"


def die_with_parent() -> None:
    """Standard input is a pipe whose other end only the parent holds: its end of file means it is gone.

    A death signal (prctl) would follow the *thread* that started us, and a test may well start us from a
    worker thread that ends long before the session does.
    """

    def watch() -> None:
        while os.read(0, 1):
            pass
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def do_not_wait_for_disk() -> None:
    from synapse.storage.engines.sqlite import Sqlite3Engine

    stock = Sqlite3Engine.on_new_connection

    def on_new_connection(engine: Sqlite3Engine, connection: Any) -> None:
        stock(engine, connection)
        connection.execute("PRAGMA synchronous = OFF")

    Sqlite3Engine.on_new_connection = on_new_connection  # type: ignore[assignment]


def live_by(hour: Path) -> None:
    """By the milliseconds in that file: what members do is then dated by a clock that a test moves."""
    from synapse.util.clock import Clock
    from synapse.util.duration import Duration
    from synapse.util.wheel_timer import WheelTimer

    # In steps of five seconds a leap of a day is seventeen thousand of them, in each of two dozen timers.
    WheelTimer.__init__.__defaults__ = (Duration(hours=1),)

    read: tuple[tuple[int, int], int] = (0, 0), 0

    def time_msec(_clock: Clock) -> int:
        """Asked for thousands of times a second: read again once it was written again."""
        nonlocal read
        found = os.stat(hour)
        written = found.st_ino, found.st_mtime_ns
        if written != read[0]:
            read = written, int(hour.read_text())
        return read[1]

    def time(clock: Clock) -> float:
        return time_msec(clock) / 1000

    Clock.time_msec = time_msec  # type: ignore[assignment, method-assign]
    Clock.time = time  # type: ignore[assignment, method-assign]


if __name__ == "__main__":
    die_with_parent()  # before the two seconds of imports, so that nothing is left over from them either
    do_not_wait_for_disk()
    if HOUR in os.environ:
        live_by(Path(os.environ[HOUR]))
    from synapse.app.homeserver import main

    main()
