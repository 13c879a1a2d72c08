"""One action of the outbox, as calls of its platform. What a platform or a room lacks is made up for here."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import datetime

import structlog

from bot.chat.actions import ACTION, Admit, ClosePoll, Direct, Edit, Hold, OpenForm, OpenPoll, Post, React, Remove
from bot.chat.content import Message
from bot.fallbacks import fit
from bot.model.community import Person
from bot.model.flow import DirectRoom, Outbox
from bot.ports import (
    Admits,
    AnswersAtOnce,
    ChatPlatform,
    Expired,
    HoldsGatherings,
    Refused,
    Store,
    TakesPolls,
)

log = structlog.get_logger("delivery")


class Carrier:
    def __init__(self, store: Store) -> None:
        self._store = store

    async def carry_out(
        self, platform: ChatPlatform, row: Outbox, since: datetime | None
    ) -> tuple[str, str]:
        """The room it went to, and the platform's id of what was said. `since`: as in bot.ports."""
        action = ACTION.validate_json(row.action)
        match action:
            case Post():
                thread = await self._message_of(action.thread) if action.thread else ""
                message = await self._say(
                    platform, row, row.room, action.message, thread=thread, answers=action.answers, since=since
                )
                if action.pin:
                    try:
                        await platform.pin(row.room, message)
                    except Refused as refusal:  # a kindness, not a duty
                        log.info("not pinned", platform=row.platform, reason=refusal.reason)
                return row.room, message
            case Direct():
                if action.handle and isinstance(platform, AnswersAtOnce):
                    with contextlib.suppress(Expired):
                        return await self._answer(platform, row, action.handle, action.message)
                return await self._tell(platform, row, action.message, since)
            case OpenForm():
                if not isinstance(platform, AnswersAtOnce):
                    raise Refused("no sheets here")
                try:
                    await platform.open_form(action.handle, action.sheet, key=row.key)
                except Expired:
                    with contextlib.suppress(Expired):
                        return await self._answer(platform, row, action.handle, action.otherwise)
                    return await self._tell(platform, row, action.otherwise, since)
                return "", ""
            case Hold():
                if not isinstance(platform, HoldsGatherings):
                    return row.room, ""
                target = await self._message_of(action.earlier) if action.earlier else ""
                held = await platform.hold(row.room, action.gathering, key=row.key, target=target)
                return row.room, held
            case OpenPoll():
                if not isinstance(platform, TakesPolls):
                    raise Refused("no polls here")
                return row.room, await platform.open_poll(row.room, action.poll, key=row.key, since=since)
            case ClosePoll():
                target = await self._message_of(action.post)
                if isinstance(platform, TakesPolls) and target:
                    await platform.close_poll(row.room, target)
                return row.room, target
            case Admit():
                if isinstance(platform, Admits):
                    await platform.admit(row.room, row.person, withdrawn=action.withdrawn)
                return row.room, ""
            case Edit():
                target = await self._message_of(action.post)
                if not target:
                    raise Refused("what was to be changed was never said")
                fitted = fit(action.message, platform.capabilities(row.room), row.language, direct=False)
                await platform.edit(row.room, target, fitted.text, key=row.key)
                # Further files of an edited post come after it.
                for position, file in enumerate(fitted.files):
                    await platform.post(
                        row.room, Message((file,)), key=f"{row.key}.f{position}", thread=target
                    )
                return row.room, target
            case React():
                await platform.react(row.room, action.message, action.emoji, key=row.key)
                return row.room, ""
            case Remove():
                await platform.remove(row.room, action.message, key=row.key)
                return row.room, ""

    async def _tell(
        self, platform: ChatPlatform, row: Outbox, message: Message, since: datetime | None
    ) -> tuple[str, str]:
        room = await self._direct_room(platform, row.person)
        return room, await self._say(platform, row, room, message, direct=True, since=since)

    async def _answer(
        self, platform: ChatPlatform, row: Outbox, handle: str, message: Message
    ) -> tuple[str, str]:
        """By the handle of what was asked. Raises Expired."""
        assert isinstance(platform, AnswersAtOnce)
        fitted = fit(message, platform.capabilities(""), row.language, direct=True)
        parts, ids, room = platform.split(fitted), [], ""
        for position, part in enumerate(parts):
            key = row.key if position == 0 else f"{row.key}.{position}"
            room, id = await platform.answer(handle, part, key=key)
            ids.append(id)
        return room, self._bearing_choices(ids, parts, message)

    async def _say(
        self, platform: ChatPlatform, row: Outbox, room: str, message: Message, *, thread: str = "",
        answers: str = "", direct: bool = False, since: datetime | None = None,
    ) -> str:  # fmt: skip
        """In as many messages as the platform needs. The id is that of the part with the choices, else the first."""
        fitted = fit(message, platform.capabilities(room), row.language, direct=direct)
        ids: list[str] = []
        parts = platform.split(fitted)
        for position, part in enumerate(parts):
            key = row.key if position == 0 else f"{row.key}.{position}"
            ids.append(
                await platform.post(
                    room, part, key=key, thread=thread, answers=answers if position == 0 else "", since=since
                )
            )
        return self._bearing_choices(ids, parts, message)

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
                if await unit.one(Person, platform=platform.name, external=person):
                    await unit.add(DirectRoom(platform=platform.name, person=person, room=room))
        return room

    async def _message_of(self, key: str) -> str:
        async with self._store.unit() as unit:
            row = await unit.one(Outbox, key=key)
            return row.message if row else ""
