"""Fixtures around PostgreSQL. `tests/conftest.py` makes them known to every test."""

from collections.abc import Iterator

import pytest

from storage.migrate import migrate
from tests import kept
from tests.postgres.emptied import Emptied
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


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.module.__name__ in kept.ON_BOTH and not kept.POSTGRESQL:
        metafunc.parametrize("_kept_in", ["a file", "postgresql"], indirect=True)


@pytest.fixture(scope="session")
def postgres_emptied(postgres_server: Server, postgres_template: str) -> Iterator[Emptied]:
    """Databases with this version's tables that are used again and again: emptying one is ten times as quick as making
    one."""
    made = Emptied(postgres_server, postgres_template)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _kept_in(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where the test keeps what Veillée keeps: see tests/kept.py."""
    module = request.module.__name__
    kept.at_once = module.startswith("tests.features.") and module not in kept.AS_IT_RUNS
    if not kept.POSTGRESQL and getattr(request, "param", "a file") == "a file":
        yield
        return
    databases: Emptied = request.getfixturevalue("postgres_emptied")
    kept.make_database = databases.take
    yield
    kept.make_database = None
    kept.forget()
    databases.give_back()
