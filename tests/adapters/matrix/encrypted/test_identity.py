"""The device is known, signed by the account's identity, and kept where nobody else can look."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any

import vodozemac
from structlog.testing import capture_logs

from adapters.matrix.crypto import files
from adapters.matrix.crypto.enrolment import IDENTITY_FOREIGN
from adapters.matrix.crypto.identity import Identity
from adapters.matrix.crypto.secret import Secret
from tests.adapters.matrix.conftest import words
from tests.adapters.matrix.encrypted.conftest import SECRET, SealingBot
from tests.adapters.matrix.encrypted.peer import EncryptedMember
from tests.synapse.homeserver import Homeserver
from tests.synapse.member import Member


async def shown(member: Member, user_id: str) -> dict[str, Any]:
    return await member.request("POST", "/_matrix/client/v3/keys/query", {"device_keys": {user_id: []}})


def is_signed(content: dict[str, Any], user_id: str, key: str, name: str = "") -> bool:
    signature = content["signatures"].get(user_id, {}).get(f"ed25519:{name or key}")
    if signature is None:
        return False
    bare = {n: part for n, part in content.items() if n not in ("signatures", "unsigned")}
    signed = json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    vodozemac.Ed25519PublicKey.from_base64(key).verify_signature(
        signed, vodozemac.Ed25519Signature.from_base64(signature)
    )
    return True


def only_key(content: dict[str, Any]) -> str:
    (key,) = content["keys"].values()
    return str(key)


async def test_signed_at_the_first_start(
    bot: SealingBot, hall: str, ana: EncryptedMember, homeserver: Homeserver
) -> None:
    keys, me, device = await shown(ana.plain, bot.user_id), bot.user_id, bot.account.device_id
    master, signer = keys["master_keys"][me], keys["self_signing_keys"][me]
    own = keys["device_keys"][me][device]
    fingerprint = own["keys"][f"ed25519:{device}"]
    assert is_signed(own, me, fingerprint, device)
    assert is_signed(own, me, only_key(signer))
    assert is_signed(signer, me, only_key(master))
    async with Member(homeserver.url, bot.account) as second:  # a stranger is not shown it
        master = (await shown(second, me))["master_keys"][me]
    assert is_signed(master, me, fingerprint, device)
    await bot.stop()
    await bot.start()
    again = await shown(ana.plain, bot.user_id)
    assert again["master_keys"] == keys["master_keys"]
    assert again["device_keys"] == keys["device_keys"]


async def test_keys_lie_where_nobody_else_looks(bot: SealingBot, hall: str, ana: EncryptedMember) -> None:
    await ana.say(hall, "bonjour")
    await bot.kept.until(lambda: bot.kept.texts(hall))
    assert bot.keys.stat().st_mode & 0o777 == 0o700
    lying = list(bot.keys.iterdir())
    assert {file.name.split("-")[0] for file in lying} == {"device", "identity"}
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in lying)
    identity = Identity.kept(bot.keys, bot.user_id, Secret(SECRET))
    assert identity is not None
    seeds = [key.private_bytes_raw() for key in identity.keys.values()]
    whole = b"".join(file.read_bytes() for file in lying)
    assert not any(seed in whole or seed.hex().encode() in whole for seed in seeds)
    assert SECRET.encode() not in whole


async def test_enough_keys_stay_on_the_server(
    bot: SealingBot, hall: str, ana: EncryptedMember, homeserver: Homeserver
) -> None:
    async with Member(homeserver.url, homeserver.register_fresh("thief")) as thief:
        wanted = {"one_time_keys": {bot.user_id: {bot.account.device_id: "signed_curve25519"}}}
        claimed = set()
        for _ in range(40):
            answer = await thief.request("POST", "/_matrix/client/v3/keys/claim", wanted)
            ((name, key),) = answer["one_time_keys"][bot.user_id][bot.account.device_id].items()
            claimed.add(name)
            assert "fallback" not in key
        assert len(claimed) == 40
    await ana.say(hall, "bonjour")  # which wakes it
    async with asyncio.timeout(15):
        while True:
            answer = await bot.platform._server.post("keys", "upload", body={})
            if answer["one_time_key_counts"]["signed_curve25519"] >= 40:
                return
            await asyncio.sleep(0.1)


async def test_an_identity_that_is_not_ours_is_left_alone(
    bot: SealingBot, ana: EncryptedMember, homeserver: Homeserver
) -> None:
    other = Identity.made(bot.user_id)
    async with Member(homeserver.url, bot.account) as second:
        await second.request("POST", "/_matrix/client/v3/keys/device_signing/upload", other.upload())
        room = await ana.room()
        await second.join(room)
    with capture_logs() as logs:
        await bot.start()
    assert IDENTITY_FOREIGN in [entry["event"] for entry in logs]
    keys = await shown(ana.plain, bot.user_id)
    assert only_key(keys["master_keys"][bot.user_id]) == other.master
    # It is spoken with all the same.
    await bot.platform.post(room, words("bonjour"), key="k1")
    await ana.until(lambda: ana.read(room) == ["bonjour"])


async def test_a_copy_holds_what_is_needed(bot: SealingBot, hall: str, ana: EncryptedMember, tmp_path: Path) -> None:
    await ana.say(hall, "bonjour")
    await bot.kept.until(lambda: bot.kept.texts(hall))
    made = files.copy(bot.keys, tmp_path / "copy")  # while it runs
    assert len(made) == 2
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in made)
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o700
    assert Identity.kept(tmp_path / "copy", bot.user_id, Secret(SECRET)) is not None
    device = next(file for file in made if file.suffix == ".db")
    with sqlite3.connect(device) as opened:
        assert opened.execute("SELECT count(*) FROM megolm").fetchone()[0] == 1
        assert opened.execute("SELECT count(*) FROM olm").fetchone()[0] == 0
