"""The same store without a thread behind it, for rehearsals: thousands of small units in a few seconds.

Nothing is awaited here, so each unit is over before anything else runs. A file of one's own is taken for
granted, and a power cut may undo it all: where a community lives, storage/store.py keeps it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

from sqlalchemy import create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, SessionTransaction

from bot.ports import StoreTrouble
from storage.noting import Noting
from storage.sqlite import Sqlite, address
from storage.store import SqlUnit


class _Undoing:
    def __init__(self, nested: SessionTransaction) -> None:
        self._nested = nested

    async def rollback(self) -> None:
        self._nested.rollback()


class _AtOnce:
    """What a unit of work asks of an AsyncSession, done by a Session."""

    def __init__(self, session: Session) -> None:
        self._session = self.sync_session = session

    def __iter__(self) -> Iterator[object]:
        return iter(self._session)

    def add_all(self, kept: Sequence[object]) -> None:
        self._session.add_all(kept)

    async def get(self, *given: Any) -> Any:
        return self._session.get(*given)

    async def scalar(self, *given: Any) -> Any:
        return self._session.scalar(*given)

    async def execute(self, *given: Any) -> Any:
        return self._session.execute(*given)

    async def flush(self) -> None:
        self._session.flush()

    async def refresh(self, kept: object) -> None:
        self._session.refresh(kept)

    async def begin_nested(self) -> _Undoing:
        return _Undoing(self._session.begin_nested())


class StoreAtOnce:
    """Implements bot.ports.Store on one SQLite file."""

    def __init__(self, file: Path) -> None:
        self._engine = create_engine(address(file, "sqlite"))
        self._database = Sqlite(address(file))  # for its words: no connection is made

        @event.listens_for(self._engine, "connect")
        def _prepare(connection: Any, _record: Any) -> None:
            connection.isolation_level = None
            for pragma in ("journal_mode=MEMORY", "synchronous=OFF", "foreign_keys=ON", "secure_delete=ON"):
                connection.execute(f"PRAGMA {pragma}")

        @event.listens_for(self._engine, "begin")
        def _begin(connection: Any) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[SqlUnit]:
        try:
            with Noting(self._engine, expire_on_commit=False) as session:
                unit = SqlUnit(cast(AsyncSession, _AtOnce(session)), self._database)
                yield unit
                session.commit()
        except OperationalError as trouble:
            raise StoreTrouble(str(trouble.orig)) from trouble
        for do in unit.finishing:
            do()

    async def close(self) -> None:
        self._engine.dispose()
