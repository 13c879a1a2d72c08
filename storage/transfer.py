"""Everything from one database into another, whichever they are: row by row, and compared row by row.

What lies in the columns is carried as it is: no later version's idea of it comes between.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    func,
    literal,
    select,
    text,
)  # fmt: skip
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DatabaseError, DBAPIError
from sqlalchemy.pool import NullPool
from sqlalchemy.types import TypeDecorator, TypeEngine

from storage.tables import metadata

# Rows held at once.
BATCH = 2000


class NotEmpty(Exception):
    """There is something in the database that was to be filled. Nothing was changed."""


class Differs(Exception):
    """What was copied into this table is not what was read. Nothing was kept."""


class Refused(Exception):
    """What one of the two databases said. `where`: which."""

    def __init__(self, problem: DatabaseError, where: Path | str) -> None:
        super().__init__(str(problem.orig))
        self.problem, self.where = problem, where


class Busy(Exception):
    """Veillée runs on this PostgreSQL database."""


def transfer(source: Connection, target: Connection) -> dict[str, int]:
    """How many rows of each table. To be committed by whoever began. Raises NotEmpty or Differs."""
    must_be_empty(target)
    plain = [_plain(table) for table in metadata.sorted_tables]
    counts = {}
    for table in plain:
        counts[table.name] = _copy(table, source, target)
        if not _same(table, source, target):
            raise Differs(table.name)
    for table in plain:
        if "id" in table.columns and not isinstance(table.columns["id"].type, String):
            _number_on(table.name, _last_number(table, source), target)
    return counts


def must_be_empty(target: Connection) -> None:
    """Raises NotEmpty."""
    for table in metadata.sorted_tables:
        if target.execute(select(literal(1)).select_from(table).limit(1)).scalar():
            raise NotEmpty


# -- rows ----------------------------------------------------------------------------------------------------


def _plain(table: Table) -> Table:
    """The same table, with nothing between its columns and what lies in them."""
    columns = [Column(c.name, _bare(c.type), primary_key=c.primary_key) for c in table.columns]
    return Table(table.name, MetaData(), *columns)


def _bare(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    return kind.impl_instance if isinstance(kind, TypeDecorator) else kind


def _copy(table: Table, source: Connection, target: Connection) -> int:
    count = 0
    for batch in _batches(table, source):
        count += len(batch)
        if target.dialect.name == "postgresql":
            _into_postgresql(table, batch, target)
        else:
            names = table.columns.keys()
            target.execute(table.insert(), [dict(zip(names, row, strict=True)) for row in batch])
    return count


def _into_postgresql(table: Table, batch: Sequence[Sequence[Any]], target: Connection) -> None:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    cursor: Any = target.connection.cursor()
    try:
        with cursor.copy(f'copy "{table.name}" ({columns}) from stdin') as lines:
            for row in batch:
                lines.write_row(row)
    except target.dialect.loaded_dbapi.Error as problem:
        # As SQLAlchemy, which knows nothing of this statement, would say it.
        raise DBAPIError.instance("copy", None, problem, target.dialect.loaded_dbapi.Error) from problem


def _batches(table: Table, connection: Connection) -> Generator[Sequence[Sequence[Any]]]:
    """In the order of their keys, the same on either database."""
    keys: list[Any] = [
        column.collate("C") if isinstance(column.type, String) and connection.dialect.name == "postgresql" else column
        for column in table.primary_key
    ]
    with connection.execute(select(table).order_by(*keys), execution_options={"yield_per": BATCH}) as found:
        for batch in found.partitions():
            yield [tuple(row) for row in batch]


def _same(table: Table, source: Connection, target: Connection) -> bool:
    """Each row by its values. A character 0 within a text is nothing to PostgreSQL."""
    with closing(_batches(table, source)) as read, closing(_batches(table, target)) as copied:
        there = chain.from_iterable(copied)
        for row in chain.from_iterable(read):
            if (found := next(there, None)) != row and found != _without_zero(row):
                return False
        return next(there, None) is None


def _without_zero(row: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(value.replace("\0", "") if isinstance(value, str) else value for value in row)


# -- numbers: none that was given is given again -------------------------------------------------------------


def _last_number(table: Table, source: Connection) -> int:
    highest = source.execute(select(func.max(table.columns["id"]))).scalar() or 0
    if source.dialect.name == "postgresql":
        last = "select coalesce(pg_sequence_last_value(pg_get_serial_sequence(:name, 'id')::regclass), 0)"
    else:
        last = "select coalesce(max(seq), 0) from sqlite_sequence where name = :name"
    return max(int(highest), int(source.execute(text(last), {"name": table.name}).scalar() or 0))


def _number_on(name: str, last: int, target: Connection) -> None:
    if not last:
        return
    if target.dialect.name == "postgresql":
        target.execute(text("select setval(pg_get_serial_sequence(:name, 'id'), :last)"), {"name": name, "last": last})
    elif metadata.tables[name].dialect_options["sqlite"]["autoincrement"]:
        target.execute(text("delete from sqlite_sequence where name = :name"), {"name": name})
        target.execute(
            text("insert into sqlite_sequence (name, seq) values (:name, :last)"), {"name": name, "last": last}
        )


# -- connections ---------------------------------------------------------------------------------------------


@contextmanager
def reading(where: Path | str) -> Iterator[Connection]:
    """All of it as it stands at one instant, while others may go on. `where`: a SQLite file, or an address. Raises
    Refused."""
    with _connected(where, reads=True) as connection:
        yield connection


@contextmanager
def writing(where: Path | str) -> Iterator[Connection]:
    """In one transaction. Raises Refused, and Busy where Veillée runs on that address; on a file, whoever asks has
    seen to it."""
    with _connected(where, reads=False) as connection:
        if not isinstance(where, Path):
            unused(connection)
        yield connection


def unused(connection: Connection) -> None:
    """Nobody begins a unit of work from now on, until this transaction ends. Raises Busy."""
    from storage.lead import led
    from storage.postgres import OURS, UNITS

    free = connection.exec_driver_sql(f"select pg_try_advisory_xact_lock({OURS}, {UNITS})").scalar()
    if not free or led(connection):
        raise Busy


@contextmanager
def _connected(where: Path | str, *, reads: bool) -> Iterator[Connection]:
    made = _on_file(where, reads) if isinstance(where, Path) else _on_server(where, reads)

    # Within, both are at work, and whoever hears of it must know which of them it was.
    @event.listens_for(made, "handle_error")
    def _refused(context: ExceptionContext) -> None:
        if isinstance(problem := context.sqlalchemy_exception, DatabaseError):
            raise Refused(problem, where) from problem.orig

    try:
        with made.begin() as connection:
            yield connection
    except DatabaseError as problem:
        raise Refused(problem, where) from problem.orig
    finally:
        made.dispose()


def _on_file(file: Path, reads: bool) -> Engine:
    from storage.sqlite import address

    made = create_engine(address(file, "sqlite"), poolclass=NullPool, hide_parameters=True)

    @event.listens_for(made, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return made


def _on_server(url: str, reads: bool) -> Engine:
    from storage.postgres import BEGIN, READ, engine

    return engine(url, READ if reads else BEGIN)
