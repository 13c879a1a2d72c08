"""Units of work over SQLAlchemy.

On SQLite there is one writer: units follow one another. Several connections writing to one file lose rows.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, delete, event, func, inspect, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

import storage.tables  # noqa: F401  maps the model's classes
from bot.model.activity import Activity
from bot.ports import AtLeast, Before, OneOf, Other, StoreTrouble

Kept = TypeVar("Kept")

# One statement for a whole batch: row by row, the writer's thread fights the event loop for the interpreter.
RECORD = text(
    "insert or ignore into activity"
    " (community_id, room_id, who, at, kind, event, answers, answers_who, session_id)"
    " select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,"
    " coalesce((select a.who from activity a where value ->> 6 != '' and a.community_id = value ->> 0"
    " and a.event = value ->> 6), value ->> 7), value ->> 8 from json_each(:rows)"
)


def _criteria(cls: type[Any], criteria: dict[str, Any]) -> list[ColumnElement[bool]]:
    made: list[ColumnElement[bool]] = []
    for name, wanted in criteria.items():
        column = getattr(cls, name)
        match wanted:
            case AtLeast(value):
                made.append(column >= value)
            case Before(value):
                made.append(column < value)
            case OneOf(values):
                made.append(column.in_(list(values)))
            case Other(value):
                made.append(column != value)
            case None:
                made.append(column.is_(None))
            case _:
                made.append(column == wanted)
    return made


class SqlUnit:
    """A unit of work: one session, one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self.finishing: list[Callable[[], None]] = []
        self.traceless = False

    def after_commit(self, do: Callable[[], None]) -> None:
        self.finishing.append(do)

    def leave_no_trace(self) -> None:
        self.traceless = True

    async def get(self, cls: type[Kept], id: int | str) -> Kept | None:
        return await self._session.get(cls, id)

    def _select(self, cls: type[Any], order: str, criteria: dict[str, Any]) -> Select[Any]:
        column = getattr(cls, order.removeprefix("-"))
        by = [column.desc() if order.startswith("-") else column.asc()]
        if order.removeprefix("-") != "id" and hasattr(cls, "id"):
            by.append(getattr(cls, "id"))  # noqa: B009  same hour: the order they came in
        return select(cls).where(*_criteria(cls, criteria)).order_by(*by)

    async def find(
        self, cls: type[Kept], *, order: str = "id", limit: int | None = None, **criteria: Any
    ) -> list[Kept]:
        statement = self._select(cls, order, criteria)
        if limit is not None:
            statement = statement.limit(limit)
        return list((await self._session.scalars(statement)).all())

    async def one(self, cls: type[Kept], *, order: str = "id", **criteria: Any) -> Kept | None:
        found: Kept | None = (await self._session.scalars(self._select(cls, order, criteria).limit(1))).first()
        return found

    async def count(self, cls: type[Any], **criteria: Any) -> int:
        found = await self._session.scalar(
            select(func.count()).select_from(cls).where(*_criteria(cls, criteria))
        )
        return found or 0

    async def add(self, kept: object) -> None:
        if getattr(kept, "id", None) == 0:
            kept.id = None  # type: ignore[attr-defined]  # the database numbers it
        self._session.add(kept)
        await self._session.flush()

    async def delete(self, cls: type[Any], **criteria: Any) -> int:
        if not criteria:
            raise ValueError("deleting everything is never meant")
        # "fetch" takes from the unit what the statement deletes, so that nothing later writes to it.
        done: Any = await self._session.execute(
            delete(cls).where(*_criteria(cls, criteria)).execution_options(synchronize_session="fetch")
        )
        return int(done.rowcount)

    @asynccontextmanager
    async def rehearsed(self) -> AsyncIterator[None]:
        """What is done within is seen within, and undone at its end."""
        await self._session.flush()
        nested = await self._session.begin_nested()
        try:
            yield
            await self._session.flush()
        finally:
            await nested.rollback()
            # An undone object would be read again at its next use, which cannot be awaited there.
            for kept in list(self._session):
                if inspect(kept).expired:
                    await self._session.refresh(kept)

    async def record(self, rows: Sequence[Activity]) -> None:
        if not rows:
            return
        await self._session.flush()
        # A parent may be in this very batch, where the statement cannot see it yet.
        here = {row.event: row.who for row in rows}
        stamp = "%Y-%m-%d %H:%M:%S.%f"  # as the Instant column keeps it
        batch = [
            [r.community_id, r.room_id, r.who, r.at.astimezone(UTC).strftime(stamp), r.kind, r.event, r.answers,
             r.answers_who or here.get(r.answers, ""), r.session_id]
            for r in rows
        ]  # fmt: skip
        await self._session.execute(RECORD, {"rows": json.dumps(batch)})


class SqlStore:
    """Everything kept, in one SQLite file."""

    def __init__(self, url: str) -> None:
        self._engine = create_async_engine(url)
        self._one_writer = asyncio.Lock()

        @event.listens_for(self._engine.sync_engine, "connect")
        def _prepare(connection: Any, _record: Any) -> None:
            connection.isolation_level = None  # transactions are begun below, at once as writers
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000",
                           "secure_delete=ON"):  # fmt: skip
                connection.execute(f"PRAGMA {pragma}")

        @event.listens_for(self._engine.sync_engine, "begin")
        def _begin(connection: Any) -> None:
            if not connection.get_execution_options().get("no_transaction"):
                connection.exec_driver_sql("BEGIN IMMEDIATE")

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[SqlUnit]:
        try:
            async with self._one_writer:
                async with AsyncSession(self._engine, expire_on_commit=False) as session:
                    unit = SqlUnit(session)
                    yield unit
                    await session.commit()
                if unit.traceless:
                    await self._empty_journal()
        except OperationalError as trouble:
            raise StoreTrouble(str(trouble.orig)) from trouble
        for do in unit.finishing:
            do()

    async def _empty_journal(self) -> None:
        """The journal keeps each page as it was at each commit. Within the file itself, secure_delete sees to it."""
        async with self._engine.connect() as connection:
            await connection.execution_options(no_transaction=True)
            await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        await self._engine.dispose()
