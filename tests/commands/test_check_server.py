"""`veillee check` about a PostgreSQL database. Its password is said nowhere."""

from __future__ import annotations

import psycopg
import pytest

from bot.checking.database import examine
from bot.cli.check import EXITS, _line
from bot.config import DatabaseConfig
from bot.errors import EXIT_DATABASE
from bot.ports import Finding
from tests.postgres.server import Database


def look(url: str) -> list[Finding]:
    found = examine(DatabaseConfig.model_validate({"url": url}))
    said = [_line(finding) for finding in found]
    assert not any("\n" in line or "canari" in line for line in said)
    for finding in found:
        if not finding.ok:
            assert next(code for begins, code in EXITS if finding.id.startswith(begins)) == EXIT_DATABASE
    return found


def test_an_empty_one(postgres: Database) -> None:
    assert [f.id for f in look(postgres.url)] == ["check-database-server", "check-database-later"]
    with psycopg.connect(postgres.url) as connection:
        found = connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
    assert found == (0,)  # and check made nothing


@pytest.mark.parametrize(
    ("revision", "said"), [("", "check-database-current"), ("0002", "check-database-behind"), ("9", "database-newer")]
)
def test_of_which_version(postgres_tables: Database, revision: str, said: str) -> None:
    if revision:
        with psycopg.connect(postgres_tables.url) as connection:
            connection.execute("update alembic_version set version_num = %s", [revision])
    assert [f.id for f in look(postgres_tables.url)] == ["check-database-server", said]


def test_nobody_there_or_nothing_of_that_name(postgres: Database) -> None:
    assert [f.id for f in look("postgresql://veillee:canari@127.0.0.1:9/veillee")] == ["database-unreachable"]
    missing = postgres.url.replace(f"/{postgres.name}", "/elsewhere")
    assert [f.id for f in look(missing)] == ["database-missing"]


def test_an_account_that_may_not_make_tables(postgres: Database) -> None:
    """Where nobody but the server's own account may make any."""
    found = look(postgres.url + "?options=-csearch_path%3Dpg_catalog")
    assert [f.id for f in found] == ["check-database-server", "check-database-later", "database-no-right"]
