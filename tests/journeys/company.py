"""Veillée as a process, and people who do nothing but write, click, and wait for what it says."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

from tests.journeys.player import is_called
from tests.journeys.veillee import Veillee
from tests.synapse.homeserver import Homeserver
from tests.synapse.member import Event, Member

PATIENCE = 40.0
# Of Veillée's, what is not words: who is where, what a room is, signs under a message, what is taken back.
WORDLESS = ("m.reaction", "m.room.redaction")


class Company:
    """Everyone goes by the hour of the homeserver. `bot`: Veillée's account."""

    def __init__(self, homeserver: Homeserver, veillee: Veillee, bot: str) -> None:
        self.veillee = veillee
        self.bot = bot
        self._homeserver = homeserver

    # -- what is said ------------------------------------------------------------------------------------------

    async def shown(self, member: Member, room: str, *words: str, after: int = 0) -> Event:
        """What Veillée says there with all of these words, as this member reads it."""

        def fits(event: Event) -> bool:
            return event["sender"] == self.bot and all(word in body_of(event) for word in words)

        return await member.wait_for(fits, room, PATIENCE, after)

    async def asks(self, member: Member, room: str, typed: str, *words: str, where: str = "") -> Event:
        """Said there, answered there or in `where`."""
        mark = member.mark()
        await member.say(room, typed)
        return await self.shown(member, where or room, *words, after=mark)

    async def clicks(self, member: Member, event: Event, label: str, *words: str, where: str = "") -> Event:
        """React with the sign that stands before that label; what comes of it. The event is then that answer, with the
        reaction under `by`."""
        sign = sign_of(event, label)
        mark, room = member.mark(), event["room_id"]
        by = await member.react(room, event["event_id"], sign)
        return await self.shown(member, where or room, *words, after=mark) | {"by": by}

    async def gone(self, member: Member, room: str, event: str) -> None:
        """Once Veillée took that away."""
        await member.wait_for(lambda e: e["content"]["redacts"] == event and e["sender"] == self.bot, room, PATIENCE)

    async def private(self, member: Member) -> str:
        """Begun by the member, as their client does it."""
        room = await member.create_room("", direct=True, invite=[self.bot])

        async def is_there() -> bool:
            return (await member.members(room)).get(self.bot) == "join"

        await member.wait_until(is_there, PATIENCE, "Veillée to come")
        return room

    async def heard(self, said: str) -> None:
        """Once Veillée counted that message: whatever came before it in that room is known as well."""
        async with asyncio.timeout(PATIENCE):
            while not self.veillee.rows(f"select event from activity where event = '{said}'"):
                await asyncio.sleep(0.05)
        await self.done()

    # -- time --------------------------------------------------------------------------------------------------

    async def at(self, instant: datetime) -> None:
        """Let time go by, stopping where something is due."""
        while (due := self._next()) is not None and due <= instant:
            self._homeserver.move_to(due)
            await self.done()
        self._homeserver.move_to(instant)
        await self.done()

    async def done(self) -> None:
        """Once nothing waits any more."""
        left: Any = None
        try:
            async with asyncio.timeout(PATIENCE):
                while left := self._waiting():
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise AssertionError(f"not done: {left}; the log ends: {self.veillee.logged[-3000:]}") from None

    def _next(self) -> datetime | None:
        (((due,)),) = self.veillee.rows("select min(due_at) from due where state = 'pending'")
        return datetime.fromisoformat(str(due)).replace(tzinfo=UTC) if due else None

    def _waiting(self) -> list[tuple[object, ...]]:
        assert self._homeserver.hour is not None
        now = datetime.fromtimestamp(int(self._homeserver.hour.read_text()) / 1000, UTC).replace(tzinfo=None)
        return self.veillee.rows(
            "select key from inbox where state = 'pending' union all select purpose from outbox where state = 'pending'"
            f" union all select kind from due where state = 'pending' and due_at <= '{now.isoformat(sep=' ')}'"
        )


def body_of(event: Event) -> str:
    """As it stands after an edit, if it is one."""
    content = event["content"]
    body: str = content.get("m.new_content", content)["body"]
    return body


def thread_of(event: Event) -> str:
    relation = event["content"].get("m.relates_to", {})
    return str(relation["event_id"]) if relation.get("rel_type") == "m.thread" else ""


def sign_of(event: Event, label: str) -> str:
    for line in body_of(event).splitlines():
        sign, _, shown = line.lstrip("-•* ").partition(" ")
        if shown and is_called(shown, label):
            return sign
    raise AssertionError(f"nothing to click says {label!r} in {body_of(event)!r}")


def in_doubt(events: list[Event], bot: str) -> list[Event]:
    """What of Veillée's words came in clear, or could not be read, or with a warning."""
    said = [
        e for e in events
        if e["sender"] == bot and "state_key" not in e and e["type"] not in WORDLESS
        and "redacted_because" not in e.get("unsigned", {})
    ]  # fmt: skip
    assert said, "nothing was said at all"
    return [e for e in said if not e["encrypted"] or e["unreadable"] or e["shield"] != "NONE"]
