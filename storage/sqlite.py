"""SQLite: one file, and one writer. Several connections writing to one file lose rows."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import URL, event, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.pool import PoolResetState

from storage.driver import connect
from storage.noting import Noting
from storage.statements import ROWS_AT_ONCE

log = structlog.get_logger("store")

# Milliseconds for which what another holds is waited for; and whoever reads, where traces are erased.
BUSY, PATIENCE = 5000, 300
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


def address(file: Path, driver: str = "sqlite+aiosqlite") -> URL:
    """Of the file, whatever stands in its name."""
    return URL.create(driver, database=str(file))


class Sqlite:
    """Implements storage.store.Database."""

    record = RECORD
    sessions = Noting

    def __init__(self, url: str | URL, *, reading: bool = False) -> None:
        file = make_url(url).database
        self.engine = create_async_engine(
            url, async_creator=lambda: connect(str(file)), pool_reset_on_return=None, hide_parameters=True,
            insertmanyvalues_page_size=ROWS_AT_ONCE,
        )  # fmt: skip

        @event.listens_for(self.engine.sync_engine, "connect")
        def _prepare(connection: Any, _record: Any) -> None:
            connection.isolation_level = None  # transactions are begun below, at once as writers
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY}",
                           "secure_delete=ON"):  # fmt: skip
                connection.execute(f"PRAGMA {pragma}")

        @event.listens_for(self.engine.sync_engine, "reset")
        def _reset(connection: Any, _record: Any, state: PoolResetState) -> None:
            # Most units have committed, and one trip less is made for each.
            if not state.terminate_only and connection.driver_connection.in_transaction:
                connection.rollback()

        @event.listens_for(self.engine.sync_engine, "begin")
        def _begin(connection: Any) -> None:
            if not connection.get_execution_options().get("no_transaction"):
                connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    def is_trouble(self, problem: DBAPIError) -> bool:
        return isinstance(problem, OperationalError)

    def written(self, batch: Sequence[Sequence[Any]]) -> str:
        return json.dumps(batch)

    async def note(self, session: AsyncSession, touched: Collection[type[Any]], *, rewrite: bool) -> None:
        if rewrite:
            await session.execute(text(f"PRAGMA user_version = {REWRITE}"))

    async def erase_traces(self, touched: Collection[type[Any]]) -> bool:
        """The journal keeps each page as it was at each commit. Within the file, secure_delete clears what is
        deleted, but not the copies left behind in a page that was split or joined since: VACUUM does.

        That the file is still to be rewritten stands in the file itself, so that what fails here, or is killed, is
        done with the next unit that asks for it, or at the next start.
        """
        try:
            async with self.engine.connect() as connection:
                await connection.execution_options(no_transaction=True)
                rewritten = await connection.scalar(text("PRAGMA user_version")) == REWRITE
                if rewritten:
                    await connection.exec_driver_sql("VACUUM")
                await connection.exec_driver_sql(f"PRAGMA busy_timeout={PATIENCE}")
                try:
                    # It does not fail where somebody reads: it says so.
                    read = await connection.scalar(text("PRAGMA wal_checkpoint(TRUNCATE)"))
                finally:
                    await connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY}")
                if rewritten and not read:
                    await connection.exec_driver_sql("PRAGMA user_version = 0")
        except OperationalError as trouble:
            log.warning("traces not erased yet", reason=str(trouble.orig))
            return False
        if read:
            log.info("traces not erased yet", reason="somebody reads")
        return not read
