"""What the command line says of the keys, and what is done with it by hand."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest

from adapters.matrix.crypto.files import device_file
from adapters.matrix.crypto.identity import Identity
from adapters.matrix.crypto.office import give_identity
from adapters.matrix.settings import MatrixSettings
from tests.adapters.matrix.encrypted.conftest import SECRET, SealingBot
from tests.adapters.matrix.encrypted.peer import EncryptedMember
from tests.adapters.matrix.encrypted.test_identity import is_signed, only_key, shown
from tests.adapters.matrix.encrypted.test_lost import logged_in
from tests.commands.test_check import configure
from tests.synapse.homeserver import Homeserver
from tests.synapse.member import Member
from tests.typed import veillee

STORE_KEY = {"VEILLEE_MATRIX__STORE_KEY": SECRET}


@pytest.fixture
def folder(tmp_path: Path, bot: SealingBot, homeserver: Homeserver) -> Path:
    """Where the command line finds the keys of the bot."""
    bot.keys = tmp_path / "veillee.db.keys"
    return tmp_path


async def run(folder: Path, bot: SealingBot, room: str, *arguments: str, **environment: str) -> Any:
    who = {"user": bot.user_id, "token": bot.account.access_token, "rooms": f'["{room}"]'}
    configure(folder, bot.url, **who)
    return await asyncio.to_thread(veillee, *arguments, cwd=folder, **(STORE_KEY | environment))


async def test_the_device_as_other_clients_show_it(
    folder: Path, bot: SealingBot, hall: str, ana: EncryptedMember, homeserver: Homeserver
) -> None:
    checked = await run(folder, bot, hall, "check")
    compared = await run(folder, bot, hall, "matrix", "verify")
    device = bot.account.device_id
    own = (await shown(ana.plain, bot.user_id))["device_keys"][bot.user_id][device]
    key = own["keys"][f"ed25519:{device}"]
    grouped = " ".join(re.findall("..?.?.?", key))
    for done in (checked, compared):
        assert done.returncode == 0, done.stdout + done.stderr
        assert grouped in done.stdout
        assert device in done.stdout
        assert "vouches for" in done.stdout
        assert SECRET not in done.stdout + done.stderr
    assert "Manually verify by text" in compared.stdout
    assert "Encrypted rooms known: 1" in checked.stdout
    french = await run(folder, bot, hall, "matrix", "verify", language="fr")
    assert "Clé de session" in french.stdout
    # The device's keys are lost.
    await bot.stop()
    await bot.platform.close()
    device_file(bot.keys, bot.user_id, device).unlink()
    await bot.start()
    lost = await run(folder, bot, hall, "check")
    assert lost.returncode == 3
    assert "put its new token under [matrix]" in lost.stdout
    assert (await run(folder, bot, hall, "matrix", "verify")).returncode == 3
    other = await run(folder, bot, hall, "check", VEILLEE_MATRIX__STORE_KEY="another secret of that length")
    assert other.returncode == 3
    assert "sealed with another store_key" in other.stdout


async def test_an_identity_given_by_hand(
    folder: Path, bot: SealingBot, ana: EncryptedMember, homeserver: Homeserver
) -> None:
    foreign = Identity.made(bot.user_id)
    async with Member(homeserver.url, bot.account) as second:
        await second.request("POST", "/_matrix/client/v3/keys/device_signing/upload", foreign.upload())
        room = await ana.room()
        await second.join(room)
    bot.account = await logged_in(homeserver, bot.account)
    await bot.start()
    checked = await run(folder, bot, room, "check")
    assert checked.returncode == 0
    assert "· The account has an identity that does not vouch" in checked.stdout
    settings = MatrixSettings.model_validate(
        {
            "homeserver": bot.url, "user_id": bot.user_id, "access_token": bot.account.access_token,
            "store_key": SECRET,
        }
    )  # fmt: skip
    with pytest.raises(Exception, match="password is not the account's"):
        await give_identity(settings, bot.keys, "a wrong one")
    assert await give_identity(settings, bot.keys, bot.account.password)
    keys = await shown(ana.plain, bot.user_id)
    assert only_key(keys["master_keys"][bot.user_id]) != foreign.master
    signer = only_key(keys["self_signing_keys"][bot.user_id])
    assert is_signed(keys["device_keys"][bot.user_id][bot.account.device_id], bot.user_id, signer)
    await bot.stop()
    await bot.start()
    assert (await shown(ana.plain, bot.user_id))["master_keys"] == keys["master_keys"]
