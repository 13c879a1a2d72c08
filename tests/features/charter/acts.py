"""What is done in most tests of the charter."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.chat.events import Someone
from bot.model.charter import Arrival, Signature
from bot.model.community import Person
from bot.model.settings import Settings
from tests.stage import HALL, Stage, stage

OFFICE = "office"
QUIET: dict[str, Any] = {"icebreakers": {"on": False}, "pulse": {"on": False, "after_sessions": False}}
WAITING: dict[str, Any] = {"welcome": {"approval": True}}
SIGN = {"fr": "Je signe la charte", "en": "I sign the charter"}


@asynccontextmanager
async def community(folder: Path, *, office: bool = True, **settings: Any) -> AsyncIterator[Stage]:
    """Ana and Mia facilitate, and have an office; the platform keeps something for members."""
    given: dict[str, Any] = {"native": True} | QUIET | settings
    async with stage(folder, **given) as s:
        if office:
            members = [Someone("ana", "Ana"), Someone("mia", "Mia")]
            await s.platform.open_room(OFFICE, "Bureau", community="cercle", members=members, main=False, office=True)
            for room in (HALL, OFFICE):
                s.platform.rooms[room].levels |= {"ana": 50, "mia": 50}
            await s.app.settle()
        yield s


async def arrive(s: Stage, person: str = "nour", name: str = "Nour") -> None:
    """They come, and read the first words."""
    await s.join(person, name)
    await s.wait(minutes=6)


async def sign(s: Stage, person: str = "nour", language: str = "fr") -> str:
    return await s.press(person, SIGN[language])


def admitted(s: Stage, person: str = "nour") -> bool:
    return (HALL, person) in s.native.admitted


async def state(s: Stage, person: str = "nour") -> str:
    [known] = await s.kept(Person, external=person)
    found = await s.kept(Arrival, person_id=known.id)
    return found[0].state if found else ""


async def signatures(s: Stage) -> int:
    return len(await s.kept(Signature))


async def configure(s: Stage, **settings: Any) -> None:
    """The configuration is changed, and Veillée started again."""
    told = {"name": "Le cercle", "zone": "America/Montreal"} | QUIET | settings
    await s.app.prepare([("cercle", Settings(**told))])
    await s.app.settle()
