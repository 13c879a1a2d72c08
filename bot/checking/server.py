"""The same of a PostgreSQL database."""

from __future__ import annotations

import psycopg

from bot.checking.database import as_finding, revision_finding
from bot.errors import OperatorProblem
from bot.ports import Finding
from bot.postgresql import reach, shown, told
from storage.postgres import parameters


def examine(url: str) -> list[Finding]:
    """`url`: with its password, which is said nowhere."""
    about = {"file": shown(url)}
    try:
        reach(url)
        with psycopg.connect(**parameters(url)) as connection:
            there = None
            if _one(connection, "select to_regclass('alembic_version') is not null"):
                there = _one(connection, "select version_num from alembic_version")
            found = [Finding(True, "check-database-server", about)]
            found.append(revision_finding(str(there) if there else None, about))
            if not _one(connection, "select has_schema_privilege(current_schema(), 'CREATE')"):
                found.append(Finding(False, "database-no-right", {"where": about["file"]}))
            return found
    except OperatorProblem as problem:
        return [as_finding(problem)]
    except psycopg.Error as problem:
        return [as_finding(told(problem, url))]


def _one(connection: psycopg.Connection, asked: str) -> object:
    found = connection.execute(asked.encode()).fetchone()
    return found[0] if found else None
