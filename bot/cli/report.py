"""Writing the evaluation of a community over a period."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import typer

from bot.config import load
from bot.errors import EXIT_CONFIGURATION, OperatorProblem



def report(file: Path, slug: str | None, since: str | None, until: str | None, out: Path) -> None:
    config = load(file)
    slugs = [c.slug for c in config.communities]
    if slug is None and len(slugs) == 1:
        slug = slugs[0]
    if slug not in slugs:
        raise OperatorProblem("report-which", EXIT_CONFIGURATION, slugs=", ".join(slugs))
    from bot.database import prepare

    prepare(config.database.file)
    written = asyncio.run(_write(config.database.file, slug, _day(since), _day(until), out))
    for path in written:
        typer.echo(str(path))


def _day(typed: str | None) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError as problem:
        raise OperatorProblem("report-day", EXIT_CONFIGURATION, typed=typed or "") from problem


async def _write(
    file: Path, slug: str, since: date | None, until: date | None, out: Path
) -> list[Path]:
    from bot.evaluation.write import write_evaluation
    from bot.model.community import Community
    from storage.store import SqlStore

    store = SqlStore(f"sqlite+aiosqlite:///{file}")
    try:
        async with store.unit() as unit:
            community = await unit.one(Community, slug=slug)
            if community is None:
                raise OperatorProblem("report-nothing-yet", EXIT_CONFIGURATION, slug=slug)
            zone = community.settings.clock
            now = datetime.now(UTC)
            start = datetime.combine(since, time(), zone) if since else community.since
            end = datetime.combine(until + timedelta(days=1), time(), zone) if until else now
            if end <= start:
                raise OperatorProblem("report-order", EXIT_CONFIGURATION)
            return await write_evaluation(unit, community, start.astimezone(UTC), end.astimezone(UTC), now, out)
    finally:
        await store.close()


