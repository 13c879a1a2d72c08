"""Fixtures around encrypted members. `tests/conftest.py` makes them known to every test."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio

from tests.members.clients import Clients
from tests.members.member import EncryptedMember
from tests.synapse.homeserver import Homeserver

NewEncryptedMember = Callable[..., Awaitable[EncryptedMember]]


@pytest.fixture(scope="session")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clients]:
    """The clients of all encrypted members of a session."""
    with Clients(tmp_path_factory.mktemp("members") / "clients.log") as started:
        yield started


@pytest_asyncio.fixture
async def new_encrypted_member(homeserver: Homeserver, clients: Clients) -> AsyncIterator[NewEncryptedMember]:
    """`await new_encrypted_member("ana", auto_join=True)`: in encrypted rooms, with an account of its own."""
    async with AsyncExitStack() as stack:

        async def make(
            name: str, *, auto_join: bool = False, signed: bool = True, strict: bool = True
        ) -> EncryptedMember:
            member = EncryptedMember(
                clients, homeserver.url, homeserver.register_fresh(name), auto_join=auto_join, signed=signed,
                strict=strict,
            )  # fmt: skip
            return await stack.enter_async_context(member)

        yield make
