"""A Synapse homeserver on the loopback interface: started, stopped, killed and started again by a test."""

import base64
import hashlib
import hmac
import http.client
import itertools
import json
import os
import random
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from tests.synapse.launcher import HOUR

LAUNCHER = Path(__file__).with_name("launcher.py")
SERVER_NAME = "localhost"
START_TIMEOUT = 60.0
LOG_TAIL_LINES = 40

# Every limit Synapse knows. A test that talks faster than a person must not meet one by accident.
LIMITS = (
    "rc_message",
    "rc_registration",
    "rc_registration_token_validity",
    "rc_login.address",
    "rc_login.account",
    "rc_login.failed_attempts",
    "rc_admin_redaction",
    "rc_joins.local",
    "rc_joins.remote",
    "rc_joins_per_room",
    "rc_key_requests",
    "rc_3pid_validation",
    "rc_invites.per_room",
    "rc_invites.per_user",
    "rc_invites.per_issuer",
    "rc_third_party_invite",
    "rc_media_create",
    "rc_presence.per_user",
    "rc_delayed_event_mgmt",
    "rc_room_creation",
    "rc_reports",
    "rc_user_directory",
    "rc_profile",
)


class HomeserverError(Exception):
    """The homeserver did not do what the test needs; the message carries the end of its log."""


@dataclass(frozen=True)
class Account:
    user_id: str
    access_token: str
    device_id: str
    password: str

    @property
    def localpart(self) -> str:
        return self.user_id[1:].split(":", 1)[0]


