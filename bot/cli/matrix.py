"""What is done by hand about encrypted rooms: comparing the device, giving the account its identity."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from pathlib import Path
from typing import TypeVar

import typer

from adapters.matrix.settings import MatrixSettings
from bot.config import Config, load
from bot.errors import EXIT_CONFIGURATION, EXIT_PLATFORM, OperatorProblem
from bot.operator import words
from bot.ports import PlatformProblem

Result = TypeVar("Result")


def verify(file: Path) -> None:
    """The device as other clients show it, and how to compare."""
    from adapters.matrix.crypto.check import grouped, look
    from adapters.matrix.server import Server

    config = load(file)
    settings = _encrypting(config, file)

    async def shown() -> None:
        server = Server(settings)
        try:
            kept, standing = await look(server, settings, config.database.keys)
            device = server.device
        finally:
            await server.close()
        if kept is None or not standing.device_key:
            raise OperatorProblem("matrix-not-yet", EXIT_PLATFORM)
        if standing.device_key != kept.fingerprint:
            raise OperatorProblem("matrix-keys-differ", EXIT_PLATFORM)
        for id in ("account", "device", "key", "signed" if standing.signed else "unsigned", "how"):
            key = grouped(kept.fingerprint)
            typer.echo(words(f"matrix-verify-{id}", account=settings.user_id, device=device, key=key))

    _run(shown(), config)


def identity(file: Path) -> None:
    """Put the account under the identity that is kept here. Whoever verified another must do so again."""
    from adapters.matrix.crypto.check import look
    from adapters.matrix.crypto.office import give_identity
    from adapters.matrix.server import Server

    config = load(file)
    settings = _encrypting(config, file)

    async def there() -> bool:
        server = Server(settings)
        try:
            return bool((await look(server, settings, config.database.keys))[1].master)
        finally:
            await server.close()

    if _run(there(), config) and not typer.confirm(words("matrix-identity-replace", account=settings.user_id)):
        return
    password = ""
    if settings.password is None:
        password = typer.prompt(words("matrix-identity-password", account=settings.user_id), hide_input=True)
    if not _run(give_identity(settings, config.database.keys, password), config):
        raise OperatorProblem("matrix-identity-not-signed", EXIT_PLATFORM)
    typer.echo(words("matrix-identity-done", account=settings.user_id))


def _encrypting(config: Config, file: Path) -> MatrixSettings:
    if config.matrix is None or config.matrix.store_key is None:
        raise OperatorProblem("matrix-no-store-key", EXIT_CONFIGURATION, file=str(file))
    return config.matrix


def _run(work: Awaitable[Result], config: Config) -> Result:
    from adapters.matrix.crypto.identity import WrongSecret
    from adapters.matrix.server import NeedsPassword

    async def awaited() -> Result:
        return await work

    try:
        return asyncio.run(awaited())
    except WrongSecret as problem:
        folder = str(config.database.keys)
        raise OperatorProblem("matrix-other-store-key", EXIT_CONFIGURATION, folder=folder) from problem
    except NeedsPassword as problem:
        raise OperatorProblem("matrix-password-refused", EXIT_PLATFORM) from problem
    except PlatformProblem as problem:
        raise OperatorProblem("platform-refused-matrix", EXIT_PLATFORM, why=problem.reason) from problem
