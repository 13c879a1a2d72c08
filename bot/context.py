"""What a handler is given: who, where, in which language, and the only ways to change or say something.

What is said with words is in bot/saying.py, and what is common to all of it in bot/occasion.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot import people
from bot.chat.actions import (
    ACTION,
    Admit,
    CallRoll,
    ClosePoll,
    Hold,
    OpenForm,
    OpenPoll,
)
from bot.chat.content import Argument, Gathering, Poll, Sheet, message
from bot.model.activity import ActivityKind, Entry
from bot.model.community import Person, Room
from bot.model.flow import Conversation, Outbox
from bot.model.rhythm import Due
from bot.occasion import Said, Where
from bot.saying import Saying

__all__ = ["Context", "Said", "Where"]


class Context(Saying):
    __slots__ = ()

    # -- what only some platforms can do ----------------------------------------------------------------------

    async def open_form(self, sheet: Sheet, *otherwise: Said) -> None:
        """Hand a sheet to whoever asked by a handle. `otherwise` offers to open it again, should it be too late."""
        if self.where is None or not self.where.handle:
            raise LookupError(f"nothing to open a form with in {self.cause}")
        form = OpenForm(
            sheet=sheet, handle=self.where.handle, otherwise=message(*otherwise), fleeting=self.confidential
        )
        await self._put(
            form, self.where.platform, self.here.language, person=self.where.person or self.member.external,
            purpose="form",
        )

    async def hold(
        self, key: str, gathering: Gathering, *, purpose: str, rooms: Sequence[Room] | None = None
    ) -> None:
        """Have the gathering of that key stand in the calendar of each platform that has one, or of those of
        `rooms`, as it is now. What waits to be put there as it was before is overtaken, but for the first: it may be
        on its way already."""
        for room in await self.main_rooms() if rooms is None else rooms:
            first = f"{key}@{room.id}"
            known = await self.unit.one(Outbox, key=first)
            never = known is None or (known.state != "pending" and not known.message)
            if never and gathering.cancelled:
                continue
            if known is not None and never:
                # Refused, or there was no calendar: nothing came of that key, which may be given again.
                known.action, known.state = ACTION.dump_json(Hold(gathering=gathering)).decode(), "pending"
                known.problem, known.tries, known.at = "", 0, self.now
                continue
            for row in await self.unit.find(Outbox, state="pending", platform=room.platform, purpose=purpose):
                waiting = ACTION.validate_json(row.action)
                if isinstance(waiting, Hold) and waiting.earlier == first:
                    await self.unit.delete(Outbox, id=row.id)
            await self._put(
                Hold(gathering=gathering, earlier=first if known else ""), room.platform,
                self.settings.language, room=room.external, purpose=purpose, key="" if known else first,
            )  # fmt: skip

    async def open_poll(self, key: str, poll: Poll, *otherwise: Said, purpose: str) -> None:
        """Put a question to the community, in its main room on each platform: by a poll of the platform's own, whose
        votes come as events, or `otherwise` by a message with something to choose, which `edit` changes."""
        for room in await self.main_rooms():
            await self._put(
                OpenPoll(poll=poll, otherwise=message(*otherwise)), room.platform, self.settings.language,
                room=room.external, purpose=purpose, key=f"{key}@{room.id}",
            )  # fmt: skip

    async def close_poll(self, key: str, *said: Said, purpose: str) -> list[Room]:
        """Close the platforms' own polls of that key. From each of the rooms returned comes a PollClosed. `said`:
        that it is over, for where the platform does not say so itself."""
        asked = []
        for room in await self.main_rooms():
            opened = await self.unit.one(Outbox, key=f"{key}@{room.id}")
            if opened is not None and (opened.native or opened.state == "pending"):
                asked.append(room)
                await self._put(
                    ClosePoll(post=opened.key, says=message(*said)), room.platform, self.settings.language,
                    room=room.external, purpose=purpose, key=f"{opened.key}/close",
                )  # fmt: skip
        return asked

    async def call_roll(self, *, purpose: str) -> None:
        """Hear of everyone who is in a voice room now, where the platform tells."""
        for room in await self.main_rooms():
            await self._put(
                CallRoll(), room.platform, self.settings.language, room=room.external, purpose=purpose
            )

    async def admit(self, person: Person, *, withdrawn: bool = False) -> None:
        """Open to that person what their platforms keep for members, or close it."""
        theirs = {a.platform: a.external for a in await people.accounts(self.unit, person)}
        for room in await self.main_rooms():
            if room.platform in theirs:
                await self._put(
                    Admit(withdrawn=withdrawn), room.platform, self.settings.language, room=room.external,
                    person=theirs[room.platform], purpose="admission",
                )  # fmt: skip

    # -- asking -----------------------------------------------------------------------------------------------

    async def ask(self, form: str, **args: Argument) -> None:
        """Have whoever did this fill in a form, by a conversation in private."""
        from bot.forms import begin

        await begin(self, form, args)

    async def conversation(self) -> Conversation | None:
        return await self.unit.one(Conversation, person_id=self.member.id)

    async def plan_once(self, key: str, kind: str, due_at: datetime, **args: Argument) -> None:
        """Have something happen at that instant, once, whatever the rhythm. A key already known changes nothing."""
        if not await self.unit.one(Due, community_id=self.community.id, key=key):
            await self.unit.add(
                Due(community_id=self.community.id, key=key, kind=kind, due_at=due_at, args=args)
            )

    # -- the activity log -------------------------------------------------------------------------------------

    async def log(
        self, kind: ActivityKind, person: Person, *, event: str = "", session_id: int | None = None,
        at: datetime | None = None,
    ) -> None:  # fmt: skip
        """One row about that person, unless they opted out. `event`: what makes it be counted once.
        `at`: when it happened, where that is not now."""
        if not person.logged:
            return
        await self.unit.record(
            [
                Entry(
                    community_id=self.community.id,
                    room_id=None,
                    who=person.pseudonym,
                    at=at or self.now,
                    kind=kind,
                    event=event or f"{self.cause}/{kind}/{person.pseudonym}",
                    session_id=session_id,
                )
            ]
        )
