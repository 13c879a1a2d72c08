"""Files and voice notes of encrypted rooms. What opens one goes with its address, sealed, wherever that is kept."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CTR

from adapters.matrix.crypto.secret import Secret
from adapters.matrix.native import Json, identifier, mapping, words

_USE = "attachment"
_MARK = "#sealed="


class NotOpened(Exception):
    """It is not what was sent, or what would open it is gone."""


def encrypted(data: bytes) -> tuple[bytes, dict[str, Any]]:
    """The file as it is uploaded, and what opens it, but for its address."""
    # The lower half counts, and must not run over.
    key, start = secrets.token_bytes(32), secrets.token_bytes(8) + bytes(8)
    sealed = _run(key, start, data)
    jwk = {
        "kty": "oct", "alg": "A256CTR", "ext": True, "key_ops": ["encrypt", "decrypt"],
        "k": _unpadded(base64.urlsafe_b64encode(key)),
    }  # fmt: skip
    digest = base64.b64encode(hashlib.sha256(sealed).digest())
    opens = {
        "v": "v2", "key": jwk, "iv": _unpadded(base64.b64encode(start)), "hashes": {"sha256": _unpadded(digest)},
    }  # fmt: skip
    return sealed, opens


def decrypted(data: bytes, opens: Json) -> bytes:
    try:
        key = _bytes(mapping(opens.get("key"))["k"])
        start, digest = _bytes(opens["iv"]), _bytes(mapping(opens["hashes"])["sha256"])
    except (KeyError, ValueError, binascii.Error) as fault:
        raise NotOpened from fault
    if len(key) != 32 or len(start) != 16 or hashlib.sha256(data).digest() != digest:
        raise NotOpened
    return _run(key, start, data)


def address(file: Json, secret: Secret) -> str:
    """Of an encrypted file, as the core keeps it: nobody who finds it can open the file without the secret."""
    uri = identifier(file.get("url"))
    opens = {name: file[name] for name in ("key", "iv", "hashes") if name in file}
    kept = {"k": words(mapping(opens.get("key")).get("k"), 100), "iv": words(opens.get("iv"), 100)}
    kept["sha256"] = words(mapping(opens.get("hashes")).get("sha256"), 100)
    if not uri.startswith("mxc://") or _MARK in uri or not all(kept.values()):
        return ""
    return uri + _MARK + secret.seal(json.dumps(kept).encode(), _USE).decode()


def is_sealed(uri: str) -> bool:
    return _MARK in uri


def opened_address(uri: str, secret: Secret) -> tuple[str, dict[str, Any]]:
    """Where it lies, and what opens it."""
    lies, _, sealed = uri.partition(_MARK)
    kept = secret.open(sealed.encode(), _USE)
    if kept is None:
        raise NotOpened
    parts = json.loads(kept)
    jwk = {"kty": "oct", "alg": "A256CTR", "ext": True, "key_ops": ["encrypt", "decrypt"], "k": parts["k"]}
    return lies, {"v": "v2", "key": jwk, "iv": parts["iv"], "hashes": {"sha256": parts["sha256"]}}


def _run(key: bytes, start: bytes, data: bytes) -> bytes:
    cipher = Cipher(AES256(key), CTR(start)).encryptor()
    return cipher.update(data) + cipher.finalize()


def _unpadded(encoded: bytes) -> str:
    return encoded.decode().rstrip("=")


def _bytes(text: object) -> bytes:
    """Base64 in either alphabet, padded or not."""
    if not isinstance(text, str) or not text.isascii():
        raise ValueError("not base64")
    usual = text.rstrip("=").replace("-", "+").replace("_", "/")
    return base64.b64decode(usual + "=" * (-len(usual) % 4), validate=True)
