"""A chat platform in memory. What is said in it can be read back; members act in it by its methods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from adapters.rehearsal.pieces import pieces, size_of
from adapters.rehearsal.polls import SimulatedPoll
from adapters.rehearsal.rooms import Said, SimulatedRoom
from bot.chat.capabilities import Capabilities, Level
from bot.chat.content import File, Heading, Message, Paragraph, Poll, Quote
from bot.chat.events import (
    ButtonPressed,
    Event,
    MemberJoined,
    MemberLeft,
    MemberRenamed,
    MessagePosted,
    MessageRemoved,
    PollVoted,
    ReactionAdded,
    RoomOpened,
    Someone,
)
from bot.ports import Batch, Clock, DoorClosed, Intake, Refused

__all__ = ["BOT", "RehearsalPlatform", "Said", "SimulatedRoom"]

BOT = "veillee"


class RehearsalPlatform:
    """Implements bot.ports.ChatPlatform, and TakesPolls. `buttons`, `polls`: how its rooms do them, to try the
    fallback too. `name`: what it goes by, where there are several."""

    def __init__(
        self, clock: Clock, *, buttons: Level = Level.NATIVE, polls: Level = Level.FALLBACK, text_limit: int = 4000,
        name: str = "rehearsal",
    ) -> None:  # fmt: skip
        self.name = name
        self.account = f"{name}:{BOT}"
        self._clock = clock
        self._capabilities = Capabilities(
            buttons=buttons, threads=Level.NATIVE, edits=Level.NATIVE, files=Level.NATIVE, text_limit=text_limit,
            polls=polls,
        )  # fmt: skip
        self.rooms: dict[str, SimulatedRoom] = {}
        self.said: list[Said] = []
        self.closed: set[str] = set()
        self.files: dict[str, bytes] = {}
        self.polls: dict[str, SimulatedPoll] = {}
        self._by_id: dict[str, Said] = {}
        self._by_key: dict[str, str] = {}
        self._reactions: dict[str, tuple[Said, tuple[str, str]]] = {}
        self._count = 0
        self._intake: Intake | None = None

    # -- what the core asks -----------------------------------------------------------------------------

    def capabilities(self, room: str) -> Capabilities:
        return self._capabilities

    def split(self, message: Message) -> list[Message]:
        """By characters of text; files apart."""
        parts: list[Message] = []
        blocks: list[Heading | Paragraph | Quote | object] = []
        used = 0
        for block in message.text.blocks:
            for piece in pieces(block, self._capabilities.text_limit):
                size = size_of(piece)
                if blocks and used + size > self._capabilities.text_limit:
                    parts.append(Message(tuple(blocks)))  # type: ignore[arg-type]  # blocks all the same
                    blocks, used = [], 0
                blocks.append(piece)
                used += size
        if blocks:
            parts.append(Message(tuple(blocks)))  # type: ignore[arg-type]
        return parts + [Message((file,)) for file in message.files]

    async def post(
        self, room: str, message: Message, *, key: str, thread: str = "", answers: str = "",
        since: datetime | None = None,
    ) -> str:  # fmt: skip
        if key in self._by_key:
            return self._by_key[key]
        if room not in self.rooms:
            raise Refused("no such room")
        said = self._put(room, BOT, message=message, thread=thread, answers=answers)
        self._by_key[key] = said.id
        return said.id

    async def find(self, room: str, said: Message | Poll, *, key: str, since: datetime, thread: str = "") -> str:
        return self._by_key.get(key, "")

    async def edit(self, room: str, target: str, message: Message, *, key: str) -> None:
        said = self._find(target)
        said.message, said.edited = message, True

    async def open_poll(self, room: str, poll: Poll, *, key: str, since: datetime | None = None) -> str:
        id = await self.post(room, poll.says, key=key, since=since)
        self.polls.setdefault(id, SimulatedPoll(poll))
        return id

    async def close_poll(
        self, room: str, target: str, *, key: str, says: Message
    ) -> tuple[tuple[str, ...], ...]:
        if self._find(target).removed:
            raise Refused("no such poll")
        return self.polls[target].close()

    async def react(self, room: str, target: str, emoji: str, *, key: str) -> None:
        said = self._find(target)
        if (BOT, emoji) not in said.reactions:
            said.reactions.append((BOT, emoji))

    async def remove(self, room: str, target: str, *, key: str) -> None:
        if target in self._by_id:
            self._by_id[target].removed = True
        elif target in self._reactions:
            said, reaction = self._reactions.pop(target)
            said.reactions.remove(reaction)

    async def pin(self, room: str, target: str) -> None:
        for said in self.said:
            if said.room == room and said.person == BOT:
                said.pinned = said.id == target

    async def direct_room(self, person: str) -> str:
        if person in self.closed:
            raise DoorClosed("direct messages are closed")
        room = f"direct-{person}"
        if room not in self.rooms:
            name = next((r.members[person] for r in self.rooms.values() if person in r.members), person)
            self.rooms[room] = SimulatedRoom(room, name, direct=True, members={person: name})
        return room

    def holds(self, uri: str) -> bool:
        return uri in self.files

    async def fetch(self, uri: str) -> bytes:
        if not self.files.get(uri):
            raise Refused("the file is gone")
        return self.files[uri]

    async def level(self, room: str, person: str) -> int:
        return self.rooms[room].levels.get(person, 0)

    async def run(self, intake: Intake) -> None:
        self._intake = intake

    async def close(self) -> None:
        self._intake = None

    # -- what members do --------------------------------------------------------------------------------

    async def open_room(
        self, id: str, name: str, *, community: str, members: Sequence[Someone] = (), main: bool = True,
        office: bool = False,
    ) -> None:  # fmt: skip
        self.rooms[id] = SimulatedRoom(id, name, members={m.person: m.name for m in members})
        await self._happen(
            RoomOpened(
                **self._base(id, BOT), community=community, name=name, main=main, office=office,
                members=tuple(members),
            )
        )

    async def say(
        self, person: str, room: str, text: str, *, thread: str = "", answers: str = "",
        files: tuple[File, ...] = (), mentions_bot: bool = False,
    ) -> str:  # fmt: skip
        self.files.update((file.uri, bytes(file.data)) for file in files if file.data)
        files = tuple(replace(file, data=b"") for file in files)
        said = self._put(room, person, text=text, thread=thread, answers=answers, files=files)
        event = MessagePosted(
            id=said.id, platform=self.name, room=room, person=person, at=said.at, text=text,
            name=self.rooms[room].members.get(person, person), direct=self.rooms[room].direct,
            mentions_bot=mentions_bot, answers=answers, thread=thread, files=files,
        )  # fmt: skip
        await self._happen(event)
        return said.id

    async def tell(self, person: str, text: str, files: tuple[File, ...] = ()) -> str:
        """Say it to the bot in private."""
        closed = person in self.closed
        self.closed.discard(person)
        room = await self.direct_room(person)
        if closed:
            self.closed.add(person)
        return await self.say(person, room, text, files=files)

    async def press(self, person: str, message: str, choice: int) -> None:
        said = self._find(message)
        await self._happen(
            ButtonPressed(
                **self._base(said.room, person), message=message, choice=choice,
                direct=self.rooms[said.room].direct,
            )
        )

    async def vote(self, person: str, message: str, option: int, *, heard: bool = True) -> None:
        """In a poll of the platform's own, which tells first what is given up. `heard`: somebody listens."""
        await self.unvote(person, message, heard=heard)
        self.polls[message].vote(person, option)
        base = self._base(self._find(message).room, person)
        if heard:
            await self._happen(PollVoted(**base, message=message, option=option))

    async def unvote(self, person: str, message: str, *, heard: bool = True) -> None:
        option = self.polls[message].votes.pop(person, None)
        base = self._base(self._find(message).room, person)
        if heard and option is not None:
            await self._happen(PollVoted(**base, message=message, option=option, withdrawn=True))

    async def add_reaction(self, person: str, message: str, emoji: str) -> str:
        said = self._find(message)
        said.reactions.append((person, emoji))
        event = ReactionAdded(
            **self._base(said.room, person), message=message, emoji=emoji, direct=self.rooms[said.room].direct
        )
        self._reactions[event.id] = (said, (person, emoji))
        await self._happen(event)
        return event.id

    async def take_back(self, person: str, message: str) -> None:
        """A message or a reaction."""
        room = (self._reactions[message][0] if message in self._reactions else self._find(message)).room
        await self.remove(room, message, key="")
        direct = self.rooms[room].direct
        await self._happen(MessageRemoved(**self._base(room, person), message=message, direct=direct))

    async def join(self, person: str, name: str, room: str, *, at: datetime | None = None) -> None:
        self.rooms[room].members[person] = name
        base = self._base(room, person)
        await self._happen(MemberJoined(**(base | ({"at": at} if at else {})), name=name))

    async def leave(self, person: str, room: str) -> None:
        self.rooms[room].members.pop(person, None)
        await self._happen(MemberLeft(**self._base(room, person)))

    async def rename(self, person: str, name: str, room: str) -> None:
        self.rooms[room].members[person] = name
        await self._happen(MemberRenamed(**self._base(room, person), name=name))

    def seen_by(self, person: str) -> list[Said]:
        """All that this person can read, oldest first."""
        return [
            s for s in self.said
            if person in self.rooms[s.room].members and not s.removed and s.only in ("", person)
        ]  # fmt: skip

    # ---------------------------------------------------------------------------------------------------

    def _base(self, room: str, person: str) -> dict[str, Any]:
        return {
            "id": self._next(), "platform": self.name, "room": room, "person": person, "at": self._clock.now(),
        }  # fmt: skip

    def _next(self) -> str:
        self._count += 1
        return f"{self.name[0]}{self._count}"

    def _find(self, id: str) -> Said:
        if id not in self._by_id:
            raise Refused("no such message")
        return self._by_id[id]

    def _put(self, room: str, person: str, **rest: object) -> Said:
        said = Said(id=self._next(), room=room, person=person, at=self._clock.now(), **rest)  # type: ignore[arg-type]
        self.said.append(said)
        self._by_id[said.id] = said
        return said

    async def _happen(self, event: Event) -> None:
        if self._intake is None:
            raise RuntimeError("the platform is not running")
        await self._intake.take(self.account, Batch([event], str(self._count)))
