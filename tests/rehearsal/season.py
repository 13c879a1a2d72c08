"""Small seasons, played whole."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

from adapters.rehearsal.platform import BOT, Said
from bot.model.settings import Settings
from bot.rehearsal import ROOM, Rehearsal, rehearsal
from bot.season import Season
from tests.stage import read


def season(temperaments: Mapping[str, int], *, weeks: int = 2, language: str = "fr", **more: Any) -> Season:
    settings = Settings.model_validate({"name": "Le cercle", "language": language})
    return Season.model_validate(
        {"start": date(2027, 1, 25), "weeks": weeks, "community": settings, "temperaments": temperaments, **more}
    )


@asynccontextmanager
async def played(planned: Season, folder: Path, *, seed: int = 1) -> AsyncIterator[Rehearsal]:
    async with rehearsal(planned, seed, folder / "veillee.db") as playing:
        await playing.play(planned.ends)
        yield playing


def said_in_room(playing: Rehearsal, *, person: str = BOT) -> list[Said]:
    return [s for s in playing.platform.said if s.room == ROOM and s.person == person]


def words(said: Said) -> str:
    return said.text or read(said.message)
