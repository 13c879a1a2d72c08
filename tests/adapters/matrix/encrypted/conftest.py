from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random

import pytest_asyncio
from pydantic import SecretStr

from adapters.matrix.client import MatrixPlatform
from adapters.matrix.settings import MatrixPlaces, MatrixSettings
from tests.adapters.matrix.conftest import Bot, NowClock
from tests.adapters.matrix.encrypted.peer import EncryptedMember
from tests.synapse.homeserver import Account, Homeserver

NewEncrypted = Callable[[str], Awaitable[EncryptedMember]]
SECRET = "a secret of the tests, and of nobody else"  # noqa: S105


class SealingBot(Bot):
    """With keys of its own, kept through every restart."""

    def __init__(self, url: str, account: Account, folder: Path) -> None:
        self.keys = folder / "keys"
        self.store_key = SECRET
        super().__init__(url, account)

    def made(self) -> MatrixPlatform:
        settings = MatrixSettings(
            homeserver=self.url, user_id=self.user_id, access_token=SecretStr(self.account.access_token),
            store_key=SecretStr(self.store_key),
        )  # fmt: skip
        return MatrixPlatform(
            settings, self.places, clock=NowClock(), may_invite=lambda who, room: who in self.friends,
            random=Random(7), timeline_limit=self.timeline_limit, keys=self.keys,
        )  # fmt: skip

    @property
    def trouble(self) -> str:
        assert self.platform._encryption is not None
        return self.platform._encryption.trouble


@pytest_asyncio.fixture
async def new_encrypted(homeserver: Homeserver, tmp_path: Path) -> AsyncIterator[NewEncrypted]:
    async with AsyncExitStack() as stack:

        async def make(name: str) -> EncryptedMember:
            account = homeserver.register_fresh(name)
            return await stack.enter_async_context(EncryptedMember(homeserver, account, tmp_path / name))

        yield make


@pytest_asyncio.fixture
async def ana(new_encrypted: NewEncrypted) -> EncryptedMember:
    return await new_encrypted("ana")


@pytest_asyncio.fixture
async def bot(homeserver: Homeserver, tmp_path: Path) -> AsyncIterator[SealingBot]:
    made = SealingBot(homeserver.url, homeserver.register_fresh("veillee"), tmp_path)
    yield made
    await made.close()


@pytest_asyncio.fixture
async def hall(ana: EncryptedMember, bot: SealingBot) -> str:
    """An encrypted room with Ana and the bot, who listens."""
    room = await ana.room()
    bot.places = [MatrixPlaces(slug="potters", rooms=(room,))]
    bot.friends = {ana.user_id}
    await bot.start()
    await bot.kept.until(lambda: bot.kept.events)
    return room
