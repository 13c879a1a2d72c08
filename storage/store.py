"""Units of work over SQLAlchemy.

On SQLite there is one writer: units follow one another. Several connections writing to one file lose rows.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import structlog
from sqlalchemy import ScalarResult, delete, event, insert, inspect, make_url, text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import PoolResetState

import storage.tables  # noqa: F401  maps the model's classes
from bot.model.activity import Entry
from bot.ports import StoreTrouble
from storage.columns import written
from storage.driver import connect
from storage.statements import conditions, counting, picking, selecting, shape_of, values_of

log = structlog.get_logger("store")

Kept = TypeVar("Kept")

# Written in the file's header, which SQLite leaves to us: it is to be rewritten.
REWRITE = 1

# One statement for a whole batch: row by row, the writer's thread fights the event loop for the interpreter.
RECORD = text(
    "insert or ignore into activity"
    " (community_id, room_id, who, at, kind, event, answers, answers_who, session_id)"
    " select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,"
    " coalesce((select a.who from activity a where value ->> 6 != '' and a.community_id = value ->> 0"
    " and a.event = value ->> 6), value ->> 7), value ->> 8 from json_each(:rows)"
)


class Noting(Session):
    """Notes the classes of what is written."""


@event.listens_for(Noting, "before_flush")
def _note(session: Session, *_: Any) -> None:
    session.info.setdefault("touched", set()).update(_waiting(session))


def _waiting(session: Session) -> set[type[Any]]:
    changed = (kept for kept in session.dirty if session.is_modified(kept))
    return {type(kept) for kept in (*session.new, *changed, *session.deleted)}


class SqlUnit:
    """A unit of work: one session, one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._touched: set[type[Any]] = session.sync_session.info.setdefault("touched", set())
        self.finishing: list[Callable[[], None]] = []
        self.traceless = False
        self.rewritten = False

    def touched(self) -> set[type[Any]]:
        return self._touched | _waiting(self._session.sync_session)

    def after_commit(self, do: Callable[[], None]) -> None:
        self.finishing.append(do)

    def leave_no_trace(self, *, rewrite: bool = False) -> None:
        self.traceless = True
        self.rewritten |= rewrite

    async def get(self, cls: type[Kept], id: int | str) -> Kept | None:
        return await self._session.get(cls, id)

    async def find(
        self, cls: type[Kept], *, order: str = "id", limit: int | None = None, **criteria: Any
    ) -> list[Kept]:
        return list((await self._selected(cls, order, limit, criteria)).all())

    async def one(self, cls: type[Kept], *, order: str = "id", **criteria: Any) -> Kept | None:
        return (await self._selected(cls, order, 1, criteria)).first()

    async def _selected(
        self, cls: type[Kept], order: str, limit: int | None, criteria: dict[str, Any]
    ) -> ScalarResult[Kept]:
        kind: Any = cls
        statement = selecting(kind, order, shape_of(criteria), limit is not None)
        values = values_of(criteria) | ({} if limit is None else {"p_limit": limit})
        found: ScalarResult[Kept] = await self._session.scalars(statement, values)
        return found

    async def only(
        self, cls: Any, *names: str, order: str = "id", limit: int | None = None, claimed: bool = False,
        **criteria: Any,
    ) -> list[tuple[Any, ...]]:  # fmt: skip
        statement = picking(cls, names, order, shape_of(criteria), limit is not None, claimed)
        values = values_of(criteria) | ({} if limit is None else {"p_limit": limit})
        return [tuple(row) for row in await self._session.execute(statement, values)]

    async def count(self, cls: Any, **criteria: Any) -> int:
        return await self._session.scalar(counting(cls, shape_of(criteria)), values_of(criteria)) or 0

    async def add(self, *kept: object) -> None:
        self.lay(*kept)
        await self._session.flush()

    def lay(self, *kept: object) -> None:
        for each in kept:
            if getattr(each, "id", None) == 0:
                each.id = None  # type: ignore[attr-defined]  # the database numbers it
        self._session.add_all(kept)

    async def add_rows(self, cls: type[Any], rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            self._touched.add(cls)
            await self._session.execute(insert(cls), list(rows))

    async def change(self, cls: Any, values: dict[str, Any], **criteria: Any) -> int:
        if not criteria:
            raise ValueError("changing everything is never meant")
        self._touched.add(cls)
        await self._session.flush()
        done: Any = await self._session.execute(
            update(cls)
            .where(*conditions(cls, shape_of(criteria)))
            .values(**values)
            .execution_options(synchronize_session="fetch"),
            values_of(criteria),
        )
        return int(done.rowcount)

    async def delete(self, cls: Any, **criteria: Any) -> int:
        if not criteria:
            raise ValueError("deleting everything is never meant")
        self._touched.add(cls)
        # "fetch" takes from the unit what the statement deletes, so that nothing later writes to it.
        done: Any = await self._session.execute(
            delete(cls).where(*conditions(cls, shape_of(criteria))).execution_options(synchronize_session="fetch"),
            values_of(criteria),
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

    async def record(self, rows: Sequence[Entry]) -> None:
        if not rows:
            return
        await self._session.flush()
        # A parent may be in this very batch, where the statement cannot see it yet.
        here = {row.event: row.who for row in rows}
        batch = [
            (community, room, who, written(at), kind, event, answers, answers_who or here.get(answers, ""), session)
            for community, room, who, at, kind, event, answers, answers_who, session in rows
        ]
        await self._session.execute(RECORD, {"rows": json.dumps(batch)})


class SqlStore:
    """Everything kept, in one SQLite file."""

    def __init__(self, url: str) -> None:
        file = make_url(url).database
        self._engine = create_async_engine(
            url, async_creator=lambda: connect(str(file)), pool_reset_on_return=None
        )
        self._one_writer = asyncio.Lock()
        self._begun = False
        self._ending: set[asyncio.Task[None]] = set()

        @event.listens_for(self._engine.sync_engine, "connect")
        def _prepare(connection: Any, _record: Any) -> None:
            connection.isolation_level = None  # transactions are begun below, at once as writers
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000",
                           "secure_delete=ON"):  # fmt: skip
                connection.execute(f"PRAGMA {pragma}")

        @event.listens_for(self._engine.sync_engine, "reset")
        def _reset(connection: Any, _record: Any, state: PoolResetState) -> None:
            # Most units have committed, and one trip less is made for each.
            if not state.terminate_only and connection.driver_connection.in_transaction:
                connection.rollback()

        @event.listens_for(self._engine.sync_engine, "begin")
        def _begin(connection: Any) -> None:
            if not connection.get_execution_options().get("no_transaction"):
                connection.exec_driver_sql("BEGIN IMMEDIATE")

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[SqlUnit]:
        try:
            async with self._one_writer:
                session = AsyncSession(self._engine, sync_session_class=Noting, expire_on_commit=False)
                try:
                    unit = SqlUnit(session)
                    yield unit
                    if unit.rewritten:
                        await session.execute(text(f"PRAGMA user_version = {REWRITE}"))
                    await session.commit()
                finally:
                    await self._end(session)
                if unit.traceless or not self._begun:
                    self._begun = True
                    await self._erase_traces(emptied=unit.traceless)
        except OperationalError as trouble:
            raise StoreTrouble(str(trouble.orig)) from trouble
        for do in unit.finishing:
            do()

    async def _end(self, session: AsyncSession) -> None:
        """To its end, even where whoever asked is cancelled: `close` waits for it, or the file would stay open."""
        ending = asyncio.create_task(session.close())
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)
        await asyncio.shield(ending)

    async def _erase_traces(self, *, emptied: bool) -> None:
        """The journal keeps each page as it was at each commit. Within the file, secure_delete clears what is
        deleted, but not the copies left behind in a page that was split or joined since: VACUUM does.

        All is kept by then. That the file is still to be rewritten stands in the file itself, so that what fails
        here, or is killed, is done with the next unit that asks for it, or at the next start.
        """
        try:
            async with self._engine.connect() as connection:
                await connection.execution_options(no_transaction=True)
                if await connection.scalar(text("PRAGMA user_version")) == REWRITE:
                    await connection.exec_driver_sql("VACUUM")
                    await connection.exec_driver_sql("PRAGMA user_version = 0")
                    emptied = True
                if emptied:
                    await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        except OperationalError as trouble:
            log.warning("traces not erased yet", reason=str(trouble.orig))

    async def close(self) -> None:
        await asyncio.gather(*self._ending, return_exceptions=True)
        await self._engine.dispose()
