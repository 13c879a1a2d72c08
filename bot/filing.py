"""What comes with a story, put where the community wants it kept, before the story itself is handled.

A platform is asked for it outside any unit of work, and beside all else: a slow one holds up the conversation it is for
and no other. Killed in between, it is done again: a copy that no row refers to is swept, and a message of ours that was
posted already is known again by its key.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from random import Random

import structlog

from bot.abilities import HoldsFiles, LaysFiles
from bot.attachments import check, check_size, file_of, recognised
from bot.chat.addresses import Kept, ours
from bot.chat.content import Attachment
from bot.chat.events import Event, FormSubmitted, MessagePosted
from bot.copies import Copies
from bot.errors import Problem
from bot.feature import Features
from bot.meaning import Reader, Reading
from bot.model.flow import Conversation, Inbox, Outbox
from bot.model.settings import Stories
from bot.ports import ChatPlatform, Clock, Refused, Seals, Store, TryLater

log = structlog.get_logger("filing")

# Seconds that the conversation waits for a file before it looks again.
PATIENCE = 2.0
# After that long it is not tried any more: whoever sent it would wait without a word.
TRIED_FOR = timedelta(minutes=10)


class Filing:
    def __init__(
        self, store: Store, clock: Clock, features: Features, platforms: Mapping[str, ChatPlatform], seals: Seals,
        copies: Copies, random: Random,
    ) -> None:  # fmt: skip
        self._store = store
        self._clock = clock
        self._features = features
        self._platforms = platforms
        self._seals = seals
        self._copies = copies
        self._reader = Reader(features, random)
        self._under_way: dict[str, asyncio.Task[Attachment]] = {}
        self._rests: dict[str, float] = {}

    async def filed(self, row: Inbox, event: Event) -> Event:
        """The event, with what came with it where it is to lie. Raises Problem where it is not taken, TryLater while it
        is fetched."""
        if isinstance(event, FormSubmitted):
            if not any(isinstance(told, Attachment) for told in event.values.values()):
                return event
        elif not isinstance(event, MessagePosted) or not event.direct or not event.files:
            return event
        async with self._store.unit() as unit:
            # Handled meanwhile, where it was found twice: of that nothing is fetched again.
            waits = await unit.count(Inbox, id=row.id, state="pending")
            reading = await self._reader.read(unit, event, meets=False) if waits else None
        if reading is None:
            return event
        if isinstance(event, FormSubmitted):
            return await self._sheet(row, event, reading)
        return await self._message(row, event, reading)

    async def _sheet(self, row: Inbox, event: FormSubmitted, reading: Reading) -> Event:
        values = dict(event.values)
        for name, told in event.values.items():
            if isinstance(told, Attachment) and self._tells_story(event.form, name):
                check(told, reading.community.settings.stories)
                values[name] = await self._put(f"{row.key}/{name}", row, event, told, reading)
        return replace(event, values=values)

    async def _message(self, row: Inbox, event: MessagePosted, reading: Reading) -> Event:
        asked = reading.meaning
        if not isinstance(asked, Conversation) or not self._tells_story(asked.form, asked.waiting_for):
            return event
        if len(event.files) > 1:
            raise Problem("attachment-one")
        file = event.files[0]
        told = Attachment(file.mime, file.uri, size=file.size)
        check(told, reading.community.settings.stories)
        if reading.community.settings.stories.attachments == "chat":
            return event  # it lies in a message of theirs
        put = await self._put(row.key, row, event, told, reading)
        return replace(event, files=(replace(file, uri=put.uri, mime=put.mime, size=put.size),))

    def _tells_story(self, form: str, field: str) -> bool:
        known = self._features.forms.get(form)
        return known is not None and any(f.name == field and f.kind == "story" for f in known.fields)

    # -- fetched beside all else -----------------------------------------------------------------------------

    async def _put(
        self, key: str, row: Inbox, event: FormSubmitted | MessagePosted, told: Attachment, reading: Reading
    ) -> Attachment:
        loop = asyncio.get_running_loop()
        if self._rests.get(key, 0.0) > loop.time():
            raise TryLater("a file is fetched again later")
        if key not in self._under_way:
            putting = self._where_wanted(key, row, event, told, reading.community.settings.stories)
            self._under_way[key] = asyncio.ensure_future(putting)
        task = self._under_way[key]
        await asyncio.wait([task], timeout=PATIENCE)
        if not task.done():
            raise TryLater("a file is being fetched")
        del self._under_way[key]
        self._rests.pop(key, None)
        try:
            return task.result()
        except TryLater as problem:
            if self._clock.now() - row.at > TRIED_FOR:
                raise Problem("attachment-out-of-reach") from problem
            self._rests[key] = loop.time() + max(problem.after, 1.0)
            raise
        except Refused as refused:
            log.info("attachment not taken", platform=event.platform, reason=refused.reason)
            raise Problem("attachment-out-of-reach") from refused

    async def _where_wanted(
        self, key: str, row: Inbox, event: FormSubmitted | MessagePosted, told: Attachment, wanted: Stories
    ) -> Attachment:
        origin: object = self._platforms.get(event.platform)
        if not isinstance(origin, HoldsFiles) or not origin.holds(told.uri):
            raise Refused("no such file")
        if wanted.attachments == "chat" and not (isinstance(origin, LaysFiles) and origin.passing(told.uri)):
            return told
        data = await origin.fetch(told.uri)
        check_size(len(data), wanted)
        found = recognised(data)
        if not found:
            raise Problem("attachment-kind")
        # Sound and moving pictures are told apart by whoever recorded them: they lie in the same kinds of files.
        both = found.startswith(("audio/", "video/")) and told.aloud
        told = replace(told, mime=told.mime if both else found, size=len(data))
        if wanted.attachments == "folder":
            return replace(told, uri=str(await self._copies.keep(data)))
        assert isinstance(origin, LaysFiles)
        laid = await origin.lay(event.person, replace(file_of(told), data=data, uri=""), key=key, since=row.at)
        return replace(told, uri=str(laid))

    async def close(self) -> None:
        for task in self._under_way.values():
            task.cancel()
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    # -- what nobody needs any more --------------------------------------------------------------------------

    async def sweep(self) -> None:
        """Copies of a story that was never kept, or whose rows went as we were stopped. Raises StoreTrouble."""
        async with self._store.unit() as unit:
            needed: set[str] = set()
            for feature in self._features.all:
                for holds in feature.holders:
                    held = await holds(unit, self._seals)
                    if held is None:
                        log.warning("copies not swept: something sealed cannot be opened")
                        return
                    needed |= held
            for (answers,) in await unit.only(Conversation, "answers"):
                needed |= {told.uri for told in answers.values() if isinstance(told, Attachment)}
            for (action,) in await unit.only(Outbox, "action", state="pending"):
                needed |= {word for word in action.split('"') if isinstance(ours(word), Kept)}
            names = {kept.name for uri in needed if isinstance(kept := ours(uri), Kept)}
            left = self._copies.sweep(names)
        if left:
            log.info("copies swept", count=left)


