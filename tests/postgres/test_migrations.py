"""From every earlier version, with data in every table, on either database. Nothing of it is lost, whatever happens."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Connection, DateTime, Integer, LargeBinary, MetaData, Table, create_engine
from sqlalchemy.pool import NullPool

from bot.database import prepare
from bot.errors import EXIT_DISK, OperatorProblem
from storage.migrate import connected, known, migrate, newest, revision_of
from tests.postgres.server import Database

EARLIER = sorted(known())[:-1]
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(params=["a file", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    if request.param == "a file":
        return tmp_path / "v.db"
    database: Database = request.getfixturevalue("postgres")
    return database.url


def filled(where: Path | str) -> Rows:
    """Two rows in each table that there is by now, each value told from every other."""
    with connected(where) as connection:
        for table in tables(connection):
            connection.execute(table.insert(), [row(table, number) for number in (1, 2)])
        return kept(connection)


def tables(connection: Connection) -> list[Table]:
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def row(table: Table, number: int) -> dict[str, Any]:
    def value(column: Any) -> Any:
        if column.foreign_keys or (column.primary_key and isinstance(column.type, Integer)):
            return number
        match column.type:
            case Integer():
                return number * 1000
            case Boolean():
                return number == 1
            case DateTime():
                return datetime(2026, number, 3, 4, 5, 6, 789)  # noqa: DTZ001  as it lies there
            case LargeBinary():
                return f"{table.name} {number}\0".encode()
            case _:
                return f"{column.name[:6]} {number} é"

    return {column.name: value(column) for column in table.columns}


def kept(connection: Connection) -> Rows:
    return {
        table.name: [dict(found._mapping) for found in connection.execute(table.select().order_by(*table.primary_key))]
        for table in tables(connection)
    }


def survived(before: Rows, after: Rows) -> None:
    for table, rows in before.items():
        assert len(after[table]) == len(rows) == 2
        for then, now in zip(rows, after[table], strict=True):
            assert {name: now[name] for name in then} == then, table


@pytest.mark.parametrize("revision", EARLIER)
def test_every_row_survives(where: Path | str, revision: str) -> None:
    migrate(where, revision)
    before = filled(where)
    assert len(before) > 15
    prepare(where)
    assert revision_of(where) == newest()
    with connected(where) as connection:
        survived(before, kept(connection))


def test_numbers_go_on_where_they_were(where: Path | str) -> None:
    migrate(where, EARLIER[0])
    with connected(where) as connection:
        connection.exec_driver_sql("insert into cursor (account, value) values ('a', '1'), ('b', '2')")
        connection.exec_driver_sql("delete from cursor where account = 'b'")
    migrate(where)
    with connected(where) as connection:
        connection.exec_driver_sql("insert into cursor (account, value) values ('c', '3')")
        assert connection.exec_driver_sql("select id from cursor order by id").all() == [(1,), (3,)]


KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import Engine, event
from storage.migrate import migrate
where, count = sys.argv[1], int(sys.argv[2])
@event.listens_for(Engine, "before_cursor_execute")
def _count(connection, cursor, statement, *_):
    global count
    count -= not statement.lower().startswith(("select", "pragma"))
    if count == 0:
        os.kill(os.getpid(), signal.SIGKILL)
migrate(where if "://" in where else Path(where))
print("done")
"""


@pytest.mark.parametrize("after", [4, 25])
def test_killed_between_two_statements_it_is_as_before(where: Path | str, after: int) -> None:
    migrate(where, EARLIER[-1])
    before = filled(where)
    ended = subprocess.run([sys.executable, "-c", KILLED, str(where), str(after)], env=os.environ, timeout=100)
    assert ended.returncode == -signal.SIGKILL
    assert revision_of(where) == EARLIER[-1]
    with connected(where) as connection:
        assert kept(connection) == before
    migrate(where)
    with connected(where) as connection:
        survived(before, kept(connection))


# -- the copy that is made of a file first --------------------------------------------------------------------------


def rows_of(file: Path) -> Rows:
    engine = create_engine(f"sqlite:///{file}", poolclass=NullPool)
    with engine.connect() as connection:
        return kept(connection)


def test_a_file_is_copied_before_its_tables_change(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, copy = tmp_path / "v.db", tmp_path / f"v.db.before-{newest()}"
    migrate(file, EARLIER[-1])
    before = filled(file)
    prepare(file)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert revision_of(copy) == EARLIER[-1]
    assert rows_of(copy) == before
    told = capsys.readouterr().out
    assert str(copy) in told
    assert told.count("\n") == 1
    prepare(file)
    assert capsys.readouterr().out == ""
    assert sorted(f.name for f in tmp_path.iterdir()) == ["v.db", copy.name, "v.db.lock"]


def test_a_new_file_is_not_copied(tmp_path: Path) -> None:
    prepare(tmp_path / "v.db")
    assert sorted(f.name for f in tmp_path.iterdir()) == ["v.db", "v.db.lock"]


def test_tried_again_after_a_kill_the_copy_is_the_same_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, copy = tmp_path / "v.db", tmp_path / f"v.db.before-{newest()}"
    migrate(file, EARLIER[-1])
    before = filled(file)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("bot.database.migrate", killed)
        with pytest.raises(KeyboardInterrupt):
            prepare(file)
    made = copy.stat().st_mtime_ns
    (tmp_path / f"{copy.name}.new").write_bytes(b"half of one")
    prepare(file)
    assert sorted(f.name for f in tmp_path.iterdir()) == ["v.db", copy.name, "v.db.lock"]
    assert rows_of(copy) == before
    assert copy.stat().st_mtime_ns >= made


def test_another_copy_of_that_name_is_left_alone(tmp_path: Path) -> None:
    file, copy = tmp_path / "v.db", tmp_path / f"v.db.before-{newest()}"
    copy.write_bytes(b"of another day")
    migrate(file, EARLIER[-1])
    before = filled(file)
    prepare(file)
    assert copy.read_bytes() == b"of another day"
    assert rows_of(tmp_path / f"{copy.name}-2") == before


def test_without_room_for_a_copy_nothing_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "v.db"
    migrate(file, EARLIER[-1])
    filled(file)
    before = file.read_bytes()
    free = type("Free", (), {"free": 20_000_000 + len(before)})
    monkeypatch.setattr("shutil.disk_usage", lambda _: free)
    with pytest.raises(OperatorProblem, match="database-disk-full") as problem:
        prepare(file)
    assert problem.value.exit_code == EXIT_DISK
    assert file.read_bytes() == before
    assert sorted(f.name for f in tmp_path.iterdir()) == ["v.db", "v.db.lock"]


def test_a_file_of_a_later_version_is_not_copied(tmp_path: Path) -> None:
    file = tmp_path / "v.db"
    prepare(file)
    with sqlite3.connect(file) as opened:
        opened.execute("update alembic_version set version_num = '9999'")
    opened.close()
    with pytest.raises(OperatorProblem, match="database-newer"):
        prepare(file)
    assert sorted(f.name for f in tmp_path.iterdir()) == ["v.db", "v.db.lock"]
