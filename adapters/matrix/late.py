"""What was said encrypted and could not be read when it came: read once its key is there, or told to who said it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adapters.matrix.inbound import PLATFORM, Me, Where, turned
from adapters.matrix.memory import Known, Read
from bot.chat.events import MessageUnread
from bot.ports import Clock

if TYPE_CHECKING:
    from adapters.matrix.crypto.encryption import Encryption


async def read_late(read: Read, encryption: Encryption, known: Known, clock: Clock, account: str) -> None:
    """Added to what was read: `read.late` and `read.untold` are for `Encryption.kept`, once it is taken in."""
    now = clock.now()
    for late in await encryption.late():
        read.late += late.done
        where = _where(read, known, late.room, account)
        if where is None:
            continue  # we are in that room no more
        theirs = known.direct.of(late.room) if where.direct else set()
        for raw in late.events:
            event = turned(raw, where, now)
            if event is not None and (not theirs or event.person in theirs):
                read.events.append(event)
    for one in await encryption.untold():
        read.untold.append(one)
        where = _where(read, known, one.room, account)
        if where is not None:
            read.events.append(
                MessageUnread(
                    id=f"{one.room}/{one.person}/unread", platform=PLATFORM, room=one.room, person=one.person,
                    at=now, name=where.names.get(one.person, ""), direct=where.direct,
                )
            )  # fmt: skip


def _where(read: Read, known: Known, room: str, account: str) -> Where | None:
    roster: Any = read.rosters[room] if room in read.rosters else known.rosters.get(room)
    if roster is not None:
        return Where(room, Me(account, roster.get(account) or known.my_name), False, roster)
    if room in known.direct.rooms and room not in read.left:
        names = {person: known.name(person) for person in known.direct.of(room)}
        return Where(room, Me(account, known.my_name), True, names)
    return None
