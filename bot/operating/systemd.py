"""What systemd wants to hear of a service (sd_notify): that it is ready, that it is alive, that it stops.

One datagram each, to the socket it names in the environment; without it, nothing is said.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Mapping
from contextlib import suppress


class Systemd:
    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        address = environment.get("NOTIFY_SOCKET", "")
        # An abstract socket is named with a nought in front, which no environment can hold.
        self._address = "\0" + address[1:] if address.startswith("@") else address
        ours = environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        limit = environment.get("WATCHDOG_USEC", "")
        # Twice as often as must be.
        self._every = int(limit) / 2_000_000 if ours and limit.isdecimal() and int(limit) else 0.0
        self._next = 0.0

    def ready(self, status: str) -> None:
        self.say(f"READY=1\nSTATUS={status}")

    def stops(self) -> None:
        self.say("STOPPING=1")

    def alive(self) -> None:
        """Called at each beat of the loop: when none comes for WatchdogSec=, systemd starts us anew."""
        if self._every and time.monotonic() >= self._next:
            self._next = time.monotonic() + self._every
            self.say("WATCHDOG=1")

    def say(self, text: str) -> None:
        if not self._address:
            return
        # Nobody there, or nobody who listens: that is no reason to stop.
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.setblocking(False)
            line.sendto(text.encode(), self._address)
