"""Opening the database for good: up to date, writable, and by nobody else on a file.

It is a file, or the address of a PostgreSQL database, whose password no sentence tells.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from bot.errors import EXIT_DATABASE, EXIT_DISK, OperatorProblem
from bot.operator import tell, words
from bot.ports import StoreTrouble
from storage.copy import copy_whole
from storage.migrate import AtWork, DatabaseNewer, OfAnother, known, migrate, newest, revision_of

ROOM_NEEDED = 20_000_000
"""Bytes. Less than this on the disk, and the first busy hour would fill it."""
DAMAGED = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


def shown(where: Path | str) -> str:
    """As a sentence names it."""
    if isinstance(where, Path):
        return str(where)
    from bot.postgresql import shown

    return shown(where)


def prepare(where: Path | str) -> None:
    """Bring it up to date, making the file if need be; a file is copied first, and its tables change under nobody who
    is at work on it. Raises OperatorProblem."""
    if isinstance(where, Path):
        _room_for(where, ROOM_NEEDED)
        if is_there(where) and not _is_behind(where):
            bring_up_to_date(where)
        else:
            with alone(where, "database-in-use-behind"):
                _change(where)
    else:
        from bot.postgresql import reach

        reach(where)
        bring_up_to_date(where)


def _change(file: Path) -> None:
    if is_there(file) and _is_behind(file):
        _keep_before(file)
    bring_up_to_date(file)


def bring_up_to_date(where: Path | str) -> None:
    """The tables alone. Raises OperatorProblem."""
    try:
        migrate(where)
    except OfAnother as problem:
        raise of_another(where) from problem
    except DatabaseNewer as problem:
        raise OperatorProblem("database-newer", EXIT_DATABASE, file=shown(where)) from problem
    except AtWork as problem:
        raise OperatorProblem("database-in-use-behind", EXIT_DATABASE, file=shown(where)) from problem
    except DatabaseError as problem:
        raise told(problem.orig, where) from problem


def must_be_of_this_version(where: Path | str, *, behind: str, nothing: str = "") -> None:
    """It is only read. `behind`, `nothing`: the sentences where its tables are those of an earlier version, or where
    there are none; without the latter, they may still be made. Raises OperatorProblem."""
    if isinstance(where, Path):
        there = _revision(where) if is_there(where) else None
    else:
        from bot.postgresql import reach

        reach(where)
        there = _revision(where)
    if there is None and not nothing:
        return
    if there != newest():
        id = nothing if there is None else behind if there in known() else "database-newer"
        raise OperatorProblem(id, EXIT_DATABASE, file=shown(where))


def _room_for(file: Path, needed: int) -> None:
    folder = file.absolute().parent
    with _seen(file):
        if not folder.is_dir():
            raise OperatorProblem("database-no-folder", EXIT_DATABASE, file=str(file), folder=str(folder))
        if shutil.disk_usage(folder).free < needed:
            raise OperatorProblem("database-disk-full", EXIT_DISK, folder=str(folder))


def is_there(file: Path) -> bool:
    """With something in it. Raises OperatorProblem."""
    with _seen(file):
        return file.is_file() and file.stat().st_size > 0


@contextmanager
def _seen(file: Path) -> Iterator[None]:
    """Whether it is there cannot even be asked, where a folder above is closed to this account."""
    try:
        yield
    except OSError as problem:
        raise OperatorProblem("database-not-writable", EXIT_DATABASE, file=str(file)) from problem


def _is_behind(file: Path) -> bool:
    return _revision(file) in known()[1:]


def _revision(where: Path | str) -> str | None:
    try:
        return revision_of(where)
    except OfAnother as problem:
        raise of_another(where) from problem
    except DatabaseError as problem:
        raise told(problem.orig, where) from problem


def _keep_before(file: Path) -> None:
    """A copy as it was before its tables change: for whoever wants the earlier version back."""
    journal = file.with_name(file.name + "-wal")
    size = file.stat().st_size + (journal.stat().st_size if journal.exists() else 0)
    # The copy, and what changes tables writes as much again.
    _room_for(file, 2 * size + ROOM_NEEDED)
    kept = keep_copy(file, file.with_name(f"{file.name}.before-{newest()}"))
    tell(words("database-kept-before", file=str(kept)))


def keep_copy(file: Path, to: Path) -> Path:
    """A copy that is whole once it has its name, for us alone. An earlier one of that name stays, unless it is the
    very same. Returns where it is. Raises OperatorProblem."""
    unfinished = to.with_name(to.name + ".new")
    try:
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        copy_whole(file, unfinished)
        unfinished.chmod(0o600)
        made, number = unfinished.read_bytes(), 1
        while to.exists() and to.read_bytes() != made:
            number += 1
            to = to.with_name(f"{to.name.removesuffix(f'-{number - 1}')}-{number}")
        for each in (unfinished, to.parent):
            descriptor = os.open(each, os.O_RDONLY)
            os.fsync(descriptor)
            os.close(descriptor)
        unfinished.replace(to)
    except sqlite3.Error as problem:
        raise told(problem, file) from problem
    except OSError as problem:
        raise OperatorProblem("database-not-writable", EXIT_DATABASE, file=str(unfinished)) from problem
    return to


def of_another(where: Path | str) -> OperatorProblem:
    return OperatorProblem("database-of-another", EXIT_DATABASE, file=shown(where))


def told(problem: BaseException | None, where: Path | str) -> OperatorProblem:
    """What the database says, as a sentence."""
    if isinstance(where, Path):
        return _told_of_file(problem, where)
    from bot.postgresql import told

    return told(problem, where)


@contextmanager
def in_words(where: Path | str) -> Iterator[None]:
    """What it says of itself, rather than of what we asked of it: that would be a mistake of ours."""
    try:
        yield
    except (DatabaseError, StoreTrouble) as problem:
        trouble = isinstance(problem, StoreTrouble)
        said = getattr(problem.__cause__ if trouble else problem, "orig", None)
        if said is None or not (trouble or _code(said) in DAMAGED):
            raise
        raise told(said, where) from problem


def _code(problem: BaseException | None) -> int:
    """SQLite's."""
    return getattr(problem, "sqlite_errorcode", 0) & 0xFF


