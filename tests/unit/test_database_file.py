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
from storage.migrate import config, known, migrate
from storage.tables import metadata
from tests.typed import veillee
from tests.unit.test_config import EXAMPLE


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
