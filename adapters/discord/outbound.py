"""What the core wants, as calls. Discord knows a post by its nonce for a few minutes only: one that may have been
made earlier is looked for in the channel first."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog

from adapters.discord import polls
from adapters.discord.calls import Calls, Denied, Upload
from adapters.discord.native import PASSING, PLATFORM, Json, first_id, mapping, number, sequence, snowflake, words
from adapters.discord.render import file_name, render
from adapters.discord.servers import Server
from adapters.discord.split import in_one
from bot.chat.addresses import Laid
from bot.chat.content import File, Message, Poll
from bot.ports import Clock, Intake, Refused

log = structlog.get_logger("discord")

_REMEMBERED = 2000
# How far clocks mostly differ, and how far at most.
SKEW, GREATEST_SKEW = timedelta(seconds=30), timedelta(hours=1)
THREAD_ARCHIVED, THREAD_THERE_ALREADY = 50083, 160004
EVERYTHING = 100
# Of what was said before, on a channel where very much is said.
MOST_PAGES_BEFORE = 10
# Bytes. A voice note is a hundredth of it.
LARGEST_FILE = 50 * 1024 * 1024


class Outbound:
    """`server`: the one a channel belongs to, None in private. `intake`: who knows what was said, once it is known."""

    def __init__(self, calls: Calls, clock: Clock, server: Callable[[str], Server | None]) -> None:
        self._calls = calls
        self._clock = clock
        self._server = server
        self.intake: Intake | None = None
        self._said: OrderedDict[str, str] = OrderedDict()
        self._direct: dict[str, str] = {}

    # -- saying ----------------------------------------------------------------------------------------------

    async def post(
        self, room: str, message: Message, *, key: str, thread: str, answers: str, since: datetime | None
    ) -> str:
        if key in self._said:
            return self._said[key]
        body, files = await self.body(message, key)
        place = await self._thread(room, thread, message) if thread else _channel(room)
        if answers:
            body["message_reference"] = {"message_id": answers, "fail_if_not_exists": False}
        return await self.send(place, body, files, key=key, since=since)

    async def send(
        self, place: str, body: Json, files: tuple[Upload, ...], *, key: str, since: datetime | None
    ) -> str:
        if key in self._said:
            return self._said[key]
        body = body | {"nonce": nonce(key), "enforce_nonce": True}
        found = await self._look_back(place, body, since) if since else ""
        if not found:
            found = snowflake(mapping(await self._send(place, body, files)).get("id"))
        self._said[key] = found
        while len(self._said) > _REMEMBERED:
            self._said.popitem(last=False)
        return found

    async def _send(self, place: str, body: Json, files: tuple[Upload, ...]) -> Any:
        try:
            return await self._calls.call(
                "POST", "/channels/{channel_id}/messages", json=body, files=files, channel_id=place
            )
        except Denied as denied:
            if denied.code != THREAD_ARCHIVED:
                raise
        await self._calls.call("PATCH", "/channels/{channel_id}", json={"archived": False}, channel_id=place)
        return await self._calls.call(
            "POST", "/channels/{channel_id}/messages", json=body, files=files, channel_id=place
        )

    async def find(self, room: str, said: Message | Poll, *, key: str, since: datetime, thread: str) -> str:
        if key in self._said:
            return self._said[key]
        try:
            body = polls.body(said, since, key=key) if isinstance(said, Poll) else render(said, key=key)
        except Refused:
            return ""  # it was no poll then either
        if isinstance(said, Message) and said.files:
            body = body | {"attachments": [{"filename": file_name(file)} for file in said.files]}
        return await self._look_back(thread or _channel(room), body | {"nonce": nonce(key)}, since)

    async def _look_back(self, place: str, body: Json, since: datetime) -> str:
        """The message of ours that was posted with this body, its answer lost. "" if there is none."""
        async with aclosing(self._pages(place, body, since)) as pages:
            async for page in pages:
                alike = [snowflake(said.get("id")) for said in page if self._is(said, body)]
                other = await self.intake.said(PLATFORM, alike) if self.intake and alike else set()
                if left := [id for id in alike if id not in other]:
                    return left[0]
        return ""

    async def _pages(self, place: str, body: Json, since: datetime) -> AsyncGenerator[list[Json], None]:
        """All that was said there since. Then, latest first, what was said before by Discord's clock: ours is fast
        where it lies there."""
        began = min(since, self._clock.now())  # ours may have been set back
        first = after = first_id(began - SKEW)
        while True:
            page = await self._page(place, {"after": after})
            yield page
            if len(page) < EVERYTHING:
                break
            after = snowflake(page[-1].get("id"))
        # What was said in confidence is not known to have been: an earlier one in the same words would be taken for it.
        if self.intake and not _buttons(body) and place in await self.intake.private_rooms(PLATFORM):
            return
        furthest = number(first_id(began - GREATEST_SKEW))
        for _ in range(MOST_PAGES_BEFORE):
            page = await self._page(place, {"before": first})
            yield [said for said in page if number(said.get("id")) >= furthest]
            if len(page) < EVERYTHING or number(page[0].get("id")) < furthest:
                return
            first = snowflake(page[0].get("id"))

    async def _page(self, place: str, where: dict[str, str]) -> list[Json]:
        """In the order in which it was said."""
        found = await self._calls.call(
            "GET", "/channels/{channel_id}/messages", params=where | {"limit": EVERYTHING}, channel_id=place
        )
        return sorted((dict(mapping(said)) for said in sequence(found)), key=lambda said: number(said.get("id")))

    def _is(self, said: Any, body: Json) -> bool:
        if not mapping(said.get("author")).get("bot") or snowflake(said.get("id")) in self._said.values():
            return False
        if said.get("nonce") == body["nonce"]:
            return True
        if _buttons(said) or _buttons(body):
            return _buttons(said) == _buttons(body)
        if _asked(said) != _asked(body) or (_named(body) and _named(said) != _named(body)):
            return False
        return words(said.get("content"), 4000).strip() == str(body.get("content", "")).strip()

    async def _thread(self, room: str, root: str, message: Message) -> str:
        """The thread under that message, opened at need. Discord gives it the message's own identifier."""
        server = self._server(room)
        if server is not None and root in server.threads:
            return root
        try:
            await self._calls.call(
                "POST", "/channels/{channel_id}/messages/{message_id}/threads", json={"name": _title(message)},
                channel_id=_channel(room), message_id=root,
            )  # fmt: skip
        except Denied as denied:
            if denied.code != THREAD_THERE_ALREADY:
                raise
        if server is not None:
            server.threads[root] = room
        return root

    async def body(self, message: Message, key: str) -> tuple[Json, tuple[Upload, ...]]:
        """What is sent, and the files with it."""
        rendered = render(message, key=key)
        return rendered, tuple([await self._file(f) for f in message.files])

    async def _file(self, file: File) -> Upload:
        if file.data:
            return Upload(file_name(file), file.mime, file.data)
        return Upload(file_name(file), file.mime, await self.fetch(file.uri))

    async def fetch(self, uri: str) -> bytes:
        """It lies where a member put it, for as long as they leave it there."""
        if uri.startswith(PASSING):
            return await self._calls.fetch(uri.removeprefix(PASSING))
        channel, _, rest = uri.partition("/")
        id, _, attachment = rest.partition("/")
        there = mapping(
            await self._calls.call(
                "GET", "/channels/{channel_id}/messages/{message_id}", channel_id=_channel(channel), message_id=id
            )
        )
        for found in map(mapping, sequence(there.get("attachments"))):
            if snowflake(found.get("id")) == attachment and number(found.get("size")) <= LARGEST_FILE:
                return await self._calls.fetch(words(found.get("url"), 2000))
        raise Refused("the file is gone")

    async def lay(self, person: str, file: File, *, key: str, since: datetime) -> Laid:
        """A file someone gave with a sheet, put where they find it: in private with us. It is known again by its name,
        which is drawn from the key."""
        room = await self.direct_room(person)
        body, (upload,) = await self.body(Message((replace(file, name=f"{nonce(key)[:8]}-{file.name}"),)), "")
        body["attachments"] = [{"id": "0", "filename": upload.name}]
        message = await self.send(room, body, (upload,), key=key, since=since)
        there = mapping(
            await self._calls.call(
                "GET", "/channels/{channel_id}/messages/{message_id}", channel_id=room, message_id=message
            )
        )
        put = mapping(next(iter(sequence(there.get("attachments"))), None))
        return Laid(PLATFORM, room, message, f"{room}/{message}/{snowflake(put.get('id'))}")

    # -- changing what was said ------------------------------------------------------------------------------

    async def edit(self, room: str, target: str, message: Message, *, key: str) -> None:
        body, _ = await self.body(in_one(message), key)
        await self._calls.call(
            "PATCH", "/channels/{channel_id}/messages/{message_id}", json=body, channel_id=_channel(room),
            message_id=target,
        )  # fmt: skip

    async def react(self, room: str, target: str, emoji: str) -> None:
        await self._calls.call(
            "PUT", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me", channel_id=_channel(room),
            message_id=target, emoji=emoji,
        )  # fmt: skip

    async def remove(self, room: str, target: str) -> None:
        """A message of ours. Those of others are theirs to take away, and so are their reactions."""
        if not snowflake(target):
            raise Refused("not ours to take away")
        try:
            await self._calls.call(
                "DELETE", "/channels/{channel_id}/messages/{message_id}", channel_id=_channel(room),
                message_id=target,
            )  # fmt: skip
        except Denied as denied:
            if denied.status != 404:  # gone already
                raise

    async def pin(self, room: str, target: str) -> None:
        """The one pin of ours in the channel, or none."""
        path = "/channels/{channel_id}/messages/pins"
        there = mapping(await self._calls.call("GET", path, channel_id=_channel(room)))
        server = self._server(room)
        for pinned in map(mapping, sequence(there.get("items"))):
            said = mapping(pinned.get("message"))
            if server and snowflake(mapping(said.get("author")).get("id")) == server.me and said.get("id") != target:
                await self._calls.call(
                    "DELETE", path + "/{message_id}", channel_id=room, message_id=snowflake(said.get("id"))
                )
        if target:
            await self._calls.call("PUT", path + "/{message_id}", channel_id=room, message_id=target)

    async def direct_room(self, person: str) -> str:
        if person not in self._direct:
            made = await self._calls.call("POST", "/users/@me/channels", json={"recipient_id": _channel(person)})
            self._direct[person] = snowflake(mapping(made).get("id"))
        return self._direct[person]


