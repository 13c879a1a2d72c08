"""Whatever a database, its account or the environment is set to, and however its address is written."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import command
from sqlalchemy.exc import OperationalError

from bot.checking.server import examine
from bot.config import load
from bot.database import prepare
from bot.model.flow import Cursor
from bot.ports import StoreTrouble
from storage.lead import Lead
from storage.migrate import config, connected, migrate
from storage.postgres import parameters
from storage.store import SqlStore
from storage.transfer import Refused, reading, transfer, writing
from tests.kept import new_file
from tests.postgres.server import Database
from tests.postgres.test_database import configured

# Of one, two, three and four bytes.
TEXT = "aé“🎉"


@asynccontextmanager
async def store_at(url: str) -> AsyncIterator[SqlStore]:
    made = SqlStore(url)
    try:
        yield made
    finally:
        await made.close()


async def keep(store: SqlStore, account: str, value: str) -> None:
    async with store.unit() as unit:
        await unit.add(Cursor(account=account, value=value))


# -- texts ---------------------------------------------------------------------------------------------------------


def by_environment(_: Database, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    return ""


def by_database(database: Database, _: pytest.MonkeyPatch) -> str:
    with database.connect() as connection:
        connection.execute(f"alter database {database.name} set client_encoding = 'LATIN1'")
    return ""


def by_address(*_: object) -> str:
    return "?client_encoding=LATIN1"


def by_options(*_: object) -> str:
    return "?options=-c%20client_encoding%3DLATIN1"


@pytest.mark.parametrize("otherwise", [by_environment, by_database, by_address, by_options])
async def test_texts_are_kept_whatever_encoding_is_asked_for(
    postgres: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, otherwise: Callable[..., str]
) -> None:
    url, file = postgres.url + otherwise(postgres, monkeypatch), tmp_path / "v.db"
    migrate(url)
    async with store_at(url) as store:
        await keep(store, "written", TEXT)
    with connected(url) as connection:
        connection.exec_driver_sql("insert into cursor (account, value) values ('migrated', %s)", (TEXT,))
    lead = Lead(url, [])
    await lead.stand_by()
    await (await lead.line()).execute("insert into cursor (account, value) values ('led', %s)", [TEXT])
    await lead.release()
    kept = [("led", TEXT), ("migrated", TEXT), ("written", TEXT)]
    with postgres.connect(client_encoding="UTF8") as plain:
        assert plain.execute("select account, value from cursor order by account").fetchall() == kept
    file.write_bytes(new_file())
    with reading(url) as source, writing(file) as target:
        transfer(source, target)
    with reading(file) as copied:
        assert copied.exec_driver_sql("select account, value from cursor order by account").all() == kept


# -- what a transaction sees ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("isolation", ["repeatable read", "serializable"])
async def test_each_unit_sees_what_those_before_it_kept(postgres: Database, isolation: str) -> None:
    """And whoever waits while tables are made, that they are."""
    with postgres.connect() as connection:
        connection.execute(f"alter database {postgres.name} set default_transaction_isolation = '{isolation}'")
    with ThreadPoolExecutor() as threads:
        with connected(postgres.url) as first:
            second = threads.submit(migrate, postgres.url)
            while postgres.rows("select from pg_locks where locktype = 'advisory' and not granted") == []:
                await asyncio.sleep(0.02)
            command.upgrade(config(first), "head")
        second.result(30)
    async with store_at(postgres.url) as one, store_at(postgres.url) as two:
        await keep(one, "count", "0")

        async def count(store: SqlStore) -> None:
            for _ in range(10):
                async with store.unit() as unit:
                    row = await unit.one(Cursor, account="count")
                    assert row is not None
                    row.value = str(int(row.value) + 1)

        await asyncio.gather(count(one), count(two))
        async with one.unit() as unit:
            assert await unit.only(Cursor, "value") == [("20",)]
    with writing(postgres.url) as target:
        assert target.exec_driver_sql("show transaction_isolation").scalar() == "read committed"


async def test_a_server_that_only_reads_is_trouble(postgres_tables: Database) -> None:
    """It became a standby, or somebody said so: it will pass, and is no mistake of ours."""
    async with store_at(f"{postgres_tables.url}?options=-c%20default_transaction_read_only%3Don") as store:
        with pytest.raises(StoreTrouble):
            await keep(store, "a", "b")


# -- addresses -----------------------------------------------------------------------------------------------------

# The password of an account of its own. In what follows the question mark, libpq takes a plus sign for itself.
PLUS = "a+b"


@pytest.mark.parametrize(
    "written",
    [
        "postgres://plus:a%2Bb@{host}:{port}/{name}",
        "postgresql://plus@{host}:{port}/{name}?password=a+b",
        "postgresql:///{name}?host={host}&port={port}&user=plus&password=a%2Bb",
        "postgres://plus:a%2Bb@%31%32%37.0.0.1:{port}/{name}?target_session_attrs=read-write",
    ],
)
async def test_an_address_is_the_same_to_all(postgres: Database, tmp_path: Path, written: str) -> None:
    url = written.format(host="127.0.0.1", port=postgres.server.port, name=postgres.name)
    with postgres.server.administer() as admin:
        admin.execute(f"drop role if exists plus; create role plus login superuser password '{PLUS}'")
    assert load(configured(tmp_path, f'url = "{url}"')).database.store == url
    prepare(url)
    async with store_at(url) as store:
        await keep(store, "written", TEXT)
    lead = Lead(url, [])
    await lead.stand_by()
    await lead.release()
    with reading(url) as source:
        assert source.exec_driver_sql("select value from cursor").scalar() == TEXT
    assert all(finding.ok for finding in examine(url))


async def test_a_folder_of_sockets_may_be_where_a_server_is(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, Any]] = []

    def asks(*_: object, **given: Any) -> None:
        asked.append(given)
        raise psycopg.OperationalError

    async def opens(*_: object, **given: Any) -> Any:
        asks(**given)

    url = "postgresql://v@%2Frun%2Fpostgresql:5433/n"
    store = SqlStore(url, opens)
    with pytest.raises(StoreTrouble):
        await keep(store, "a", "b")
    monkeypatch.setattr("psycopg.connect", asks)
    monkeypatch.setattr("psycopg.Connection.connect", asks)
    for way in (connected, reading, writing):
        with pytest.raises((OperationalError, Refused)), way(url):
            pass
    expected = parameters(url)
    assert (expected["host"], expected["port"]) == ("/run/postgresql", "5433")
    assert len(asked) == 4
    assert all(given.items() >= expected.items() for given in asked)
