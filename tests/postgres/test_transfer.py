"""From a file to PostgreSQL and back: every row, compared by its values; killed in the middle, as if never begun."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.operator import words
from storage.migrate import connected, known, migrate, revision_of
from storage.transfer import Differs, reading, transfer, writing
from storage.transfer import _into_postgresql as into_postgresql
from tests import typed
from tests.kept import new_file
from tests.postgres.running import running
from tests.postgres.server import Database
from tests.postgres.test_database import CONFIGURED
from tests.postgres.test_migrations import filled, kept


def configured(folder: Path, name: str, database: str) -> Path:
    file = folder / name
    file.write_text(CONFIGURED.format(database=database), "utf-8")
    return file


def veillee(*given: Any, cwd: Path, language: str = "en") -> tuple[int, str]:
    """Its exit code and all that it said."""
    ended = typed.veillee(*map(str, given), cwd=cwd, language=language)
    return ended.returncode, ended.stdout + ended.stderr


def rows(where: Path | str) -> Any:
    with reading(where) as connection:
        return kept(connection)


@pytest.fixture
def lived_in(tmp_path: Path) -> Path:
    """A file with rows in every table, and numbers that were given and are gone."""
    file = tmp_path / "v.db"
    file.write_bytes(new_file())
    filled(file)
    with sqlite3.connect(file) as opened:
        opened.execute("insert into cursor (account, value) values (?, ''), ('gone', '')", ["é\0zero"])
        opened.execute("delete from cursor where account = 'gone'")
    opened.close()
    return file


def test_there_and_back_again(lived_in: Path, postgres: Database, tmp_path: Path) -> None:
    there, back = configured(tmp_path, "new.toml", f'url = "{postgres.url}"'), tmp_path / "back.db"
    before = rows(lived_in)
    code, said = veillee("copy", "--from", lived_in, "--to", there, cwd=tmp_path)
    assert (code, said.count("\n")) == (0, 1)
    assert str(sum(len(found) for found in before.values())) in said
    assert postgres.server.password not in said
    moved = rows(postgres.url)
    for found in before["cursor"]:
        found["account"] = found["account"].replace("\0", "")
    assert moved == before
    code, said = veillee("copy", "--from", there, "--to", back, cwd=tmp_path, language="fr")
    assert code == 0
    assert rows(back) == before
    # No number is given twice, on the way there nor back.
    with connected(postgres.url) as connection:
        connection.exec_driver_sql("insert into cursor (account, value) values ('next', '')")
        assert connection.exec_driver_sql("select id from cursor where account = 'next'").scalar() == 5
    with sqlite3.connect(back) as opened:
        assert opened.execute("insert into cursor (account, value) values ('next', '') returning id").fetchone() == (5,)
    opened.close()


def test_only_into_what_is_empty(lived_in: Path, postgres: Database, tmp_path: Path) -> None:
    there = configured(tmp_path, "new.toml", f'url = "{postgres.url}"')
    assert veillee("copy", "--from", lived_in, "--to", there, cwd=tmp_path)[0] == 0
    before = rows(postgres.url)
    code, said = veillee("copy", "--from", lived_in, "--to", there, cwd=tmp_path)
    assert code == 4
    assert "is not empty" in said
    assert rows(postgres.url) == before


def test_what_is_not_the_same_is_not_kept(lived_in: Path, postgres: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    migrate(postgres.url)
    monkeypatch.setattr("storage.transfer._into_postgresql", spoilt)
    with pytest.raises(Differs, match="poll_vote"), reading(lived_in) as source, writing(postgres.url) as target:
        transfer(source, target)
    assert not any(rows(postgres.url).values())


def spoilt(table: Any, batch: Any, target: Any) -> None:
    """One value of one row is another: an option of a vote."""
    if table.name == "poll_vote":
        place = [column.name for column in table.columns].index("option")
        batch = [*batch[:-1], (*batch[-1][:place], batch[-1][place] + 1, *batch[-1][place + 1 :])]
    into_postgresql(table, batch, target)


def test_while_veillee_runs_it_is_refused(lived_in: Path, postgres_tables: Database, tmp_path: Path) -> None:
    """Whatever it calls itself there."""
    there = configured(tmp_path, "new.toml", f'url = "{postgres_tables.url}"')
    with running(f"{postgres_tables.url}?application_name=evenings"):
        for given in (("--from", lived_in, "--to", there), ("--from", there, "--to", tmp_path / "back.db")):
            code, said = veillee("copy", *given, cwd=tmp_path)
            assert code == 4
            assert "already running" in said
    with running(lived_in):
        code, said = veillee("copy", "--from", lived_in, "--to", there, cwd=tmp_path)
    assert code == 4
    assert "already running" in said
    assert not any(rows(postgres_tables.url).values())


@pytest.mark.parametrize(
    ("command", "led"),
    [(each, True) for each in ("copy from", "copy to", "restore", "migrate", "run")]
    + [(each, False) for each in ("copy from", "copy to", "restore")],
)
def test_an_earlier_version_is_left_as_it_is(
    lived_in: Path, postgres: Database, tmp_path: Path, command: str, led: bool
) -> None:
    """While it is at work, or where it was only to be read, or filled."""
    there = configured(tmp_path, "new.toml", f'url = "{postgres.url}"')
    old = known()[1]
    migrate(postgres.url, old)
    filled(postgres.url)
    here = ["--config", there]
    given: dict[str, list[Any]] = {
        "copy from": ["copy", "--from", there, "--to", tmp_path / "back.db"],
        "copy to": ["copy", "--from", lived_in, "--to", there],
        "restore": ["restore", tmp_path / "a.zip", *here],
        "migrate": ["migrate", *here], "run": ["run", *here],
    }  # fmt: skip
    with running(postgres.url) if led else nullcontext():
        code, said = veillee(*given[command], cwd=tmp_path)
    assert (code, said.count("\n")) == (4, 1)
    changes = command in ("migrate", "run")
    assert f"{postgres.name} in an earlier version" in said if changes else "veillee migrate" in said
    assert postgres.name in said
    assert postgres.server.password not in said
    assert revision_of(postgres.url) == old
    assert not (tmp_path / "back.db").exists()


def test_a_file_of_an_earlier_version_is_only_read(postgres: Database, tmp_path: Path) -> None:
    migrate(tmp_path / "v.db", known()[1])
    before = (tmp_path / "v.db").read_bytes()
    there = configured(tmp_path, "new.toml", f'url = "{postgres.url}"')
    code, said = veillee("copy", "--from", "v.db", "--to", there, cwd=tmp_path)
    assert (code, said.count("\n")) == (4, 1)
    assert "v.db is still as an earlier version made it" in said
    assert (tmp_path / "v.db").read_bytes() == before
    assert revision_of(postgres.url) is None


def test_which_of_them_is_in_use_is_told(lived_in: Path, postgres_tables: Database, tmp_path: Path) -> None:
    there = configured(tmp_path, "new.toml", f'url = "{postgres_tables.url}"')
    with running(postgres_tables.url):
        said = veillee("copy", "--from", there, "--to", tmp_path / "back.db", cwd=tmp_path)[1]
    assert f"{postgres_tables.name}. Two at once" in said


@pytest.mark.parametrize(
    ("given", "id"),
    [
        ((), "copy-which"),
        (("--to", "v.db", "--from", "v.db"), "copy-same"),
        (("--from", "v.db", "--to", "sub/../v.db"), "copy-same"),
        (("--from", "v.db", "--to", "link.db"), "copy-same"),
        (("--from", "v.db", "--to", "."), "copy-file"),
        (("--from", "nope.db", "--to", "x.db"), "copy-nothing"),
        (("--to", "mysql://a@b/c"), "copy-address"),
    ],
)
def test_what_is_typed_wrong_is_a_sentence(lived_in: Path, tmp_path: Path, given: tuple[str, ...], id: str) -> None:
    configured(tmp_path, "veillee.toml", 'file = "v.db"')
    (tmp_path / "sub").mkdir()
    (tmp_path / "link.db").symlink_to("v.db")
    for language in ("fr", "en"):
        code, said = veillee("copy", *given, cwd=tmp_path, language=language)
        assert code in (2, 4)
        assert said.count("\n") == 1
        assert said[:12] == words(id, spoken=language, file="nope.db")[:12]


def test_keys_that_lie_elsewhere_are_told(lived_in: Path, postgres: Database, tmp_path: Path) -> None:
    (tmp_path / "v.db.seals").mkdir()
    there = configured(tmp_path, "new.toml", f'url = "{postgres.url}"\nfolder = "{tmp_path / "else"}"')
    code, said = veillee("copy", "--from", lived_in, "--to", there, cwd=tmp_path)
    assert code == 0
    assert f"Move {tmp_path / 'v.db.seals'} to {tmp_path / 'else' / 'veillee.db.seals'}" in said


KILLED = """
import os, signal, sys
from pathlib import Path
import storage.transfer as t
from storage.transfer import reading, transfer, writing
copy, left = t._copy, int(sys.argv[3])
def counted(table, source, target):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return copy(table, source, target)
t._copy = counted
ends = [given if "://" in given else Path(given) for given in sys.argv[1:3]]
with reading(ends[0]) as source, writing(ends[1]) as target:
    transfer(source, target)
