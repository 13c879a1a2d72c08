"""Whoever said something that could not be read learns it in private, in their language, and what they can do."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.chat.events import MessageUnread
from bot.ports import Batch
from tests.features.both import SILENT
from tests.stage import HALL, Stage, read, stage


async def unreadable(s: Stage, person: str, room: str = HALL, *, direct: bool = False) -> None:
    event = MessageUnread(
        id=f"{room}/{person}/unread", platform="rehearsal", room=room, person=person, name=person.title(),
        at=s.clock.now() + timedelta(seconds=1), direct=direct,
    )  # fmt: skip
    await s.app.intake.take(s.platform.account, Batch((event,), "next"))
    await s.app.settle()


@pytest.mark.parametrize(
    ("settings", "told", "what"),
    [
        ({"language": "en"}, "I could not read what you wrote in “Le salon”", "write it to me again"),
        ({"language": "fr"}, "Je n’ai pas pu lire ce que tu as écrit dans «\u00a0Le salon\u00a0»", "écris-le-moi"),
        (
            {"language": "fr", "address": "vous"},
            "Je n’ai pas pu lire ce que vous avez écrit dans «\u00a0Le salon\u00a0»",
            "écrivez-le-moi",
        ),
    ],
)
async def test_told_once_and_alone(tmp_path: Path, settings: dict[str, Any], told: str, what: str) -> None:
    async with stage(tmp_path, **(SILENT | settings)) as s:
        before = len(s.platform.said)
        await unreadable(s, "bo")
        await unreadable(s, "bo")
        new = s.platform.said[before:]
        assert len(new) == 1
        assert new[0].room != HALL
        text = read(new[0].message)
        assert text.startswith(told)
        assert what in text
