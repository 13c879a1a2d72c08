"""Sealing what must not be read before its hour, by keys that lie in files beside the database.

The keys are not in the database nor in its backups. Once a key is destroyed, what it sealed is noise.
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken


class FileSeals:
    """One file a key, 0600, in a folder 0700."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def seal(self, name: str, what: bytes) -> bytes:
        return Fernet(self._key(name)).encrypt_at_time(what, 0)  # the time of sealing would tell who

    def open(self, name: str, sealed: bytes) -> bytes | None:
        file = self._file(name)
        if not file.exists():
            return None
        try:
            return Fernet(file.read_bytes()).decrypt(sealed)
        except InvalidToken:
            return None

    def destroy(self, name: str) -> None:
        file = self._file(name)
        if file.exists():
            # Overwritten first: a name gone from a folder is not yet a key gone from a disk.
            file.write_bytes(b"\0" * file.stat().st_size)
            file.unlink()

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.key"

    def _key(self, name: str) -> bytes:
        file = self._file(name)
        if not file.exists():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as opened:
                opened.write(Fernet.generate_key())
                opened.flush()
                os.fsync(opened.fileno())
        return file.read_bytes()
