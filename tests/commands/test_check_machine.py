"""`veillee check` about this machine: database, disk, folders, clock, backups. As a tired person meets it."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.chat.language import Language
from bot.checking import database, disk
from bot.cli.check import EXITS, _line
from bot.config import Config, DatabaseConfig, load
from bot.errors import EXIT_DATABASE, EXIT_DISK
from bot.ports import Finding
from storage.migrate import migrate
from tests.kept import new_file

CONFIG = """
[matrix]
homeserver = "{url}"
user_id = "@v:localhost"
access_token = "canari-jeton"
[[communities]]
slug = "cercle"
name = "Le cercle"
zone = "{zone}"
[communities.matrix]
rooms = ["!a:localhost"]
[communities.stories]
attachments = "folder"
"""


def configured(folder: Path, *, url: str = "http://127.0.0.1:9", zone: str = "America/Montreal") -> Config:
    (folder / "veillee.toml").write_text(CONFIG.format(url=url, zone=zone), "utf-8")
    config = load(folder / "veillee.toml")
    kept = DatabaseConfig(file=folder / "veillee.db")
    return config.model_copy(update={
        "database": kept, "operating": config.operating.model_copy(update={"backups": folder / "backups"}),
    })  # fmt: skip


@pytest.fixture
def kept(tmp_path: Path) -> DatabaseConfig:
    (tmp_path / "veillee.db").write_bytes(new_file())
    return DatabaseConfig(file=tmp_path / "veillee.db")


def lines(findings: list[Finding]) -> list[str]:
    said = [_line(finding).replace("\u00a0", " ").replace("\u202f", " ") for finding in findings]
    assert not any("\n" in line for line in said)
    return said


@pytest.fixture(params=["fr", "en"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Language:
    monkeypatch.setenv("VEILLEE_LANGUAGE", request.param)
    spoken: Language = request.param
    return spoken


# -- the database ---------------------------------------------------------------------------------------------------


def test_a_database_that_is_well(kept: DatabaseConfig, language: Language) -> None:
    before = kept.file.read_bytes()
    said = lines(database.examine(kept))
    assert [line[0] for line in said] == ["✓", "✓"]
    assert ("est de cette version" if language == "fr" else "is of this version") in said[0]
    assert ("elle est intacte" if language == "fr" else "it is whole") in said[1]
    assert kept.file.read_bytes() == before
    assert [file.name for file in kept.file.parent.iterdir()] == ["veillee.db"]


def test_none_yet(tmp_path: Path) -> None:
    assert [f.id for f in database.examine(DatabaseConfig(file=tmp_path / "veillee.db"))] == ["check-database-later"]
    assert list(tmp_path.iterdir()) == []  # and check does not make it


def test_of_an_earlier_version(tmp_path: Path, language: Language) -> None:
    file = tmp_path / "veillee.db"
    migrate(file, "0002")
    found = database.examine(DatabaseConfig(file=file))
    assert [f.ok for f in found] == [True, True]
    assert ("plus ancienne" if language == "fr" else "earlier version") in lines(found)[0]
    with closing(sqlite3.connect(file)) as opened:
        assert opened.execute("SELECT version_num FROM alembic_version").fetchone() == ("0002",)


def test_of_a_later_version(kept: DatabaseConfig, language: Language) -> None:
    with closing(sqlite3.connect(kept.file)) as opened, opened:
        opened.execute("UPDATE alembic_version SET version_num = '9999'")
    (wrong,) = [line for line in lines(database.examine(kept)) if line.startswith("✗")]
    assert ("plus récente" if language == "fr" else "later version") in wrong


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _scribbled(file: Path) -> None:
    whole = bytearray(file.read_bytes())
    for at in range(8192, len(whole), 4096):
        whole[at : at + 200] = b"\xff" * 200
    file.write_bytes(whole)


def _of_another(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("CREATE TABLE recipes (name TEXT)")


@pytest.mark.parametrize("harm", [_cut, _scribbled, _of_another, lambda file: file.write_text("a shopping list" * 99)])
def test_damaged_or_not_one(kept: DatabaseConfig, harm: Callable[[Path], object]) -> None:
    harm(kept.file)
    wrong = [f for f in database.examine(kept) if not f.ok]
    assert len(wrong) == 1
    assert wrong[0].id in {"database-not-one", "database-of-another", "check-database-damaged"}
    assert next(code for begins, code in EXITS if wrong[0].id.startswith(begins)) == EXIT_DATABASE


def test_held_by_a_veillee_that_runs(kept: DatabaseConfig, language: Language) -> None:
    lock = kept.file.with_name("veillee.db.lock")
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        said = lines(database.examine(kept))
    assert [line[0] for line in said] == ["✓", "✓", "✓"]
    assert ("est en marche" if language == "fr" else "is running on") in said[2]
    assert len(database.examine(kept)) == 2  # and it is no more


def test_locked_by_another_program(kept: DatabaseConfig, language: Language) -> None:
    with closing(sqlite3.connect(kept.file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        (wrong,) = lines(database.examine(kept))
    assert ("Un autre programme retient" if language == "fr" else "Another program holds") in wrong


def test_a_folder_that_is_not_there_or_cannot_be_written(language: Language) -> None:
    (wrong,) = lines(database.examine(DatabaseConfig(file=Path("/nowhere/at/all/veillee.db"))))
    assert ("n’existe pas" if language == "fr" else "does not exist") in wrong
    (wrong,) = lines(database.examine(DatabaseConfig(file=Path("/proc/veillee.db"))))
    assert ("Impossible d’écrire dans /proc" if language == "fr" else "/proc cannot be written") in wrong


def test_reading_through_ends_in_time(kept: DatabaseConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(kept.file)) as opened, opened:
        opened.executemany("INSERT INTO cursor (account, value) VALUES (?, '')", [(str(n),) for n in range(60_000)])
    monkeypatch.setattr(database, "PATIENCE", 0.0)
    assert [f.id for f in database.examine(kept)] == ["check-database-current", "check-database-large"]


# -- the disk and the folders ---------------------------------------------------------------------------------------


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.mark.parametrize(
    ("free", "mark", "said"),
    [(5_000_000, "✗", "is full"), (100_000_000, "·", "no room for a copy"), (900_000_000, "✓", "900 MB")],
)
def test_room_on_the_disk(
    tmp_path: Path, free: int, mark: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VEILLEE_LANGUAGE", "en")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 0, free))
    (line,) = lines(disk.room(configured(tmp_path)))
    assert line.startswith(mark)
    assert said in line


def test_a_copy_must_fit_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = configured(tmp_path)
    with config.database.file.open("wb") as large:
        large.truncate(600_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**10, 0, 900_000_000))
    assert [f.id for f in disk.room(config)] == ["check-disk-little"]


def test_folders_of_keys_are_for_us_alone(tmp_path: Path, language: Language) -> None:
    config = configured(tmp_path)
    (tmp_path / "veillee.toml").chmod(0o600)
    assert disk.folders(config, tmp_path / "veillee.toml") == []
    config.database.seals.mkdir(mode=0o755)
    config.database.keys.mkdir(mode=0o700)
    (wrong,) = lines(disk.folders(config, tmp_path / "veillee.toml"))
    assert f"chmod 700 {config.database.seals}" in wrong
    config.database.seals.chmod(0o700)
    (tmp_path / "veillee.toml").chmod(0o644)
    (note,) = lines(disk.folders(config, tmp_path / "veillee.toml"))
    assert note.startswith("·")
    assert "chmod 600" in note
    assert "canari" not in note


def test_what_comes_with_stories_must_have_a_place(tmp_path: Path) -> None:
    config = configured(tmp_path)
    (tmp_path / "veillee.toml").chmod(0o600)
    elsewhere = config.database.model_copy(update={"attachments": Path("/proc/attachments")})
    found = disk.folders(config.model_copy(update={"database": elsewhere}), tmp_path / "veillee.toml")
    assert [f.id for f in found] == ["check-folder-closed"]
    assert next(code for begins, code in EXITS if found[0].id.startswith(begins)) == EXIT_DISK


@pytest.mark.parametrize(
    ("days", "french", "english"),
    [
        (0, "✓ La dernière copie dans {} date d’aujourd’hui.", "✓ The last backup in {} is of today."),
        (1, "✓ La dernière copie dans {} date d’hier.", "✓ The last backup in {} is one day old."),
        (3, "✓ La dernière copie dans {} date d’il y a 3 jours.", "✓ The last backup in {} is 3 days old."),
        (12, "· La dernière copie dans {} date d’il y a 12 jours.", "· The last backup in {} is 12 days old."),
        (None, "· Il n’y a aucune copie dans {}.", "· There is no backup in {}."),
    ],
)
def test_how_old_the_last_backup_is(
    tmp_path: Path, days: int | None, french: str, english: str, language: Language
) -> None:
    config = configured(tmp_path)
    folder, now = config.operating.backups, datetime.now(UTC)
    if days is not None:
        folder.mkdir()
        for age in (days, 40):
            backup(folder, now - timedelta(days=age))
        (folder / "veillee-0-mine.zip").touch()  # is none of ours
    (said,) = lines(disk.backups(config, now))
    assert said.startswith((french if language == "fr" else english).format(folder))


def backup(folder: Path, made: datetime) -> Path:
    file = folder / f"veillee-{made:%Y-%m-%d-%H%M%S}.zip"
    file.touch()
    os.utime(file, (made.timestamp(), made.timestamp()))
    return file


def test_a_backup_that_is_dated_later_than_now_has_no_age(tmp_path: Path, language: Language) -> None:
    config, now = configured(tmp_path), datetime.now(UTC)
    folder = config.operating.backups
    folder.mkdir()
    ahead = backup(folder, now + timedelta(days=400))
    (said,) = lines(disk.backups(config, now))
    told = "La copie {} est datée de plus tard" if language == "fr" else "The backup {} is dated later"
    assert said.startswith("· " + told.format(ahead))
    backup(folder, now - timedelta(days=3))
    assert [f.id for f in disk.backups(config, now)] == ["check-backup-ahead", "check-backup"]
    backup(folder, now + timedelta(seconds=2))  # as two clocks differ
    assert [f.variables.get("days") for f in disk.backups(config, now)] == [None, "0"]
