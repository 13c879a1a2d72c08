"""A copy of all that is kept, in one file, made while Veillée runs; and putting it back.

In it: the database without what was deleted, the keys of encrypted rooms, and what came with stories. Not in it: the
configuration, which holds passwords, and the keys of what is sealed until its hour, which no copy may outlive.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
import sqlite3
import stat
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from bot.config import DatabaseConfig
from bot.copying import fill, must_be_empty
from bot.database import alone, bring_up_to_date, is_there, must_be_of_this_version, prepare, told
from bot.errors import EXIT_CONFIGURATION, EXIT_DATABASE, EXIT_DISK, OperatorProblem
from bot.operator import why
from storage.copy import copy_whole

DATABASE, KEYS, ATTACHMENTS = "veillee.db", "keys", "attachments"
NAME = re.compile(r"veillee-\d{4}-\d\d-\d\d-\d{6}\.zip")
# All that may lie in one.
OURS = re.compile(rf"{re.escape(DATABASE)}|{KEYS}/(device|identity)-[^/]+|{ATTACHMENTS}/[^/]+\.sealed")
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# Where one is being made, for nobody else to call a folder so.
UNFINISHED = ".veillee-unfinished-"
LEFT = re.compile(rf"{re.escape(UNFINISHED)}[a-z0-9_]{{8}}")
# Seconds after which an unfinished copy is nobody's any more.
LEFT_BEHIND = 3600


def make(database: DatabaseConfig, folder: Path, now: datetime) -> Path:
    """The file, once it was put back elsewhere and found whole. Raises OperatorProblem."""
    from adapters.matrix.crypto.files import copy as copy_keys

    if isinstance(database.where, Path) and not is_there(database.where):
        raise OperatorProblem("backup-nothing-yet", EXIT_DATABASE, file=str(database.where))
    for kept in (database.keys, database.copies):
        _must_be_open(kept)
    to = folder / f"veillee-{now:%Y-%m-%d-%H%M%S}.zip"
    with _disk(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _workplace(folder) as inside:
            _copy_database(database.where, inside / DATABASE)
            if database.keys.is_dir():
                copy_keys(database.keys, inside / KEYS)
            unfinished = inside / to.name
            os.close(_opened(unfinished))
            # Attachments tell no time.
            with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as made:
                made.write(inside / DATABASE, DATABASE)
                for kept in sorted((inside / KEYS).glob("*")):
                    made.write(kept, f"{KEYS}/{kept.name}")
                # After the database: what is erased meanwhile is no more to be found here either.
                for attachment in sorted(database.copies.glob("*.sealed")):
                    with contextlib.suppress(FileNotFoundError):
                        made.write(attachment, f"{ATTACHMENTS}/{attachment.name}", zipfile.ZIP_STORED)
                made.comment = _seal(made)
            with unfinished.open("rb") as written:
                os.fsync(written.fileno())
            with _workplace(folder) as elsewhere:
                _unpack(unfinished, elsewhere)
            unfinished.replace(to)
    return to


def _must_be_open(folder: Path) -> None:
    """What lies in a folder that cannot be looked into would be missing without a word."""
    try:
        os.listdir(folder)
    except FileNotFoundError:
        return
    except OSError as problem:
        raise OperatorProblem("backup-unreadable", EXIT_DISK, folder=str(folder), why=why(problem)) from problem


def made_in(folder: Path) -> list[Path]:
    """What else lies there is not ours. Raises OSError."""
    return [file for file in folder.iterdir() if NAME.fullmatch(file.name)]


def keep_latest(folder: Path, count: int, made: Path) -> list[Path]:
    """The older ones, which are gone now: what was erased since lies in them still. `made`: the latest, whatever the
    names say; one that bears a later hour was made while the clock was ahead, and goes before the others."""
    with _disk(folder):
        older = sorted(made_in(folder), key=lambda file: (file.name <= made.name, file.name))[:-count]
        for file in older:
            file.unlink()
    return older


def restore(database: DatabaseConfig, file: Path) -> None:
    """Put all back where it was, with the tables of this version. Raises OperatorProblem, and then nothing was
    changed."""
    if isinstance(database.where, Path):
        with _disk(database.where.absolute().parent), alone(database.where):
            _nothing_there(database.where)
            _restore(database, file, database.where.absolute().parent)
    else:
        must_be_of_this_version(database.where, behind="copy-behind")
        prepare(database.where)
        must_be_empty(database.where)
        with _disk(database.keys.parent):
            database.keys.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _restore(database, file, database.keys.parent)


def _nothing_there(file: Path) -> None:
    """Beside a database lies what was not written into it yet, which belongs to no other."""
    for there in (file, file.with_name(file.name + "-wal")):
        if there.exists():
            raise OperatorProblem("restore-there-already", EXIT_DATABASE, file=str(there))


def _restore(database: DatabaseConfig, file: Path, folder: Path) -> None:
    with _workplace(folder) as inside:
        _unpack(file, inside)
        bring_up_to_date(inside / DATABASE)
        # Keys that are there went on since: older ones would be refused by whoever knows the newer.
        if (inside / KEYS).is_dir() and not database.keys.exists():
            # They may lie on another disk, and are there wholly or not at all.
            with _workplace(database.keys.parent) as beside:
                shutil.move(inside / KEYS, beside / KEYS)
                (beside / KEYS).replace(database.keys)
        if (inside / ATTACHMENTS).is_dir():
            database.copies.mkdir(mode=0o700, parents=True, exist_ok=True)
            for attachment in (inside / ATTACHMENTS).iterdir():
                shutil.move(attachment, database.copies / attachment.name)
        # The last: where this is killed before, it can be done again.
        if isinstance(database.where, Path):
            (inside / DATABASE).replace(database.where)
        else:
            fill(inside / DATABASE, database.where, stopped=False)


def _copy_database(where: Path | str, to: Path) -> None:
    os.close(os.open(to, os.O_WRONLY | os.O_CREAT, 0o600))
    if isinstance(where, Path):
        try:
            copy_whole(where, to)
        except sqlite3.Error as problem:
            raise told(problem, where) from problem
    else:
        _from_server(where, to)
    to.chmod(0o600)


def _from_server(url: str, to: Path) -> None:
    """The same file, from one snapshot: whoever writes meanwhile is not held up."""
    must_be_of_this_version(url, behind="backup-behind", nothing="backup-nothing-yet")
    bring_up_to_date(to)
    fill(url, to, stopped=False)


def _seal(packed: zipfile.ZipFile) -> bytes:
    """Of every name, size and check sum: each part is compared with its own as it is read."""
    parts = "\n".join(sorted(f"{part.filename} {part.file_size} {part.CRC}" for part in packed.infolist()))
    return f"veillee {hashlib.sha256(parts.encode()).hexdigest()}".encode()


def _whole(packed: zipfile.ZipFile) -> bool:
    """Nothing is missing, nothing is unknown. Earlier versions left no seal."""
    parts = packed.infolist()
    ours = all(OURS.fullmatch(p.filename) and p.compress_type in METHODS and not p.comment for p in parts)
    twice = len({part.filename for part in parts}) < len(parts)
    return ours and not twice and packed.comment in (b"", _seal(packed))


def _unpack(file: Path, into: Path) -> None:
    """Each part where it belongs. Raises OperatorProblem where anything is missing or damaged."""
    damaged = OperatorProblem("restore-damaged", EXIT_DATABASE, file=str(file))
    try:
        with _to_read(file) as opened, zipfile.ZipFile(opened) as packed:
            if not _whole(packed):
                raise damaged
            for name in packed.namelist():
                to = into / name
                to.parent.mkdir(mode=0o700, exist_ok=True)
                with packed.open(name) as inside, os.fdopen(_opened(to), "wb") as out:
                    while block := inside.read(1 << 20):
                        out.write(block)
        with closing(sqlite3.connect(into / DATABASE)) as unpacked:
            whole = unpacked.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            whole = whole and bool(unpacked.execute("SELECT version_num FROM alembic_version").fetchall())
    except (zipfile.BadZipFile, zlib.error, sqlite3.DatabaseError, ValueError, EOFError, RuntimeError) as problem:
        raise damaged from problem
    except OSError as problem:
        # A place before the beginning of the file: not what a disk says.
        raise damaged if problem.errno == errno.EINVAL else problem from problem
    if not whole:
        raise damaged


def _to_read(file: Path) -> BinaryIO:
    """What is wrong with it is said of it, and not of the folder into which it is unpacked."""
    try:
        return file.open("rb")
    except IsADirectoryError as problem:
        raise OperatorProblem("restore-folder", EXIT_CONFIGURATION, file=str(file)) from problem
    except (FileNotFoundError, NotADirectoryError) as problem:
        raise OperatorProblem("restore-missing", EXIT_CONFIGURATION, file=str(file)) from problem
    except OSError as problem:
        raise OperatorProblem("config-unreadable", EXIT_DISK, file=str(file), why=why(problem)) from problem


def _opened(file: Path) -> int:
    """For us alone."""
    return os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)


@contextmanager
def _workplace(folder: Path) -> Iterator[Path]:
    """For us alone, on the same disk, and gone afterwards; what a kill left behind goes as well."""
    for left in folder.iterdir():
        there = LEFT.fullmatch(left.name) and left.lstat()
        if there and stat.S_ISDIR(there.st_mode) and time.time() - there.st_mtime > LEFT_BEHIND:
            shutil.rmtree(left)
    with TemporaryDirectory(dir=folder, prefix=UNFINISHED) as made:
        yield Path(made)


@contextmanager
def _disk(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        said = "backup-no-room" if problem.errno in (errno.ENOSPC, errno.EDQUOT) else "backup-unwritable"
        raise OperatorProblem(said, EXIT_DISK, folder=str(folder), why=why(problem)) from problem
