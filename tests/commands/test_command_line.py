"""The command line as it is typed: the real program, in a process of its own."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from storage.migrate import known, migrate
from tests.typed import veillee
from tests.unit.test_config import EXAMPLE

PROGRAM = Path(sys.executable).with_name("veillee")


def program(
    *arguments: str, cwd: Path, language: str = "en", **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(PROGRAM), *arguments], cwd=cwd, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60,
        env=os.environ | {"VEILLEE_LANGUAGE": language} | environment,
    )  # fmt: skip


def test_init_then_check_what_is_left_to_fill_in(tmp_path: Path) -> None:
    assert program("init", cwd=tmp_path).returncode == 0
    written = tmp_path / "veillee.toml"
    lines, example = written.read_text("utf-8").splitlines(), EXAMPLE.splitlines()
    own = [line for line, shown in zip(lines, example, strict=True) if line != shown]
    assert len(own) == 1
    assert re.fullmatch(r'store_key = "\S{43}"', own[0])  # its own secret, and nobody else's
    (tmp_path / "other").mkdir()
    program("init", cwd=tmp_path / "other")
    assert own[0] not in (tmp_path / "other" / "veillee.toml").read_text("utf-8")
    assert written.stat().st_mode & 0o777 == 0o600
    again = program("init", cwd=tmp_path)
    assert again.returncode == 2
    assert "is there already" in again.stderr


@pytest.mark.parametrize("command", ["run", "check", "report", "migrate"])
@pytest.mark.parametrize(("language", "said"), [("fr", "Il n’y a pas de fichier"), ("en", "There is no file")])
def test_no_configuration_is_one_line(tmp_path: Path, command: str, language: str, said: str) -> None:
    done = veillee(command, cwd=tmp_path, language=language)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("period", [("--to", "9999-12-31"), ("--from", "0001-01-01"), ("--from", "20 July")])
@pytest.mark.parametrize(("language", "said"), [("fr", "n’est pas un jour"), ("en", "is not a day I can read")])
def test_a_day_that_is_none_is_one_line(tmp_path: Path, period: tuple[str, str], language: str, said: str) -> None:
    (tmp_path / "veillee.toml").write_text(EXAMPLE, "utf-8")
    done = veillee("report", *period, cwd=tmp_path, language=language)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert period[1] in done.stderr
    assert said in done.stderr


def test_a_damaged_database_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "veillee.toml").write_text(EXAMPLE, "utf-8")
    (tmp_path / "veillee.db").write_bytes(b"not a database, a shopping list" * 50)
    done = program("run", cwd=tmp_path)
    assert done.returncode == 4
    assert "not a database of Veillée" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_server_that_cannot_be_reached_is_waited_for_in_words(tmp_path: Path) -> None:
    """No traceback, and nothing secret in the log."""
    config = EXAMPLE.replace("https://matrix.example.org", "http://127.0.0.1:9")
    (tmp_path / "veillee.toml").write_text(config.replace("the account's access token", "canary-s3cret"), "utf-8")
    running = subprocess.Popen(
        [str(PROGRAM), "run"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"VEILLEE_LANGUAGE": "en"},
    )  # fmt: skip
    assert running.stdout is not None
    assert "running" in running.stdout.readline()
    time.sleep(4)  # long enough to be refused more than once
    running.terminate()
    _, log = running.communicate(timeout=30)
    assert running.returncode == 0
    assert "Traceback" not in log
    assert "canary-s3cret" not in log
    assert log.count("\n") < 12


@pytest.mark.parametrize("gone", ["disk", "reader"])
def test_it_goes_on_where_nothing_can_be_printed(tmp_path: Path, gone: str) -> None:
    """On a full disk, or after the end of who read it. It stops in order, too."""
    config = EXAMPLE.replace("https://matrix.example.org", "http://127.0.0.1:9")
    (tmp_path / "veillee.toml").write_text(config, "utf-8")
    reads, printed = os.pipe()
    with open("/dev/full" if gone == "disk" else printed, "w") as output:
        running = subprocess.Popen(
            [str(PROGRAM), "run", "--json-log"], cwd=tmp_path, stdout=output, stderr=subprocess.PIPE, text=True,
            env=os.environ | {"VEILLEE_LANGUAGE": "en"},
        )  # fmt: skip
    os.close(reads)
    if gone == "disk":
        os.close(printed)
    assert running.stderr is not None
    assert any("at work" in line for line in running.stderr)
    time.sleep(1)
    assert running.poll() is None
    asked = time.monotonic()
    running.terminate()
    _, log = running.communicate(timeout=30)
    assert (running.returncode, "Errno" in log) == (0, False), log
    assert time.monotonic() - asked < 5


@pytest.mark.parametrize("command", ["check", "migrate"])
def test_a_sign_that_the_terminal_does_not_know_is_replaced(tmp_path: Path, command: str) -> None:
    config = EXAMPLE.replace("https://matrix.example.org", "http://127.0.0.1:9")
    (tmp_path / "veillee.toml").write_text(config.replace('"veillee.db"', '"été.db"'), "utf-8")
    migrate(tmp_path / "été.db", known()[1])
    done = subprocess.run(
        [str(PROGRAM), command], cwd=tmp_path, capture_output=True, timeout=60,
        env=os.environ | {"VEILLEE_LANGUAGE": "fr", "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"},
    )  # fmt: skip
    assert done.returncode == (3 if command == "check" else 0)
    assert "été.db".encode("latin-1") in done.stdout
    if command == "check":
        assert {line[:2] for line in done.stdout.splitlines()} == {b"+ ", b"x ", b"\xb7 "}
        assert b" x " in done.stderr


@pytest.mark.parametrize("full", ["stdout", "stderr"])
def test_a_full_disk_changes_no_exit_code(tmp_path: Path, full: str) -> None:
    """Of what is done all the same, and of what cannot be."""
    config = EXAMPLE if full == "stdout" else EXAMPLE.replace('"veillee.db"', '"nowhere/veillee.db"')
    (tmp_path / "veillee.toml").write_text(config, "utf-8")
    migrate(tmp_path / "veillee.db", known()[1])
    with open("/dev/full", "w") as disk:
        done = subprocess.run([str(PROGRAM), "migrate"], cwd=tmp_path, timeout=60, **{full: disk})  # type: ignore[call-overload]
    assert done.returncode == (0 if full == "stdout" else 4)


def test_help_is_instant_and_knows_every_command(tmp_path: Path) -> None:
    done = program("--help", cwd=tmp_path)
    for command in ("init", "check", "run", "rehearse", "report", "migrate"):
        assert command in done.stdout
    modules = subprocess.run(
        [sys.executable, "-c", "import bot.__main__, sys; print(*sys.modules)"], capture_output=True, text=True
    ).stdout.split()
    assert not {"sqlalchemy", "nio", "pygal", "dateparser", "babel"} & set(modules)
