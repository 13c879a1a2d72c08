"""The two that are compared where things fall due, each in a process of its own: Veillée, and APScheduler."""

from __future__ import annotations

import asyncio
import gc
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any

from tests.performance.clients import Stalls

# Carried out before anything is measured, so that everything is loaded.
WARM = 50
# Seconds: until the first falls due, and how long all may take.
AHEAD, PATIENCE = 3.0, 120.0

Found = dict[str, float]


def resident() -> tuple[float, float]:
    """Megabytes of this process: now, and the most since `reset`."""
    read = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(read["VmRSS"].split()[0]) / 1024, int(read["VmHWM"].split()[0]) / 1024


def reset() -> None:
    """Let the most begin from now."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")


def quantile(values: list[float], at: float) -> float:
    return sorted(values)[min(int(at * len(values)), len(values) - 1)] * 1000


class Double:
    """A platform without limits, and without anything else. `said`: when each row of the outbox was said, by its
    key."""

    name = account = "double"

    def __init__(self) -> None:
        from bot.chat.capabilities import Capabilities, Level

        native = Level.NATIVE
        self._room = Capabilities(buttons=native, threads=native, edits=native, files=native, text_limit=4000)
        self.said: dict[str, float] = {}
        self.twice = 0

    def capabilities(self, room: str) -> Any:
        return self._room

    def split(self, message: Any) -> list[Any]:
        return [message]

    async def post(self, room: str, message: Any, *, key: str, **_: Any) -> str:
        self.twice += key in self.said
        self.said[key] = time.time()
        return f"said-{key}"

    async def run(self, intake: Any) -> None:
        await asyncio.Event().wait()

    async def close(self) -> None:
        pass


def veillee(pipe: Pipe, url: str, kind: str, due: int, within: float = 1.0) -> None:
    pipe.send(asyncio.run(_veillee(url, kind, due, within)))


async def _veillee(url: str, kind: str, due: int, within: float) -> Found:
    from bot import app as application
    from bot import logs
    from bot.chat.content import Text
    from bot.context import Context
    from bot.feature import Feature, Features
    from bot.loaded import loaded
    from bot.model.flow import Outbox
    from bot.model.rhythm import Due
    from scheduler.clock import RealClock
    from storage.attachments import AttachmentFolder
    from storage.seals import FileSeals
    from storage.store import SqlStore

    logs.set_up()
    bench = Feature("bench")

    @bench.due("say", useful_for=timedelta(days=1), heeds_quiet_hours=False)
    async def say(ctx: Context, due: Due) -> None:
        await ctx.post((Text("It is time."),), purpose="bench.say")

    application.FEATURES = Features([*application.FEATURES.all, bench])
    platform: Any = Double()
    store = SqlStore(url)
    with tempfile.TemporaryDirectory() as folder:
        app = application.App(
            store=store, clock=RealClock(), seals=FileSeals(Path(folder) / "seals"),
            copies=AttachmentFolder(Path(folder) / "attachments"), platforms=[platform],
        )  # fmt: skip
        kept: dict[str, float] = {}
        take: Callable[..., None] = app.delivery.take

        def heard(rows: Any) -> None:
            kept.update(dict.fromkeys((row.key for row in rows), time.time()))
            take(rows)

        app.unasked._say = heard
        began = time.perf_counter()
        await app.prepare([])
        planned = time.perf_counter() - began
        await _lay(store, kind, [datetime.now(UTC)] * WARM, "warm")
        await app.settle()
        assert len(platform.said) == WARM, f"{len(platform.said)} of {WARM} said"
        loaded()
        idle, _ = resident()
        reset()
        stalls = Stalls()
        running = asyncio.create_task(app.run())
        watching = asyncio.create_task(stalls.watch())
        first = datetime.now(UTC) + timedelta(seconds=AHEAD)
        hours = [first + timedelta(seconds=within * n / due) for n in range(due)]
        await _lay(store, kind, hours, "due")
        await asyncio.sleep(AHEAD / 2)
        stalls.longest = stalls.turn = 0.0
        processor = time.process_time()
        async with asyncio.timeout(PATIENCE):
            while len(kept) < due + WARM:
                await asyncio.sleep(0.05)
            carried = {"longest stall, ms": stalls.longest * 1000, "longest turn, ms": stalls.turn * 1000}
            while len(platform.said) < due + WARM:
                await asyncio.sleep(0.05)
        processor = time.process_time() - processor
        said_by = {"longest stall": stalls.longest * 1000, "longest turn": stalls.turn * 1000}
        gc.collect()
        now, most = resident()
        watching.cancel()
        running.cancel()
        await asyncio.gather(running, watching, return_exceptions=True)
        async with store.unit() as unit:
            causes = {f"due:{id}": at for id, at in await unit.only(Due, "id", "due_at", kind=kind, state="done")}
            marked = await unit.count(Outbox, state="sent")
        await app.close()
    assert platform.twice == 0, f"{platform.twice} said twice"
    assert len(causes) == marked == due + WARM, f"{len(causes)} carried out, {marked} marked as said"
    at = _by_key(causes)
    lags = [hour - at[key] for key, hour in kept.items() if at[key] >= first.timestamp()]
    said = [hour - at[key] for key, hour in platform.said.items() if at[key] >= first.timestamp()]
    return {
        **carried,
        "carried out and in the outbox, late at p50, ms": quantile(lags, 0.5),
        "the same, p99, ms": quantile(lags, 0.99),
        "the same, the latest, ms": quantile(lags, 1.0),
        "said, late at p50, ms": quantile(said, 0.5),
        "said, p99, ms": quantile(said, 0.99),
        **{f"{name} until all is said, ms": value for name, value in said_by.items()},
        "processor time until all is said, ms": processor * 1000,
        "above idle, MB": now - idle,
        "above idle at the most, MB": most - idle,
        "whole process, MB": most,
        "planned anew at the start, s": planned,
    }


def _by_key(causes: dict[str, datetime]) -> dict[str, float]:
    """When each row of the outbox was due, by its key: that of what caused it, and the number of what it said."""
    import hashlib

    return {
        f"{hashlib.blake2b(cause.encode(), digest_size=9).hexdigest()}.0": at.timestamp()
        for cause, at in causes.items()
    }


async def _lay(store: Any, kind: str, hours: list[datetime], name: str) -> None:
    """One for each community, in turn, as if a facilitator had chosen the hour."""
    from bot.model.community import Community
    from bot.model.rhythm import Due

    async with store.unit() as unit:
        ids = [id for (id,) in await unit.only(Community, "id")]
        rows = [
            {"community_id": ids[n % len(ids)], "key": f"{name}:{n}", "kind": kind, "due_at": at}
            for n, at in enumerate(hours)
        ]
        rows = [{**row, "args": {}, "state": "pending", "moved": True, "reason": ""} for row in rows]
        await unit.add_rows(Due, rows)


def idle(pipe: Pipe) -> None:
    """What the machine itself does to a loop with nothing to do, for as long as a thousand take."""
    pipe.send(asyncio.run(_idle()))


async def _idle() -> Found:
    stalls = Stalls()
    watching = asyncio.create_task(stalls.watch())
    await asyncio.sleep(2)
    watching.cancel()
    return {"longest stall, ms": stalls.longest * 1000, "longest turn, ms": stalls.turn * 1000}


# -- APScheduler ---------------------------------------------------------------------------------------------------

RAN: list[float] = []


async def note_hour() -> None:
    """All that their job does: nothing is stored, nothing is said."""
    RAN.append(time.time())


def lay_jobs(file: Path, hours: list[datetime], name: str) -> None:
    """As its own store would write them, all at once: one by one, 100,000 take it a minute on a quiet machine."""
    import pickle

    from apscheduler.job import Job
    from apscheduler.schedulers.asyncio import AsyncIOScheduler
    from apscheduler.triggers.date import DateTrigger
    from apscheduler.util import datetime_to_utc_timestamp

    scheduler = AsyncIOScheduler(timezone=UTC)
    store = _their_store(file)
    store.start(scheduler, "default")
    rows = []
    for number, at in enumerate(hours):
        job = Job(
            scheduler, id=f"{name}-{number}", func=note_hour, args=(), kwargs={}, trigger=DateTrigger(at, UTC),
            executor="default", misfire_grace_time=None, coalesce=True, max_instances=1, name="n", next_run_time=at,
        )  # fmt: skip
        rows.append(
            {"id": job.id, "next_run_time": datetime_to_utc_timestamp(at),
             "job_state": pickle.dumps(job.__getstate__(), store.pickle_protocol)}
        )  # fmt: skip
    with store.engine.begin() as connection:
        connection.execute(store.jobs_t.insert(), rows)
    store.shutdown()


def _their_store(file: Path) -> Any:
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
    from sqlalchemy import create_engine, event

    engine = create_engine(f"sqlite:///{file}")

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")

    return SQLAlchemyJobStore(engine=engine)


def apscheduler(pipe: Pipe, file: Path, due: int, within: float = 1.0) -> None:
    pipe.send(asyncio.run(_apscheduler(file, due, within)))


async def _apscheduler(file: Path, due: int, within: float) -> Found:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    first = datetime.now(UTC) + timedelta(seconds=2 * AHEAD)
    hours = [first + timedelta(seconds=within * n / due) for n in range(due)]
    lay_jobs(file, hours, "due")
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None})
    scheduler.add_jobstore(_their_store(file))
    scheduler.start()
    for number in range(WARM):
        scheduler.add_job(note_hour, "date", run_date=datetime.now(UTC), id=f"warm-{number}")
    while len(RAN) < WARM:
        await asyncio.sleep(0.05)
    assert datetime.now(UTC) < first, "too late to begin"
    RAN.clear()
    gc.collect()
    gc.freeze()
    idle, _ = resident()
    reset()
    stalls = Stalls()
    watching = asyncio.create_task(stalls.watch())
    processor = time.process_time()
    async with asyncio.timeout(PATIENCE):
        while len(RAN) < due:
            await asyncio.sleep(0.05)
    processor = time.process_time() - processor
    gc.collect()
    now, most = resident()
    watching.cancel()
    scheduler.shutdown()
    lags = [ran - at.timestamp() for ran, at in zip(sorted(RAN), hours, strict=True)]
    return {
        "longest stall, ms": stalls.longest * 1000, "longest turn, ms": stalls.turn * 1000,
        "carried out and in the outbox, late at p50, ms": quantile(lags, 0.5),
        "the same, p99, ms": quantile(lags, 0.99),
        "the same, the latest, ms": quantile(lags, 1.0),
        "processor time until all is said, ms": processor * 1000,
        "above idle, MB": now - idle,
        "above idle at the most, MB": most - idle,
        "whole process, MB": most,
    }
