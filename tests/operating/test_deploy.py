"""What is handed to whoever installs it: each path, command and option there is one that exists."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from bot.__main__ import cli
from bot.config import Config
from bot.errors import EXIT_CONFIGURATION
from bot.operating.health import State
from bot.operating.metrics import Metrics
from bot.tally import Tally

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
CONTAINER = (DEPLOY / "Containerfile").read_text("utf-8").replace("\\\n", " ")
CONFIG = "/etc/veillee/veillee.toml"


def settings(unit: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in unit.read_text("utf-8").splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


def typed(arguments: list[str]) -> dict[str, object]:
    """As the command line reads it. Raises where there is no such command or option."""
    command, *rest = arguments
    group = get_command(cli)
    found = group.commands[command]  # type: ignore[attr-defined]
    with found.make_context(command, rest) as context:
        return dict(context.params)


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.name)
def test_what_a_unit_starts_is_understood(unit: Path) -> None:
    (line,) = settings(unit)["ExecStart"]
    program, *arguments = shlex.split(line)
    assert program == "/opt/veillee/bin/veillee"
    assert str(typed(arguments)["config"]) == CONFIG


def test_the_unit_fits_what_the_program_does() -> None:
    unit = settings(DEPLOY / "veillee.service")
    assert unit["Type"] == ["notify"]  # it says READY=1
    assert 5 < int(unit["TimeoutStopSec"][0]) <= 10
    assert unit["Restart"] == ["always"]
    assert unit["RestartPreventExitStatus"] == [str(EXIT_CONFIGURATION)]
    assert unit["WorkingDirectory"] == [f"/var/lib/{unit['StateDirectory'][0]}"]  # where "veillee.db" then is
    backup = settings(DEPLOY / "veillee-backup.service")
    for name in ("User", "StateDirectory", "WorkingDirectory", "EnvironmentFile"):
        assert backup[name] == unit[name]
    options = typed(shlex.split(backup["ExecStart"][0])[1:])
    assert backup["ReadWritePaths"] == [str(options["out"])]
    assert options["keep"] == 14
    assert (DEPLOY / "veillee-backup.timer").exists()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_understands_them(tmp_path: Path) -> None:
    for file in DEPLOY.iterdir():
        if file.suffix in (".service", ".timer"):
            text = file.read_text("utf-8").replace("/opt/veillee/bin/veillee", "/bin/true")
            (tmp_path / file.name).write_text(text, "utf-8")
    files = [str(file) for file in sorted(tmp_path.iterdir())]
    done = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True, timeout=60)
    said = [line for line in done.stderr.splitlines() if str(tmp_path) in line]
    assert not said


def instructions(name: str) -> list[str]:
    return re.findall(rf"^{name} (.*)$", CONTAINER, re.MULTILINE)


def test_what_the_container_starts_is_understood() -> None:
    started = json.loads(instructions("CMD")[-1])
    (asked,) = re.findall(r"^HEALTHCHECK .*?CMD (\[.*\])$", CONTAINER, re.MULTILINE)
    for program, *arguments in (started, json.loads(asked)):
        assert program == "veillee"
        assert str(typed(arguments)["config"]) == CONFIG
    assert instructions("STOPSIGNAL") == ["SIGTERM"]
    assert instructions("USER") == ["veillee"]


def test_the_container_holds_what_the_wheel_is_made_of() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    copied = {word for line in instructions("COPY") if "--from" not in line for word in line.split()[:-1]}
    assert {*wheel["packages"], *wheel["force-include"], "pyproject.toml", "requirements/run.txt"} <= copied
    assert {project["project"]["readme"], *project["project"]["license-files"]} <= copied
    assert all((ROOT / file).exists() for file in copied)
    installs = [line for line in instructions("RUN") if "pip install" in line]
    assert all("--require-hashes" in line or "--no-index" in line for line in installs)
    # Both stages on the same Python, which the environment of the first points to.
    assert len({line.split(" AS ")[0] for line in instructions("FROM")}) == 1


def test_what_the_environment_sets_is_a_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (said,) = re.findall(r"VEILLEE_OPERATING__LISTEN=(\S+)", CONTAINER)
    monkeypatch.setenv("VEILLEE_OPERATING__LISTEN", said)
    config = Config(**tomllib.loads((ROOT / "config.example.toml").read_text("utf-8")))
    assert (config.operating.host, config.operating.port, config.operating.closed) == ("127.0.0.1", 9464, True)


def test_each_figure_is_told_of_and_each_told_of_is_there() -> None:
    page = (ROOT / "docs" / "operating.md").read_text("utf-8")
    told = set(re.findall(r"\bveillee_[a-z_]+", page))
    state = State("at work", 1.0, {"matrix": 1.0}, True)
    shown = Metrics(Tally(), "1", "sqlite").text(state).decode()
    there = set(re.findall(r"^# TYPE (veillee_\w+)", shown, re.MULTILINE))
    assert {name.removesuffix("_bucket") for name in told} == there


def test_the_page_names_what_exists() -> None:
    page = (ROOT / "docs" / "operating.md").read_text("utf-8")
    for file in re.findall(r"\b(?:deploy|requirements)/[\w.-]+", page):
        assert (ROOT / file).exists(), file
    for line in re.findall(r"veillee ((?:check|backup|run|init|health|restore)(?: --?[\w-]+ [^\s`]+)*)", page):
        arguments = shlex.split(line)
        if arguments[0] != "restore":
            typed(arguments)
    unit = settings(DEPLOY / "veillee.service")
    for value in (unit["EnvironmentFile"][0].lstrip("-"), CONFIG, unit["WorkingDirectory"][0]):
        assert value in page
