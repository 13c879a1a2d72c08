"""Two weeks of a community during which Veillée is killed with -9 again and again, wherever it may be: what is due goes
out once, what is asked is answered once, and nothing that anybody did is missing."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from random import Random

import pytest

from storage.store import SqlStore
from tests.discord.double import Double
from tests.journeys.a_season import BEGINS
from tests.journeys.fortnight import PEOPLE, a_fortnight, as_lived
from tests.journeys.kept import kept
from tests.journeys.life import Hour
from tests.journeys.mortal import Mortal, told_by
from tests.journeys.mortal_on_discord import MortalOnAServer
from tests.journeys.mortal_on_discord import veillee_in as veillee_on_discord
from tests.journeys.mortal_on_matrix import MortalOnMatrix
from tests.journeys.mortal_on_matrix import veillee_in as veillee_on_matrix
from tests.journeys.on_a_server import House
from tests.journeys.on_matrix import Hall
from tests.journeys.veillee import Running
from tests.postgres.server import Database, Server

FEW, MANY = 10, 300
# Another draw of the kills for the long runs: SEED=7 make soak.
SEED = int(os.environ.get("SEED", "1"))
Player = MortalOnMatrix | MortalOnAServer


async def on_matrix(folder: Path, *, kills: int, seed: int, database: Database | None = None) -> None:
    hour = Hour(BEGINS)
    async with Hall(folder, hour) as hall:
        await hall.people(*PEOPLE)
        veillee = veillee_on_matrix(folder / "veillee", hall, database.url if database else "")
        life = Mortal(veillee, hour, Random(seed), kills=kills)
        await lived(life, MortalOnMatrix(life, hall), database)


async def on_discord(folder: Path, *, kills: int, seed: int, database: Database | None = None) -> None:
    hour = Hour(BEGINS)
    async with Double(clock=hour.now) as discord:
        house = House(discord, *PEOPLE, facilitators=("Ana", "Ines"))
        told = told_by(folder / "hour", hour)
        veillee = veillee_on_discord(folder / "veillee", house, told, database.url if database else "")
        life = Mortal(veillee, hour, Random(seed), kills=kills)
        await lived(life, MortalOnAServer(life, house), database)


async def lived(life: Mortal, player: Player, database: Database | None) -> None:
    veillee = life.veillee
    if database is not None:
        life.trouble = lambda: kill_the_server(database.server)
    try:
        await life.begin(lambda: veillee.begun and veillee.rows("select id from room"))
        await a_fortnight(player)
        await life.end()
        print(f"{veillee.kills} kills, {life.troubles} of the database's server")
        await player.check()
        as_lived(await left_by(veillee, database))
        assert veillee.kills >= life.wanted
    finally:
        veillee.kill()
        veillee.let_go()


def kill_the_server(server: Server) -> None:
    """PostgreSQL itself, every process of it, and started again."""
    server.stop(signal.SIGKILL)
    server.start()


async def left_by(veillee: Running, database: Database | None) -> dict[str, object]:
    store = SqlStore(database.url if database else f"sqlite+aiosqlite:///{veillee.database}")
    try:
        async with store.unit() as unit:
            return await kept(unit)
    finally:
        await store.close()


@pytest.mark.timeout(900)
async def test_on_matrix(tmp_path: Path) -> None:
    await on_matrix(tmp_path, kills=FEW, seed=5)


@pytest.mark.timeout(900)
async def test_on_discord_and_postgresql(tmp_path: Path, postgres: Database) -> None:
    await on_discord(tmp_path, kills=FEW, seed=5, database=postgres)


@pytest.mark.soak
@pytest.mark.timeout(0)
async def test_on_matrix_for_long(tmp_path: Path) -> None:
    await on_matrix(tmp_path, kills=MANY, seed=SEED)


@pytest.mark.soak
@pytest.mark.timeout(0)
async def test_on_matrix_and_postgresql_for_long(tmp_path: Path, postgres: Database) -> None:
    await on_matrix(tmp_path, kills=MANY, seed=SEED, database=postgres)


@pytest.mark.soak
@pytest.mark.timeout(0)
async def test_on_discord_for_long(tmp_path: Path) -> None:
    await on_discord(tmp_path, kills=MANY, seed=SEED)


@pytest.mark.soak
@pytest.mark.timeout(0)
async def test_on_discord_and_postgresql_for_long(tmp_path: Path, postgres: Database) -> None:
    await on_discord(tmp_path, kills=MANY, seed=SEED, database=postgres)
