"""How Alembic reaches the database: the connection is handed over by storage.migrate."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, Integer, text
from sqlalchemy.types import TypeDecorator

from storage.tables import metadata


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """A migration tells what lies in the database, whatever the types of a later version are called."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    if kind == "type" and isinstance(item, Integer):
        return "sa.Integer()"  # as wide as it gets: see below
    return False


def widen(connection: Connection) -> None:
    """The tables were written for SQLite, where a text is as long and a number as large as it is. PostgreSQL holds
    them to what is declared, and would refuse what some server far away had made a little longer."""
    columns = connection.execute(
        text(
            "select table_name, column_name, data_type from information_schema.columns"
            " where table_schema = current_schema() and table_name != 'alembic_version'"
            " and data_type in ('character varying', 'integer')"
        )
    ).all()
    of: dict[str, list[str]] = {}
    for table, column, kind in columns:
        of.setdefault(table, []).append(f'alter "{column}" type {"bigint" if kind == "integer" else "text"}')
    for table, changes in of.items():
        connection.execute(text(f'alter table "{table}" {", ".join(changes)}'))
    sequences = (
        "select sequencename from pg_sequences"
        " where schemaname = current_schema() and data_type = 'integer'::regtype"
    )
    for (name,) in connection.execute(text(sequences)).all():
        connection.execute(text(f'alter sequence "{name}" as bigint'))


given: Connection = context.config.attributes["connection"]
context.configure(
    connection=given,
    target_metadata=metadata,
    render_as_batch=True,
    render_item=render_item,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
    if given.dialect.name == "postgresql":
        widen(given)
