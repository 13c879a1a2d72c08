"""The folder of the keys: nobody else on the machine may look into it."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

# What must not come back from a copy: a ratchet used twice is refused by whoever it speaks to, and the keys that
# lie on the server have changed since.
_OUTDATED = (
    "DELETE FROM olm",
    "UPDATE tracked SET stale = 1",
    "DELETE FROM kept WHERE name IN ('fallback', 'place', 'taken')",
)


def make_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)


def device_file(folder: Path, account: str, device: str) -> Path:
    return folder / f"device-{_short(f'{account} {device}')}.db"


def identity_file(folder: Path, account: str) -> Path:
    return folder / f"identity-{_short(account)}"


def touch(file: Path) -> None:
    """Made for us alone before anything is written into it."""
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    file.chmod(0o600)


def write(file: Path, data: bytes) -> None:
    """Whole or not at all."""
    unfinished = file.with_name(file.name + ".new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())
    unfinished.replace(file)
    descriptor = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def copy(folder: Path, to: Path) -> list[Path]:
    """A copy to restore from, made while the keys are in use. What is sealed in it stays sealed by the same secret."""
    make_folder(to)
    made: list[Path] = []
    for file in sorted(folder.glob("identity-*")):
        if file.suffix != ".new":
            made.append(to / file.name)
            write(made[-1], file.read_bytes())
    for file in sorted(folder.glob("device-*.db")):
        made.append(to / file.name)
        made[-1].unlink(missing_ok=True)
        touch(made[-1])
        with closing(sqlite3.connect(file)) as from_, closing(sqlite3.connect(made[-1])) as into:
            from_.backup(into)
            into.execute("PRAGMA journal_mode = DELETE")
            with into:
                for statement in _OUTDATED:
                    into.execute(statement)
    return made


def read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


def encrypted_rooms(folder: Path) -> dict[str, dict[str, Any]]:
    """All that any device of ours ever knew to be encrypted, with the settings of each. No secret is needed."""
    found: dict[str, dict[str, Any]] = {}
    for file in folder.glob("device-*.db"):
        with closing(sqlite3.connect(file)) as opened:
            if opened.execute("SELECT 1 FROM sqlite_master WHERE name = 'rooms'").fetchone():
                rows = opened.execute("SELECT room, settings FROM rooms").fetchall()
                found |= {room: json.loads(settings) for room, settings in rows}
    return found


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
