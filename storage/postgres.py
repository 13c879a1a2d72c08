"""PostgreSQL: a server that several processes reach, each by one connection.

Units of work follow one another here as they do on SQLite, whichever process they are of: each begins by taking the
one lock there is. What they read is then true until they end, and nothing is to be tried again.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection, Coroutine, Sequence
from typing import Any, Literal, Self, TypeVar

import psycopg
from psycopg.abc import AdaptContext, Buffer, PQGen
from psycopg.conninfo import conninfo_to_dict
from psycopg.types.string import StrDumperUnknown
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.pool import NullPool

from storage import traces
from storage.laying import NUL, Laying

RV = TypeVar("RV")

# What every process of ours waits for: the first half is ours among advisory locks, the second is what is locked.
OURS = 0x5665696C
UNITS, MIGRATING = 1, 2
# Each statement sees what is committed by then, whatever the server is set to: read from one instant, as of before the
# lock was given, and what others did meanwhile would be missed. That it may only be read is for the server to say.
BEGIN = "begin isolation level read committed"
# In one trip. What is read is of after the lock was given, and so holds until the end.
WRITE = f"{BEGIN}; select pg_advisory_xact_lock({OURS}, {UNITS})"
# All as it stands at one instant, and nobody waits for it.
READ = "begin isolation level repeatable read read only"

# Seconds. An answer that has not come by then will not come: the line is cut, or the server stands still.
ANSWER_WITHIN = 15.0
# What libpq is told where the address does not say otherwise: a line that is cut is noticed within some seconds.
LINE = {
    "connect_timeout": 5, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 2,
    "tcp_user_timeout": 8000, "application_name": "veillee",
}  # fmt: skip
# Whatever the address, the environment, the role or the database says: see CleanText.
ALWAYS = {"client_encoding": "UTF8"}
# All that SQLAlchemy is told of the address.
DIALECT = "postgresql+psycopg://"

# One statement for a whole batch.
RECORD = text(
    "insert into activity (community_id, room_id, who, at, kind, event, answers, answers_who, session_id)"
    " select (value ->> 0)::bigint, (value ->> 1)::bigint, value ->> 2, (value ->> 3)::timestamp, value ->> 4,"
    " value ->> 5, value ->> 6,"
    " coalesce((select a.who from activity a where value ->> 6 != '' and a.community_id = (value ->> 0)::bigint"
    " and a.event = value ->> 6), value ->> 7), (value ->> 8)::bigint"
    " from jsonb_array_elements(cast(:rows as jsonb)) on conflict do nothing"
)


def parameters(url: str) -> dict[str, Any]:
    """What every connection of ours is opened by. libpq alone reads the address: another reads some of it otherwise."""
    return {**LINE, **conninfo_to_dict(url), **ALWAYS}


def engine(url: str, begin: str) -> Engine:
    """For what is done once. `begin`: how its transactions do."""
    made = create_engine(
        DIALECT, poolclass=NullPool, hide_parameters=True, use_native_hstore=False,
        connect_args={**parameters(url), "autocommit": True},
    )  # fmt: skip

    @event.listens_for(made, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        prepare_line(connection)

    @event.listens_for(made, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return made


def said(problem: BaseException | None) -> str:
    """What the server says, or libpq: its first line, without the address before it."""
    primary = getattr(getattr(problem, "diag", None), "message_primary", None)
    return str(primary or str(problem).strip().split("\n", 1)[0].rpartition("failed: ")[2] or type(problem).__name__)


class CleanText(StrDumperUnknown):
    """How every text reaches PostgreSQL, whatever it is for: what it would refuse is left out."""

    def dump(self, obj: str) -> Buffer | None:
        return obj.replace("\0", "").encode("utf-8", "replace")


def prepare_line(connection: AdaptContext) -> None:
    connection.adapters.register_dumper(str, CleanText)


async def whatever_comes(work: Coroutine[Any, Any, RV]) -> RV:
    """Its result. Whoever is cancelled meanwhile is so afterwards, as soon as they wait for something else: SQLAlchemy
    would give the connection up, and with it what it holds."""
    doing, cancelled = asyncio.ensure_future(work), 0
    while not doing.done():
        try:
            await asyncio.wait([doing])
        except asyncio.CancelledError:
            cancelled += 1
    if cancelled and (task := asyncio.current_task()):
        for _ in range(cancelled):
            task.uncancel()
            task.cancel()
    return doing.result()


class Turn(asyncio.Lock):
    async def acquire(self) -> Literal[True]:
        return await whatever_comes(super().acquire()) if self.locked() else await super().acquire()


class Line(psycopg.AsyncConnection[Any]):
    """A connection that does not wait for ever, and that no cancelled task takes with it."""

    answer_within = ANSWER_WITHIN

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.lock = Turn()

    async def wait(self, gen: PQGen[RV], *given: Any, **named: Any) -> RV:
        return await whatever_comes(self._answer(gen, *given, **named))

    async def _answer(self, gen: PQGen[RV], *given: Any, **named: Any) -> RV:
        try:
            return await super().wait(gen, *given, **{"timeout": self.answer_within, **named})
        except psycopg.OperationalError as problem:
            if self.pgconn.transaction_status != psycopg.pq.TransactionStatus.ACTIVE:
                raise
            self.pgconn.finish()
            raise psycopg.OperationalError("the database does not answer") from problem

    @classmethod
    async def open(cls, *given: Any, **named: Any) -> Self:
        made = await cls.connect(*given, **named)
        prepare_line(made)
        return made


Opens = Callable[..., Awaitable[Line]]


class Postgres:
    """Implements storage.store.Database. One connection, so that whoever holds a lock for as long as they are
    connected keeps nothing once they have lost it. `opens` gives that connection, each time there is none."""

    record = RECORD
    sessions = Laying

    def __init__(self, url: str, opens: Opens = Line.open, *, reading: bool = False) -> None:
        begin = READ if reading else WRITE
        self.engine = create_async_engine(
            DIALECT, pool_size=1, max_overflow=0, hide_parameters=True, use_native_hstore=False,
            connect_args={**parameters(url), "autocommit": True, "async_creator_fn": opens},
        )  # fmt: skip

        @event.listens_for(self.engine.sync_engine, "begin")
        def _begin(connection: Any) -> None:
            if not connection.get_execution_options().get("no_transaction"):
                connection.exec_driver_sql(begin)

    def is_trouble(self, problem: DBAPIError) -> bool:
        """Not only where the line is lost: a server that became a standby reads only, and says so otherwise."""
        return problem.connection_invalidated or isinstance(
            problem, OperationalError | InterfaceError | InternalError
        )

    def written(self, batch: Sequence[Sequence[Any]]) -> str:
        made = json.dumps(batch, ensure_ascii=False)
        if NUL in made:
            made = json.dumps(
                [[v.replace("\0", "") if isinstance(v, str) else v for v in row] for row in batch], ensure_ascii=False
            )
        return made

    async def note(self, session: AsyncSession, touched: Collection[type[Any]], *, rewrite: bool) -> None:
        await traces.note(session, touched, rewrite=rewrite)

    async def erase_traces(self, touched: Collection[type[Any]]) -> bool:
        return await traces.erase(self.engine, touched)