def free_port() -> int:
    """A free port below the ephemeral range.

    While the homeserver is down, a client that keeps trying could otherwise be given this very port for its
    own end: it would then talk to itself, or keep the restarted homeserver from binding.
    """
    for _ in range(200):
        port = random.randint(20_000, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise HomeserverError("no free port between 20000 and 32000")


def generous_limits() -> dict[str, Any]:
    limits: dict[str, Any] = {}
    for name in LIMITS:
        group, _, part = name.partition(".")
        rate = {"per_second": 100_000, "burst_count": 100_000}
        if part:
            limits.setdefault(group, {})[part] = rate
        else:
            limits[group] = rate
    return limits


class Homeserver:
    """One Synapse process and its data. Everything is synchronous: from a coroutine, use `asyncio.to_thread`.

    `stock_limits` leaves Synapse's own rate limits in place (0.2 messages a second after a burst of 10).
    `settings` are laid over the configuration, key by key, for the few tests that need another one. `hour`: it stands
    still there, and moves only by `move_to`.
    """

    def __init__(
        self,
        directory: Path,
        *,
        stock_limits: bool = False,
        settings: Mapping[str, Any] | None = None,
        hour: datetime | None = None,
    ) -> None:
        self.directory = directory
        self.hour = directory / "hour" if hour else None
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.server_name = SERVER_NAME
        self.log_path = directory / "homeserver.log"
        self.start_seconds = 0.0
        self._secret = secrets.token_hex(16)
        self._process: subprocess.Popen[bytes] | None = None
        self._fresh = itertools.count(1)
        self._write_configuration(stock_limits, settings or {})
        if hour:
            self.move_to(hour)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start, or start again on the same port and the same data; returns when requests are answered."""
        if self.running:
            raise HomeserverError("the homeserver is already running")
        # Without compiled modules Synapse needs three times as long to start, so they are always kept.
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        if self.hour:
            environment[HOUR] = str(self.hour)
        started = time.monotonic()
        with self.log_path.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-P", str(LAUNCHER), "-c", str(self.directory / "hs.yaml")],
                cwd=self.directory,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C belongs to the tests, which then stop it in order
            )
        try:
            self._wait_until_up(started + START_TIMEOUT)
        except BaseException:
            self.kill()
            raise
        self.start_seconds = time.monotonic() - started

    def stop(self) -> None:
        """Ask it to end (SIGTERM), insist if it does not within ten seconds. Harmless when not running."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once (SIGKILL), in the middle of whatever it was doing."""
        self._end(signal.SIGKILL)

    def move_to(self, hour: datetime) -> None:
        """It is that hour now."""
        assert self.hour, "it goes by the machine's clock"
        unfinished = self.hour.with_suffix(".next")
        unfinished.write_text(str(int(hour.timestamp() * 1000)))
        unfinished.replace(self.hour)

    def restart(self) -> None:
        self.stop()
        self.start()

    def register(self, localpart: str, admin: bool = False) -> Account:
        """Create an account by the shared secret; its device and token come with it."""
        password = secrets.token_urlsafe(12)
        nonce = self._call("GET", "/_synapse/admin/v1/register")["nonce"]
        parts = [nonce, localpart, password, "admin" if admin else "notadmin"]
        mac = hmac.new(self._secret.encode(), "\0".join(parts).encode(), hashlib.sha1).hexdigest()
        body = {"nonce": nonce, "username": localpart, "password": password, "admin": admin, "mac": mac}
        made = self._call("POST", "/_synapse/admin/v1/register", body)
        return Account(made["user_id"], made["access_token"], made["device_id"], password)

    def register_fresh(self, name: str, admin: bool = False) -> Account:
        """An account nobody else has, for the homeserver is shared by all tests of a session."""
        return self.register(f"{name}-{next(self._fresh)}-{secrets.token_hex(2)}", admin)

    def log_tail(self, lines: int = LOG_TAIL_LINES) -> str:
        if not self.log_path.exists():
            return "(no log)"
        return "\n".join(self.log_path.read_text(errors="replace").splitlines()[-lines:])

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            process.send_signal(how)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdin:
            process.stdin.close()

    def _wait_until_up(self, deadline: float) -> None:
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                raise HomeserverError(f"the homeserver did not start; its log ends:\n{self.log_tail()}")
            try:
                self._call("GET", "/_matrix/client/versions", timeout=2.0)
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)
            else:
                return
        raise HomeserverError(f"no answer after {START_TIMEOUT:.0f} s; the log ends:\n{self.log_tail()}")

    def _call(self, method: str, path: str, body: Any = None, timeout: float = 30.0) -> dict[str, Any]:
        # http.client rather than urllib: proxies set in the environment must not come between.
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, None if body is None else json.dumps(body))
            response = connection.getresponse()
            text = response.read()
        finally:
            connection.close()
        if response.status != 200:
            raise HomeserverError(f"{method} {path}: {response.status} {text.decode(errors='replace')}")
        answer: dict[str, Any] = json.loads(text)
        return answer

    def _write_configuration(self, stock_limits: bool, settings: Mapping[str, Any]) -> None:
        self.directory.mkdir(parents=True, exist_ok=True)
        log_config = {
            "version": 1,
            "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(request)s %(message)s"}},
            "filters": {
                "context": {"()": "synapse.logging.context.LoggingContextFilter", "request": ""},
            },
            "handlers": {
                "out": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["context"]},
            },
            # Who asked for what is worth its place in a failure report; two hundred schema steps are not.
            "loggers": {"synapse.access": {"level": "INFO"}},
            "root": {"level": "WARNING", "handlers": ["out"]},
            "disable_existing_loggers": False,
        }
        configuration: dict[str, Any] = {
            "server_name": SERVER_NAME,
            "listeners": [
                {
                    "port": self.port,
                    "type": "http",
                    "tls": False,
                    "bind_addresses": ["127.0.0.1"],
                    "resources": [{"names": ["client", "media"], "compress": False}],
                }
            ],
            "database": {"name": "sqlite3", "args": {"database": str(self.directory / "homeserver.db")}},
            "media_store_path": str(self.directory / "media"),
            "signing_key_path": str(self.directory / "signing.key"),
            "log_config": str(self.directory / "log.yaml"),
            "registration_shared_secret": self._secret,
            "macaroon_secret_key": secrets.token_hex(16),
            "form_secret": secrets.token_hex(16),
            "report_stats": False,
            "trusted_key_servers": [],
            "suppress_key_server_warning": True,
            "federation_domain_whitelist": [],
            "bcrypt_rounds": 4,
            "presence": {"enabled": False},
            # Otherwise an initial sync is repeated from memory for two minutes, and a test sees the past.
            "caches": {"sync_response_cache_duration": 0},
            # By default only administrators may list a room.
            "room_list_publication_rules": [{"action": "allow"}],
        }
        if not stock_limits:
            configuration |= generous_limits()
        key = base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")
        (self.directory / "signing.key").write_text(f"ed25519 a_test {key}\n")
        # JSON is YAML too, and needs no library here.
        (self.directory / "log.yaml").write_text(json.dumps(log_config))
        (self.directory / "hs.yaml").write_text(json.dumps(configuration | dict(settings), indent=1))
