"""Rows due at scale: a million pending, a thousand due within one second, beside APScheduler's own store in SQL."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import shutil
import sqlite3
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from bot.model.settings import QuietHours, Settings
from storage.columns import written
from storage.migrate import migrate
from tests.performance import on_time
from tests.postgres.server import Server

TURNS = int(os.environ.get("TURNS", 3))
PENDING = int(os.environ.get("PENDING", 1_000_000))
DUE = 1000
COMMUNITIES = int(os.environ.get("COMMUNITIES", 1000))
# Each of their rows holds a pickled job.
THEIRS_PENDING = 100_000

Found = dict[str, float]


def _settings(**given: Any) -> str:
    return Settings(name="C", zone="UTC", quiet_hours=QuietHours(start=time(), end=time()), **given).model_dump_json()


# What both databases understand. Pending rows lie from two hours ahead to a year ahead.
FILL = (
    "insert into community (id, slug, settings, since)"
    " select n, 'c' || n, {settings}, {now} from {numbers} where n <= {communities}",
    "insert into room (community_id, platform, external, name, main, office, open)"
    " select n, 'double', 'room-' || n, '', {yes}, {no}, {yes} from {numbers} where n <= {communities}",
    "insert into due (community_id, key, kind, due_at, args, state, moved, reason)"
    " select 1 + n % {communities}, 'pending:' || n, 'bench.say', {ahead}, '{{}}', 'pending', {no}, '' from {numbers}",
)


def _filling(pending: int, settings: str, *, postgres: bool) -> Iterator[str]:
    now = f"'{written(datetime.now(UTC))}'"
    seconds = "7200 + (n * 30) % 31536000"
    known = {
        "settings": f"'{settings}'", "communities": COMMUNITIES, "now": now + ("::timestamp" if postgres else ""),
        "yes": "true" if postgres else 1, "no": "false" if postgres else 0,
    }  # fmt: skip
    if postgres:
        known["ahead"] = f"{now}::timestamp + ({seconds}) * interval '1 second'"
        known["numbers"] = f"generate_series(1, {max(pending, COMMUNITIES)}) n"
    else:
        known["ahead"] = f"strftime('%Y-%m-%d %H:%M:%f', {now}, ({seconds}) || ' seconds') || '000'"
        known["numbers"] = (
            f"(with recursive s(n) as (select 1 union all select n + 1 from s where n < {max(pending, COMMUNITIES)})"
            " select n from s)"
        )
    for statement in FILL if pending else FILL[:-1]:
        yield statement.format(**known)


def filled_file(file: Path, pending: int, settings: str) -> None:
    migrate(file)
    with closing(sqlite3.connect(file)) as connection:
        for statement in _filling(pending, settings, postgres=False):
            connection.execute(statement)
        connection.commit()


async def measure(client: Any, *given: Any) -> Found:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=client, args=(theirs, *given))
    process.start()
    theirs.close()  # should it fail, nothing comes, and that is noticed
    found: Found = await asyncio.to_thread(ours.recv)
    await asyncio.to_thread(process.join)
    return found


@contextmanager
def copied(file: Path) -> Iterator[Path]:
    """Each turn begins with the same rows."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(shutil.copy(file, folder))


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Server(durable=True) as server:
        quiet = _settings(icebreakers={"on": False}, pulse={"on": False})
        file = Path(folder) / "veillee.db"
        filled_file(file, PENDING, quiet)
        template = server.database()
        migrate(template.url)
        with template.connect() as connection:
            for statement in _filling(PENDING, quiet, postgres=True):
                connection.execute(statement.encode())
        theirs_file = Path(folder) / "apscheduler.db"
        later = datetime.now(UTC) + timedelta(hours=2)
        on_time.lay_jobs(theirs_file, [later + timedelta(seconds=30 * n) for n in range(THEIRS_PENDING)], "pending")
        # As they come by themselves, and as they come where all have chosen the same hour.
        for words, within in (("within one second", 1.0), ("at one instant", 0.0)):
            found: dict[str, list[Found]] = {"sqlite": [], "postgres": [], "apscheduler": [], "idle": []}
            for _ in range(TURNS):
                with copied(file) as own:
                    url = f"sqlite+aiosqlite:///{own}"
                    found["sqlite"].append(await measure(on_time.veillee, url, "bench.say", DUE, within))
                database = server.database(template.name)
                found["postgres"].append(await measure(on_time.veillee, database.url, "bench.say", DUE, within))
                server.drop(database)
                with copied(theirs_file) as own:
                    found["apscheduler"].append(await measure(on_time.apscheduler, own, DUE, within))
                found["idle"].append(await measure(on_time.idle))
            print(f"\n{DUE} {words}\n", flush=True)
            report(found)
    await icebreakers()


async def icebreakers() -> None:
    """A thousand communities whose icebreaker falls on the same instant."""
    with tempfile.TemporaryDirectory() as folder, Server(durable=True) as server:
        file = Path(folder) / "veillee.db"
        settings = _settings(pulse={"on": False})
        filled_file(file, 0, settings)
        database = server.database()
        migrate(database.url)
        with database.connect() as connection:
            for statement in _filling(0, settings, postgres=True):
                connection.execute(statement.encode())
        for name, url in (("SQLite", f"sqlite+aiosqlite:///{file}"), ("PostgreSQL", database.url)):
            found = await measure(on_time.veillee, url, "icebreakers.weekly", DUE, 0.0)
            print(f"{COMMUNITIES} icebreakers at one instant, {name}: " + json.dumps(_rounded(found)), flush=True)


def _rounded(found: Found) -> Found:
    return {name: round(value, 2) for name, value in found.items()}


def report(found: dict[str, list[Found]]) -> None:
    names = list(found["sqlite"][0])
    print("| | SQLite | PostgreSQL | APScheduler, SQLite | nothing | ratio |\n| --- | --- | --- | --- | --- | --- |")
    for name in names:
        cells, medians = [], []
        for each in found.values():
            values = [one[name] for one in each if name in one]
            medians.append(statistics.median(values) if values else 0.0)
            cells.append(f"{medians[-1]:.4g} ({min(values):.4g} to {max(values):.4g})" if values else "")
        ratio = f"1/{medians[2] / medians[0]:.0f}" if medians[0] and medians[2] else ""
        print(f"| {name} | {' | '.join(cells)} | {ratio} |", flush=True)


if __name__ == "__main__":
    asyncio.run(main())
