"""The same season lived on Matrix and on Discord: the same is kept, and the report says the same."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC
from pathlib import Path

import pytest

from tests.discord.double import Double
from tests.journeys.a_season import BEGINS, ENDS, FOUNDERS, SETTINGS, a_season
from tests.journeys.company import in_doubt
from tests.journeys.kept import Kept, kept, reported
from tests.journeys.life import Hour, Life, alive
from tests.journeys.on_a_server import House, OnAServer
from tests.journeys.on_matrix import Hall, OnMatrix
from tests.members.clients import Clients

# What is typed to Veillée before all is said in the room on Matrix, where all read it: it is a message like others.
# A command of Discord's is none, and nobody else sees it. Dan asked for help, once.
ASKED_BEFORE_ALL = Counter({("message", "Dan", BEGINS.astimezone(UTC).date(), False, "", None): 1})
COUNTS_IT = {"messages": "value", "week-2027-01-04-messages": "value", "answered": "of"}


async def on_matrix(folder: Path, clients: Clients | None = None) -> tuple[Kept, Kept]:
    """With clients, in an encrypted room and in encrypted conversations."""
    hour = Hour(BEGINS)
    async with Hall(folder, hour, clients) as hall:
        await hall.people(*FOUNDERS)
        async with alive(Life(folder, hour, [hall.platform()]), SETTINGS) as life:
            player = OnMatrix(life, hall)
            await player.opens()
            await a_season(player)
            if clients:
                for name in ("Ana", "Cleo"):
                    rooms = hall.room, await player.private(name)
                    for room in rooms:
                        assert in_doubt(await hall.members[name].read_all(room), hall.account.user_id) == []
            return await _left_by(life)


async def on_discord(folder: Path) -> tuple[Kept, Kept]:
    hour = Hour(BEGINS)
    async with Double(clock=hour.now) as discord:
        house = House(discord, *FOUNDERS)
        async with alive(Life(folder, hour, [house.platform(hour)]), SETTINGS) as life:
            player = OnAServer(life, house)
            await player.opens()
            await a_season(player)
            assert sorted(name for name, m in house.members.items() if m.has(house.signed)) == ["Bo", "Cleo"]
            return await _left_by(life)


async def _left_by(life: Life) -> tuple[Kept, Kept]:
    async with life.store.unit() as unit:
        return await kept(unit), await reported(unit, BEGINS, ENDS)


@pytest.mark.timeout(600)
async def test_the_same_season(tmp_path: Path) -> None:
    for side in ("discord", "matrix"):
        (tmp_path / side).mkdir()
    (discord, told_by_discord), (matrix, told_by_matrix) = await asyncio.gather(
        on_discord(tmp_path / "discord"), on_matrix(tmp_path / "matrix")
    )
    _is_a_season(discord)
    assert matrix.pop("activity") == discord.pop("activity") + ASKED_BEFORE_ALL
    for what in discord.keys() | matrix.keys():
        assert matrix[what] == discord[what], what
    for figure in told_by_discord["figures"]:
        if changes := COUNTS_IT.get(figure["id"]):
            figure[changes] += 1
    for what in told_by_discord.keys() | told_by_matrix.keys():
        assert told_by_matrix[what] == told_by_discord[what], what


@pytest.mark.soak
@pytest.mark.timeout(1200)
async def test_the_same_season_in_an_encrypted_room(tmp_path: Path, clients: Clients) -> None:
    for side in ("plain", "encrypted"):
        (tmp_path / side).mkdir()
    plain, encrypted = await asyncio.gather(
        on_matrix(tmp_path / "plain"), on_matrix(tmp_path / "encrypted", clients)
    )
    _is_a_season(encrypted[0])
    for ours, theirs in zip(encrypted, plain, strict=True):
        for what in ours.keys() | theirs.keys():
            assert ours[what] == theirs[what], what


def _is_a_season(found: Kept) -> None:
    """What two empty seasons would have in common as well is no proof."""
    assert found["failures"] == []
    assert [session[1] for session in found["sessions"]] == [
        "Dire non à un bailleur", "Demander de l’aide", "Atelier d’écriture",
    ]  # fmt: skip
    assert [len(found[what]) for what in ("answers", "attendance", "stories", "sentences", "votes")] == [9, 7, 5, 3, 5]
    assert [pulse[-1] for pulse in found["pulses"]] == [(0, 1, 1, 2, 1), (1, 0, 1, 1, 2), ()]
    assert [poll[6] for poll in found["polls"]] == [(2, 1, 0), (1, 1)]
