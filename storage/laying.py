"""On PostgreSQL, rows of one table that are added together go by one statement.

It stays the same however many they are, since they are given as JSON: the driver reads it once, and the server keeps it
prepared. One that has a place for each value of each row is made and read anew each time, which holds the loop for
longer than all else that a row costs.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Column, Integer, LargeBinary, TextClause, event, inspect, text
from sqlalchemy.orm import Session, make_transient_to_detached

from storage.columns import Instant, Json, written
from storage.noting import Noting, note

# As JSON writes it.
NUL = "\\u0000"


class Laying(Noting):
    """Its `info["laid"]` are the objects whose rows were added in this way."""


@event.listens_for(Laying, "before_flush")
def _lay(session: Session, *_: Any) -> None:
    note(session)
    new: dict[type, list[Any]] = {}
    for kept in session.new:
        cls: Any = type(kept)
        if _is_numbered(cls) and kept.id is None:
            new.setdefault(cls, []).append(kept)
    for cls, together in new.items():
        if len(together) > 1:
            _lay_together(session, cls, together)


def _lay_together(session: Session, cls: Any, together: Sequence[Any]) -> None:
    columns = _columns(cls)
    rows = [[_plain(column, getattr(kept, column.name)) for column in columns] for kept in together]
    given = json.dumps(rows, ensure_ascii=False)
    if NUL in given:
        return  # no JSON may hold it: each value is cleaned by itself, as each is where it goes alone
    ids = session.connection().execute(_statement(cls), {"rows": given}).scalars()
    # The server numbers them in the order that they are given in, and does not say in which it tells the numbers.
    for kept, id in zip(together, sorted(ids), strict=True):
        session.expunge(kept)
        kept.id = id
        make_transient_to_detached(kept)
        session.add(kept)
        session.info.setdefault("laid", []).append(kept)


@cache
def _columns(cls: Any) -> list[Column[Any]]:
    return [column for column in inspect(cls).local_table.columns if not column.primary_key]


@cache
def _is_numbered(cls: Any) -> bool:
    """By the database; and with nothing that JSON has no word for."""
    table = inspect(cls).local_table
    return table.autoincrement_column is not None and not any(
        isinstance(column.type, LargeBinary) for column in table.columns
    )


@cache
def _statement(cls: Any) -> TextClause:
    table, columns = inspect(cls).local_table, _columns(cls)
    names = ", ".join(f'"{column.name}"' for column in columns)
    values = ", ".join(f"(value ->> {n})::{_type(column)}" for n, column in enumerate(columns))
    return text(
        f'insert into "{table.name}" ({names}) select {values}'  # noqa: S608  all of it is ours
        " from jsonb_array_elements(cast(:rows as jsonb)) with ordinality as given(value, place)"
        " order by place returning id"
    )


def _type(column: Column[Any]) -> str:
    """Where a text is too long for its column it is refused, and not cut off."""
    match column.type:
        case Integer():
            return "bigint"
        case Instant():
            return "timestamp"
        case Boolean():
            return "boolean"
        case _:
            return "text"


def _plain(column: Column[Any], value: Any) -> Any:
    match column.type:
        case _ if value is None:
            return None
        case Instant():
            return written(value)
        case Json() as kind:
            return kind.written(value)
        case _:
            return value
