"""One process leads an account, others stand by: by locks of PostgreSQL's own, which last as long as a session.

The session is the one by whose connection all units of work are done. So whoever has lost the lead can keep nothing any
more, whatever they still believe. The server ends a session that says nothing for some seconds, be its process frozen,
asleep with its machine, or cut off; killed, it is ended at once.

What is said to others needs more than that: between a wake-up and the first byte nobody asks the database. A leader
speaks only within SURE seconds of having sent something that the database answered. A new one speaks only once so much
time has passed since it took the lead. Whatever ended the session in between, be it a restart of the server, the old
one has fallen silent by then. No two machines' clocks are compared.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import socket
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, NamedTuple, TypeVar

import psycopg
import structlog
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection

from bot.guard import NotOurs
from storage.postgres import Line, parameters, said

log = structlog.get_logger("lead")

RV = TypeVar("RV")

# Seconds. How long an answer of the database is believed; how often it is asked; how often whoever stands by tries.
SURE, BEAT, TRY_AGAIN = 2.5, 0.5, 0.5
# After so long without a word the server ends the session, and the lead is free.
ENDS_AFTER = 4
# Whoever stands by and cannot reach the database for so long is no help any more, and says so.
AWAY = 5.0
SESSION = "; ".join(
    [
        f"set idle_session_timeout = '{ENDS_AFTER}s'",
        f"set idle_in_transaction_session_timeout = '{ENDS_AFTER}s'",
        # A frozen process takes in no rows: the server would wait for it for ever.
        f"set tcp_user_timeout = '{ENDS_AFTER}s'",
    ]
)


class Name(NamedTuple):
    """What is led. `together`: several may hold it, unless one holds it alone."""

    what: str
    together: bool = False

    @property
    def statement(self) -> str:
        """64 bits among PostgreSQL's advisory locks. Those of two numbers lie elsewhere."""
        digest = hashlib.blake2b(self.what.encode(), digest_size=8).digest()
        shared = "_shared" if self.together else ""
        return f"select pg_try_advisory_lock{shared}({int.from_bytes(digest, 'big', signed=True)})"


def led(connection: Connection) -> bool:
    """Whether Veillée runs on this database, whatever it calls itself there: somebody leads something."""
    return bool(
        connection.exec_driver_sql(
            "select count(*) from pg_locks where locktype = 'advisory' and objsubid = 1 and granted"
            " and database = (select oid from pg_database where datname = current_database())"
        ).scalar()
    )


class Instant(NamedTuple):
    """By two clocks of this machine: one that goes on while it sleeps, and the one on the wall, which may be all that
    tells that a whole machine was frozen and goes on."""

    running: float
    wall: float

    @property
    def ago(self) -> float:
        """Seconds. More where the wall's clock was set forward, never less where it was set back."""
        here = now()
        return max(here.running - self.running, here.wall - self.wall)


_UNDER_WAY = (TransactionStatus.ACTIVE, TransactionStatus.INTRANS, TransactionStatus.INERROR)


# macOS has no such clock; its own goes on while it sleeps.
_RUNNING = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def now() -> Instant:
    return Instant(time.clock_gettime(_RUNNING), time.time())


class LeadLine(Line):
    """Notes when something was last sent that was answered since. `given_up`: closed by ourselves."""

    answered: Instant
    given_up = False

    @property
    def busy(self) -> bool:
        """A unit of work is under way: what it asks tells as well that the database answers."""
        return self.lock.locked() or self.pgconn.transaction_status in _UNDER_WAY

    async def wait(self, gen: PQGen[RV], *given: Any, **named: Any) -> RV:
        sent = now()
        found = await super().wait(gen, *given, **named)
        self.answered = sent
        return found

    async def close(self) -> None:
        self.given_up = True
        await super().close()


class Lead:
    """All of the names, or none. Taken once: what is lost is lost, and another Lead stands by for it anew.

    Implements bot.guard.Guard. `elsewhere`: another process leads. `lost`: or given back. `trouble`: what has kept us
    from the database for a while, in its own words, or nothing.
    """

    def __init__(self, url: str, names: Iterable[Name]) -> None:
        self._url = url
        # In one order for all: of two that want the same, one gets everything.
        self._names = sorted(names)
        self._line: LeadLine | None = None
        self._taken = now()
        self._given = False
        self._reached, self.trouble = now(), ""
        self.elsewhere, self.lost = asyncio.Event(), asyncio.Event()

    async def stand_by(self) -> None:
        """Until it is taken, however long the database is away or another leads."""
        told = ""
        while self._line is None:
            try:
                await self._stand_by()
            except psycopg.Error as problem:
                if (says := said(problem)) != told:
                    log.warning("standing by without a database", reason=type(problem).__name__, says=says)
                    told = says
                if self._reached.ago > AWAY:
                    self.trouble = says
                await asyncio.sleep(TRY_AGAIN)

    async def _stand_by(self) -> None:
        line = await LeadLine.open(**parameters(self._url))
        try:
            await line.set_autocommit(True)
            await line.execute(SESSION)
            while not await self._take(line):
                self.elsewhere.set()
                self._reached, self.trouble = now(), ""
                await asyncio.sleep(TRY_AGAIN)
            self._line, self._taken, self.trouble = line, now(), ""
        finally:
            if self._line is None:
                await line.close()

    async def _take(self, line: LeadLine) -> bool:
        for name in self._names:
            if await (await line.execute(name.statement)).fetchone() != (True,):
                await line.execute("select pg_advisory_unlock_all()")
                return False
        return True

    async def line(self, *_: Any, **__: Any) -> LeadLine:
        """For the one store whose units of work are done by it. Raises psycopg.OperationalError once it is lost."""
        if self._line is None or self._given:
            self.lost.set()
            raise psycopg.OperationalError("the lead is lost")
        self._given = True
        return self._line

    async def keep(self) -> None:
        """Until it is lost."""
        assert self._line is not None
        while not self.lost.is_set():
            try:
                if not self._line.busy:
                    await self._line.execute("select 1")
            except psycopg.Error as problem:
                self.lost.set()
                if not self._line.given_up:
                    log.warning("lead lost", reason=type(problem).__name__)
            await asyncio.sleep(BEAT)

    async def release(self) -> None:
        """Nothing is said from now on, and whoever stands by leads at once."""
        self.lost.set()
        if self._line is not None and not self._line.closed:
            # Whoever still waits for an answer hears at once that none will come.
            with suppress(OSError), socket.socket(fileno=os.dup(self._line.fileno())) as connection:
                connection.shutdown(socket.SHUT_RDWR)
            await self._line.close()

    # -- asked before each request ---------------------------------------------------------------------------

    def check(self) -> None:
        if self._line is None or self.lost.is_set() or self._line.answered.ago > SURE:
            raise NotOurs

    async def settled(self) -> None:
        await asyncio.sleep(max(0.0, SURE - self._taken.ago))
