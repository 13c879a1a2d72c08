"""Units of work over SQLAlchemy, on either database. They follow one another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from sqlalchemy import Result, TextClause, delete, insert, inspect, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

import storage.tables  # noqa: F401  maps the model's classes
from bot.model.activity import Entry
from bot.ports import StoreTrouble
from storage.columns import written
from storage.noting import Noting, note
from storage.sqlite import Sqlite
from storage.statements import conditions, counting, selecting, shape_of, values_of

if TYPE_CHECKING:
    from storage.postgres import Opens

Kept = TypeVar("Kept")

# Seconds after which what could not be erased is tried again.
ERASED_AGAIN = 60.0


class Database(Protocol):
    """What one database does otherwise than another."""

    engine: AsyncEngine
    record: TextClause
    """Adds a batch to the activity log, `rows` being what `written` gives."""

    @property
    def sessions(self) -> type[Noting]:
        """How what is new is added."""
        ...

    def written(self, batch: Sequence[Sequence[Any]]) -> str: ...
    def is_trouble(self, problem: DBAPIError) -> bool:
        """Whether nothing can be kept just now, rather than a mistake of ours."""
        ...

    async def note(self, session: AsyncSession, touched: Collection[type[Any]], *, rewrite: bool) -> None:
        """In this very transaction: of these classes no trace is to be left once it is committed."""
        ...

    async def erase_traces(self, touched: Collection[type[Any]]) -> bool:
        """All is kept by now. What these classes left behind goes, and what was noted is written anew. Whether that
        could be done: what could not is logged."""
        ...


class SqlUnit:
    """A unit of work: one session, one transaction."""

    def __init__(self, session: AsyncSession, database: Database) -> None:
        self._session = session
        self._database = database
        self._touched: set[type[Any]] = session.sync_session.info.setdefault("touched", set())
        self.finishing: list[Callable[[], None]] = []
        self.traceless = False
        self.rewritten = False

    def touched(self) -> set[type[Any]]:
        note(self._session.sync_session)
        return set(self._touched)

    def after_commit(self, do: Callable[[], None]) -> None:
        self.finishing.append(do)

    def leave_no_trace(self, *, rewrite: bool = False) -> None:
        self.traceless = True
        self.rewritten |= rewrite

    async def get(self, cls: type[Kept], id: int | str) -> Kept | None:
        return await self._session.get(cls, id)

    async def find(
        self, cls: type[Kept], *, order: str = "id", limit: int | None = None, claimed: bool = False, **criteria: Any
    ) -> list[Kept]:
        return list((await self._selected(cls, (), order, limit, criteria, claimed)).scalars())

    async def one(self, cls: type[Kept], *, order: str = "id", **criteria: Any) -> Kept | None:
        found: Kept | None = (await self._selected(cls, (), order, 1, criteria)).scalar()
        return found

    async def only(
        self, cls: Any, *names: str, order: str = "id", limit: int | None = None, claimed: bool = False,
        **criteria: Any,
    ) -> list[tuple[Any, ...]]:  # fmt: skip
        return [tuple(row) for row in await self._selected(cls, names, order, limit, criteria, claimed)]

    async def _selected(
        self, cls: Any, names: tuple[str, ...], order: str, limit: int | None, criteria: dict[str, Any],
        claimed: bool = False,
    ) -> Result[Any]:  # fmt: skip
        statement = selecting(cls, names, order, shape_of(criteria), limit is not None, claimed)
        values = values_of(criteria) | ({} if limit is None else {"p_limit": limit})
        found: Result[Any] = await self._session.execute(statement, values)
        return found

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
        touched = set(self._touched)
        laid = self._session.sync_session.info.setdefault("laid", [])
        before = len(laid)
        nested = await self._session.begin_nested()
        try:
            yield
            await self._session.flush()
        finally:
            await nested.rollback()
            self._touched.intersection_update(touched)
            for kept in laid[before:]:
                self._session.expunge(kept)
            del laid[before:]
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
        await self._session.execute(self._database.record, {"rows": self._database.written(batch)})


class SqlStore:
    """Everything kept, in the database at that address. Implements bot.ports.Store.

    `opens`: gives the connection to PostgreSQL, where it is not just opened. `reading`: each unit sees one instant of
    the database, holds up nobody who writes meanwhile, and keeps nothing.
    """

    def __init__(self, url: str, opens: Opens | None = None, *, reading: bool = False) -> None:
        self.database = database(url, opens, reading=reading)
        self._one_at_a_time = asyncio.Lock()
        # When to see to what could not be erased: at the first unit, whatever was left by another process.
        self._erases_at = None if reading else 0.0
        self._left_traces: set[type[Any]] = set()
        self._ending: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[SqlUnit]:
        try:
            async with self._one_at_a_time:
                session = AsyncSession(
                    self.database.engine, sync_session_class=self.database.sessions, expire_on_commit=False
                )
                try:
                    unit = SqlUnit(session, self.database)
                    yield unit
                    touched = unit.touched() if unit.traceless else set()
                    if unit.traceless:
                        await self.database.note(session, touched, rewrite=unit.rewritten)
                    await session.commit()
                finally:
                    await self._end(session)
                self._left_traces |= touched
                if self._time_to_erase(traceless=unit.traceless):
                    erased = await self.database.erase_traces(self._left_traces)
                    self._erases_at = None if erased else asyncio.get_running_loop().time() + ERASED_AGAIN
                    self._left_traces = set() if erased else self._left_traces
        except DBAPIError as problem:
            if not self.database.is_trouble(problem):
                raise
            raise StoreTrouble(said(problem)) from problem
        for do in unit.finishing:
            do()

    def _time_to_erase(self, *, traceless: bool) -> bool:
        """What could not be erased a moment ago keeps what follows waiting: it would hold up a unit in vain."""
        return traceless if self._erases_at is None else asyncio.get_running_loop().time() >= self._erases_at

    async def _end(self, session: AsyncSession) -> None:
        """To its end, even where whoever asked is cancelled: `close` waits for it, or the file would stay open."""
        ending = asyncio.create_task(session.close())
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)
        await asyncio.shield(ending)

    async def close(self) -> None:
        await asyncio.gather(*self._ending, return_exceptions=True)
        await self.database.engine.dispose()


def database(url: str, opens: Opens | None = None, *, reading: bool = False) -> Database:
    """SQLAlchemy's address of a SQLite file, or what libpq takes for one."""
    if url.startswith("sqlite"):
        return Sqlite(url, reading=reading)
    from storage.postgres import Postgres

    return Postgres(url, opens, reading=reading) if opens else Postgres(url, reading=reading)


def said(problem: DBAPIError) -> str:
    """What the database says, without what it quotes."""
    primary = getattr(getattr(problem.orig, "diag", None), "message_primary", None)
    return primary or str(problem.orig).strip().split("\n", 1)[0]
