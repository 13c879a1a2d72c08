"""Bringing the database to this version's tables."""

from __future__ import annotations

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


def migrate(file: Path, to: str = "head") -> None:
    """Bring the SQLite file up to date, making it if need be. Raises DatabaseNewer, or SQLAlchemy's DatabaseError."""
    engine = create_engine(f"sqlite:///{file}")
    try:
        with engine.begin() as connection:
            known = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
            there = MigrationContext.configure(connection).get_current_revision()
            if there is not None and there not in known:
                raise DatabaseNewer(there)
            command.upgrade(config(connection), to)
    finally:
        engine.dispose()
