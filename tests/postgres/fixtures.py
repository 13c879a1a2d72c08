"""Fixtures around PostgreSQL. `tests/conftest.py` makes them known to every test."""

from collections.abc import Iterator

import pytest

from storage.migrate import migrate
from tests.postgres.server import Database, Server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """One server a session (one a worker under xdist), started when first asked for. Leave it running."""
    with Server() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Server) -> str:
    """The name of a database with this version's tables, to make others from in a moment."""
    made = postgres_server.database()
    migrate(made.url)
    return made.name


@pytest.fixture
def postgres(postgres_server: Server) -> Iterator[Database]:
    """An empty database: `postgres.url` is how an operator would write where it is."""
    made = postgres_server.database()
    yield made
    postgres_server.drop(made)


@pytest.fixture
def postgres_tables(postgres_server: Server, postgres_template: str) -> Iterator[Database]:
    """The same, with this version's tables."""
    made = postgres_server.database(postgres_template)
    yield made
    postgres_server.drop(made)