def _told_of_file(problem: BaseException | None, file: Path) -> OperatorProblem:
    match code := _code(problem):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return OperatorProblem("database-locked", EXIT_DATABASE, file=str(file))
        case sqlite3.SQLITE_FULL:
            return OperatorProblem("database-disk-full", EXIT_DISK, folder=str(file.absolute().parent))
        case _ if code in DAMAGED:
            return OperatorProblem("database-not-one", EXIT_DATABASE, file=str(file))
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return OperatorProblem("database-not-writable", EXIT_DATABASE, file=str(file))
        case _:
            why = str(problem).split("\n", 1)[0]
            return OperatorProblem("database-trouble", EXIT_DATABASE, file=str(file), why=why)


@contextmanager
def held(where: Path | str) -> Iterator[None]:
    """Up to date; and a file is ours alone, before anything in it changes."""
    if isinstance(where, Path):
        _room_for(where, ROOM_NEEDED)
        with alone(where):
            _change(where)
            yield
    else:
        prepare(where)
        yield


@contextmanager
def alone(file: Path, refused: str = "database-in-use") -> Iterator[None]:
    """Two processes on one file would say everything twice. `refused`: the sentence where another is at work on it."""
    lock = file.with_name(file.name + ".lock")
    try:
        opened = lock.open("w")
    except OSError as problem:
        raise OperatorProblem("database-not-writable", EXIT_DATABASE, file=str(lock)) from problem
    with opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise OperatorProblem(refused, EXIT_DATABASE, file=str(file)) from problem
        yield