"""


def test_killed_in_the_middle_it_can_be_done_again(lived_in: Path, postgres: Database, tmp_path: Path) -> None:
    there = configured(tmp_path, "new.toml", f'url = "{postgres.url}"')
    migrate(postgres.url)
    before, size = rows(lived_in), lived_in.stat().st_size
    ended = subprocess.run([sys.executable, "-c", KILLED, lived_in, postgres.url, "20"], env=os.environ, timeout=60)
    assert ended.returncode == -signal.SIGKILL
    assert not any(rows(postgres.url).values())
    assert (rows(lived_in), lived_in.stat().st_size) == (before, size)
    time.sleep(0.2)  # the server sees at once that the line is gone
    assert veillee("copy", "--from", lived_in, "--to", there, cwd=tmp_path)[0] == 0
    assert sum(map(len, rows(postgres.url).values())) == sum(map(len, before.values()))


MANY = """
import sys
from pathlib import Path
import psycopg, storage.postgres
from storage.transfer import reading, transfer, writing
ends = [given if "://" in given else Path(given) for given in sys.argv[1:3]]
def most():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
idle = most()
with reading(ends[0]) as source, writing(ends[1]) as target:
    transfer(source, target)
print(most() - idle)
"""


def test_a_hundred_thousand_rows_of_the_log(tmp_path: Path, postgres_tables: Database) -> None:
    file, back = tmp_path / "v.db", tmp_path / "back.db"
    file.write_bytes(new_file())
    back.write_bytes(new_file())
    at = datetime(2027, 1, 4, tzinfo=UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    with sqlite3.connect(file) as opened:
        opened.execute("insert into community (slug, settings, since) values ('c', '{}', ?)", [at])
        opened.executemany(
            "insert into activity (community_id, who, at, kind, event, answers, answers_who)"
            " values (1, 'ABCDEFGH', ?, 'message', ?, '', '')",
            [(at, f"$event-{number}-of-some-length") for number in range(100_000)],
        )
    opened.close()
    for ends in ((file, postgres_tables.url), (postgres_tables.url, back)):
        ended = subprocess.run(
            [sys.executable, "-c", MANY, *map(str, ends)], capture_output=True, text=True, timeout=200, check=True
        )
        assert int(ended.stdout) < 60_000  # kilobytes
    assert rows(back)["activity"][-1]["event"] == "$event-99999-of-some-length"
