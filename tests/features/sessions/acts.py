"""What is done in most tests of sessions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from adapters.rehearsal.platform import Said
from bot.chat.content import Message
from bot.chat.events import Someone
from bot.model.settings import Settings
from tests import stage as bare
from tests.stage import HALL, Stage

SAY_NO = "!veillee rencontre planifier Dire non | jeudi 14 janvier 12 h | 1 h 30 | Salon bleu"
FOUR = SAY_NO + " | toutes les 2 semaines, 4 fois"
ENGLISH = "!veillee session plan Saying no | Thursday 14 January 12:00 | 1 h 30 | Blue room"

# What other capabilities would say around a session is not looked at here.
ALONE: dict[str, Any] = {"stories": {"days": ()}, "pulse": {"on": False, "after_sessions": False}}


def read(message: Message | None) -> str:
    """With bare spaces, for what is expected to be readable here."""
    return bare.read(message).replace("\u00a0", " ").replace("\u202f", " ")


class PlainStage(Stage):
    read = staticmethod(read)


@asynccontextmanager
async def stage(folder: Path, **settings: Any) -> AsyncIterator[Stage]:
    async with bare.stage(folder, **(ALONE | settings)) as s:
        yield PlainStage(s.app, s.platform, s.clock, s.store, s.platforms)


async def planned(s: Stage, typed: str = SAY_NO, confirm: str = "Annoncer") -> None:
    """Ana plans and confirms."""
    await s.say("ana", typed)
    await s.press("ana", confirm)


def announcements(s: Stage, room: str = HALL) -> list[Said]:
    """Those of sessions, cancelled ones included, as they stand now."""
    heads = ("Rencontre", "Annulée", "Session:", "Cancelled:")
    return [said for said in s.bot_said(room) if read(said.message).startswith(heads)]


def announced(s: Stage) -> list[str]:
    return [read(said.message) for said in announcements(s)]


def reminders(s: Stage, person: str) -> list[str]:
    return [heard for heard in s.all_heard(person) if heard.startswith(("Rappel", "A reminder"))]


def antechambers(s: Stage) -> list[Said]:
    return [said for said in s.bot_said() if "antichambre" in read(said.message).split("\n")[0]]


async def wait_until(s: Stage, instant: datetime) -> None:
    await s.wait(seconds=(instant - s.clock.now()).total_seconds())


async def second_community(s: Stage) -> None:
    """Dan facilitates "L’autre", in a room of its own; Eve is there."""
    both = [("cercle", Settings(name="Le cercle", **ALONE)), ("autre", Settings(name="L’autre", **ALONE))]
    await s.app.prepare(both)
    people = [Someone("dan", "Dan"), Someone("eve", "Eve")]
    await s.platform.open_room("den", "Le coin", community="autre", members=people)
    s.platform.rooms["den"].levels["dan"] = 50
    await s.app.settle()
