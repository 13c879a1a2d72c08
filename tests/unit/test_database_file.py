"""Whatever is wrong with the database file is one sentence, and the file is left as it was."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.config import DatabaseConfig
from bot.database import alone, held, prepare
from bot.errors import EXIT_DATABASE, EXIT_DISK, OperatorProblem
from bot.operator import words
from storage.migrate import config, known, migrate
from storage.tables import metadata
from tests.typed import veillee
from tests.unit.test_config import EXAMPLE, LANGUAGES


def test_made_where_there_was_none(tmp_path: Path) -> None:
    prepare(tmp_path / "v.db")
    with sqlite3.connect(tmp_path / "v.db") as made:
        there = {name for (name,) in made.execute("select name from sqlite_master where type = 'table'")}
    made.close()
    assert set(metadata.tables) <= there


def test_the_migrations_make_the_tables_of_the_model(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine

    prepare(tmp_path / "v.db")
    engine = create_engine(f"sqlite:///{tmp_path / 'v.db'}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()
    assert config()


@pytest.mark.parametrize("name", ["ça va ?", "x?mode=ro", "100 %41", "a#b", "a+b@c:d"])
def test_whatever_stands_in_its_name(tmp_path: Path, name: str) -> None:
    """Every command finds the same file."""
    (tmp_path / name).mkdir()
    given = f"{name}/{name}.db"
    (tmp_path / "veillee.toml").write_text(EXAMPLE.replace('"veillee.db"', f'"{given}"'), "utf-8")
    commands = [("migrate",), ("backup",), ("report",), ("copy", "--to", "copied?.db")]
    assert [veillee(*command, cwd=tmp_path).returncode for command in commands] == [0, 0, 2, 0]
    there = {str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*.db")}
    assert there == {given, "copied?.db"}


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(OperatorProblem, match="database-no-folder"):
        prepare(tmp_path / "nowhere" / "v.db")


def test_not_a_database(tmp_path: Path) -> None:
    file = tmp_path / "v.db"
    file.write_bytes(b"a letter to the council" * 100)
    with pytest.raises(OperatorProblem, match="database-not-one") as problem:
        prepare(file)
    assert problem.value.exit_code == EXIT_DATABASE
    assert file.read_bytes() == b"a letter to the council" * 100


@pytest.mark.parametrize("command", ["run", "report", "backup"])
def test_a_damaged_page(tmp_path: Path, command: str) -> None:
    """All the rest of it lies well: it is found while it is at work."""
    (tmp_path / "veillee.toml").write_text(EXAMPLE, "utf-8")
    file = tmp_path / "veillee.db"
    prepare(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as opened:
        row = "('tenir-le-fil', '{}', '2026-01-01 00:00:00')"
        opened.execute(f"insert into community (slug, settings, since) values {row}")
        (page,) = opened.execute("select rootpage from sqlite_master where name = 'community'").fetchone()
        (size,) = opened.execute("pragma page_size").fetchone()
    data = bytearray(file.read_bytes())
    data[(page - 1) * size : page * size] = b"\xff" * size
    file.write_bytes(data)
    done = veillee(command, cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (EXIT_DATABASE, 1)
    assert "it is damaged" in done.stderr


def test_made_by_a_later_version(tmp_path: Path) -> None:
    file = tmp_path / "v.db"
    prepare(file)
    with sqlite3.connect(file) as made:
        made.execute("update alembic_version set version_num = '9999'")
    made.close()
    before = file.read_bytes()
    with pytest.raises(OperatorProblem, match="database-newer"):
        prepare(file)
    assert file.read_bytes() == before


def test_locked_by_another(tmp_path: Path) -> None:
    file = tmp_path / "v.db"
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("create table t (x)")
    other.execute("begin exclusive")
    with pytest.raises(OperatorProblem, match="database-locked"):
        prepare(file)
    other.close()


def test_not_writable(tmp_path: Path) -> None:
    """As root every file can be written: so, a file that is a folder, which nobody can."""
    file = tmp_path / "v.db"
    file.mkdir()
    with pytest.raises(OperatorProblem, match="database-not-writable"):
        prepare(file)


def test_disk_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.database.ROOM_NEEDED", 10**18)
    with pytest.raises(OperatorProblem, match="database-disk-full") as problem:
        prepare(tmp_path / "v.db")
    assert problem.value.exit_code == EXIT_DISK


def test_two_at_once_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "v.db"
    with held(file):
        code = f"from pathlib import Path\nfrom bot.database import held\nwith held(Path({str(file)!r})): pass"
        other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=os.environ)
    assert "database-in-use" in other.stderr
    with held(file):
        pass


def test_one_file_by_two_names_is_one(tmp_path: Path) -> None:
    """By its own, and by that of a link which leads to another one."""
    (tmp_path / "data").mkdir()
    (tmp_path / "link.db").symlink_to("data/other.db")
    (tmp_path / "data" / "other.db").symlink_to("v.db")
    named = [DatabaseConfig(file=tmp_path / name).where for name in ("link.db", "data/v.db")]
    assert isinstance(named[0], Path)
    assert named[0] == named[1]
    with held(named[0]):
        (tmp_path / "veillee.toml").write_text(EXAMPLE.replace('"veillee.db"', '"link.db"'), "utf-8")
        done = veillee("run", cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (EXIT_DATABASE, 1)
    assert "running on" in done.stderr
    assert not (tmp_path / "link.db.lock").exists()


@pytest.mark.parametrize("command", ["run", "migrate", "report", "copy"])
@pytest.mark.parametrize(("language", "said"), [("fr", "Arrête"), ("en", "Stop the other one")])
def test_tables_do_not_change_under_an_earlier_version_at_work(
    tmp_path: Path, command: str, language: str, said: str
) -> None:
    (tmp_path / "veillee.toml").write_text(EXAMPLE, "utf-8")
    migrate(tmp_path / "veillee.db", known()[1])
    before = (tmp_path / "veillee.db").read_bytes()
    with alone(tmp_path / "veillee.db"):
        done = veillee(command, *(["--to", "new.db"] if command == "copy" else []), cwd=tmp_path, language=language)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (EXIT_DATABASE, "", 1)
    assert said in done.stderr
    assert (tmp_path / "veillee.db").read_bytes() == before
    assert sorted(f.name for f in tmp_path.iterdir()) == ["veillee.db", "veillee.db.lock", "veillee.toml"]


@pytest.mark.parametrize("command", ["migrate", "report"])
def test_one_that_is_up_to_date_is_read_while_it_runs(tmp_path: Path, command: str) -> None:
    (tmp_path / "veillee.toml").write_text(EXAMPLE, "utf-8")
    with held(tmp_path / "veillee.db"):
        done = veillee(command, cwd=tmp_path)
    assert "running" not in done.stderr
    assert done.returncode == (0 if command == "migrate" else 2)  # it is read, and no community is known there yet


ROWS = [
    (0, 0, "0 ligne de 0 table est passée de", "0 rows of 0 tables went from"),
    (1, 1, "1 ligne de 1 table est passée de", "1 row of 1 table went from"),
    (2, 1, "2 lignes de 1 table sont passées de", "2 rows of 1 table went from"),
    (1200, 12, "1 200 lignes de 12 tables sont passées de", "1,200 rows of 12 tables went from"),
]


@pytest.mark.parametrize(("rows", "tables", "french", "english"), ROWS)
def test_rows_that_were_copied_are_counted(rows: int, tables: int, french: str, english: str) -> None:
    for language, begins in zip(LANGUAGES, (french, english), strict=True):
        said = words("copy-done", spoken=language, rows=rows, tables=tables, source="a", target="b")
        assert said.replace("\u202f", " ").replace("\u00a0", " ").startswith(begins)


@pytest.mark.parametrize(("given", "changes"), [("--from other.db", False), ("--to other.db", True)])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_configuration_is_to_be_changed_where_it_names_another(
    tmp_path: Path, given: str, changes: bool, language: str
) -> None:
    (tmp_path / "veillee.toml").write_text(EXAMPLE, "utf-8")
    migrate(tmp_path / ("other.db" if "--from" in given else "veillee.db"))
    done = veillee("copy", *given.split(), cwd=tmp_path, language=language)
    assert done.returncode == 0
    assert ("[database]" in done.stdout) == changes


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "Les tables de veillee.db sont à jour.\n"), ("en", "The tables of veillee.db are up to date.\n")],
)
def test_migrating_says_what_it_did(tmp_path: Path, language: str, said: str) -> None:
    (tmp_path / "veillee.toml").write_text(EXAMPLE, "utf-8")
    assert veillee("migrate", cwd=tmp_path, language=language).stdout == said
    assert veillee("migrate", cwd=tmp_path, language=language).stdout == said
    (tmp_path / "veillee.db").unlink()
    migrate(tmp_path / "veillee.db", known()[1])
    kept, done = veillee("migrate", cwd=tmp_path, language=language).stdout.splitlines(keepends=True)
    assert f"veillee.db.before-{known()[0]}" in kept
    assert done == said
