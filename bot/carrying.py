"""One action of the outbox, as calls of its platform. What a platform or a room lacks is made up for here."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot import people
from bot.abilities import Admits, AnswersAtOnce, HearsVoices, HoldsFiles, HoldsGatherings, LaysFiles, TakesPolls
from bot.chat.actions import (
    ACTION,
    Admit,
    CallRoll,
    ClosePoll,
    Direct,
    Discard,
    Edit,
    Hold,
    OpenForm,
    OpenPoll,
    Pin,
    Post,
    React,
    Remove,
    Unsay,
)
from bot.chat.addresses import Kept, of_the_platform, ours
from bot.chat.capabilities import Level
from bot.chat.content import File, Message
from bot.chat.events import VoiceEntered
from bot.copies import Copies
from bot.fallbacks import fit
from bot.model.flow import DirectRoom, Outbox, SaidPart, part_key
from bot.ports import ChatPlatform, Expired, Refused, Store
from bot.unsaying import take_away

log = structlog.get_logger("delivery")


@dataclass(frozen=True, slots=True)
class Carried:
    """The room it went to, and the platform's id of what was said. `native`: it is the platform's own, and takes no
    change from us. `votes`: as in PollClosed. `heard`: what the platform told by the way. `alone`: it was said to one
    person where they are written to in private."""

    room: str
    message: str
    native: bool = False
    votes: tuple[tuple[str, ...], ...] | None = None
    heard: tuple[VoiceEntered, ...] = ()
    alone: bool = False


class Carrier:
    def __init__(self, store: Store, platforms: Mapping[str, ChatPlatform], copies: Copies) -> None:
        self._store = store
        self._platforms = platforms
        self._copies = copies

    async def carry_out(self, platform: ChatPlatform, row: Outbox, since: datetime | None) -> Carried:
        """`since`: as in bot.ports."""
        action = ACTION.validate_json(row.action)
        match action:
            case Post():
                thread = await self._message_of(action.thread) if action.thread else ""
                message = await self._say(
                    platform, row, row.room, action.message, thread=thread, answers=action.answers, since=since
                )
                return Carried(row.room, message)
            case Direct():
                if action.handle and isinstance(platform, AnswersAtOnce):
                    with contextlib.suppress(Expired):
                        return Carried(*await self._answer(platform, row, action.handle, action.message))
                return await self._tell(platform, row, action.message, since)
            case OpenForm():
                if not isinstance(platform, AnswersAtOnce):
                    raise Refused("no sheets here")
                try:
                    await platform.open_form(action.handle, action.sheet, key=row.key)
                except Expired:
                    with contextlib.suppress(Expired):
                        return Carried(*await self._answer(platform, row, action.handle, action.otherwise))
                    return await self._tell(platform, row, action.otherwise, since)
                return Carried("", "")
            case Hold():
                native = platform.capabilities(row.room).gatherings is Level.NATIVE
                if not isinstance(platform, HoldsGatherings) or not native:
                    return Carried(row.room, "")
                target = await self._message_of(action.earlier) if action.earlier else ""
                if action.earlier and not target:
                    raise Refused("what was to be changed was never put there")
                held = await platform.hold(row.room, action.gathering, key=row.key, target=target)
                return Carried(row.room, held)
            case OpenPoll():
                if isinstance(platform, TakesPolls) and platform.capabilities(row.room).polls is Level.NATIVE:
                    try:
                        poll = await platform.open_poll(row.room, action.poll, key=row.key, since=since)
                        return Carried(row.room, poll, native=True)
                    except Refused as refusal:
                        log.info("no poll of its own", platform=row.platform, reason=refusal.reason)
                return Carried(row.room, await self._say(platform, row, row.room, action.otherwise, since=since))
            case ClosePoll():
                opened = await self._row(action.post)
                if opened is None or not opened.native or not isinstance(platform, TakesPolls):
                    return Carried(row.room, "")
                if not opened.message:
                    raise Refused("the poll was never opened, or the room was replaced")
                votes = await platform.close_poll(
                    row.room, opened.message, key=row.key, says=action.says
                )
                return Carried(row.room, opened.message, votes=votes)
            case Admit():
                if isinstance(platform, Admits):
                    await platform.admit(row.room, row.person, withdrawn=action.withdrawn)
                return Carried(row.room, "")
            case CallRoll():
                there = await platform.in_voice(row.room) if isinstance(platform, HearsVoices) else ()
                return Carried(row.room, "", heard=tuple(there))
            case Edit():
                original = await self._row(action.post)
                if original is None or not original.message:
                    raise Refused("what was to be changed was never said")
                room, target = row.room or original.room, original.message
                if original.native:
                    return Carried(room, "")
                direct = bool(row.person)
                fitted = fit(action.message, platform.capabilities(room), row.language, direct=direct)
                await platform.edit(room, target, fitted.text, key=row.key)
                # Further files of an edited post come after it.
                for position, file in enumerate(fitted.files):
                    await platform.post(room, Message((file,)), key=f"{row.key}.f{position}", thread=target)
                return Carried(room, target)
            case Pin():
                try:
                    await platform.pin(row.room, await self._message_of(action.post) if action.post else "")
                except Refused as refusal:
                    log.info("not pinned", platform=row.platform, reason=refusal.reason)
                return Carried(row.room, "")
            case React():
                await platform.react(row.room, action.message, action.emoji, key=row.key)
                return Carried(row.room, "")
            case Remove():
                await platform.remove(row.room, action.message, key=row.key)
                return Carried(row.room, "")
            case Unsay():
                await take_away(self._store, platform, row, action)
                return Carried(row.room, "")
            case Discard():
                self._copies.remove(action.name)
                return Carried("", "")

    async def _tell(
        self, platform: ChatPlatform, row: Outbox, message: Message, since: datetime | None
    ) -> Carried:
        room = await self._direct_room(platform, row.person)
        said = await self._say(platform, row, room, message, direct=True, since=since)
        return Carried(room, said, alone=True)

    async def _answer(
        self, platform: ChatPlatform, row: Outbox, handle: str, message: Message
    ) -> tuple[str, str]:
        """By the handle of what was asked. Raises Expired."""
        assert isinstance(platform, AnswersAtOnce)
        message = await self._brought(platform, message)
        fitted = fit(message, platform.capabilities(""), row.language, direct=True)
        parts = platform.split(fitted)
        said = await self._said_of(row, parts)
        for position, part in enumerate(parts):
            if position not in said:
                said[position] = await platform.answer(handle, part, key=part_key(row.key, position))
                await self._note(row, parts, position, said[position])
        ids = [said[position][1] for position in range(len(parts))]
        return said[0][0], self._bearing_choices(ids, parts, message)

    async def _say(
        self, platform: ChatPlatform, row: Outbox, room: str, message: Message, *, thread: str = "",
        answers: str = "", direct: bool = False, since: datetime | None = None,
    ) -> str:  # fmt: skip
        """In as many messages as the platform needs. The id is that of the part with the choices, else the first."""
        message = await self._brought(platform, message)
        fitted = fit(message, platform.capabilities(room), row.language, direct=direct)
        parts = platform.split(fitted)
        said = await self._said_of(row, parts)
        for position, part in enumerate(parts):
            if position in said:
                continue
            id = await platform.post(
                room, part, key=part_key(row.key, position), thread=thread, answers=answers if position == 0 else "",
                since=since,
            )  # fmt: skip
            said[position] = room, id
            await self._note(row, parts, position, said[position])
        ids = [said[position][1] for position in range(len(parts))]
        return self._bearing_choices(ids, parts, message)

    async def _said_of(self, row: Outbox, parts: Sequence[Message]) -> dict[int, tuple[str, str]]:
        """By their position, the parts that were said already: the room, and the platform's id."""
        if len(parts) == 1:
            return {}
        async with self._store.unit() as unit:
            known = await unit.find(SaidPart, outbox_id=row.id)
        return {part.position: (part.room, part.message) for part in known}

    async def _note(self, row: Outbox, parts: Sequence[Message], position: int, said: tuple[str, str]) -> None:
        if len(parts) == 1:
            return
        async with self._store.unit() as unit:
            if await unit.count(Outbox, id=row.id):  # or else its author was erased meanwhile
                room, message = said
                await unit.add(SaidPart(outbox_id=row.id, position=position, room=room, message=message))

    async def _brought(self, platform: ChatPlatform, message: Message) -> Message:
        """With the files that lie on another platform, or with us, brought along; so are those of a platform on which a
        file cannot be shown a second time but by sending it anew."""
        brought: dict[File, File] = {}
        for file in message.files:
            found = replace(file, uri=of_the_platform(file.uri))
            if found.uri and (isinstance(platform, LaysFiles) or not _held(found.uri, [platform])):
                found = await self._fetched(found)
            brought[file] = found
        return Message(tuple(brought[b] if isinstance(b, File) else b for b in message.blocks))

    async def _fetched(self, file: File) -> File:
        """With nothing in it where it is gone: `fit` says so."""
        kept, origin = ours(file.uri), _held(file.uri, self._platforms.values())
        if not isinstance(kept, Kept) and origin is None:
            return file
        try:
            if isinstance(kept, Kept):
                return replace(file, uri="", data=await self._copies.fetch(kept))
            assert origin is not None
            return replace(file, uri="", data=await origin.fetch(file.uri))
        except Refused as refusal:
            log.info("file not brought along", reason=refusal.reason)
            return replace(file, uri="", data=b"")

    @staticmethod
    def _bearing_choices(ids: Sequence[str], parts: Sequence[Message], message: Message) -> str:
        if not message.choices:
            return ids[0]
        texts = [i for i, part in zip(ids, parts, strict=True) if not part.files]
        return (texts or ids)[-1]

    async def _direct_room(self, platform: ChatPlatform, person: str) -> str:
        async with self._store.unit() as unit:
            known = await unit.one(DirectRoom, platform=platform.name, person=person)
        room = await platform.direct_room(person)
        if known is None or known.room != room:
            async with self._store.unit() as unit:
                await unit.delete(DirectRoom, platform=platform.name, person=person)
                # Who was erased meanwhile leaves no new trace.
                if await people.everywhere(unit, platform.name, person):
                    await unit.add(DirectRoom(platform=platform.name, person=person, room=room))
        return room

    async def _message_of(self, key: str) -> str:
        row = await self._row(key)
        return row.message if row else ""

    async def _row(self, key: str) -> Outbox | None:
        async with self._store.unit() as unit:
            return await unit.one(Outbox, key=key)


def _held(uri: str, platforms: Iterable[object]) -> HoldsFiles | None:
    """Where it lies."""
    return next((p for p in platforms if isinstance(p, HoldsFiles) and p.holds(uri)), None)
