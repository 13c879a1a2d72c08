"""What is done in most tests of the pulse."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.chat.capabilities import Level
from bot.model.community import Person
from bot.model.pulse import Pulse
from tests import stage as bare
from tests.stage import HALL, Stage

EIGHT = [f"p{n}" for n in range(1, 9)]


@asynccontextmanager
async def stage(
    folder: Path, *, people: int = 8, buttons: Level = Level.NATIVE, **settings: Any
) -> AsyncIterator[Stage]:
    """With as many members as that besides Ana, Bo and Cleo, and nothing but the pulse going out by itself."""
    silent: dict[str, Any] = {"icebreakers": {"on": False}, "stories": {"days": ()}}
    async with bare.stage(folder, buttons=buttons, **(silent | settings)) as s:
        for person in EIGHT[:people]:
            await s.join(person, person.upper())
        await s.wait(minutes=10)
        yield s


async def asked(s: Stage, words: str = "pouls") -> Pulse:
    """Ana asks one now, having seen what it costs."""
    await s.tell("ana", words)
    if s.platform.capabilities(HALL).buttons is Level.NATIVE:
        await s.press("ana", "Poser la question")
    else:
        await s.tell("ana", "1")
    return (await s.kept(Pulse))[-1]


async def answer(s: Stage, steps: Mapping[str, int]) -> None:
    for person, step in steps.items():
        await press_step(s, person, step)


async def press_step(s: Stage, person: str, step: int) -> str:
    """Press that step of the last question this person was asked. Returns what they were then told."""
    said = next(m for m in reversed(s.bot_said(f"direct-{person}")) if m.message and len(m.message.choices) == 5)
    await s.platform.press(person, said.id, step - 1)
    await s.app.settle()
    return s.heard(person)


async def speak_english(s: Stage, person: str) -> None:
    async with s.store.unit() as unit:
        found = await unit.one(Person, external=person)
        assert found is not None
        found.language = "en"
