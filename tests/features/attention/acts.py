"""What is done in most tests of how often people are asked for something."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.app import FEATURES
from bot.attention import WEEK
from bot.chat.content import Argument, Text
from bot.context import Context
from bot.model.attention import Request
from bot.model.community import Community, Person
from bot.requests import Asking, Priority, RequestKind
from tests import stage as bare
from tests.stage import Stage

# Nothing goes out by itself but what a test asks for.
SILENT: dict[str, Any] = {
    "icebreakers": {"on": False}, "pulse": {"on": False, "after_sessions": False}, "stories": {"days": ()},
}  # fmt: skip


async def _words(ctx: Context, person: Person, args: Mapping[str, Argument]) -> Asking | None:
    what = str(args["what"])
    return None if what == "nothing" else Asking([(Text(f"Whole {what}"),)], (Text(f"Short {what}"),), f"See {what}")


KINDS = {
    "test.reminder": RequestKind(_words, Priority.HIGH, True, None),
    "test.story": RequestKind(_words, Priority.NORMAL, False, None),
    "test.pulse": RequestKind(_words, Priority.LOW, False, None),
}


@asynccontextmanager
async def stage(folder: Path, **settings: Any) -> AsyncIterator[Stage]:
    """Where three kinds of things may be asked, each worth less than the one before."""
    known = FEATURES.requests
    FEATURES.requests = {**known, **KINDS}
    try:
        async with bare.stage(folder, **(SILENT | settings)) as s:
            yield s
    finally:
        FEATURES.requests = known


async def ask(s: Stage, kind: str, what: str, *people: str, useful: timedelta = timedelta(days=2)) -> None:
    """As a feature does as its hour comes. `people`: all of them, where none is named."""
    async with s.store.unit() as unit:
        [community] = await unit.find(Community)
        ctx = s.app.unasked.context(unit, community, cause=f"test:{what}")
        asked = [p for p in await ctx.members() if not people or p.external in people]
        await ctx.request(asked, f"test.{kind}", key=what, until=s.clock.now() + useful, what=what)
    await s.app.unasked.plan()
    await s.app.settle()


async def rows(s: Stage, person: str) -> dict[str, tuple[str, str]]:
    """What became of each thing this person was to be asked: its state, and why."""
    [found] = await s.kept(Person, external=person)
    return {row.key: (row.state, row.why) for row in await s.kept(Request, person_id=found.id)}


def asked(s: Stage, person: str) -> list[str]:
    """Each message in which this person was asked something, in one line."""
    told = [text for text in s.all_heard(person) if "Whole" in text or "Short" in text]
    return [" ".join(word for word in text.split() if word.startswith(("w", "x", "y", "z"))) for text in told]


async def busy(s: Stage, person: str, count: int = 3) -> None:
    """They are asked that many things, each in its own message."""
    for number in range(count):
        await ask(s, "pulse", f"w{number}", person)
        await s.wait(hours=1)


__all__ = ["KINDS", "SILENT", "WEEK", "ask", "asked", "busy", "rows", "stage"]
