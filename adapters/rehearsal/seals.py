"""Seals for rehearsals ONLY: the same seed gives the same bytes, so they keep nothing secret.

Nobody real answers in a rehearsal. Wherever somebody does, keys are drawn by the system (storage/seals.py).
"""

from __future__ import annotations

import hashlib
import hmac
from itertools import count


class RehearsalSeals:
    """Keys follow from the seed and live in memory; destroyed, they open nothing any more."""

    def __init__(self, seed: int) -> None:
        self._seed = str(seed).encode()
        self._keys: dict[str, bytes] = {}
        self._sealed = count()

    def seal(self, name: str, what: bytes) -> bytes:
        key = self._keys.setdefault(name, hashlib.blake2b(name.encode(), key=self._seed[:64]).digest())
        nonce = hashlib.blake2b(str(next(self._sealed)).encode(), key=key, digest_size=16).digest()
        return nonce + self._mark(key, nonce, what) + _blend(key, nonce, what)

    def open(self, name: str, sealed: bytes) -> bytes | None:
        key = self._keys.get(name)
        if key is None:
            return None
        nonce, mark, body = sealed[:16], sealed[16:32], sealed[32:]
        what = _blend(key, nonce, body)
        return what if hmac.compare_digest(mark, self._mark(key, nonce, what)) else None

    def destroy(self, name: str) -> None:
        self._keys.pop(name, None)

    @staticmethod
    def _mark(key: bytes, nonce: bytes, what: bytes) -> bytes:
        return hashlib.blake2b(nonce + what, key=key, digest_size=16).digest()


def _blend(key: bytes, nonce: bytes, what: bytes) -> bytes:
    blocks = range(len(what) // 64 + 1)
    stream = b"".join(hashlib.blake2b(nonce + b.to_bytes(4, "big"), key=key).digest() for b in blocks)
    blended = int.from_bytes(what, "big") ^ int.from_bytes(stream[: len(what)], "big")
    return blended.to_bytes(len(what), "big")
