"""On PostgreSQL, what was there before is gone from the disk as well: tables are written anew.

What is deleted lies in its table until VACUUM, and its bytes until the table is written anew. What the server's journal
and backups hold of it is the operator's.

Whoever reads one instant of the database, as a backup does, goes on seeing what was there at that instant: what they
may still see stays until they are done, and goes a while later. Nobody waits for them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable
from typing import Any

import structlog
from sqlalchemy import Table, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

from storage.tables import metadata

log = structlog.get_logger("store")

# Seconds, for what rewrites whole tables.
REWRITTEN_WITHIN = 900.0
# How long units of work wait for whoever reads: what is under way elsewhere is done by then, but for a backup.
PATIENCE = 0.3
LOOK_AGAIN = 0.03
# What a table may wait for those who look at it just then, and nobody for the table any longer.
LOCKED_WITHIN = "500ms"

# Written beside a table, where PostgreSQL leaves room for remarks.
REWRITE = "to be rewritten"
NOTED = text(
    "select c.relname from pg_class c join pg_description d on d.objoid = c.oid and d.objsubid = 0"
    " where d.classoid = 'pg_class'::regclass and pg_table_is_visible(c.oid) and d.description = :noted"
).bindparams(noted=REWRITE)

# Tables of which nobody may learn from where a row lies, nor from the number of the transaction that wrote it, when it
# came and with what else. SQLite lays their rows by their keys; here, they are all written anew in that order.
LAID_BY_KEY = {
    table.name for table in metadata.tables.values() if table.dialect_options["sqlite"]["with_rowid"] is False
}

# Whether somebody may still see what was there before the transaction of that number.
SEEN = text(
    "select exists (select from pg_stat_activity where datname = current_database() and pid != pg_backend_pid()"
    " and backend_type = 'client backend' and backend_xmin is not null"
    " and age(backend_xmin) > age(cast(cast(:number as text) as xid)))"
)
NUMBER = text("select cast(cast(pg_snapshot_xmax(pg_current_snapshot()) as xid) as text)")


class _SeenYet(Exception):
    """Somebody reads what was there before."""


async def note(session: AsyncSession, touched: Collection[type[Any]], *, rewrite: bool) -> None:
    tables = _concerned(touched) if rewrite else [t for t in _own(touched) if t in LAID_BY_KEY]
    for table in tables:
        await session.execute(text(f"comment on table {_quoted(table)} is '{REWRITE}'"))


async def erase(engine: AsyncEngine, touched: Collection[type[Any]]) -> bool:
    """Whether all is gone. Which tables are still to be written anew stands beside them, as on SQLite in the file."""
    try:
        async with engine.connect() as connection:
            await connection.execution_options(no_transaction=True)
            line: Any = (await connection.get_raw_connection()).driver_connection
            line.answer_within = REWRITTEN_WITHIN
            try:
                await _write_anew(connection, touched)
            finally:
                del line.answer_within
                if not connection.invalidated:  # a line that is lost has taken both with it
                    await connection.exec_driver_sql("rollback")
                    await connection.exec_driver_sql("reset lock_timeout")
    except _SeenYet:
        log.info("traces not erased yet", reason="somebody reads")
        return False
    except DBAPIError as trouble:
        log.warning("traces not erased yet", reason=str(trouble.orig))
        return False
    return True


async def _write_anew(connection: AsyncConnection, touched: Collection[type[Any]]) -> None:
    noted = [table for (table,) in (await connection.execute(NOTED)).all()]
    left = [_quoted(table) for table in _concerned(touched) if table not in noted]
    if not noted and not left:
        return
    await connection.exec_driver_sql(f"set lock_timeout = '{LOCKED_WITHIN}'")
    for table in LAID_BY_KEY.intersection(noted):
        await connection.exec_driver_sql(_laid_anew(table))
    await _until_unseen(connection)
    for table in noted:
        await connection.exec_driver_sql(_rewritten(table))
        await connection.exec_driver_sql(f"comment on table {_quoted(table)} is null")
    if left:
        await connection.exec_driver_sql(f"vacuum {', '.join(left)}")


async def _until_unseen(connection: AsyncConnection) -> None:
    number = await connection.scalar(NUMBER)
    for _ in range(round(PATIENCE / LOOK_AGAIN)):
        if not await connection.scalar(SEEN, {"number": number}):
            return
        await asyncio.sleep(LOOK_AGAIN)
    raise _SeenYet


def _quoted(table: str) -> str:
    return f'"{table}"'


def _laid_anew(table: str) -> str:
    """The statement by which all rows are of one transaction, in the order of their keys. TRUNCATE would be quicker,
    and whoever reads what was before would find nothing."""
    keys, name = ", ".join(_quoted(column.name) for column in metadata.tables[table].primary_key), _quoted(table)
    return "; ".join(
        [
            f"begin isolation level read committed; lock table {name} in exclusive mode",
            f"create temp table laid on commit drop as table {name}",
            f"delete from {name}",  # noqa: S608  a table of ours
            f"insert into {name} table laid order by {keys}",
            "commit",
        ]
    )


def _rewritten(table: str) -> str:
    """The statement that writes what is to be seen of a table into another file."""
    if table not in LAID_BY_KEY:
        return f"vacuum full {_quoted(table)}"
    return f"cluster {_quoted(table)} using {_quoted(str(metadata.tables[table].primary_key.name))}"


def _own(touched: Iterable[type[Any]]) -> list[str]:
    return sorted(inspect(cls).local_table.name for cls in touched)


def _concerned(touched: Iterable[type[Any]]) -> list[str]:
    """The tables of these classes, and those whose rows go with theirs."""
    found: set[Table] = set()
    waiting = [inspect(cls).local_table for cls in touched]
    while waiting:
        table = waiting.pop()
        if table in found:
            continue
        found.add(table)
        for other in table.metadata.tables.values():
            if any(key.column.table is table and key.ondelete == "CASCADE" for key in other.foreign_keys):
                waiting.append(other)
    return sorted(table.name for table in found)
