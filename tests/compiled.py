"""Statements are compiled once for all tests of a process, not once for each database that a test opens: that took a
third of most tests.

SQLAlchemy keeps what it compiled by engine and by dialect. Dialects of one class are set up alike here.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects.postgresql.psycopg import PGDialectAsync_psycopg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Engine
from sqlalchemy.util import LRUCache

DIALECTS = (SQLiteDialect_aiosqlite, SQLiteDialect_pysqlite, PGDialectAsync_psycopg)


class _Shared:
    """Stands for an engine's own cache."""

    def __init__(self) -> None:
        self._by_dialect: dict[type, LRUCache[Any, Any]] = {kind: LRUCache(2000) for kind in DIALECTS}

    def __get__(self, engine: Any, _owner: type | None = None) -> Any:
        return self._by_dialect.get(type(engine.dialect), engine.__dict__.get("_own"))

    def __set__(self, engine: Any, cache: Any) -> None:
        engine.__dict__["_own"] = cache


def share() -> None:
    for kind in DIALECTS:
        kind.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[method-assign]
        kind.__hash__ = lambda self: hash(type(self))  # type: ignore[method-assign]
    Engine._compiled_cache = _Shared()  # type: ignore[assignment]
