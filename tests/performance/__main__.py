"""The figures of docs/performance.md: python -m tests.performance (or make bench), with matrix, discord or due for one
of the three.

Each measure runs Veillée and the bare library in turn on this machine, several times, and gives medians and the
ratio of the two. The ratios are what can be compared between machines.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.performance import clients, discord_server, due_rows
from tests.performance.double import Double
from tests.performance.rows import row

TURNS = 3
Client = Callable[..., None]


@dataclass
class Measured:
    took: float
    delays: list[float]
    said: dict[str, Any]


async def measure(client: Client, patience: float = 300, rest: float = 1.0, **double: Any) -> Measured:
    context = multiprocessing.get_context("spawn")
    async with Double(**double) as server:
        ours, theirs = context.Pipe()
        process = context.Process(target=client, args=(theirs, server.url, server.rooms))
        process.start()
        await asyncio.wait_for(server.finished.wait(), patience)
        await asyncio.sleep(rest)
        ours.send("enough")
        said = await asyncio.to_thread(ours.recv)
        await asyncio.to_thread(process.join)
    delays = [server.answered_at[m] - at for m, at in server.said_at.items() if m in server.answered_at]
    assert len(delays) == len(server.said_at), f"{len(server.said_at) - len(delays)} commands without an answer"
    return Measured(server.took, delays, said)


async def in_turn(**double: Any) -> tuple[list[Measured], list[Measured]]:
    ours, bare = [], []
    for _ in range(TURNS):
        ours.append(await measure(clients.veillee, **double))
        bare.append(await measure(clients.bare, **double))
    return ours, bare


async def on_matrix() -> None:
    print("| | Veillée | bare matrix-nio | ratio |\n| --- | --- | --- | --- |")
    total = 20_000
    ours, bare = await in_turn(total=total, members=500)
    assert all(m.said["rows"] == total for m in ours), "a message was not counted"
    row(f"{total} messages taken in", [total / m.took for m in ours], [total / m.took for m in bare], "messages/s")
    row("longest stall meanwhile", *_both(ours, bare, "stall"), "s")

    ours, bare = await in_turn(total=total, members=500, at_once=10_000)
    row("longest stall in a sync of 10,000 events", *_both(ours, bare, "stall"), "s")
    row("the same, in the loop's own processor time", *_both(ours, bare, "turn"), "s")

    ours, bare = await in_turn(total=4000, rate=200, command_every=50, members=500)
    for name, at in (("p50", 0.5), ("p95", 0.95), ("worst", 1.0)):
        row(
            f"command to answer under 200 messages/s, {name}",
            [_quantile(m.delays, at) * 1000 for m in ours], [_quantile(m.delays, at) * 1000 for m in bare], "ms",
        )  # fmt: skip

    ours, bare = await in_turn(rooms=200, members=10_000)
    row("200 rooms and 10,000 members, more memory than idle", *_both(ours, bare, "megabytes"), "MB")
    row("the same, whole process", *_both(ours, bare, "all"), "MB")
    row("the same, longest stall", *_both(ours, bare, "stall"), "s")
    row("the same, in the loop's own processor time", *_both(ours, bare, "turn"), "s")


def _both(ours: list[Measured], bare: list[Measured], name: str) -> tuple[list[float], list[float]]:
    return [m.said[name] for m in ours], [m.said[name] for m in bare]


def _quantile(values: list[float], at: float) -> float:
    return sorted(values)[min(int(at * len(values)), len(values) - 1)]


async def main(wanted: Sequence[str]) -> None:
    for name, figures in (("matrix", on_matrix), ("discord", discord_server.main), ("due", due_rows.main)):
        if not wanted or name in wanted:
            await figures()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
