"""aiosqlite, one trip to its thread for each statement.

It would make four: for the cursor, the statement, the rows, and the cursor's end. Where the loop is busy, each trip
costs as much as the statement itself, or a hundred times that.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, Self

import aiosqlite


class Cursor:
    """What SQLAlchemy asks of one."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        self._take(*await self._connection.trip(_execute, statement, parameters))

    async def executemany(self, statement: str, parameters: Sequence[Sequence[Any]]) -> None:
        self._take(*await self._connection.trip(_executemany, statement, parameters))

    def _take(self, cursor: sqlite3.Cursor, rows: list[Any]) -> None:
        self.description, self.rowcount, self.lastrowid = cursor.description, cursor.rowcount, cursor.lastrowid
        self._rows = rows

    async def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """All its rows were taken: nothing is open."""


class Connection(aiosqlite.Connection):
    def cursor(self) -> Cursor:  # type: ignore[override]  # the one that SQLAlchemy asks for
        return Cursor(self)

    async def trip(self, do: Any, *given: Any) -> Any:
        return await self._execute(do, self._conn, *given)  # type: ignore[no-untyped-call]


def _execute(connection: sqlite3.Connection, statement: str, parameters: Sequence[Any]) -> Any:
    cursor = connection.execute(statement, parameters)
    return cursor, cursor.fetchall()


def _executemany(connection: sqlite3.Connection, statement: str, parameters: Sequence[Any]) -> Any:
    return connection.executemany(statement, parameters), []


async def connect(file: str) -> Connection:
    """`file`: its path."""
    connection = Connection(lambda: sqlite3.connect(file, check_same_thread=False), iter_chunk_size=64)
    connection._thread.daemon = True
    await connection
    return connection
