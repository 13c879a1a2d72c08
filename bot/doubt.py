"""A click under what a platform shows already, and did not tell us yet that it does: its answer is late, or lost.

Where clicks are reactions, they name a message by an identifier that is not known here until then. So such a click is
laid down all the same, and read once that message is known to have been said, or given up.
"""

from __future__ import annotations

from datetime import datetime

from bot.chat.actions import ACTION, Edit
from bot.chat.events import ReactionAdded
from bot.model.flow import Inbox, Outbox
from bot.ports import Unit

# Tries, some four minutes. What was not said by then is not there to be clicked.
DOUBTED_FOR = 8
# Clicks laid down for one room. Reactions to anything else may be among them.
MOST_LAID = 100


async def may_be_ours(unit: Unit, event: ReactionAdded, at: datetime) -> bool:
    """Whether something to choose from is on its way there, since before the click was laid down. Only the first of a
    queue is."""
    here = {"platform": event.platform, "state": "pending"}
    first = [await unit.one(Outbox, **here, room=event.room, person="")]
    if event.direct:
        first.append(await unit.one(Outbox, **here, room="", person=event.person))
    return any(row is not None and _shows(row) and row.at <= at and row.tries <= DOUBTED_FOR for row in first)


def _shows(row: Outbox) -> bool:
    """Something to choose from that was not there before."""
    return bool(row.choices) and not isinstance(ACTION.validate_json(row.action), Edit)


async def is_undecided(unit: Unit, event: ReactionAdded, at: datetime) -> bool:
    """Whether the click, laid down then, is to be read later."""
    known = await unit.count(Outbox, platform=event.platform, message=event.message)
    return not known and await may_be_ours(unit, event, at)


async def undecided(unit: Unit, events: list[ReactionAdded], now: datetime) -> set[str]:
    """Of these clicks under messages unknown here, the messages under which they are to be laid down."""
    places: dict[tuple[str, str, str], list[ReactionAdded]] = {}
    for event in events:
        places.setdefault((event.platform, event.room, event.person if event.direct else ""), []).append(event)
    doubted: set[str] = set()
    for (platform, room, _), there in places.items():
        if not await may_be_ours(unit, there[-1], now):
            continue
        if await unit.count(Inbox, platform=platform, room=room, state="pending") < MOST_LAID:
            doubted |= {event.message for event in there}
    return doubted
