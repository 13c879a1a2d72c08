"""Saying in words what is well and what is missing, before running: all of it, whatever is found first."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import typer

from bot import logs
from bot.config import Config, load
from bot.errors import EXIT_DATABASE, EXIT_DISK, EXIT_PLATFORM, EXIT_TIME, OperatorProblem
from bot.operator import language, words
from bot.ports import Finding

# By how the sentences about it begin.
EXITS = (
    ("database-disk", EXIT_DISK), ("database-server-full", EXIT_DISK), ("check-disk", EXIT_DISK),
    ("check-folder", EXIT_DISK), ("database", EXIT_DATABASE), ("check-database", EXIT_DATABASE),
    ("check-time", EXIT_TIME), ("check", EXIT_PLATFORM),
)  # fmt: skip


def check(file: Path, as_json: bool) -> None:
    """A line for each thing, or one object for all. Ends with the code of the first that is to be mended."""
    logs.silence()
    config = load(file)
    findings = []
    for finding in _all(config, file):
        if finding in findings:
            continue  # one folder may be in the way of several things
        findings.append(finding)
        if not as_json:
            typer.echo(_line(finding))
    wrong = [finding for finding in findings if finding.ok is finding.optional is False]
    if as_json:
        typer.echo(json.dumps(_object(findings), ensure_ascii=False, indent=1))
        raise SystemExit(_exit(wrong[0]) if wrong else 0)
    if wrong:
        raise OperatorProblem("check-found", _exit(wrong[0]), count=len(wrong))
    typer.echo(words("check-all-well", file=str(file)))


def _all(config: Config, file: Path) -> Iterable[Finding]:
    from bot.checking import clock, database, disk

    count = {"file": str(file), "count": str(len(config.communities))}
    yield Finding(True, "check-config", count)
    yield from disk.room(config)
    kept = database.examine(config.database)
    yield from kept
    yield from disk.folders(config, file)
    found, ahead = asyncio.run(_platforms(config))
    yield from found
    yield from clock.agreement(ahead, language())
    yield from clock.zones(config, datetime.now(UTC), language())
    if config.operating.listen and not config.operating.closed:
        yield Finding(False, "check-listen-open", {"address": config.operating.listen}, optional=True)
    if all(finding.id != "check-database-later" for finding in kept):
        yield from disk.backups(config, datetime.now(UTC))


async def _platforms(config: Config) -> tuple[list[Finding], list[tuple[str, float | None]]]:
    """What they say, and of each server how far our clock is ahead of its own."""
    from adapters.told_time import ToldTime

    findings: list[Finding] = []
    ahead: list[tuple[str, float | None]] = []
    if config.matrix:
        from adapters.matrix import check as matrix

        told = ToldTime()
        findings += await matrix.examine(config.matrix, config.on_matrix, config.database.keys, told)
        ahead.append((urlsplit(config.matrix.homeserver).hostname or "", told.ahead))
    if config.discord:
        from adapters.discord import check as discord

        told = ToldTime()
        findings += await discord.examine(config.discord, config.on_discord, told)
        ahead.append(("Discord", told.ahead))
    return findings, ahead


def _said(finding: Finding) -> str:
    variables: dict[str, Any] = dict(finding.variables)
    if "count" in variables or "days" in variables:
        # Numbers, for sentences that count.
        variables |= {name: int(variables[name]) for name in ("count", "days") if name in variables}
    return words(finding.id, **variables)


def _line(finding: Finding) -> str:
    return ("✓ " if finding.ok else "· " if finding.optional else "✗ ") + _said(finding)


def _object(findings: list[Finding]) -> dict[str, object]:
    return {
        "well": all(finding.ok or finding.optional for finding in findings),
        "findings": [
            {"id": f.id, "state": "well" if f.ok else "note" if f.optional else "wrong", "says": _said(f)}
            for f in findings
        ],
    }


def _exit(finding: Finding) -> int:
    return next(code for begins, code in EXITS if finding.id.startswith(begins))
