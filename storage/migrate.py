"""Bringing the database to this version's tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

FOLDER = Path(__file__).parent / "migrations"
# Seconds for another process of ours to finish what it does to the tables.
WAIT = 60


# How many tables there are besides the one that tells the revision. On a server: where ours would go, and without those
# that came with it (whose numbers are below 16384) or with an extension.
TABLES = {
    "sqlite": "select count(*) from sqlite_master where type = 'table' and name != 'alembic_version'"
    " and substr(name, 1, 7) != 'sqlite_'",
    "postgresql": "select count(*) from pg_class c where relkind in ('r', 'p') and c.oid >= 16384"
    " and relname != 'alembic_version'"
    " and relnamespace = (select oid from pg_namespace where nspname = current_schema())"
    " and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e')",
}


class OfAnother(Exception):
    """The tables are those of another program. Nothing was changed."""


class DatabaseNewer(Exception):
    """The database was made by a later version than this one. Nothing was changed."""


class AtWork(Exception):
    """Veillée is at work on this PostgreSQL database in an earlier version. Nothing was changed."""


def config(connection: Connection | None = None) -> Config:
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    if connection is not None:
        made.attributes["connection"] = connection
    return made


def migrate(where: Path | str, to: str = "head") -> None:
    """Bring the SQLite file, or the PostgreSQL database of that address, up to date; the file is made if need be.

    Raises OfAnother, DatabaseNewer, AtWork, or SQLAlchemy's DatabaseError; nothing was changed then.
    """
    with connected(where) as connection:
        there = revision(connection)
        if there is not None and there not in known():
            raise DatabaseNewer(there)
        if there in known()[1:] and _led(connection):
            raise AtWork
        command.upgrade(config(connection), to)


def _led(connection: Connection) -> bool:
    """Of a file, whoever asks has seen to it."""
    if connection.dialect.name == "sqlite":
        return False
    from storage.lead import led

    return led(connection)


def newest() -> str:
    """The revision of this version's tables."""
    return known()[0]


def known() -> list[str]:
    """The newest first."""
    return [script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()]


def revision(connection: Connection) -> str | None:
    """Of its tables; None where there are none. Raises OfAnother."""
    there = MigrationContext.configure(connection).get_current_revision()
    if there is None and connection.exec_driver_sql(TABLES[connection.dialect.name]).scalar():
        raise OfAnother
    return there


def revision_of(where: Path | str) -> str | None:
    """Raises OfAnother, or SQLAlchemy's DatabaseError."""
    with connected(where) as connection:
        return revision(connection)


@contextmanager
def connected(where: Path | str) -> Iterator[Connection]:
    """In one transaction: all of it, or nothing. No other of ours changes tables meanwhile."""
    engine = _on_file(where) if isinstance(where, Path) else _on_server(where)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _on_file(file: Path) -> Engine:
    from storage.sqlite import address

    engine = create_engine(address(file, "sqlite"), poolclass=NullPool)

    # By itself the driver would begin only where rows are changed, and a kill would leave half of the tables.
    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _on_server(url: str) -> Engine:
    from storage.postgres import BEGIN, MIGRATING, OURS, engine

    lock = f"set local lock_timeout = '{WAIT}s'; select pg_advisory_xact_lock({OURS}, {MIGRATING})"
    return engine(url, f"{BEGIN}; {lock}")
