"""A copy of all that is kept, and putting it back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import typer

from bot.config import load
from bot.operator import words


def backup(config: Path, folder: Path, keep: int) -> None:
    from bot.backup import keep_latest, make

    made = make(load(config).database, folder, datetime.now())  # noqa: DTZ005  by the clock of whoever looks for it
    typer.echo(words("backup-made", file=str(made), size=max(1, made.stat().st_size // 1000)))
    if keep and (gone := keep_latest(folder, keep, made)):
        typer.echo(words("backup-older-gone", count=len(gone)))


def restore(config: Path, file: Path) -> None:
    from bot.backup import restore as put_back
    from bot.database import shown

    database = load(config).database
    put_back(database, file)
    typer.echo(words("restore-done", file=shown(database.where), config=str(config)))
