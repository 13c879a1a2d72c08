"""Sealing what must not be read before its hour, by keys that lie in files beside the database.

The keys are not in the database nor in its backups. Once a key is destroyed, what it sealed is noise.
"""

from __future__ import annotations

import os
from pathlib import Path

import structlog
from cryptography.fernet import Fernet, InvalidToken

from bot.ports import StoreTrouble

log = structlog.get_logger("seals")


class FileSeals:
    """One file a key, 0600, in a folder 0700."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def seal(self, name: str, what: bytes) -> bytes:
        return Fernet(self._key(name)).encrypt_at_time(what, 0)  # the time of sealing would tell who

    def open(self, name: str, sealed: bytes) -> bytes | None:
        key = self._kept(name)
        try:
            return Fernet(key).decrypt(sealed) if key else None
        except InvalidToken:
            return None

    def destroy(self, name: str) -> None:
        """What fails is done with the next planning, which asks for it again."""
        file = self._file(name)
        try:
            # Overwritten in place first: a name gone from a folder is not yet a key gone from a disk.
            with file.open("r+b") as opened:
                opened.write(b"\0" * file.stat().st_size)
                opened.flush()
                os.fsync(opened.fileno())
            file.unlink()
        except FileNotFoundError:
            return
        except OSError as trouble:
            log.error("key not destroyed yet", key=name, reason=trouble.strerror)

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.key"

    def _kept(self, name: str) -> bytes | None:
        try:
            return self._file(name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as trouble:
            raise StoreTrouble(f"key not readable: {trouble.strerror}") from trouble

    def _key(self, name: str) -> bytes:
        return self._kept(name) or self._make(name)

    def _make(self, name: str) -> bytes:
        """Whole or not at all: half a key would be no key for good."""
        key, unfinished = Fernet.generate_key(), self._folder / f"{name}.new"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            unfinished.unlink(missing_ok=True)
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as opened:
                opened.write(key)
                opened.flush()
                os.fsync(opened.fileno())
            unfinished.replace(self._file(name))
            folder = os.open(self._folder, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as trouble:
            raise StoreTrouble(f"key not kept: {trouble.strerror}") from trouble
        return key
