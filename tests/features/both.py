"""One community on two platforms: Ana, Bo and Cleo on the first; Dee, Eli and Bo, under another name, on the second."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.chat.content import Mention
from bot.chat.events import Someone
from bot.model.community import Person
from tests import stage as bare
from tests.stage import HALL, Stage

OTHER = "other"
SAY_NO = "!veillee rencontre planifier Dire non | jeudi 14 janvier 12 h | 1 h 30 | Salon bleu"
SILENT: dict[str, Any] = {
    "icebreakers": {"on": False}, "pulse": {"on": False, "after_sessions": False}, "stories": {"days": ()},
}  # fmt: skip
THERE = [Someone("dee", "Dee"), Someone("eli", "Eli"), Someone("bo77", "Robert")]


@asynccontextmanager
async def both(folder: Path, **settings: Any) -> AsyncIterator[tuple[Stage, Stage]]:
    """The same community, seen from either side."""
    async with bare.stage(folder, elsewhere={OTHER: THERE}, **(SILENT | settings)) as s:
        yield s, s.on(OTHER)


async def given(s: Stage, person: str, words: str = "relier mon compte") -> str:
    """The code this person is given."""
    await s.tell(person, words)
    return code_in(s.heard(person))


def code_in(said: str) -> str:
    found = re.search(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}\b", said)
    assert found is not None, said
    return found[0]


async def link(here: Stage, there: Stage, one: str = "bo", other: str = "bo77") -> str:
    """Both sides agree. Returns what is said in the end."""
    code = await given(here, one)
    await there.tell(other, f"relier mon compte {code}")
    await there.press(other, "C’est moi, relier")
    return await here.press(one, "C’est moi, relier")


async def person(s: Stage, external: str) -> Person:
    [found] = await s.kept(Person, external=external)
    return found


def mentioned(s: Stage, room: str = HALL) -> list[str]:
    """Whom the last message there calls."""
    message = s.bot_said(room)[-1].message
    assert message is not None
    lines = [block.line for block in message.blocks if block.kind in ("paragraph", "heading")]
    return [part.person for line in lines for part in line if isinstance(part, Mention)]
