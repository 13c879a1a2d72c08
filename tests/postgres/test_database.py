"""Whatever is wrong with a PostgreSQL database is one sentence, without the password."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Integer, String

from bot.config import load
from bot.database import prepare
from bot.errors import EXIT_DATABASE, EXIT_DISK, OperatorProblem
from bot.operator import words
from storage.migrate import migrate
from tests.postgres.server import Database, Server
from tests.typed import veillee

PASSWORD = "s3cr3t"  # noqa: S105  a wrong one


def refused(url: str) -> tuple[str, str]:
    """The problem, and its sentence in French, after a look at both."""
    with pytest.raises(OperatorProblem) as problem:
        prepare(url)
    told = problem.value
    sentences = [words(told.id, spoken=spoken, **told.variables) for spoken in ("fr", "en")]
    for sentence in sentences:
        assert "\n" not in sentence
        assert PASSWORD not in sentence
        assert "password" not in sentence.replace("the password with url", "").replace("password authentication", "")
    return told.id, sentences[1]


def test_made_where_there_was_nothing(postgres: Database) -> None:
    prepare(postgres.url)
    prepare(postgres.url)
    assert postgres.rows("select count(*) from community") == [(0,)]


def test_the_migrations_make_the_tables_of_the_model(postgres_tables: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from storage.migrate import connected
    from storage.tables import metadata

    def differs(_context: Any, _column: Any, _of: Any, there: Any, ours: Any) -> bool | None:
        """Texts and numbers are as wide as they get, whatever was declared."""
        return False if there._type_affinity is ours._type_affinity in (String, Integer) else None

    with connected(postgres_tables.url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": differs})
        assert compare_metadata(context, metadata) == []
        narrow = connection.exec_driver_sql(
            "select table_name, column_name from information_schema.columns where table_schema = 'public'"
            " and table_name != 'alembic_version' and data_type in ('integer', 'character varying')"
        ).all()
    assert narrow == []


def test_nobody_answers(postgres: Database) -> None:
    assert refused(postgres.at("127.0.0.1", 1, PASSWORD))[0] == "database-unreachable"
    id, said = refused(f"postgresql://veillee:{PASSWORD}@nowhere.invalid/veillee")
    assert id == "database-unreachable"
    assert "nowhere.invalid/veillee" in said


@pytest.mark.parametrize("setting", ["sslmode=maybe", "connect_timeout=soon", "target_session_attrs=x"])
def test_a_setting_that_is_not_right(postgres: Database, setting: str) -> None:
    id, said = refused(f"{postgres.url}?{setting}")
    assert id == "database-settings"
    assert setting.partition("=")[2] in said


def test_another_password(postgres: Database) -> None:
    id, said = refused(postgres.at("127.0.0.1", postgres.server.port, PASSWORD))
    assert id == "database-refused"
    assert 'user "veillee"' in said


def test_no_such_database(postgres: Database) -> None:
    id, said = refused(postgres.url.replace(f"/{postgres.name}", "/nope"))
    assert id == "database-missing"
    assert "/nope" in said


@pytest.mark.parametrize(
    "closed", ["revoke connect on database {} from public", "alter database {} connection limit 0"]
)
def test_one_that_lets_nobody_in(postgres: Database, closed: str) -> None:
    """Neither the name nor the password is at fault, and there is nothing to create."""
    with postgres.server.administer() as admin:
        admin.execute(f"alter database {postgres.name} owner to postgres")
        admin.execute(closed.format(postgres.name).encode())
    id, said = refused(postgres.url)
    assert id == "database-closed"
    assert "permission denied" in said if "revoke" in closed else "too many connections" in said


def test_a_server_that_found_it_too_long(postgres: Database) -> None:
    from storage.postgres import MIGRATING, OURS

    with postgres.server.administer() as admin:
        admin.execute(f"alter database {postgres.name} set statement_timeout = '300ms'")
    with psycopg.connect(postgres.url) as other:
        other.execute(f"select pg_advisory_xact_lock({OURS}, {MIGRATING})")
        id, said = refused(postgres.url)
    assert id == "database-trouble"
    assert "statement timeout" in said


def test_no_right_to_make_tables(postgres: Database) -> None:
    with postgres.server.administer(postgres.name) as admin:
        admin.execute(f"alter database {postgres.name} owner to postgres")
    assert refused(postgres.url)[0] == "database-no-right"
    assert postgres.rows("select count(*) from pg_tables where schemaname = 'public'") == [(0,)]


def test_too_old(postgres: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.postgresql.OLDEST", 99)
    id, said = refused(postgres.url)
    assert id == "database-too-old"
    assert "99" in said


def test_not_in_utf8(postgres_server: Server) -> None:
    with postgres_server.administer() as admin:
        admin.execute("create database latin template template0 encoding latin1 locale 'C' owner veillee")
    latin = Database(postgres_server, "latin")
    id, said = refused(latin.url)
    assert id == "database-not-utf8"
    assert "LATIN1" in said
    postgres_server.drop(latin)


def test_only_read(postgres: Database) -> None:
    with postgres.server.administer(postgres.name) as admin:
        admin.execute(f"alter database {postgres.name} set default_transaction_read_only = on")
    assert refused(postgres.url)[0] == "database-reads-only"


def test_made_by_a_later_version(postgres_tables: Database) -> None:
    with postgres_tables.connect() as connection:
        connection.execute("update alembic_version set version_num = '9999'")
    assert refused(postgres_tables.url)[0] == "database-newer"


def test_the_disk_of_the_server_is_full(postgres: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the server says it."""
    from sqlalchemy.exc import OperationalError

    def full(*_: object) -> None:
        raise OperationalError("insert", {}, psycopg.errors.DiskFull("could not extend file"))

    monkeypatch.setattr("bot.database.migrate", full)
    with pytest.raises(OperatorProblem) as problem:
        prepare(postgres.url)
    assert problem.value.id == "database-server-full"
    assert problem.value.exit_code == EXIT_DISK


