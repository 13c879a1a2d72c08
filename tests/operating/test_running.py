"""`veillee run` for whoever operates it: what it says to systemd, to whoever asks, and of itself."""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.config import load
from bot.errors import OperatorProblem
from bot.operating.settings import OperatingConfig
from tests.commands.test_command_line import PROGRAM
from tests.operating.test_canaries import free_port
from tests.typed import veillee

CONFIG = """
language = "fr"
[matrix]
homeserver = "http://127.0.0.1:9"
user_id = "@v:localhost"
access_token = "canari"
[operating]
listen = "{listen}"
[[communities]]
slug = "cercle"
name = "Le cercle"
[communities.matrix]
rooms = ["!a:localhost"]
"""


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(tmp_path / "notify"))
        line.settimeout(60)
        yield line


async def test_from_its_start_to_its_end(tmp_path: Path, systemd: socket.socket) -> None:
    listen = f"127.0.0.1:{free_port()}"
    (tmp_path / "veillee.toml").write_text(CONFIG.format(listen=listen), "utf-8")
    nobody = await asyncio.to_thread(veillee, "health", cwd=tmp_path, language="fr")
    assert nobody.returncode == 7
    assert "Rien ne répond à 127.0.0.1" in nobody.stderr
    process = await asyncio.create_subprocess_exec(
        str(PROGRAM), "run", "--json-log", cwd=tmp_path, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=os.environ | {
            "VEILLEE_LANGUAGE": "fr", "NOTIFY_SOCKET": systemd.getsockname(), "WATCHDOG_USEC": "400000",
        },
    )  # fmt: skip
    try:
        while (said := (await asyncio.to_thread(systemd.recv, 1000)).decode()) == "WATCHDOG=1":
            continue  # alive, and not ready yet
        assert said == "READY=1\nSTATUS=Tout va bien."
        assert [(await asyncio.to_thread(systemd.recv, 1000)).decode() for _ in range(2)] == 2 * ["WATCHDOG=1"]
        asked = await asyncio.to_thread(veillee, "health", cwd=tmp_path, language="en")
        assert (asked.returncode, asked.stdout, asked.stderr) == (0, "✓ Tout va bien.\n", "")
        process.terminate()
        out, log = await asyncio.wait_for(process.communicate(), 20)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    while (said_last := systemd.recv(1000)) == b"WATCHDOG=1":
        continue
    assert (process.returncode, said_last) == (0, b"STOPPING=1")
    assert out.decode().count("\n") == 2
    lines = [json.loads(line) for line in log.decode().splitlines()]
    (start,) = [line for line in lines if line["event"] == "at work"]
    assert {"database": "sqlite", "platforms": ["matrix"], "communities": 1, "level": "info"}.items() <= start.items()
    assert {"version", "revision", "python"} <= start.keys()
    assert lines[-1]["event"] == "stopping"


def test_what_is_in_the_way_of_a_start_is_a_line_of_the_log_as_well(tmp_path: Path) -> None:
    done = veillee("run", "--json-log", cwd=tmp_path, language="en")
    assert (done.returncode, done.stdout) == (2, "")
    told = json.loads(done.stderr)
    assert (told["event"], told["exit"]) == ("ended", 2)
    assert "There is no file veillee.toml" in told["says"]


def test_health_that_is_shown_nowhere_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "veillee.toml").write_text(CONFIG.format(listen=""), "utf-8")
    done = veillee("health", cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "Write listen" in done.stderr


NONE = ["9464", ":9464", "127.0.0.1", "127.0.0.1:0", "::1:99", "a:99999", "http://a:1"]
NEITHER_CALLED_SO = [".:9464", "a..b:9464", f"{'a' * 70}:9464", "*:9464", "[:::]:9464", "a:" + "9" * 5000]


@pytest.mark.parametrize("typed", [*NONE, *NEITHER_CALLED_SO], ids=lambda typed: typed[:12])
def test_an_address_that_is_none(tmp_path: Path, typed: str) -> None:
    (tmp_path / "veillee.toml").write_text(CONFIG.format(listen=typed), "utf-8")
    with pytest.raises(OperatorProblem, match="config-listen"):
        load(tmp_path / "veillee.toml")


@pytest.mark.parametrize(
    ("typed", "host", "closed"),
    [
        ("127.0.0.1:9464", "127.0.0.1", True), ("localhost:1", "localhost", True), ("[::1]:9464", "::1", True),
        ("192.0.2.1:9464", "192.0.2.1", False), ("[::]:9464", "::", False), ("example.org:80", "example.org", False),
        ("été.example.org:80", "été.example.org", False),
    ],
)  # fmt: skip
def test_who_reaches_an_address(tmp_path: Path, typed: str, host: str, closed: bool) -> None:
    operating = OperatingConfig(listen=typed)
    assert (operating.host, operating.closed) == (host, closed)
