"""Bringing the database to this version's tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine

FOLDER = Path(__file__).parent / "migrations"


class DatabaseNewer(Exception):
    """The database was made by a later version than this one. Nothing was changed."""


def config(connection: Connection | None = None) -> Config:
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    if connection is not None:
        made.attributes["connection"] = connection
    return made


def migrate(where: Path | str, to: str = "head") -> None:
    """Bring the SQLite file, or the PostgreSQL database of that address, up to date; the file is made if need be.

    Raises DatabaseNewer, or SQLAlchemy's DatabaseError; nothing was changed then.
    """
    with connected(where) as connection:
        known = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
        there = revision(connection)
        if there is not None and there not in known:
            raise DatabaseNewer(there)
        command.upgrade(config(connection), to)


def revision(connection: Connection) -> str | None:
    """Of its tables; None where there are none."""
    return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def connected(where: Path | str) -> Iterator[Connection]:
    """In one transaction; on PostgreSQL no other of ours changes tables meanwhile."""
    if isinstance(where, Path):
        engine = create_engine(f"sqlite:///{where}")
    else:
        from storage.postgres import MIGRATING, OURS, address

        engine = create_engine(address(where), use_native_hstore=False)
    try:
        with engine.begin() as connection:
            if not isinstance(where, Path):
                connection.exec_driver_sql(f"select pg_advisory_xact_lock({OURS}, {MIGRATING})")
            yield connection
    finally:
        engine.dispose()
