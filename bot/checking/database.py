"""The database: can it be reached, is it whole, is it of this version, can it be written to?"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import StaticPool

from bot.config import DatabaseConfig
from bot.database import told
from bot.errors import OperatorProblem
from bot.ports import Finding

# Seconds to read a file through: one that takes longer is read in part.
PATIENCE = 20.0


def examine(config: DatabaseConfig) -> list[Finding]:
    """In the order in which it should be mended."""
    if isinstance(config.where, Path):
        return _file(config.where)
    from bot.checking.server import examine as server

    return server(config.where)


def revision_finding(connection: Connection, about: dict[str, str]) -> Finding:
    """Of its tables, against those of this version."""
    from storage.migrate import OfAnother, known, newest, revision

    try:
        there = revision(connection)
    except OfAnother:
        return Finding(False, "database-of-another", about)
    if there == newest():
        return Finding(True, "check-database-current", about)
    if there is None or there in known():
        return Finding(True, "check-database-behind" if there else "check-database-later", about)
    return Finding(False, "database-newer", about)


def _file(file: Path) -> list[Finding]:
    about, folder = {"file": str(file)}, file.absolute().parent
    try:
        if not folder.is_dir():
            return [Finding(False, "database-no-folder", {**about, "folder": str(folder)})]
        # Nameless, and gone by itself: whether the folder can be written to, its disk included.
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        return [Finding(False, "check-folder-closed", {"folder": str(folder)})]
    if not file.exists() or not file.stat().st_size:
        return [Finding(True, "check-database-later", about)]
    try:
        return _opened(file, about)
    except sqlite3.Error as problem:
        return [as_finding(told(problem, file))]
    except DatabaseError as problem:
        return [as_finding(told(problem.orig, file))]
    except OSError:
        return [Finding(False, "database-not-writable", about)]


def _opened(file: Path, about: dict[str, str]) -> list[Finding]:
    with closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True, timeout=2)) as opened:
        with create_engine("sqlite://", creator=lambda: opened, poolclass=StaticPool).connect() as connection:
            found = [revision_finding(connection, about)]
        found.append(_whole(opened, about))
    held = _held(file)
    if held:
        found.append(Finding(True, "check-database-held", about))
    elif found[0].ok:
        _try_to_write(file)
    if os.geteuid() == 0 and file.stat().st_uid != 0:
        found.append(Finding(False, "check-database-as-root", about, optional=True))
    return found


def _whole(opened: sqlite3.Connection, about: dict[str, str]) -> Finding:
    until = time.monotonic() + PATIENCE
    opened.set_progress_handler(lambda: time.monotonic() > until, 100_000)
    try:
        rows = opened.execute("PRAGMA quick_check(1)").fetchall()
    except sqlite3.OperationalError as problem:
        if problem.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        return Finding(True, "check-database-large", about)
    finally:
        opened.set_progress_handler(None, 0)
    whole = rows == [("ok",)]
    return Finding(whole, "check-database-whole" if whole else "check-database-damaged", about)


def _held(file: Path) -> bool:
    """By a Veillée that runs. The lock is looked at, and never made: it would be ours, and in its way."""
    lock = file.with_name(file.name + ".lock")
    try:
        descriptor = os.open(lock, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _try_to_write(file: Path) -> None:
    """Begin to, and think better of it."""
    with closing(sqlite3.connect(f"file:{quote(str(file))}?mode=rw", uri=True, timeout=2)) as opened:
        opened.isolation_level = None
        opened.execute("BEGIN IMMEDIATE")
        opened.execute("ROLLBACK")


def as_finding(problem: OperatorProblem) -> Finding:
    return Finding(False, problem.id, {name: str(value) for name, value in problem.variables.items()})
