"""The one secret of the configuration, and the keys made from it."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Secret:
    """Each use has a key of its own, so that none tells anything of another."""

    def __init__(self, typed: str) -> None:
        self._typed = typed.strip().encode()

    @property
    def pickle_key(self) -> str:
        """For what the encryption machine keeps."""
        return self._derived("machine").decode()

    def seal(self, what: bytes, use: str) -> bytes:
        return Fernet(self._derived(use)).encrypt_at_time(what, 0)

    def open(self, sealed: bytes, use: str) -> bytes | None:
        """None where it was not sealed by this secret."""
        try:
            return Fernet(self._derived(use)).decrypt(sealed)
        except InvalidToken:
            return None

    def _derived(self, use: str) -> bytes:
        hkdf = HKDF(SHA256(), 32, salt=b"veillee", info=b"matrix " + use.encode())
        return base64.urlsafe_b64encode(hkdf.derive(self._typed))
