"""Copies of what came with stories, sealed, as files in one folder: for communities that want them kept here.

Each is sealed by a key of its own, which is nowhere but in its address: in the row that needs the file. Once that row
is erased, what may be left on a disk or in a backup is noise. Names are drawn at random and times are wiped, so that
the folder does not tell who told something when. Nor does it tell what another process laid a moment ago: so what is
swept was needed by nobody twice, a while apart.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import time
from collections.abc import Collection
from pathlib import Path

import structlog
from cryptography.fernet import Fernet, InvalidToken

from bot.chat.addresses import Kept
from bot.ports import Refused, StoreTrouble

log = structlog.get_logger("attachments")

# Seconds. A copy is made before the row that needs it is kept, by this process or by another.
UNDER_WAY = 900.0


class AttachmentFolder:
    """Implements bot.copies.Copies. One file a copy, 0600, in a folder 0700."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._unneeded: dict[str, float] = {}

    async def keep(self, data: bytes) -> Kept:
        kept = Kept(secrets.token_hex(16), Fernet.generate_key().decode())
        try:
            await asyncio.to_thread(self._write, kept, data)
        except OSError as trouble:
            raise StoreTrouble(f"attachment not kept: {trouble.strerror}") from trouble
        return kept

    async def fetch(self, kept: Kept) -> bytes:
        try:
            return await asyncio.to_thread(self._read, kept)
        except (FileNotFoundError, InvalidToken, ValueError):
            raise Refused("the file is gone") from None
        except OSError as trouble:
            raise StoreTrouble(f"attachment not readable: {trouble.strerror}") from trouble

    def remove(self, name: str) -> None:
        try:
            self._file(name).unlink(missing_ok=True)
        except OSError as trouble:
            raise StoreTrouble(f"attachment not erased: {trouble.strerror}") from trouble

    def sweep(self, needed: Collection[str]) -> int:
        now = time.monotonic()
        there = self._folder.glob("*") if os.path.isdir(self._folder) else ()
        left = [file for file in there if file.suffix in (".sealed", ".new") and file.stem not in needed]
        self._unneeded = {file.name: self._unneeded.get(file.name, now) for file in left}
        gone = [file for file in left if now - self._unneeded[file.name] >= UNDER_WAY]
        for file in gone:
            file.unlink(missing_ok=True)
        return len(gone)

    def _file(self, name: str) -> Path:
        """Names are ours, and are looked at all the same: they come from a row."""
        if len(name) != 32 or not all(c in "0123456789abcdef" for c in name):
            raise Refused("no such file")
        return self._folder / f"{name}.sealed"

    def _write(self, kept: Kept, data: bytes) -> None:
        """Whole or not at all."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self._file(kept.name)
        unfinished = file.with_suffix(".new")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(Fernet(kept.key).encrypt_at_time(data, 0))
            opened.flush()
            os.utime(descriptor, (0, 0))
            os.fsync(descriptor)
        unfinished.replace(file)
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _read(self, kept: Kept) -> bytes:
        return Fernet(kept.key).decrypt(self._file(kept.name).read_bytes())
