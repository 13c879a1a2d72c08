"""What is done in most tests of stories."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from adapters.rehearsal.platform import Said
from bot.chat.content import File
from bot.model.community import Person
from bot.model.flow import Outbox
from bot.model.session import Session
from tests import kept
from tests import stage as bare
from tests.stage import Stage

# Thursday 14 January at noon, in Montréal.
NOON = datetime(2027, 1, 14, 17, 0, tzinfo=UTC)
VOICE = File("note.ogg", "audio/ogg", uri="mxc://ici/voix")
WORDS = "Un soir, la directrice a dit oui avant moi, et nous avons ri."


@asynccontextmanager
async def stage(folder: Path, **settings: Any) -> AsyncIterator[Stage]:
    """With nothing but stories going out by itself."""
    silent: dict[str, Any] = {"icebreakers": {"on": False}, "pulse": {"on": False}}
    async with bare.stage(folder, **(silent | settings)) as s:
        yield s


async def planned(s: Stage, starts: datetime = NOON, *, theme: str = "Dire non", number: int = 1) -> Session:
    [ana] = await s.kept(Person, external="ana")
    session = Session(
        community_id=ana.community_id, number=number, theme=theme, starts=starts, minutes=90, state="planned",
        planned_by=ana.id,
    )  # fmt: skip
    async with s.store.unit() as unit:
        await unit.add(session)
    await s.app.unasked.plan()
    return session


async def drafted(s: Stage, person: str, words: str = WORDS, **rest: Any) -> str:
    """The person tells a story, and sees it again."""
    await s.tell(person, "récit 1")
    await s.press(person, "Écrire")
    return await s.tell(person, words, **rest)


async def shared(s: Stage) -> list[Said]:
    """What was said of stories in the room."""
    ids = {row.message for row in await s.kept(Outbox, purpose="stories.share")}
    return [said for said in s.bot_said() if said.id in ids]


async def shared_texts(s: Stage) -> list[str]:
    return [bare.read(said.message) for said in await shared(s)]


def prompts(s: Stage, person: str) -> list[str]:
    return [heard for heard in s.all_heard(person) if "Pas cette fois" in heard or "Not this time" in heard]


def on_disk(folder: Path, *words: str) -> list[str]:
    """Those of the words that stand in any file, the database's own journal included."""
    files = [f for f in folder.rglob("*") if f.is_file()]
    assert kept.make_database or any(f.name == "veillee.db" for f in files)
    rows = repr(kept.tables(folder))
    return [w for w in words if w in rows or any(w.encode() in f.read_bytes() for f in files)]
