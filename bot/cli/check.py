"""Saying in words what is well and what is missing, before running."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import Any

import typer

from bot.config import Config, load
from bot.errors import EXIT_PLATFORM, OperatorProblem
from bot.operator import words
from bot.ports import Finding


def check(file: Path) -> None:
    config = load(file)
    typer.echo("✓ " + words("check-config", file=str(file), count=len(config.communities)))
    _database(config)
    wrong = asyncio.run(_platforms(config))
    if wrong:
        raise OperatorProblem("check-found", EXIT_PLATFORM, count=len(wrong))
    typer.echo(words("check-all-well", file=str(file)))


def _database(config: Config) -> None:
    from bot.database import prepare

    database = config.database.file
    prepare(database)
    free = shutil.disk_usage(database.absolute().parent).free // 1_000_000
    typer.echo("✓ " + words("check-database", file=str(database), free=free))


async def _platforms(config: Config) -> list[str]:
    """What is wrong."""
    findings: list[Finding] = []
    if config.matrix:
        from adapters.matrix import check as matrix

        findings += await matrix.examine(config.matrix, config.on_matrix, config.database.keys)
    if config.discord:
        from adapters.discord import check as discord

        findings += await discord.examine(config.discord, config.on_discord)
    for finding in findings:
        mark = "✓" if finding.ok else "·" if finding.optional else "✗"
        typer.echo(f"{mark} " + words(finding.id, **dict[str, Any](finding.variables)))
    return [f.id for f in findings if not f.ok and not f.optional]