def nonce(key: str) -> str:
    """Of 25 characters at most, which is what Discord takes."""
    return hashlib.blake2b(key.encode(), digest_size=12).hexdigest()


def _channel(room: str) -> str:
    """Raises Refused where this cannot be one of Discord's."""
    if not snowflake(room):
        raise Refused("no such channel")
    return room


def _buttons(message: Any) -> list[str]:
    """The identifiers of its buttons: they hold the key of what was said."""
    return [
        words(part.get("custom_id"))
        for row in map(mapping, sequence(message.get("components")))
        for part in map(mapping, sequence(row.get("components")))
    ]


def _named(message: Any) -> list[str]:
    """The names of its files."""
    return [words(file.get("filename")) for file in map(mapping, sequence(message.get("attachments")))]


def _asked(message: Any) -> list[str]:
    """By a poll: the question, and what there is to choose."""
    poll = mapping(message.get("poll"))
    answers = [mapping(mapping(answer).get("poll_media")) for answer in sequence(poll.get("answers"))]
    return [words(text.get("text"), 4000) for text in (mapping(poll.get("question")), *answers)] if poll else []


def _title(message: Message) -> str:
    """Of a thread: the first words of what begins it."""
    for block in message.blocks:
        line = getattr(block, "line", ())
        said = "".join(part.text for part in line).strip()
        if said:
            return said[:100]
    return "…"
