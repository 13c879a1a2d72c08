"""Coming into a room: who is there, of thousands perhaps, without anybody waiting meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from sys import intern
from typing import TypeVar

from adapters.matrix.inbound import member_name, membership
from adapters.matrix.native import Json, identifier, mapping, words

Each = TypeVar("Each")

# How many events are read before others get their turn.
BREATH = 200


async def breathing(events: Iterable[Each]) -> AsyncIterator[Each]:
    """One after another; now and then others get their turn."""
    for position, event in enumerate(events):
        if position % BREATH == BREATH - 1:
            await asyncio.sleep(0)
        yield event


@dataclass(slots=True)
class Found:
    """`roster`: the members, by name. `mine`: our own membership as it stands last."""

    roster: dict[str, str] = field(default_factory=dict)
    mine: Json = field(default_factory=dict)
    name: str = ""


async def found(past: Sequence[Json], arriving: Set[str], me: str) -> Found:
    """The room as it was after those events. `arriving`: who comes in later, and is not there yet."""
    here = Found()
    async for event in breathing(past):
        if event.get("type") == "m.room.name":
            here.name = words(mapping(event.get("content")).get("name"), 200)
        if event.get("type") != "m.room.member" or not (person := identifier(event.get("state_key"))):
            continue
        if person == me:
            here.mine = event
        if membership(event) == "join" and person not in arriving:
            # Whoever is in many rooms is held in memory once.
            here.roster[intern(person)] = intern(member_name(event))
        else:
            here.roster.pop(person, None)
    return here


async def named(members: Mapping[str, Json]) -> dict[str, str]:
    return {intern(person): intern(member_name(event)) async for person, event in breathing(members.items())}
