"""Opening the database file for good: up to date, writable, and by one process at a time."""

from __future__ import annotations

import fcntl
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from bot.errors import EXIT_DATABASE, EXIT_DISK, OperatorProblem
from storage.migrate import DatabaseNewer, migrate

ROOM_NEEDED = 20_000_000
"""Bytes. Less than this on the disk, and the first busy hour would fill it."""


def prepare(file: Path) -> None:
    """Bring it up to date, making it if need be. Raises OperatorProblem."""
    folder = file.absolute().parent
    if not folder.is_dir():
        raise OperatorProblem("database-no-folder", EXIT_DATABASE, file=str(file), folder=str(folder))
    if shutil.disk_usage(folder).free < ROOM_NEEDED:
        raise OperatorProblem("database-disk-full", EXIT_DISK, folder=str(folder))
    try:
        migrate(file)
    except DatabaseNewer as problem:
        raise OperatorProblem("database-newer", EXIT_DATABASE, file=str(file)) from problem
    except DatabaseError as problem:
        raise told(problem.orig, file) from problem


def told(problem: BaseException | None, file: Path) -> OperatorProblem:
    """What SQLite says, as a sentence."""
    code = getattr(problem, "sqlite_errorcode", 0) & 0xFF
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return OperatorProblem("database-locked", EXIT_DATABASE, file=str(file))
        case sqlite3.SQLITE_FULL:
            return OperatorProblem("database-disk-full", EXIT_DISK, folder=str(file.absolute().parent))
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return OperatorProblem("database-not-one", EXIT_DATABASE, file=str(file))
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return OperatorProblem("database-not-writable", EXIT_DATABASE, file=str(file))
        case _:
            return OperatorProblem("database-trouble", EXIT_DATABASE, file=str(file), why=str(problem))


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Up to date, and ours alone."""
    prepare(file)
    with alone(file):
        yield


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """Two processes on one file would say everything twice."""
    lock = file.with_name(file.name + ".lock")
    try:
        opened = lock.open("w")
    except OSError as problem:
        raise OperatorProblem("database-not-writable", EXIT_DATABASE, file=str(lock)) from problem
    with opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise OperatorProblem("database-in-use", EXIT_DATABASE, file=str(file)) from problem
        yield
