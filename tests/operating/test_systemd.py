"""What systemd hears, over a real socket."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.operating import pace
from bot.operating.systemd import Systemd
from bot.tally import Tally


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(tmp_path / "notify"))
        line.settimeout(2)
        yield line


def hears(systemd: socket.socket) -> str:
    return systemd.recv(1000).decode()


def test_ready_and_stopping(systemd: socket.socket) -> None:
    said = Systemd({"NOTIFY_SOCKET": systemd.getsockname()})
    said.ready("Tout va bien.")
    assert hears(systemd) == "READY=1\nSTATUS=Tout va bien."
    said.alive()  # no watchdog was asked for
    said.stops()
    assert hears(systemd) == "STOPPING=1"


def test_an_abstract_socket() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(f"\0veillee-{os.getpid()}")
        line.settimeout(2)
        Systemd({"NOTIFY_SOCKET": f"@veillee-{os.getpid()}"}).ready("")
        assert hears(line).startswith("READY=1")


@pytest.mark.parametrize("environment", [{}, {"NOTIFY_SOCKET": "/nowhere"}])
def test_without_systemd_nothing_is_said_and_nothing_stops(environment: dict[str, str]) -> None:
    Systemd(environment).ready("")


def test_nobody_reads_and_nobody_waits(systemd: socket.socket) -> None:
    said = Systemd({"NOTIFY_SOCKET": systemd.getsockname()})
    for _ in range(2000):
        said.stops()


async def test_the_loop_is_alive_until_it_hangs(systemd: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "BEAT", 0.02)
    systemd.setblocking(False)
    watched = Systemd({
        "NOTIFY_SOCKET": systemd.getsockname(), "WATCHDOG_USEC": "100000", "WATCHDOG_PID": str(os.getpid()),
    })  # fmt: skip
    tally = Tally()
    keeping = asyncio.create_task(pace.keep(tally, list, watched))
    await asyncio.sleep(0.5)
    beats = 0
    with pytest.raises(BlockingIOError):
        while True:
            assert hears(systemd) == "WATCHDOG=1"
            beats += 1
    assert 4 <= beats <= 11  # twice in WatchdogSec=, and no more than that
    until = asyncio.get_running_loop().time() + 0.3
    while asyncio.get_running_loop().time() < until:
        continue  # a loop that hangs
    with pytest.raises(BlockingIOError):
        hears(systemd)
    await asyncio.sleep(0.05)
    assert hears(systemd) == "WATCHDOG=1"
    assert tally.lag.largest > 0.2
    keeping.cancel()


def test_the_watchdog_of_another_process_is_not_ours(systemd: socket.socket) -> None:
    systemd.setblocking(False)
    Systemd(
        {"NOTIFY_SOCKET": systemd.getsockname(), "WATCHDOG_USEC": "100000", "WATCHDOG_PID": "1"}
    ).alive()
    with pytest.raises(BlockingIOError):
        hears(systemd)
