"""What is done in most tests of polls."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.chat.events import Someone
from bot.features.polls.declaration import PURPOSE
from bot.model.community import Person
from bot.model.flow import Outbox
from bot.model.poll import Poll, PollVote
from tests import stage as bare
from tests.stage import Stage

SILENT: dict[str, Any] = {
    "icebreakers": {"on": False}, "pulse": {"on": False, "after_sessions": False}, "stories": {"days": ()},
}  # fmt: skip
THERE = [Someone("dan", "Dan"), Someone("eve", "Eve"), Someone("fay", "Fay")]
ASKED = "sondage On se voit quand ? | Jeudi, Vendredi, Samedi"


@asynccontextmanager
async def stage(folder: Path, **settings: Any) -> AsyncIterator[Stage]:
    """Ana, Bo and Cleo, and nothing but polls going out by itself."""
    async with bare.stage(folder, **(SILENT | settings)) as s:
        yield s


@asynccontextmanager
async def both(folder: Path, **settings: Any) -> AsyncIterator[tuple[Stage, Stage]]:
    """The same community here, by messages, and there, where there are polls of the platform's own, with Dan, Eve
    and Fay."""
    async with stage(folder, polls=["there"], elsewhere={"there": THERE}, **settings) as s:
        yield s, s.on("there")


async def ask(s: Stage, typed: str = ASKED) -> Poll:
    await s.tell("ana", typed)
    return (await s.kept(Poll))[-1]


async def click(s: Stage, person: str, position: int) -> str:
    """The choice at that position of the last poll that was asked by a message. Returns what Veillée last told them
    alone."""
    keys = {o.message for o in await s.kept(Outbox, purpose=PURPOSE, platform=s.platform.name, native=False)}
    asked = next(m for m in reversed(s.bot_said()) if m.id in keys)
    await s.platform.press(person, asked.id, position)
    await s.app.settle()
    return s.heard(person)


def ballot(s: Stage) -> str:
    """The identifier of the last poll of the platform's own."""
    return list(s.platform.polls)[-1]


async def vote(s: Stage, person: str, option: int, *, heard: bool = True) -> None:
    await s.platform.vote(person, ballot(s), option, heard=heard)
    await s.app.settle()


async def unvote(s: Stage, person: str, *, heard: bool = True) -> None:
    await s.platform.unvote(person, ballot(s), heard=heard)
    await s.app.settle()


def shown(s: Stage) -> list[str]:
    """The choices under the last message that has any."""
    said = next(m for m in reversed(s.bot_said()) if m.message and m.message.choices)
    return [c.label for c in said.message.choices] if said.message else []


def bars(said: str) -> dict[str, int]:
    """How many chose each option, as a message of results shows it."""
    lines = [line.removeprefix("- ") for line in said.split("\n") if "□" in line or "■" in line]
    return {line.split(" · ", 1)[1]: int(line.split()[1]) for line in lines}


async def chosen(s: Stage) -> dict[str, int]:
    """What each person chose, as it is kept."""
    names = {p.id: p.external for p in await s.kept(Person)}
    return {names[v.person_id]: v.option for v in await s.kept(PollVote, order="person_id")}


async def speak_english(s: Stage, person: str) -> None:
    async with s.store.unit() as unit:
        found = await unit.one(Person, external=person)
        assert found is not None
        found.language = "en"
