"""Column types for what SQL has no word for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Self

from pydantic import TypeAdapter
from sqlalchemy import ARRAY, BigInteger, Boolean, ColumnElement, DateTime, Dialect, Integer, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

Whole = Integer().with_variant(BigInteger(), "postgresql")
"""A whole number. SQLite has one size of them; PostgreSQL refuses to look for one that its column could not hold."""


def written(value: datetime) -> str:
    """As an Instant column keeps it, for what is written without one."""
    if value.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    at = value if value.tzinfo is UTC else value.astimezone(UTC)
    return at.isoformat(" ", "microseconds")[:26]


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC. A naive one is refused: it would be somebody's local time."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Json(TypeDecorator[Any]):
    """A value of the given type, as JSON text, checked when read."""

    impl = Text
    cache_ok = True

    def __init__(self, of: Any) -> None:
        super().__init__()
        self.of = of
        self._adapter: TypeAdapter[Any] = TypeAdapter(of)

    def written(self, value: Any) -> str:
        return self._adapter.dump_json(value).decode()

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else self.written(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else self._adapter.validate_json(value)


class _Listed(TypeDecorator[Sequence[Any]]):
    """Any number of values as one: a statement takes only so many."""

    impl = Text
    cache_ok = True

    def __init__(self, *, numbers: bool) -> None:
        super().__init__()
        self.numbers = numbers

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(ARRAY(BigInteger() if self.numbers else Text()))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> Any:
        return value if dialect.name == "postgresql" else json.dumps(value)


class _Among(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Self:
        """As it stands: SQLite finds no index for a condition that is compared with 1."""
        return self


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """The column is one of the listed values given by that name: numbers or words, as the column is."""
    return _Among(column, bindparam(name, type_=_Listed(numbers=isinstance(column.type, Integer))))


@compiles(_Among)
def _among_on_sqlite(element: _Among, compiler: Any, **kw: Any) -> str:
    column, listed = (compiler.process(each, **kw) for each in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({listed}))"  # noqa: S608  both rendered by SQLAlchemy


@compiles(_Among, "postgresql")
def _among_on_postgresql(element: _Among, compiler: Any, **kw: Any) -> str:
    column, listed = (compiler.process(each, **kw) for each in element.clauses)
    return f"{column} = ANY ({listed})"
