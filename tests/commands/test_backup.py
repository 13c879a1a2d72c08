"""A backup is made while the database is written to, and what was there is there again: rows, keys, attachments."""

import os
import shutil
import sqlite3
import time
import zipfile
from contextlib import closing, nullcontext
from pathlib import Path
from random import Random

import pytest

from adapters.matrix.crypto.files import device_file, encrypted_rooms, identity_file, make_folder, write
from adapters.matrix.crypto.secret import Secret
from adapters.matrix.crypto.store import KeyStore
from bot.backup import restore
from bot.config import DatabaseConfig
from bot.errors import OperatorProblem
from storage.attachments import AttachmentFolder
from tests.typed import veillee
from tests.unit.test_config import EXAMPLE

ME = "@veillee:example.org"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A configuration, and a database that is in use."""
    (tmp_path / "veillee.toml").write_text(EXAMPLE, "utf-8")
    assert veillee("migrate", cwd=tmp_path).returncode == 0
    return tmp_path


def opened(home: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(home / "veillee.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    return connection


def said(connection: sqlite3.Connection, *places: str) -> None:
    for place in places:
        connection.execute("INSERT INTO cursor (account, value) VALUES (?, ?)", (place, "there"))


def places(home: Path) -> list[str]:
    with closing(opened(home)) as connection:
        return [place for (place,) in connection.execute("SELECT account FROM cursor ORDER BY id")]


def made(home: Path) -> list[Path]:
    return sorted((home / "backups").iterdir())


def unfinished(home: Path) -> list[Path]:
    return list(home.glob(".veillee-*"))


def lose(home: Path) -> None:
    for file in home.glob("veillee.db*"):
        shutil.rmtree(file) if file.is_dir() else file.unlink()


async def test_all_is_there_again(home: Path) -> None:
    keys = home / "veillee.db.keys"
    make_folder(keys)
    store = KeyStore(str(device_file(keys, ME, "ABC")), Secret("a secret"))
    store.do("INSERT INTO rooms VALUES (?, ?)", "!a:example.org", "{}")
    write(identity_file(keys, ME), b"sealed seeds")
    attachments = AttachmentFolder(home / "veillee.db.attachments")
    kept = await attachments.keep(b"a voice")
    with closing(opened(home)) as writing:
        said(writing, "one", "two", "canary")
        writing.execute("DELETE FROM cursor WHERE account = 'canary'")
        writing.execute("BEGIN IMMEDIATE")
        said(writing, "not kept yet")
        done = veillee("backup", cwd=home)
        writing.execute("ROLLBACK")
        said(writing, "later")
    assert (done.returncode, done.stderr) == (0, "")
    assert "it is whole" in done.stdout
    [file] = made(home)
    assert [p.stat().st_mode & 0o777 for p in (file, file.parent)] == [0o600, 0o700]
    with zipfile.ZipFile(file) as packed:
        assert b"canary" not in b"".join(packed.read(name) for name in packed.namelist())
    store.close()
    lose(home)
    back = veillee("restore", str(file), cwd=home, language="fr")
    assert (back.returncode, back.stderr) == (0, "")
    assert "est de retour" in back.stdout
    assert places(home) == ["one", "two"]
    assert await attachments.fetch(kept) == b"a voice"
    assert encrypted_rooms(keys) == {"!a:example.org": {}}
    assert identity_file(keys, ME).read_bytes() == b"sealed seeds"
    modes = {p.stat().st_mode & 0o777 for p in [*keys.iterdir(), home / "veillee.db"]}
    assert (modes, keys.stat().st_mode & 0o777) == ({0o600}, 0o700)
    assert unfinished(home) == []


def test_what_is_there_is_never_replaced(home: Path) -> None:
    with closing(opened(home)) as writing:
        said(writing, "one")
        veillee("backup", cwd=home)
        said(writing, "two")
        [file] = made(home)
        again = veillee("restore", str(file), cwd=home)
        assert again.returncode == 4
        assert "I leave it as it is" in again.stderr
        assert again.stderr.count("\n") == 1
        (home / "veillee.db").rename(home / "aside.db")
        again = veillee("restore", str(file), cwd=home)
        assert "veillee.db-wal already" in again.stderr
    (home / "aside.db").rename(home / "veillee.db")
    assert places(home) == ["one", "two"]


def test_keys_that_went_on_since_stay(home: Path) -> None:
    keys = home / "veillee.db.keys"
    make_folder(keys)
    write(identity_file(keys, ME), b"then")
    veillee("backup", cwd=home)
    write(identity_file(keys, ME), b"now")
    (home / "veillee.db").unlink()
    assert veillee("restore", str(made(home)[0]), cwd=home).returncode == 0
    assert identity_file(keys, ME).read_bytes() == b"now"


@pytest.mark.parametrize("harm", ["cut", "other", "text", "none", "empty"])
def test_what_is_no_backup_changes_nothing(home: Path, harm: str) -> None:
    veillee("backup", cwd=home)
    [file] = made(home)
    lose(home)
    if harm == "cut":
        file.write_bytes(file.read_bytes()[:-500])
    elif harm == "other":
        data = bytearray(file.read_bytes())
        data[len(data) // 3] ^= 0xFF
        file.write_bytes(data)
    elif harm == "text":
        file.write_text("a shopping list")
    elif harm == "none":
        file.unlink()
    else:
        with zipfile.ZipFile(file, "w") as packed:
            packed.writestr("veillee.db", b"")
            packed.writestr("../../outside", b"hostile")
    done = veillee("restore", str(file), cwd=home)
    assert done.returncode == (2 if harm == "none" else 4)
    assert done.stderr.count("\n") == 1
    assert "Nothing was changed" in done.stderr
    assert not (home / "veillee.db").exists()
    assert not list(home.parent.rglob("outside"))


def parts(folder: Path) -> dict[str, bytes]:
    lock = "veillee.db.lock"
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file() and f.name != lock}


async def full(home: Path) -> bytes:
    """A backup in which there is something of everything."""
    make_folder(home / "veillee.db.keys")
    write(identity_file(home / "veillee.db.keys", ME), b"sealed seeds")
    KeyStore(str(device_file(home / "veillee.db.keys", ME, "ABC")), Secret("a secret")).close()
    await AttachmentFolder(home / "veillee.db.attachments").keep(b"a voice")
    assert veillee("backup", cwd=home).returncode == 0
    return made(home)[0].read_bytes()


def attempted(home: Path, file: Path) -> str:
    """What is said."""
    try:
        restore(DatabaseConfig(file=home / "veillee.db"), file)
    except OperatorProblem as problem:
        return problem.id
    return ""


def as_before(data: bytes) -> bytes:
    """The same, as earlier versions made it: without the seal."""
    seal = data.rindex(b"veillee ")
    return data[: seal - 2] + b"\0\0"


@pytest.mark.parametrize("sealed", [True, False])
async def test_one_bit_that_changed_is_told_or_changes_nothing(home: Path, sealed: bool) -> None:
    good = await full(home) if sealed else as_before(await full(home))
    (home / "good.zip").write_bytes(good)
    (home / "good").mkdir()
    assert attempted(home / "good", home / "good.zip") == ""
    whole = parts(home / "good")
    assert len(whole) == 4
    directory = good.index(b"PK\x01\x02")
    chance = Random(7)
    places = [*chance.sample(range(directory), 40), *chance.sample(range(directory, len(good)), 160)]
    refused = 0
    for number, place in enumerate(places):
        damaged = bytearray(good)
        damaged[place] ^= 1 << chance.randrange(8)
        (home / "damaged.zip").write_bytes(damaged)
        there = home / str(number)
        there.mkdir()
        said = attempted(there, home / "damaged.zip")
        assert (said, parts(there)) in [("", whole), ("restore-damaged", {})], place
        refused += bool(said)
    assert refused > 80


@pytest.mark.parametrize("harm", ["name", "encrypted", "stream", "unknown", "twice", "less"])
async def test_a_part_that_is_missing_or_unknown_is_damage(home: Path, harm: str) -> None:
    data = bytearray(await full(home))
    file = home / "damaged.zip"
    if harm == "name":
        data[data.rindex(b"keys/identity")] ^= 1
    elif harm == "encrypted":
        data[data.index(b"PK\x01\x02") + 8] ^= 1
    elif harm == "stream":
        data[data.index(b"veillee.db") + len("veillee.db")] = 0xFF  # a kind of block that there is not
    file.write_bytes(data)
    if harm in ("unknown", "twice"):
        with zipfile.ZipFile(file, "a") as packed, pytest.warns() if harm == "twice" else nullcontext():
            packed.writestr("veillee.db" if harm == "twice" else "keys/other", b"")
    elif harm == "less":
        with zipfile.ZipFile(file, "a") as packed:
            packed.filelist.pop()
            packed._didModify = True  # type: ignore[attr-defined]
    lose(home)
    done = veillee("restore", str(file), cwd=home)
    assert (done.returncode, done.stderr.count("\n")) == (4, 1)
    assert "is damaged" in done.stderr
    assert not any(name.startswith("veillee.db") for name in parts(home))


def test_the_latest_are_kept(home: Path) -> None:
    (home / "backups").mkdir()
    for day in ("01", "02", "03"):
        (home / "backups" / f"veillee-2027-01-{day}-000000.zip").write_bytes(b"")
    (home / "backups" / "mine.txt").write_text("not of Veillée")
    left = home / "backups" / ".veillee-unfinished-ab12cd3_"
    left.mkdir()
    os.utime(left, (time.time() - 7200,) * 2)
    os.utime(home / "backups" / "veillee-2027-01-01-000000.zip")
    done = veillee("backup", "--keep", "2", cwd=home, language="fr")
    assert "2 copies plus anciennes" in done.stdout
    names = [p.name for p in made(home)]
    assert names[0] == "mine.txt"
    assert len(names) == 3
    assert "veillee-2027-01-03-000000.zip" in names


@pytest.mark.parametrize("keep", [1, 2, 3])
def test_the_one_just_made_is_kept_whatever_the_clock_said_before(home: Path, keep: int) -> None:
    """It was ahead for some nights. What was made then is the first to go; what is not ours never does."""
    (home / "backups").mkdir()
    ahead, before = [f"veillee-9027-12-0{day}-030000.zip" for day in (1, 2)], "veillee-2020-01-01-030000.zip"
    others = ["veillee-0-keep.zip", "veillee-2020-01-01-030000.zip.part", "veillee-2020-01-01.zip"]
    for name in (*ahead, before, *others):
        (home / "backups" / name).touch()
    done = veillee("backup", "--keep", str(keep), cwd=home)
    assert (done.returncode, done.stderr) == (0, "")
    (new,) = [p.name for p in made(home) if p.stat().st_size]
    assert new in done.stdout
    assert {p.name for p in made(home)} == {*others, *[new, before, ahead[1]][:keep]}


def test_nothing_to_copy_yet_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "veillee.toml").write_text(EXAMPLE, "utf-8")
    done = veillee("backup", cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (4, 1)
    assert "There is no database" in done.stderr
    assert not (tmp_path / "backups").exists()
