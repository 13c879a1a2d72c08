"""Statements made once for each kind of question, and then only filled in.

Making one costs several times what SQLite takes to answer it, and a small machine asks thousands.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, func, literal, select

from bot.ports import AtLeast, Before, NoneOf, OneOf, Other
from storage.columns import among

ROWS_AT_ONCE = 6
"""Rows that are added by one statement, where the database numbers them: it is made anew each time, and the loop held
meanwhile."""

Shape = tuple[tuple[str, type | str | None], ...]
"""Each criterion by its field and its kind: everything but the values. A state stands there itself: what is pending has
an index of its own, of which a database is sure only where it reads the word."""


def shape_of(criteria: Mapping[str, Any]) -> Shape:
    return tuple((name, wanted if _is_state(name, wanted) else _kind(wanted)) for name, wanted in criteria.items())


def values_of(criteria: Mapping[str, Any]) -> dict[str, Any]:
    """What the statement of that shape is filled in with."""
    return {
        f"p_{name}": _value(wanted)
        for name, wanted in criteria.items()
        if wanted is not None and not _is_state(name, wanted)
    }


def _is_state(name: str, wanted: Any) -> bool:
    return name == "state" and isinstance(wanted, str)


def _kind(wanted: Any) -> type | None:
    if wanted is None:
        return None
    return type(wanted) if isinstance(wanted, AtLeast | Before | OneOf | NoneOf | Other) else object


def _value(wanted: Any) -> Any:
    match wanted:
        case AtLeast(value) | Before(value) | Other(value):
            return value
        case OneOf(values) | NoneOf(values):
            return list(values)
        case _:
            return wanted


@cache
def conditions(cls: Any, shape: Shape) -> list[ColumnElement[bool]]:
    made: list[ColumnElement[bool]] = []
    for name, kind in shape:
        column = getattr(cls, name)
        value: BindParameter[Any] = bindparam(f"p_{name}")
        if kind is OneOf:
            made.append(among(column, f"p_{name}"))
        elif kind is NoneOf:
            made.append(~among(column, f"p_{name}"))
        elif kind is AtLeast:
            made.append(column >= value)
        elif kind is Before:
            made.append(column < value)
        elif kind is Other:
            made.append(column != value)
        elif kind is None:
            made.append(column.is_(None))
        elif isinstance(kind, str):
            made.append(column == literal(kind, literal_execute=True))
        else:
            made.append(column == value)
    return made


@cache
def selecting(
    cls: Any, names: tuple[str, ...], order: str, shape: Shape, limited: bool, claimed: bool
) -> Select[Any]:
    """`names`: these fields alone. `limited`: the most rows are given as "p_limit". `claimed`: what somebody else has
    claimed is passed over, until their unit of work ends."""
    wanted = [getattr(cls, name) for name in names] or [cls]
    made = select(*wanted).where(*conditions(cls, shape)).order_by(*_by(cls, order))
    if claimed:
        made = made.with_for_update(skip_locked=True)
    return made.limit(bindparam("p_limit")) if limited else made


def _by(cls: Any, order: str) -> list[ColumnElement[Any]]:
    field = order.removeprefix("-")
    column = getattr(cls, field)
    by = [column.desc() if order.startswith("-") else column.asc()]
    if column.property.columns[0].nullable:
        # Where databases do not agree by themselves: what has none is before all others.
        by = [by[0].nulls_last() if order.startswith("-") else by[0].nulls_first()]
    if field != "id" and hasattr(cls, "id"):
        by.append(getattr(cls, "id"))  # noqa: B009  same hour: the order they came in
    return by


@cache
def counting(cls: Any, shape: Shape) -> Select[Any]:
    return select(func.count()).select_from(cls).where(*conditions(cls, shape))
