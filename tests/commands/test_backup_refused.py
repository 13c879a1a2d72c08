"""Where a copy cannot be made or put back: which file or folder it is about, why, and what to do, in one's language."""

import errno
import os
from pathlib import Path

import pytest

from bot.backup import keep_latest
from bot.errors import OperatorProblem
from bot.operator import REASONS, why, words
from tests.typed import veillee
from tests.unit.test_config import EXAMPLE, LANGUAGES

FOLDER = [
    ("fr", ". est un dossier. Donne le fichier que veillee backup y a écrit."),
    ("en", ". is a folder. Give the file that veillee backup wrote there."),
]
FILE = [
    ("fr", "Impossible d’écrire dans {}\u00a0: un fichier se trouve là où il faut un dossier. Mets cela en ordre"),
    ("en", "{} cannot be written: there is a file where a folder is needed. Put that right"),
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "veillee.toml").write_text(EXAMPLE, "utf-8")
    return tmp_path


@pytest.mark.parametrize(("language", "said"), FOLDER)
def test_the_folder_of_copies_is_no_copy(home: Path, language: str, said: str) -> None:
    done = veillee("restore", ".", cwd=home, language=language)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said + "\n")
    assert not (home / "veillee.db").exists()


@pytest.mark.parametrize("file", ["none.zip", "veillee.toml/none.zip"])
def test_there_is_no_such_copy(home: Path, file: str) -> None:
    done = veillee("restore", file, cwd=home)
    assert (done.returncode, done.stderr[: len(f"There is no file {file}.")]) == (2, f"There is no file {file}.")


@pytest.mark.parametrize("folder", ["veillee.toml", "veillee.toml/copies"])
@pytest.mark.parametrize(("language", "said"), FILE)
def test_a_file_is_no_folder(home: Path, folder: str, language: str, said: str) -> None:
    assert veillee("migrate", cwd=home).returncode == 0
    done = veillee("backup", "--out", folder, cwd=home, language=language)
    assert (done.returncode, done.stderr.count("\n")) == (5, 1)
    assert done.stderr.startswith(said.format(folder))


@pytest.mark.parametrize(("number", "room"), [(errno.ENOSPC, True), (errno.EDQUOT, True), (errno.EROFS, False)])
def test_room_is_asked_for_where_there_is_none(
    tmp_path: Path, number: int, room: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: Path) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("bot.backup.made_in", refuse)
    with pytest.raises(OperatorProblem) as problem:
        keep_latest(tmp_path, 1, tmp_path / "made.zip")
    for language, asked in (("fr", "Libère de la place"), ("en", "Free some room")):
        monkeypatch.setenv("VEILLEE_LANGUAGE", language)
        assert (asked in words(problem.value.id, **problem.value.variables)) == room


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_system_says_is_said_in_ones_language(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEILLEE_LANGUAGE", language)
    for number in REASONS:
        assert why(OSError(number, os.strerror(number))) != os.strerror(number)
    assert why(OSError(errno.ELOOP, os.strerror(errno.ELOOP))) == os.strerror(errno.ELOOP)


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "copies ne peut pas être lu\u00a0: c’est un dossier."), ("en", "it is a folder.")]
)
def test_a_folder_is_no_configuration(home: Path, language: str, said: str) -> None:
    (home / "copies").mkdir()
    done = veillee("check", "--config", "copies", cwd=home, language=language)
    assert done.returncode == 2
    assert said in done.stderr
