"""Fixtures around the homeserver. `tests/conftest.py` makes them known to every test."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio

from tests.synapse.homeserver import Homeserver
from tests.synapse.member import Member

NewMember = Callable[..., Awaitable[Member]]


@pytest.fixture(scope="session")
def homeserver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Homeserver]:
    """One homeserver a session (one a worker under xdist).

    Shared: take fresh accounts, and leave it running with its data.
    """
    with Homeserver(tmp_path_factory.mktemp("synapse")) as server:
        yield server


@pytest_asyncio.fixture
async def new_member(homeserver: Homeserver) -> AsyncIterator[NewMember]:
    """`await new_member("ana", auto_join=True)`: a connected member with an account of its own."""
    async with AsyncExitStack() as stack:

        async def make(name: str, *, admin: bool = False, auto_join: bool = False) -> Member:
            account = homeserver.register_fresh(name, admin)
            return await stack.enter_async_context(Member(homeserver.url, account, auto_join=auto_join))

        yield make
