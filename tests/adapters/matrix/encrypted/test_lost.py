"""What becomes of encrypted rooms when keys, tokens or secrets are lost: each has an outcome, and a sentence."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from adapters.matrix.crypto import files
from adapters.matrix.crypto.encryption import KEYS_LOST, SEALED_OTHERWISE
from adapters.matrix.server import TokenRefused
from bot.ports import Refused
from tests.adapters.matrix.conftest import words
from tests.adapters.matrix.encrypted.conftest import SealingBot
from tests.adapters.matrix.encrypted.peer import EncryptedMember
from tests.adapters.matrix.encrypted.test_identity import is_signed, only_key, shown
from tests.synapse.homeserver import Account, Homeserver
from tests.synapse.member import Member


async def logged_in(homeserver: Homeserver, account: Account) -> Account:
    """The same account on a new device."""
    async with Member(homeserver.url, account) as member:
        body = {
            "type": "m.login.password", "identifier": {"type": "m.id.user", "user": account.user_id},
            "password": account.password,
        }  # fmt: skip
        answer = await member.request("POST", "/_matrix/client/v3/login", body)
    return replace(account, access_token=answer["access_token"], device_id=answer["device_id"])


async def talks(bot: SealingBot, room: str, ana: EncryptedMember, name: str) -> None:
    """Both hear one another."""
    await ana.say(room, f"{name}, Ana")
    await bot.kept.until(lambda: f"{name}, Ana" in bot.kept.texts(room), 20)
    await bot.platform.post(room, words(f"{name}, bot"), key=f"{name}-bot")
    await ana.until(lambda: f"{name}, bot" in ana.read(room), 20)


async def test_an_older_copy_of_the_keys(bot: SealingBot, hall: str, ana: EncryptedMember, tmp_path: Path) -> None:
    await talks(bot, hall, ana, "one")
    files.copy(bot.keys, tmp_path / "copy")
    await talks(bot, hall, ana, "two")
    await bot.stop()
    await bot.platform.close()
    shutil.rmtree(bot.keys)
    shutil.copytree(tmp_path / "copy", bot.keys)
    await bot.start()
    await talks(bot, hall, ana, "three")


async def test_an_older_copy_made_by_hand(bot: SealingBot, hall: str, ana: EncryptedMember, tmp_path: Path) -> None:
    await talks(bot, hall, ana, "one")
    await bot.stop()
    await bot.platform.close()
    shutil.copytree(bot.keys, tmp_path / "copy")
    await bot.start()
    await talks(bot, hall, ana, "two")
    await bot.stop()
    await bot.platform.close()
    shutil.rmtree(bot.keys)
    shutil.copytree(tmp_path / "copy", bot.keys)
    await bot.start()
    await talks(bot, hall, ana, "three")


async def test_keys_lost_for_good(bot: SealingBot, hall: str, ana: EncryptedMember, homeserver: Homeserver) -> None:
    """The device cannot be used any more; a new one goes on."""
    await talks(bot, hall, ana, "one")
    await bot.stop()
    await bot.platform.close()
    device = files.device_file(bot.keys, bot.user_id, bot.account.device_id)
    device.unlink()
    with capture_logs() as logs:
        await bot.start()
    assert bot.trouble == KEYS_LOST
    assert KEYS_LOST in [entry["event"] for entry in logs]
    with pytest.raises(Refused, match="keys that are lost"):
        await bot.platform.post(hall, words("?"), key="k1")
    # In rooms that are not encrypted all goes on.
    square = await ana.plain.create_room("Square", public=True)
    await bot.platform._server.post("join", square, body={})
    await bot.platform.post(square, words("en clair"), key="k2")
    await bot.stop()
    bot.account = await logged_in(homeserver, bot.account)
    await bot.start()
    await talks(bot, hall, ana, "two")
    keys = await shown(ana.plain, bot.user_id)
    signer = only_key(keys["self_signing_keys"][bot.user_id])
    assert is_signed(keys["device_keys"][bot.user_id][bot.account.device_id], bot.user_id, signer)


async def test_a_revoked_token(bot: SealingBot, hall: str, ana: EncryptedMember, homeserver: Homeserver) -> None:
    await talks(bot, hall, ana, "one")
    new = await logged_in(homeserver, bot.account)
    await ana.plain.request("GET", "/_matrix/client/versions")
    await bot.platform._server.post("logout", body={})
    assert bot.task is not None
    with pytest.raises(TokenRefused):
        await asyncio.wait_for(bot.task, 20)
    bot.task = None
    bot.account = new
    await bot.start()
    await talks(bot, hall, ana, "two")


async def test_another_secret(bot: SealingBot, hall: str, ana: EncryptedMember) -> None:
    await talks(bot, hall, ana, "one")
    await bot.stop()
    bot.store_key = "quite another secret than before"
    with capture_logs() as logs:
        await bot.start()
    assert SEALED_OTHERWISE in [entry["event"] for entry in logs]
    with pytest.raises(Refused, match="another store_key"):
        await bot.platform.post(hall, words("?"), key="k1")
    await bot.stop()
    bot.store_key = "a secret of the tests, and of nobody else"
    await bot.start()
    await talks(bot, hall, ana, "two")


async def test_a_second_device_of_the_account_reads_too(
    bot: SealingBot, hall: str, ana: EncryptedMember, homeserver: Homeserver, tmp_path: Path
) -> None:
    # By a token of its own: whoever else listens by the bot's takes away the keys that are meant for it.
    elsewhere = await logged_in(homeserver, bot.account)
    async with EncryptedMember(homeserver, elsewhere, tmp_path / "second") as second:
        await talks(bot, hall, ana, "one")
        await bot.platform.post(hall, words("to both"), key="both")
        await second.until(lambda: any(getattr(e, "body", "") == "to both" for _, e in second.events))


async def test_once_encrypted_for_ever_so(bot: SealingBot, hall: str, ana: EncryptedMember) -> None:
    """A server that denies it is not believed, not even after a restart, nor by another device."""
    await talks(bot, hall, ana, "one")
    await bot.stop()
    await bot.start()

    async def denied(*_: Any) -> None:
        return None

    bot.platform._outbound._state = denied  # type: ignore[assignment]
    said = await bot.platform.post(hall, words("un secret"), key="k1")
    raws = {e["event_id"]: e for e in await ana.plain.read_all(hall)}
    assert raws[said]["type"] == "m.room.encrypted"
