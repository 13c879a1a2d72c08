"""Cross-signing: one identity for the account, which says that this device is its own.

Clients that talk only to devices vouched for need it. The identity outlives the device: it lies in a file of its own.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from adapters.matrix.crypto import files
from adapters.matrix.crypto.secret import Secret
from adapters.matrix.crypto.signing import canonical
from adapters.matrix.native import Json, mapping, words

log = structlog.get_logger("matrix")

_USE = "identity"
_USAGES = ("master", "self_signing", "user_signing")


class WrongSecret(Exception):
    """The keys were sealed by another secret."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The three keys, by usage."""

    account: str
    keys: dict[str, Ed25519PrivateKey]

    @classmethod
    def made(cls, account: str) -> Identity:
        return cls(account, {usage: Ed25519PrivateKey.generate() for usage in _USAGES})

    @classmethod
    def kept(cls, folder: Path, account: str, secret: Secret) -> Identity | None:
        try:
            sealed = files.identity_file(folder, account).read_bytes()
        except FileNotFoundError:
            return None
        opened = secret.open(sealed, _USE)
        if opened is None:
            raise WrongSecret
        seeds = {usage: bytes.fromhex(seed) for usage, seed in json.loads(opened).items()}
        return cls(account, {u: Ed25519PrivateKey.from_private_bytes(seeds[u]) for u in _USAGES})

    def keep(self, folder: Path, secret: Secret) -> None:
        seeds = json.dumps({usage: key.private_bytes_raw().hex() for usage, key in self.keys.items()})
        files.write(files.identity_file(folder, self.account), secret.seal(seeds.encode(), _USE))

    @property
    def master(self) -> str:
        return public(self.keys["master"])

    def upload(self) -> dict[str, Any]:
        """What the server is to show of it."""
        body = {f"{usage}_key": self._described(usage) for usage in _USAGES}
        for usage in _USAGES[1:]:
            body[f"{usage}_key"] = self.signed(body[f"{usage}_key"], "master")
        return body

    def signed(self, content: dict[str, Any], usage: str) -> dict[str, Any]:
        """With our signature beside those that it has."""
        bare = {n: part for n, part in content.items() if n not in ("signatures", "unsigned")}
        signature = base64.b64encode(self.keys[usage].sign(canonical(bare))).decode().rstrip("=")
        signatures = {k: dict(v) for k, v in mapping(content.get("signatures")).items()}
        signatures.setdefault(self.account, {})[f"ed25519:{public(self.keys[usage])}"] = signature
        return {**bare, "signatures": signatures}

    def _described(self, usage: str) -> dict[str, Any]:
        key = public(self.keys[usage])
        return {"user_id": self.account, "usage": [usage], "keys": {f"ed25519:{key}": key}}


def public(key: Ed25519PrivateKey) -> str:
    return base64.b64encode(key.public_key().public_bytes_raw()).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class Standing:
    """How the server shows the account. `master`: its identity, "" if it has none. `signed`: it vouches for the device.
    `device_key`: the device's fingerprint there, "" if the server knows no keys of it. `devices`: how many it has."""

    master: str
    signed: bool
    device_key: str
    devices: int


def standing(answer: Json, account: str, device: str) -> Standing:
    """From the answer to a question for the account's keys."""
    master = _only_key(mapping(mapping(answer.get("master_keys")).get(account)))
    signer = mapping(mapping(answer.get("self_signing_keys")).get(account))
    devices = mapping(mapping(answer.get("device_keys")).get(account))
    keys = mapping(devices.get(device))
    signing = _only_key(signer)
    signed = bool(master and signing) and _is_signed(signer, account, master) and _is_signed(keys, account, signing)
    return Standing(master, signed, words(mapping(keys.get("keys")).get(f"ed25519:{device}")), len(devices))


def _only_key(described: Json) -> str:
    return next((words(key) for key in mapping(described.get("keys")).values()), "")


def _is_signed(content: Json, account: str, by: str) -> bool:
    signature = mapping(mapping(content.get("signatures")).get(account)).get(f"ed25519:{by}")
    bare = {n: part for n, part in content.items() if n not in ("signatures", "unsigned")}
    try:
        key = Ed25519PublicKey.from_public_bytes(_decoded(by))
        key.verify(_decoded(signature), canonical(bare))
    except (InvalidSignature, ValueError):
        return False
    return True


def _decoded(text: object) -> bytes:
    if not isinstance(text, str):
        raise ValueError("not base64")
    return base64.b64decode(text + "=" * (-len(text) % 4))
