"""Whether Discord takes a body: by its own description where it is at hand, and by hand what that misses."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.discord import declared, limits
from tests.discord.description import description
from tests.discord.state import without_nulls

Json = dict[str, Any]


def message(body: Json) -> None:
    _check("POST", "/channels/1/messages", body)
    assert not list(limits.message(without_nulls(body), new=True))


def modal(data: Json) -> None:
    _check("POST", "/interactions/1/token/callback", {"type": 9, "data": data})
    assert not list(limits.modal(data))


def event(body: Json, now: datetime) -> None:
    _check("POST", "/guilds/1/scheduled-events", body)
    _check("PATCH", "/guilds/1/scheduled-events/2", body)
    assert not list(declared.event(without_nulls(body), now, new=True))


def event_change(body: Json, now: datetime) -> None:
    _check("PATCH", "/guilds/1/scheduled-events/2", body)
    assert not list(declared.event(without_nulls(body), now, new=False))


def _check(method: str, path: str, body: Json) -> None:
    if known := description():
        assert not list(known.problems(method, path, body))
