"""What a handler is given: who, where, in which language, and the only ways to change or say something.

Nothing is said at once: what is said becomes rows of the outbox, kept in the same unit of work as all the rest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING

from bot import people
from bot.chat.actions import (
    ACTION,
    Action,
    Admit,
    CallRoll,
    ClosePoll,
    Direct,
    Edit,
    Hold,
    OpenForm,
    OpenPoll,
    Post,
    Remove,
)
from bot.chat.content import Argument, Block, Code, Gathering, Line, Mention, Message, Poll, Sheet, message
from bot.chat.language import Language
from bot.model.activity import ActivityKind, Entry
from bot.model.community import Community, Person, Room
from bot.model.flow import Conversation, Outbox
from bot.model.rhythm import Due
from bot.model.settings import Settings
from bot.ports import Seals, Unit
from bot.shapes import typed_as_own
from bot.voice import Voice

if TYPE_CHECKING:
    from bot.feature import Features

Said = Block | Line


@dataclass(frozen=True, slots=True)
class Where:
    """Where something was said: `message` is what an answer answers.

    `trace`: what remains to be seen of what was said or clicked, a message or a reaction. A button leaves none.
    `handle`: by it an answer reaches whoever asked, alone, wherever they are. `person`: the account it was done from.
    """

    platform: str
    room: str
    direct: bool
    message: str = ""
    thread: str = ""
    trace: str = ""
    handle: str = ""
    person: str = ""

    @property
    def private(self) -> bool:
        """Nobody but whoever asked sees the answer."""
        return self.direct or bool(self.handle)


@dataclass(slots=True, kw_only=True)
class Context:
    """`cause` names the event or the due row being handled, and prefixes the keys of all that it causes.

    `spoken`: the language in which whoever did this uses their platform, for as long as they chose none here.
    """

    unit: Unit
    community: Community
    now: datetime
    cause: str
    features: Features
    seals: Seals
    random: Random
    person: Person | None = None
    facilitator: bool = False
    where: Where | None = None
    spoken: Language | None = None
    late: bool = False
    confidential: bool = False
    said: list[Outbox] = field(default_factory=list)
    after_commit: list[Callable[[], None]] = field(default_factory=list)

    # -- who and how ------------------------------------------------------------------------------------------

    @property
    def settings(self) -> Settings:
        return self.community.settings

    @property
    def member(self) -> Person:
        """Who did this. Only where somebody did."""
        if self.person is None:
            raise LookupError(f"nobody stands behind {self.cause}")
        return self.person

    def voice(self, person: Person | None = None) -> Voice:
        """The way to speak to that person, or to the community."""
        language: Language = (person.language if person else None) or self.settings.language
        return Voice(language, self.settings.address, self.settings.clock, self.now)

    @property
    def here(self) -> Voice:
        """The way to speak to whoever did this."""
        if self.spoken and self.person and self.person.language is None:
            return Voice(self.spoken, self.settings.address, self.settings.clock, self.now)
        return self.voice(self.person)

    def typed(self, command: str, voice: Voice, rest: str = "") -> Code:
        """A command as this reader would type it."""
        found = self.features.commands[command]
        words = (found.fr if voice.language == "fr" else found.en)[0]
        own = typed_as_own(found, voice, rest)
        return Code(" ".join(filter(None, (self.settings.prefix, words, rest))), own)

    def mention(self, person: Person) -> Mention:
        """Calls them. Where they are no member, only their name is read."""
        return Mention(person.external, person.name or person.external, person.platform)

    def name(self, person: Person) -> Mention:
        """What they are called where it is read. Nobody is called."""
        return Mention(person.external, person.name or person.external, person.platform, quiet=True)

    # -- saying -----------------------------------------------------------------------------------------------

    async def reply(self, *said: Said, key: str = "", fleeting: bool = False) -> str:
        """To where it was asked. `fleeting`: nothing of it is kept once it is said, but for what can be chosen, and
        so it is of what is confidential."""
        if self.where is None:
            raise LookupError(f"nothing to answer to in {self.cause}")
        words = message(*said)
        gone = fleeting or self.confidential
        if self.where.handle:
            return await self._put(
                Direct(message=words, handle=self.where.handle, fleeting=gone), self.where.platform,
                self.here.language, person=self.where.person or self.member.external, purpose="reply", key=key,
            )  # fmt: skip
        post = Post(message=words, answers="" if self.where.direct else self.where.message, fleeting=gone)
        return await self._put(
            post, self.where.platform, self.here.language, room=self.where.room, purpose="reply", key=key
        )

    async def reply_privately(self, *said: Said, key: str = "") -> str:
        """To whoever asked, alone. Whose door is closed is told so where they asked, and no more."""
        if self.where is not None and self.where.private:
            return await self.reply(*said, key=key)
        if self.where is not None and not self.member.reachable:
            return await self.reply(self.here.say("private-closed"), key=key)
        return await self.direct(self.member, *said, key=key, purpose="reply")

    async def post(
        self, *said: Said, purpose: str, key: str = "", thread: str = "", pin: bool = False,
        beside: Person | None = None, rooms: Sequence[Room] | None = None,
    ) -> list[str]:  # fmt: skip
        """To the community, in its main room on each platform, or in `rooms`. Returns the outbox keys, one a room.

        `beside`: what concerns this member is said on their side alone: where they do it just now, or else where
        they are spoken to. `thread`: the key given to the post whose thread this goes in. With `key`, every room's
        row is "key@room id", and `thread` finds it so.
        """
        keys = []
        for room in await self.main_rooms() if rooms is None else rooms:
            if beside is not None and room.platform != self.side(beside):
                continue
            post = Post(message=message(*said), thread=f"{thread}@{room.id}" if thread else "", pin=pin)
            keys.append(
                await self._put(
                    post, room.platform, self.settings.language, room=room.external, purpose=purpose,
                    key=f"{key}@{room.id}" if key else "",
                )
            )  # fmt: skip
        return keys

    async def edit(self, key: str, *said: Said, purpose: str) -> None:
        """Change what `post` said under that key, in each room it went to.

        An earlier change that still waits for a slow platform is overtaken by this one.
        """
        for room in await self.main_rooms():
            if post := await self.unit.one(Outbox, key=f"{key}@{room.id}", native=False):
                await self.change(post, *said, purpose=purpose)

    async def change(self, post: Outbox, *said: Said, purpose: str) -> None:
        """The same for one message, be it said in a room or to one person alone."""
        room = "" if post.person else post.room
        for row in await self.unit.find(
            Outbox, state="pending", platform=post.platform, room=room, person=post.person, purpose=purpose
        ):
            earlier = ACTION.validate_json(row.action)
            if isinstance(earlier, Edit) and earlier.post == post.key and not earlier.message.files:
                await self.unit.delete(Outbox, id=row.id)
        await self._put(
            Edit(post=post.key, message=message(*said)), post.platform, post.language, room=room,
            person=post.person, purpose=purpose,
        )  # fmt: skip

    async def withdraw(self, key: str) -> None:
        """Take back what `post` said under that key, in each room it went to, or may still go to."""
        for room in await self.unit.find(Room, community_id=self.community.id):
            if post := await self.unit.one(Outbox, key=f"{key}@{room.id}"):
                await self.remove(post, gone=not room.open)

    async def remove(self, post: Outbox, *, gone: bool = False) -> None:
        """The same for one message. `gone`: nothing can be removed where it was said."""
        await self.unit.delete(Outbox, id=post.id)
        if post.state == "sent" and not gone:
            await self._put(
                Remove(message=post.message), post.platform, post.language, room=post.room, purpose="removal"
            )

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

    async def close_poll(self, key: str, *, purpose: str) -> list[Room]:
        """Close the platforms' own polls of that key. From each of the rooms returned comes a PollClosed."""
        asked = []
        for room in await self.main_rooms():
            opened = await self.unit.one(Outbox, key=f"{key}@{room.id}")
            if opened is not None and (opened.native or opened.state == "pending"):
                asked.append(room)
                await self._put(
                    ClosePoll(post=opened.key), room.platform, self.settings.language, room=room.external,
                    purpose=purpose, key=f"{opened.key}/close",
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

    async def direct(self, person: Person, *said: Said, purpose: str, key: str = "") -> str:
        """To one person alone. "" if they cannot be written to."""
        if not person.reachable:
            return ""
        return await self._put(
            Direct(message=message(*said)), person.platform, self.voice(person).language,
            person=person.external, purpose=purpose, key=key,
        )  # fmt: skip

    async def take_back(self) -> None:
        """Remove what was just said or clicked here, where the platform allows it."""
        if self.where is not None and self.where.trace:
            await self._put(
                Remove(message=self.where.trace), self.where.platform, self.here.language, room=self.where.room,
                purpose="removal",
            )  # fmt: skip

    async def _put(
        self, action: Action, platform: str, language: Language, *, purpose: str, room: str = "",
        person: str = "", key: str = "",
    ) -> str:  # fmt: skip
        action = await people.as_addressed(self.unit, self.community.id, action, platform)
        said = action.otherwise if isinstance(action, OpenForm | OpenPoll) else getattr(action, "message", None)
        row = Outbox(
            key=key or self._next_key(),
            community_id=self.community.id,
            platform=platform,
            room=room,
            person=person,
            language=language,
            purpose=purpose,
            action=ACTION.dump_json(action).decode(),
            choices=said.choices if isinstance(said, Message) else (),
            at=self.now,
        )
        await self.unit.add(row)
        self.said.append(row)
        return row.key

    def _next_key(self) -> str:
        cause = hashlib.blake2b(self.cause.encode(), digest_size=9).hexdigest()
        return f"{cause}.{len(self.said)}"

    # -- who is there -----------------------------------------------------------------------------------------

    def side(self, person: Person) -> str:
        """Where what concerns this member alone is said. Opaque: it only tells sides apart."""
        here = self.where is not None and self.person is not None and self.person.id == person.id
        return self.where.platform if here and self.where is not None else person.platform

    async def main_rooms(self) -> list[Room]:
        return await self.unit.find(Room, community_id=self.community.id, main=True, open=True)

    async def members(self) -> list[Person]:
        """Everyone present."""
        return await self.unit.find(Person, community_id=self.community.id, present=True)

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
