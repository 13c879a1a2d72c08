"""A database in which another program keeps its own is left as it is, and so is what lies in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.checking.server import examine
from bot.database import prepare
from bot.errors import EXIT_DATABASE
from storage.migrate import connected, newest, revision_of
from tests.kept import new_file
from tests.postgres.server import Database
from tests.postgres.test_database import configured
from tests.typed import veillee

# One of them is called as one of ours.
OTHERS = ["create table recipes (name text)", "create table person (name text)", "insert into recipes values ('soup')"]


@pytest.fixture(params=["a file", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """With the tables of another program, and a configuration beside that names it."""
    found: Path | str = tmp_path / "other.db"
    if request.param == "postgresql":
        found = request.getfixturevalue("postgres").url
    with connected(found) as connection:
        for statement in OTHERS:
            connection.exec_driver_sql(statement)
    configured(tmp_path, f'url = "{found}"' if isinstance(found, str) else f'file = "{found}"')
    return found


def lying(where: Path | str) -> Any:
    """All tables, and what lies in the other program's."""
    names = "select name from sqlite_master" if isinstance(where, Path) else (
        "select tablename from pg_tables where schemaname = 'public'"
    )  # fmt: skip
    with connected(where) as connection:
        there = sorted(connection.exec_driver_sql(names).scalars())
        return there, connection.exec_driver_sql("select name from recipes").scalars().all()


@pytest.mark.parametrize(
    "typed",
    ["migrate", "run", "check", "report", "copy --from ours.db", "copy --to ours.db", "restore backup.zip"],
)
def test_left_as_it_is(where: Path | str, tmp_path: Path, typed: str) -> None:
    (tmp_path / "ours.db").write_bytes(new_file())
    before = lying(where)
    ended = veillee(*typed.split(), cwd=tmp_path)
    assert ended.returncode == EXIT_DATABASE
    # A file is not written over, whoever's it is.
    on_file = typed.startswith("restore") and isinstance(where, Path)
    assert ("There is a database at" if on_file else "tables of another program") in ended.stdout + ended.stderr
    assert before == lying(where) == (["person", "recipes"], ["soup"])
    assert typed == "check" or (ended.stdout + ended.stderr).count("\n") == 1


def test_what_an_extension_brought_is_nobodys(postgres: Database) -> None:
    """Nor what lies in a schema where ours would not go."""
    with postgres.server.administer(postgres.name) as admin:
        admin.execute("create schema others; create table others.person (name text)")
        admin.execute("create extension citext; create table words (w citext); alter extension citext add table words")
    prepare(postgres.url)
    assert revision_of(postgres.url) == newest()


def test_a_file_in_which_nothing_is_yet(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "v.db")) as opened:
        opened.execute("pragma journal_mode = wal")
        opened.execute("create table t (id integer primary key autoincrement)")
        opened.execute("drop table t")
    prepare(tmp_path / "v.db")
    assert revision_of(tmp_path / "v.db") == newest()


def test_tables_that_may_not_be_read_are_a_finding(postgres: Database) -> None:
    with postgres.server.administer(postgres.name) as admin:
        admin.execute("create table public.alembic_version (version_num text)")
    found = examine(postgres.url)
    assert [(each.ok, each.id) for each in found if not each.ok] == [(False, "database-no-right")]
