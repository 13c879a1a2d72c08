"""Encrypted rooms: keys kept, shared, asked for; messages sealed and opened. nio's machine, our transport."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from adapters.matrix.server import Server
from adapters.matrix.settings import MatrixSettings
from bot.guard import Guard

if TYPE_CHECKING:
    from adapters.matrix.crypto.encryption import Encryption


def encryption(
    settings: MatrixSettings, keys: Path | None, server: Server, guard: Guard | None = None
) -> Encryption | None:
    """None where nothing is configured to keep keys by: encrypted rooms are left alone then."""
    if settings.store_key is None or keys is None:
        return None
    # Loading it takes a third of a second.
    from adapters.matrix.crypto.encryption import Encryption
    from adapters.matrix.crypto.secret import Secret

    return Encryption(server, keys, Secret(settings.store_key.get_secret_value()), guard)
