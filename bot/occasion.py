"""What is being handled: who did what, where, in which language; and the one way by which anything is said.

Nothing is said at once: what is said becomes rows of the outbox, kept in the same unit of work as all the rest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING

from bot import people
from bot.chat.actions import (
    ACTION,
    Action,
    Direct,
    OpenForm,
    OpenPoll,
    Post,
)
from bot.chat.content import Block, Choices, Code, File, Line, Mention, Message, Paragraph
from bot.chat.language import Language
from bot.model.attention import Request
from bot.model.community import Community, Person, Room
from bot.model.flow import Outbox
from bot.model.rhythm import Due
from bot.model.settings import Settings
from bot.ports import Seals, Unit
from bot.shapes import typed_as_own
from bot.voice import Voice

if TYPE_CHECKING:
    from bot.falling_due import Quiet
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

    @property
    def typed(self) -> bool:
        """By words: neither by a command of the platform's own, nor by a click."""
        return not self.handle


@dataclass(slots=True, kw_only=True)
class Occasion:
    """`cause` names the event or the due row being handled, and prefixes the keys of all that it causes.

    `spoken`: the language in which whoever did this uses their platform, for as long as they chose none here.
    `rooms`, `quiet`: those of the community, the main rooms at least, and when it is left in peace, where they were
    read for many occasions at once. `due`: what falls due, where that is what happens; `late`: it missed its hour, and
    with `excuse` each whom it is for is told so. `deed`: what was done that can be undone, or is known not to be.
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
    rooms: Sequence[Room] | None = None
    quiet: Quiet | None = None
    due: Due | None = None
    excuse: bool = False
    deed: str = ""
    said: list[Outbox] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)
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

    def voice_for(self, person: Person) -> Voice:
        """The way to speak to that person, who may be whoever did this."""
        return self.here if person is self.person else self.voice(person)

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

    # -- who is there -----------------------------------------------------------------------------------------

    def side(self, person: Person) -> str:
        """Where what concerns this member alone is said. Opaque: it only tells sides apart."""
        here = self.where is not None and self.person is not None and self.person.id == person.id
        return self.where.platform if here and self.where is not None else person.platform

    async def main_rooms(self) -> list[Room]:
        if self.rooms is not None:
            return [room for room in self.rooms if room.main and room.open]
        return await self.unit.find(Room, community_id=self.community.id, main=True, open=True)

    async def members(self) -> list[Person]:
        """Everyone present."""
        return await self.unit.find(Person, community_id=self.community.id, present=True)

    async def _put(
        self, action: Action, platform: str, language: Language, *, purpose: str, room: str = "",
        person: str = "", key: str = "", until: datetime | None = None,
    ) -> str:  # fmt: skip
        if self.excuse and isinstance(action, Post | Direct) and not self._told(platform, room, person):
            action = replace(action, message=self._excused(action.message, language))
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
            due_id=self.due.id if self.due else None,
            until=until,
        )
        self.unit.lay(row)
        self.said.append(row)
        return row.key

    def _told(self, platform: str, room: str, person: str) -> bool:
        """Whether something was said there. Nobody hears of a message that is changed where it stands."""
        there = [row for row in self.said if (row.platform, row.room, row.person) == (platform, room, person)]
        return any(isinstance(ACTION.validate_json(row.action), Post | Direct) for row in there)

    def _excused(self, said: Message, language: Language) -> Message:
        """It says that it is late, above what can be chosen and what comes with it."""
        if self.due is None:
            return said
        voice = Voice(language, self.settings.address, self.settings.clock, self.now)
        excuse = Paragraph(voice.say("rhythm-late", when=voice.when(self.due.late_from or self.due.due_at)))
        end = next((i for i, b in enumerate(said.blocks) if isinstance(b, Choices | File)), len(said.blocks))
        return Message((*said.blocks[:end], excuse, *said.blocks[end:]))

    def _next_key(self) -> str:
        cause = hashlib.blake2b(self.cause.encode(), digest_size=9).hexdigest()
        return f"{cause}.{len(self.said)}"
