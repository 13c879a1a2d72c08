"""What there is to say of the device and its keys, before running and for whoever compares them. Nothing is changed."""

from __future__ import annotations

import asyncio
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from adapters.matrix.crypto import files
from adapters.matrix.crypto.identity import Standing, WrongSecret, standing
from adapters.matrix.crypto.secret import Secret
from adapters.matrix.native import mapping
from adapters.matrix.server import Server
from adapters.matrix.settings import MatrixSettings
from bot.ports import Finding


@dataclass(frozen=True, slots=True)
class Kept:
    """The device as it is kept here. `rooms`: how many encrypted rooms it knows."""

    fingerprint: str
    rooms: int


def grouped(fingerprint: str) -> str:
    """As clients show it."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))


async def look(server: Server, settings: MatrixSettings, keys: Path) -> tuple[Kept | None, Standing]:
    """The device here, None before its first start, and as the server shows it. Raises WrongSecret, and as the server
    does."""
    assert settings.store_key is not None
    device, secret = await server.sign_in(), Secret(settings.store_key.get_secret_value())
    kept = await asyncio.to_thread(_kept, keys, server.account, device, secret)
    answer = await server.post("keys", "query", body={"device_keys": {server.account: []}})
    return kept, standing(mapping(answer), server.account, device)


def _kept(folder: Path, account: str, device: str, secret: Secret) -> Kept | None:
    file = files.device_file(folder, account, device)
    if not file.exists():
        return None
    from nio.crypto import OlmAccount

    with closing(files.read_only(file)) as opened:
        if not opened.execute("SELECT 1 FROM sqlite_master WHERE name = 'account'").fetchone():
            return None
        rooms = opened.execute("SELECT count(*) FROM rooms").fetchone()[0]
        found = opened.execute("SELECT pickle FROM account").fetchone()
    if found is None:
        return None
    try:
        return Kept(str(OlmAccount.from_pickle(found[0], secret.pickle_key).identity_keys["ed25519"]), rooms)
    except Exception as fault:
        if "Pickle" in type(fault).__name__:
            raise WrongSecret from fault
        raise


async def examine(server: Server, settings: MatrixSettings, keys: Path | None, encrypted: int) -> list[Finding]:
    """`encrypted`: how many of the configured rooms are."""
    if settings.store_key is None or keys is None:
        wanted = Finding(False, "check-matrix-no-store-key", {"rooms": str(encrypted)})
        return [wanted] if encrypted else []
    device = {"device": await server.sign_in()}
    if not device["device"]:
        return [Finding(False, "check-matrix-no-device")]
    try:
        kept, shown = await look(server, settings, keys)
    except WrongSecret:
        return [Finding(False, "check-matrix-other-store-key", {"folder": str(keys)})]
    except PermissionError:
        return []  # told of where the folders are looked at
    if shown.device_key not in ("", kept.fingerprint if kept else ""):
        by = "password" if settings.access_token is None else "token"
        return [Finding(False, f"check-matrix-keys-lost-{by}", device)]
    if kept is None or not shown.device_key:
        return [Finding(True, "check-matrix-keys-later", {"folder": str(keys)})]
    key = {"key": grouped(kept.fingerprint), "rooms": str(kept.rooms)}
    findings = [Finding(True, "check-matrix-device", {**device, **key})]
    if shown.signed:
        findings.append(Finding(True, "check-matrix-signed", device))
    else:
        said = "check-matrix-identity-foreign" if shown.master else "check-matrix-identity-missing"
        findings.append(Finding(False, said, device, optional=True))
    return findings
