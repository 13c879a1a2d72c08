"""Everything from one database into another."""

from __future__ import annotations

import os
from pathlib import Path

import typer

from bot.config import DatabaseConfig, load
from bot.errors import EXIT_CONFIGURATION, OperatorProblem
from bot.operator import words


def copy(config: Path, source: str | None, target: str | None) -> None:
    if source is None and target is None:
        raise OperatorProblem("copy-which", EXIT_CONFIGURATION)
    ends = _end(source, config), _end(target, config)
    from bot.copying import copy as do

    counts = do(*ends)
    from bot.database import shown

    made = sum(counts.values()), sum(bool(count) for count in counts.values())
    there = [shown(end.where) for end in ends]
    typer.echo(words("copy-done", rows=made[0], tables=made[1], source=there[0], target=there[1]))
    for was, wanted in zip(_folders(ends[0]), _folders(ends[1]), strict=True):
        if os.path.isdir(was) and was.absolute() != wanted.absolute():
            typer.echo(words("copy-folder", source=str(was), target=str(wanted)))
    # Of a target that a configuration names, there is nothing to change.
    if target is not None and not _is_configuration(target):
        typer.echo(words("copy-change"))


def _end(given: str | None, config: Path) -> DatabaseConfig:
    """A configuration, an address, or a file; the configuration's own where nothing is given."""
    if given is None:
        return load(config).database
    if _is_configuration(given):
        return load(Path(given)).database
    try:
        if "://" not in given:
            return DatabaseConfig(file=Path(given))
        return DatabaseConfig(url=given)  # type: ignore[arg-type]  # a text, of which a secret is made
    except ValueError:
        wrong = "copy-address" if "://" in given else "copy-file"
        raise OperatorProblem(wrong, EXIT_CONFIGURATION) from None


def _is_configuration(given: str) -> bool:
    return given.endswith(".toml")


def _folders(database: DatabaseConfig) -> list[Path]:
    return [database.seals, database.keys, database.copies]
