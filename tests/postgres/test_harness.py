"""The server that the other tests rely on."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.postgres.server import Database, Server


def test_each_database_is_new_and_ours(postgres: Database, postgres_server: Server) -> None:
    with postgres.connect() as connection:
        connection.execute("create table t (one int)")
    other = postgres_server.database()
    assert other.rows("select count(*) from pg_tables where schemaname = 'public'") == [(0,)]
    assert other.rows("select rolsuper from pg_roles where rolname = current_user") == [(False,)]
    postgres_server.drop(other)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        other.connect()


def test_the_password_is_asked_for(postgres: Database) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(postgres.at("127.0.0.1", postgres.server.port, password="another"))  # noqa: S106


def test_what_was_committed_outlives_a_kill() -> None:
    with Server(durable=True) as server:
        database = server.database()
        with database.connect() as connection:
            connection.execute("create table t (one int)")
            connection.execute("insert into t values (1)")
            server.stop(signal.SIGKILL)
            server.start()
        assert database.rows("select one from t") == [(1,)]


def test_it_dies_with_whoever_started_it(tmp_path: Path) -> None:
    told = tmp_path / "told"
    code = (
        "import os, sys, pathlib; from tests.postgres.server import Server\n"
        "with Server() as s:\n"
        f"    pathlib.Path({str(told)!r}).write_text(f'{{s.pid}} {{s._home}}'); os.kill(os.getpid(), 9)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == -signal.SIGKILL
    pid, home = told.read_text().split()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and Path(home).exists():
        time.sleep(0.05)
    assert not Path(home).exists()
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid), 0)
