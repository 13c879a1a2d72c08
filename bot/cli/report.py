"""Writing the evaluation of a community over a period."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import typer

from bot.chat.language import Language
from bot.config import load
from bot.errors import EXIT_CONFIGURATION, EXIT_DISK, OperatorProblem
from bot.operator import why


def report(
    file: Path, slug: str | None, since: str | None, until: str | None, out: Path, language: str | None,
    stories: bool, names: bool,
) -> None:  # fmt: skip
    config = load(file)
    slugs = [c.slug for c in config.communities]
    if slug is None and len(slugs) == 1:
        slug = slugs[0]
    if slug is None or slug not in slugs:
        raise OperatorProblem("report-which", EXIT_CONFIGURATION, slugs=", ".join(slugs))
    if language not in (None, "fr", "en"):
        raise OperatorProblem("report-language", EXIT_CONFIGURATION, typed=language)
    first, last = _day(since), _day(until)
    from bot.database import in_words, prepare
    from bot.evaluation.write import write_files

    prepare(config.database.where)
    with in_words(config.database.where):
        files = asyncio.run(
            _evaluate(
                config.database.store, slug, first, last, "fr" if language == "fr" else "en" if language else None,
                stories, names,
            )
        )  # fmt: skip
    try:
        written = write_files(files, out)
    except OSError as problem:
        raise OperatorProblem("report-unwritable", EXIT_DISK, folder=str(out), why=why(problem)) from problem
    for path in written:
        typer.echo(str(path))


def _day(typed: str | None) -> date | None:
    """The first and the last that there are have none before and none after: no period can begin or end there."""
    try:
        day = date.fromisoformat(typed) if typed else None
        if day in (date.min, date.max):
            raise ValueError(typed)
        return day
    except ValueError as problem:
        raise OperatorProblem("report-day", EXIT_CONFIGURATION, typed=typed or "") from problem


async def _evaluate(
    address: str, slug: str, since: date | None, until: date | None, language: Language | None, stories: bool,
    names: bool,
) -> dict[str, bytes]:  # fmt: skip
    from bot.evaluation.write import evaluation_files
    from bot.model.community import Community
    from storage.store import SqlStore

    store = SqlStore(address, reading=True)
    try:
        async with store.unit() as unit:
            community = await unit.one(Community, slug=slug)
            if community is None:
                raise OperatorProblem("report-nothing-yet", EXIT_CONFIGURATION, slug=slug)
            zone, now = community.settings.clock, datetime.now(UTC)
            start = datetime.combine(since, time(), zone).astimezone(UTC) if since else community.since
            end = datetime.combine(until + timedelta(days=1), time(), zone).astimezone(UTC) if until else now
            if end <= start:
                raise OperatorProblem("report-order", EXIT_CONFIGURATION)
            return await evaluation_files(
                unit, community, start, end, now, language=language, stories=stories, names=names
            )
    finally:
        await store.close()
