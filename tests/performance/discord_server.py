"""The server that both connect to on Discord, and the figures of one run."""

from __future__ import annotations

import asyncio
import multiprocessing
from typing import Any

from tests.discord.double import Double
from tests.performance import on_discord
from tests.performance.frames import Server
from tests.performance.rows import row

TURNS = 3
MESSAGES = 20_000
COMMANDS = 100
CHANNELS, THREADS = 30, 20
HELP = {"id": "5", "name": "help", "type": 1, "options": []}


async def measure(client: Any, *, members: int, messages: int = 0, commands: int = 0) -> dict[str, float]:
    context = multiprocessing.get_context("spawn")
    async with Double() as discord:
        guild = discord.guild("Le cercle")
        channels = [guild.text(f"salon-{n}") for n in range(CHANNELS)]
        people = [guild.join(f"Member {n}") for n in range(members)]
        threads = [await people[0].thread(channels[n], f"thread {n}") for n in range(THREADS)]
        server = Server(
            guild.id, discord.application.id, tuple(c.id for c in channels),
            {t.id: t.parent.id for t in threads if t.parent}, tuple(p.user.id for p in people), HELP,
        )  # fmt: skip
        ours, theirs = context.Pipe()
        process = context.Process(target=client, args=(theirs, discord.world.url, server, messages, commands))
        process.start()
        found: dict[str, float] = await asyncio.to_thread(ours.recv)
        await asyncio.to_thread(process.join)
    assert found["rows"] == messages, f"{messages - found['rows']} messages were not counted"
    return found


async def in_turn(**wanted: int) -> tuple[list[dict[str, float]], list[dict[str, float]]]:
    ours, bare = [], []
    for _ in range(TURNS):
        ours.append(await measure(on_discord.veillee, **wanted))
        bare.append(await measure(on_discord.bare, **wanted))
    return ours, bare


async def main() -> None:
    print("| | Veillée | bare discord.py | ratio |\n| --- | --- | --- | --- |")
    ours, bare = await in_turn(members=2000, messages=MESSAGES)
    row(f"{MESSAGES} messages taken in", *_both(ours, bare, "rate"), "messages/s")
    row("longest stall meanwhile", *_both(ours, bare, "stall"), "ms")
    ours, bare = await in_turn(members=200, commands=COMMANDS)
    row("slash command to reply", *_both(ours, bare, "command"), "µs")
    ours, bare = await in_turn(members=10_000)
    row("10,000 members, more memory than idle", *_both(ours, bare, "megabytes"), "MB")
    row("the same, whole process", *_both(ours, bare, "all"), "MB")


def _both(
    ours: list[dict[str, float]], bare: list[dict[str, float]], name: str
) -> tuple[list[float], list[float]]:
    return [m[name] for m in ours], [m[name] for m in bare]
