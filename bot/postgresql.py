"""What may be wrong with a PostgreSQL database, found out before anything is kept there, each as a sentence.

Why a server lets nobody in, it says in its own language and without a number. So what a sentence needs is tried.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import psycopg
from psycopg.conninfo import make_conninfo

from bot.errors import EXIT_DATABASE, EXIT_DISK, OperatorProblem
from storage.postgres import parameters, said

OLDEST = 14
"""The first that ends a session which says nothing. Without that, a frozen process would lead for ever."""

SENTENCES = {
    "42501": "database-no-right",
    "53100": "database-server-full",
    "25006": "database-reads-only",
    "55P03": "database-busy",
}
"""By SQLSTATE."""


def shown(url: str) -> str:
    """Where it is, without who asks and their password."""
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.hostname or ''}{port}{parts.path}"


def reach(url: str) -> None:
    """Raises OperatorProblem unless it can be connected to, and is one that Veillée can use."""
    try:
        with psycopg.connect(**parameters(url)) as connection:
            found = connection.execute(
                "select current_setting('server_version_num')::int / 10000, current_setting('server_encoding'),"
                " pg_is_in_recovery() or current_setting('default_transaction_read_only')::bool"
            ).fetchone()
    except psycopg.Error as problem:
        raise _not_reached(url, problem) from problem
    assert found is not None
    version, encoding, reads_only = found
    if version < OLDEST:
        raise OperatorProblem("database-too-old", EXIT_DATABASE, where=shown(url), version=version, oldest=OLDEST)
    if encoding != "UTF8":
        raise OperatorProblem("database-not-utf8", EXIT_DATABASE, where=shown(url), encoding=encoding)
    if reads_only:
        raise OperatorProblem("database-reads-only", EXIT_DATABASE, where=shown(url))


def told(problem: BaseException | None, url: str) -> OperatorProblem:
    """What it says once connected, as a sentence."""
    state = getattr(problem, "sqlstate", None)
    if id := SENTENCES.get(state or ""):
        return OperatorProblem(id, EXIT_DISK if id == "database-server-full" else EXIT_DATABASE, where=shown(url))
    if state is None or state.startswith(("08", "57P0")):  # not 57014: it answers, that it took too long
        return OperatorProblem("database-unreachable", EXIT_DATABASE, where=shown(url))
    return OperatorProblem("database-trouble", EXIT_DATABASE, file=shown(url), why=said(problem))


def _not_reached(url: str, problem: psycopg.Error) -> OperatorProblem:
    answer = psycopg.pq.PGconn.ping(make_conninfo(**parameters(url)).encode())
    if answer == psycopg.pq.Ping.NO_ATTEMPT or isinstance(problem, psycopg.ProgrammingError):
        return OperatorProblem("database-settings", EXIT_DATABASE, where=shown(url), why=said(problem))
    if answer == psycopg.pq.Ping.NO_RESPONSE:
        return OperatorProblem("database-unreachable", EXIT_DATABASE, where=shown(url))
    id = {None: "database-refused", False: "database-missing", True: "database-closed"}[_has(url)]
    return OperatorProblem(id, EXIT_DATABASE, where=shown(url), why=said(problem))


def _has(url: str) -> bool | None:
    """Whether the server has that database, asked by way of one that each server has; None where it is not told."""
    given = parameters(url)
    for name in ("postgres", "template1"):
        try:
            with psycopg.connect(**given | {"dbname": name}) as other:
                asked = other.execute("select 1 from pg_database where datname = %s", [given["dbname"]])
                return asked.fetchone() is not None
        except psycopg.Error:
            continue
    return None
