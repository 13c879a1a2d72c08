"""A copy of what PostgreSQL keeps is the same file as on SQLite, and goes back into either."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from storage.migrate import known, migrate
from tests.postgres.server import Database
from tests.postgres.test_migrations import filled
from tests.postgres.test_transfer import configured, rows, veillee


@pytest.fixture
def home(postgres_tables: Database, tmp_path: Path) -> Path:
    """Where Veillée is started, with a row in every table, a sealed attachment and no key."""
    configured(tmp_path, "veillee.toml", f'url = "{postgres_tables.url}"')
    filled(postgres_tables.url)
    (tmp_path / "veillee.db.attachments").mkdir()
    (tmp_path / "veillee.db.attachments" / ("a" * 32 + ".sealed")).write_bytes(b"sealed")
    return tmp_path


def test_made_while_it_runs_and_put_back(home: Path, postgres_tables: Database, postgres: Database) -> None:
    before = rows(postgres_tables.url)
    with postgres_tables.connect() as running:
        # A unit of work is under way: nobody waits for the other.
        running.execute("begin")
        running.execute("insert into cursor (id, account, value) values (99, 'not yet', '')")
        code, said = veillee("backup", cwd=home)
        running.execute("rollback")
    assert code == 0
    assert postgres_tables.server.password not in said
    [made] = (home / "backups").glob("veillee-*.zip")
    assert sorted(zipfile.ZipFile(made).namelist()) == [f"attachments/{'a' * 32}.sealed", "veillee.db"]

    code, said = veillee("restore", made, cwd=home)
    assert code == 4
    assert "is not empty" in said
    assert rows(postgres_tables.url) == before

    elsewhere = home / "elsewhere"
    elsewhere.mkdir()
    configured(elsewhere, "veillee.toml", f'url = "{postgres.url}"')
    code, said = veillee("restore", made, cwd=elsewhere)
    assert (code, said.count("\n")) == (0, 1)
    assert rows(postgres.url) == before
    assert (elsewhere / "veillee.db.attachments" / ("a" * 32 + ".sealed")).read_bytes() == b"sealed"

    on_a_file = home / "file"
    on_a_file.mkdir()
    configured(on_a_file, "veillee.toml", "")
    assert veillee("restore", made, cwd=on_a_file)[0] == 0
    assert rows(on_a_file / "veillee.db") == before


def test_of_nothing_yet_and_of_an_earlier_version(postgres: Database, tmp_path: Path) -> None:
    configured(tmp_path, "veillee.toml", f'url = "{postgres.url}"')
    code, said = veillee("backup", cwd=tmp_path)
    assert code == 4
    assert "no database" in said
    migrate(postgres.url, known()[-1])
    code, said = veillee("backup", cwd=tmp_path)
    assert code == 4
    assert "earlier version" in said
    assert list((tmp_path / "backups").glob("*.zip")) == []


def test_a_report_is_written_while_a_unit_of_work_is_under_way(home: Path, postgres_tables: Database) -> None:
    with postgres_tables.connect() as running:
        running.execute("begin")
        running.execute("update community set slug = slug")
        code, said = veillee("report", cwd=home)
    assert code == 2
    assert said.startswith("Nothing is known of c yet")
