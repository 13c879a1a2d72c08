"""Where a test keeps what Veillée keeps: in a file of its folder, or in a PostgreSQL database for that folder.

Which of them is decided here alone. With VEILLEE_TEST_DATABASE=postgresql every test keeps it there. Otherwise those of
the modules ON_BOTH are run on either, and the others on a file.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from bot.ports import Store
from storage.at_once import StoreAtOnce
from storage.migrate import migrate
from storage.store import SqlStore
from tests.postgres.server import Database

POSTGRESQL = os.environ.get("VEILLEE_TEST_DATABASE") == "postgresql"
# One of each feature, and what is hardest on a database.
ON_BOTH = {
    f"tests.features.{name}"
    for name in (
        "charter.test_arrivals", "linking.test_codes", "polls.test_voting", "pulse.test_results",
        "sessions.test_interest", "stories.test_telling", "test_icebreakers", "test_introduction", "test_welcome",
    )
}  # fmt: skip

# What looks at the disk, or at the connection.
AS_IT_RUNS = {
    f"tests.features.{name}"
    for name in (
        "linking.test_apart", "linking.test_codes", "linking.test_either_account", "pulse.test_anonymity",
        "stories.test_attachments", "stories.test_sharing", "stories.test_telling", "test_privacy",
        "test_sheets_in_confidence",
    )
}  # fmt: skip

only_on_a_file = pytest.mark.skipif(POSTGRESQL, reason="of the file itself")

# Makes a database with this version's tables, where the running test keeps what it keeps there.
make_database: Callable[[], Database] | None = None
# Whether the running test has no thread behind its file: from one to the other and back goes a third of its time.
at_once = False
_databases: dict[Path, Database] = {}


def new(folder: Path) -> str:
    """The address of a new database, with this version's tables. What that folder had before is gone."""
    if make_database:
        _databases[folder] = make_database()
        return _databases[folder].url
    for left in folder.glob("veillee.db*"):
        if left.is_file():
            left.unlink()
    (folder / "veillee.db").write_bytes(new_file())
    return there(folder)


def store(folder: Path) -> Store:
    """One that keeps it in a new database, as it runs or `at_once`."""
    url = new(folder)
    return StoreAtOnce(folder / "veillee.db") if at_once and not make_database else SqlStore(url)


def there(folder: Path) -> str:
    """The address of the database of that folder; a new one where it has none."""
    if make_database:
        return _databases[folder].url if folder in _databases else new(folder)
    return f"sqlite+aiosqlite:///{folder / 'veillee.db'}" if (folder / "veillee.db").exists() else new(folder)


def forget() -> None:
    """The test is over."""
    _databases.clear()


def tables(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in the order in which it lies there; on PostgreSQL, where that changes by itself, by
    its first column."""
    if make_database:
        return _tables_of_postgresql(_databases[folder])
    with closing(sqlite3.connect(folder / "veillee.db")) as connection:
        names = [n for (n,) in connection.execute("select name from sqlite_master where type = 'table'")]
        return {n: connection.execute(f'select * from "{n}"').fetchall() for n in names}


def _tables_of_postgresql(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    with database.connect() as connection:
        names = connection.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
        return {n: connection.execute(f'select * from "{n}" order by 1').fetchall() for (n,) in names}


@cache
def new_file() -> bytes:
    """Made once: it takes longer than most tests."""
    with TemporaryDirectory() as folder:
        migrate(Path(folder) / "veillee.db")
        return (Path(folder) / "veillee.db").read_bytes()
