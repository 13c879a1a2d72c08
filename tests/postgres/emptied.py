"""Databases that are emptied between two tests."""

from __future__ import annotations

from typing import Any

import psycopg

from tests.postgres.server import Database, Server

EMPTY = """
do $$ declare each record; begin
  set local session_replication_role = replica;  -- no reference is looked after: all rows go
  for each in select tablename from pg_tables where schemaname = 'public' and tablename != 'alembic_version' loop
    execute format('delete from %I', each.tablename);
  end loop;
  for each in select sequencename from pg_sequences where schemaname = 'public' and last_value is not null loop
    perform setval(format('%I', each.sequencename)::regclass, 1, false);
  end loop;
end $$
"""


class Emptied:
    """Each is taken by one test at a time."""

    def __init__(self, server: Server, template: str) -> None:
        self._server = server
        self._template = template
        self._free: list[tuple[Database, psycopg.Connection[Any]]] = []
        self._taken: list[tuple[Database, psycopg.Connection[Any]]] = []

    def take(self) -> Database:
        if not self._free:
            made = self._server.database(self._template)
            self._free.append((made, self._server.administer(made.name)))
        self._taken.append(self._free.pop())
        return self._taken[-1][0]

    def give_back(self) -> None:
        """The test is over: all that were taken."""
        for _, admin in self._taken:
            admin.execute(EMPTY)
        self._free += self._taken
        self._taken = []

    def close(self) -> None:
        for _, admin in self._free:
            admin.close()
