"""A folder that the account may not enter is told in one line, and `check` goes on with the rest."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.typed import as_any_account, veillee

CONFIG = """
[database]
file = "{file}"
attachments = "{attachments}"
[operating]
backups = "{backups}"
[discord]
token = "canari-jeton"
api = "http://127.0.0.1:9"
[[communities]]
slug = "cercle"
name = "Le cercle"
stories.attachments = "folder"
discord.server = "123456789012345678"
"""


@contextmanager
def closed(home: Path, **places: str) -> Iterator[Path]:
    """A configuration, and a folder within which nobody may look. Of each kind, where it lies."""
    folder = home / "closed"
    (folder / "inside").mkdir(parents=True)
    given = {"file": "veillee.db", "attachments": "attachments", "backups": "backups"} | places
    (home / "veillee.toml").write_text(CONFIG.format(**given), "utf-8")
    folder.chmod(0)
    yield folder
    folder.chmod(0o700)


PLACES = [
    {"file": "closed/veillee.db"}, {"file": "closed/inside/veillee.db"},
    {"attachments": "closed/attachments"}, {"attachments": "closed/inside/attachments"},
]  # fmt: skip


@pytest.mark.parametrize("places", PLACES, ids=str)
@pytest.mark.parametrize(("language", "said"), [("fr", "Impossible d’écrire dans"), ("en", "cannot be written")])
def test_check_tells_it_and_goes_on(tmp_path: Path, places: dict[str, str], language: str, said: str) -> None:
    with closed(tmp_path, **places) as folder:
        done = as_any_account("check", cwd=tmp_path, language=language)
    wrong = [line for line in done.stdout.splitlines() if line.startswith("✗")]
    assert any(said in line and str(folder) in line for line in wrong)
    assert len(wrong) == len(set(wrong))
    assert "Discord" in wrong[-1]
    assert (done.returncode, done.stderr.count("\n")) == (5, 1)


@pytest.mark.parametrize("command", ["run", "migrate", "backup", "report"])
@pytest.mark.parametrize("places", PLACES[:2], ids=str)
def test_where_the_database_lies(tmp_path: Path, places: dict[str, str], command: str) -> None:
    with closed(tmp_path, **places):
        done = as_any_account(command, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (4, "")
    assert places["file"] in done.stderr
    assert "cannot be written. Give the right" in done.stderr


@pytest.mark.parametrize("places", PLACES[2:], ids=str)
def test_where_attachments_would_lie(tmp_path: Path, places: dict[str, str]) -> None:
    with closed(tmp_path, **places) as folder:
        assert as_any_account("migrate", cwd=tmp_path).returncode == 0
        running, backup = (as_any_account(command, cwd=tmp_path) for command in ("run", "backup"))
    assert (running.returncode, running.stdout) == (5, "")
    assert f"{folder} cannot be written. What is said would be lost" in running.stderr
    assert (backup.returncode, backup.stdout) == (5, "")
    assert f"{places['attachments']} cannot be read" in backup.stderr
    assert not (tmp_path / "backups").exists()


def test_keys_that_cannot_be_read_are_never_left_out_of_a_backup(tmp_path: Path) -> None:
    with closed(tmp_path):
        veillee("migrate", cwd=tmp_path)
        (tmp_path / "veillee.db.keys").mkdir(mode=0)
        done = as_any_account("backup", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (5, "")
    assert "veillee.db.keys cannot be read" in done.stderr


def test_where_backups_lie(tmp_path: Path) -> None:
    with closed(tmp_path, backups="closed/inside"):
        veillee("migrate", cwd=tmp_path)
        done = as_any_account("check", cwd=tmp_path)
        made = as_any_account("backup", "--out", "closed/inside", cwd=tmp_path)
    assert "· This account may not look into closed/inside" in done.stdout
    assert (made.returncode, made.stdout) == (5, "")
    assert "closed/inside cannot be written" in made.stderr


def test_a_backup_that_cannot_be_read(tmp_path: Path) -> None:
    with closed(tmp_path):
        done = as_any_account("restore", "closed/veillee-2027-01-04-030000.zip", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (5, "")
    assert "closed/veillee-2027-01-04-030000.zip cannot be read" in done.stderr


@pytest.mark.parametrize(
    ("command", "code"), [("restore secret.zip", 5), ("check --config secret.zip", 2), ("rehearse secret.zip", 2)]
)
@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "secret.zip ne peut pas être lu\u00a0: ce compte n’en a pas le droit."),
     ("en", "secret.zip cannot be read: this account has no right to it.")],
)  # fmt: skip
def test_a_file_that_may_not_be_read(tmp_path: Path, command: str, code: int, language: str, said: str) -> None:
    with closed(tmp_path):
        (tmp_path / "secret.zip").touch(mode=0)
        done = as_any_account(*command.split(), cwd=tmp_path, language=language)
    assert (done.returncode, done.stderr) == (code, said + "\n")