def test_others_at_work_on_the_tables(postgres: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    from storage.postgres import MIGRATING, OURS

    monkeypatch.setattr("storage.migrate.WAIT", 0.2)
    with postgres.connect() as other:
        other.execute(f"select pg_advisory_lock({OURS}, {MIGRATING})")
        assert refused(postgres.url)[0] == "database-busy"
    prepare(postgres.url)


async def test_several_that_start_at_once(postgres: Database) -> None:
    """Each brings it up to date; one does, the others wait and find it done."""
    code = f"from bot.database import prepare; prepare({postgres.url!r})"
    started = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", code, stderr=subprocess.PIPE, env=os.environ)
        for _ in range(2)
    ]
    for process in started:
        _, said = await asyncio.wait_for(process.communicate(), 60)
        assert (process.returncode, said) == (0, b"")
    assert postgres.rows("select count(*) from alembic_version") == [(1,)]


CONFIGURED = """
[database]
{database}
[discord]
token = "t"
[[communities]]
slug = "c"
name = "C"
[communities.discord]
server = "123456789012345678"
"""


def configured(folder: Path, database: str) -> Path:
    file = folder / "veillee.toml"
    file.write_text(CONFIGURED.format(database=database), "utf-8")
    return file


@pytest.mark.parametrize(
    ("database", "id"),
    [
        (f'url = "mysql://a:{PASSWORD}@h/n"', "config-database-url"),
        (f'url = "postgresql://a:{PASSWORD}@h"', "config-database-url"),
        (f'url = "postgresql://a:{PASSWORD}@h:port/n"', "config-database-url"),
        (f'url = "postgresql//a:{PASSWORD}@h/n"', "config-database-url"),
        ('url = ""', "config-database-url"),
        (f'url = "postgresql://a:{PASSWORD}%@h/n"', "config-database-url"),
        (f'url = "postgresql://a:{PASSWORD}%zz@h/n?sslmode=require"', "config-database-url"),
        (f'url = "postgresql://a:{PASSWORD} x@h/n"', "config-database-url"),
        (f'url = "postgresql://a:12/{PASSWORD}@h/n"', "config-database-url"),
        (f'url = "postgresql://a:12/x#{PASSWORD}@h/n"', "config-database-url"),
        (f'url = "postgresql://a:{PASSWORD}@[::1/n"', "config-database-url"),
        (f'url = "postgresql://a:{PASSWORD}@h/n?sslmod=require"', "config-database-settings"),
        (f'url = "postgresql://a:{PASSWORD}@h/n?sslmode"', "config-database-settings"),
        (f'file = "v.db"\nurl = "postgresql://a:{PASSWORD}@h/n"', "config-database-both"),
        ('folder = "."', "config-database-folder-alone"),
        (f'ulr = "postgresql://a:{PASSWORD}@h/n"', "config-unknown-key-near"),
        ("url = 3", "config-text"),
    ],
)
def test_the_line_is_not_right(tmp_path: Path, database: str, id: str) -> None:
    with pytest.raises(OperatorProblem) as problem:
        load(configured(tmp_path, database))
    assert problem.value.id == id
    for spoken in ("fr", "en"):
        sentence = words(id, spoken=spoken, **problem.value.variables)
        assert PASSWORD not in sentence
        assert str(tmp_path / "veillee.toml") in sentence
        assert ("%25" in sentence) == (id == "config-database-url")


def test_the_line_is_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"postgresql://veillee:{PASSWORD}@db.example.org:5433/tenir?sslmode=require"
    given = load(configured(tmp_path, f'url = "{url}"\nfolder = "/srv/veillee"'))
    assert PASSWORD not in repr(given)
    assert given.database.where == given.database.store == url
    assert given.database.keys == Path("/srv/veillee/veillee.db.keys")
    assert given.database.seals == Path("/srv/veillee/veillee.db.seals")
    encoded = url.replace(PASSWORD, "%25%40%3A%2F")
    assert load(configured(tmp_path, f'url = "{encoded}"')).database.where == encoded
    monkeypatch.setenv("VEILLEE_DATABASE__URL", url)
    assert load(configured(tmp_path, "")).database.where == url
    # Whoever goes from a file to PostgreSQL where they start Veillée moves no key.
    monkeypatch.delenv("VEILLEE_DATABASE__URL")
    by_file = load(configured(tmp_path, "")).database
    by_url = load(configured(tmp_path, 'url = "postgres:///v?host=/run"')).database
    assert (by_url.keys, by_url.seals, by_url.copies) == (by_file.keys, by_file.seals, by_file.copies)


def test_the_sentences_end_the_program_with_their_code(postgres: Database, tmp_path: Path) -> None:
    file = configured(tmp_path, f'url = "{postgres.at("127.0.0.1", 1, PASSWORD)}"')
    ended = veillee("migrate", "--config", str(file), cwd=tmp_path)
    assert ended.returncode == EXIT_DATABASE
    assert ended.stderr.startswith("No PostgreSQL answers at 127.0.0.1:1/")
    assert PASSWORD not in ended.stderr


def test_a_database_of_this_version_is_left_as_it_is(postgres_tables: Database) -> None:
    before = postgres_tables.rows("select xmin::text from alembic_version")
    migrate(postgres_tables.url)
    assert postgres_tables.rows("select xmin::text from alembic_version") == before
