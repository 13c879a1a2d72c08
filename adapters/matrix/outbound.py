"""What the core wants, as requests. The key is the transaction id: given again, the server knows it again."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from datetime import datetime, timedelta
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar
from weakref import WeakValueDictionary

import structlog

from adapters.matrix import power
from adapters.matrix.attached import Attached
from adapters.matrix.native import Json, identifier, mapping, sequence, words
from adapters.matrix.render import render
from adapters.matrix.server import Denied, Server, TokenRefused
from adapters.matrix.split import split
from bot.chat.content import Message
from bot.ports import Barred, NotNow, PlatformProblem, Refused, TryLater

if TYPE_CHECKING:
    from adapters.matrix.crypto.encryption import Encryption

log = structlog.get_logger("matrix")

# A transaction id stands in an address.
LONGEST_KEY = 200
# What clients without edits show of one.
EDIT_NOTE = 500
_REMEMBERED = 500
# Of our own messages, when one is looked for. In a day nobody says as many.
PAGE, MOST_PAGES = 100, 100
# How far clocks may differ.
SKEW = timedelta(minutes=5)

Given = ParamSpec("Given")
Result = TypeVar("Result")
Remembered = TypeVar("Remembered")


class _HasServer(Protocol):
    server: Server


Self_ = TypeVar("Self_", bound=_HasServer)


def outward(
    call: Callable[Concatenate[Self_, Given], Awaitable[Result]],
) -> Callable[Concatenate[Self_, Given], Coroutine[Any, Any, Result]]:
    """Only TryLater and Refused leave; what was begun is finished even if nobody waits for it any more."""

    async def guarded(self: Self_, /, *args: Given.args, **kwargs: Given.kwargs) -> Result:
        try:
            work = asyncio.ensure_future(call(self, *args, **kwargs))
            result: Result = await self.server.finished(work)
        except TokenRefused as refused:
            # Nothing is given up: it can be said once there is a new token. Listening stops, and says so.
            raise NotNow(refused.reason, 60) from None
        except PlatformProblem:
            raise
        except Exception as fault:
            # An answer of a kind that no server gives: perhaps it gives a better one later.
            log.warning("answer not understood", call=call.__name__, type=type(fault).__name__)
            raise TryLater(f"answer not understood: {type(fault).__name__}", 60) from fault
        return result

    update_wrapper(guarded, call)
    return guarded


class Outbound:
    """Posting, editing, reacting, removing, pinning, and asking for power."""

    def __init__(self, server: Server, encryption: Encryption | None = None) -> None:
        self.server = server
        self._encryption = encryption
        self._attached = Attached(server, encryption)
        # Each for as long as something is being said there.
        self._queues: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._creates: OrderedDict[str, Json] = OrderedDict()
        self._authors: OrderedDict[str, str] = OrderedDict()
        self.encrypted: dict[str, bool] = {}

    @outward
    async def post(self, room: str, message: Message, *, key: str, thread: str = "", answers: str = "") -> str:
        relation = _relation(thread, answers)
        ids: list[str] = []
        text = message.text
        if text.blocks or not message.files:
            ids.append(await self._send(room, "m.room.message", render(text).content() | relation, key))
        for position, file in enumerate(message.files):
            own_key = key if not ids else f"{key}.file{position}"
            sealed = await self.is_encrypted(room)
            content = await self._attached.content(file, own_key, sealed=sealed) | relation
            ids.append(await self._send(room, "m.room.message", content, own_key))
        return ids[0]

    @outward
    async def find(self, room: str, *, key: str, since: datetime) -> str:
        """Of what this device sent, the server tells it by which transaction."""
        query = {"dir": "b", "limit": str(PAGE), "filter": json.dumps({"senders": [self.server.account]})}
        for _ in range(MOST_PAGES):
            page = mapping(await self.server.get("rooms", room, "messages", query=query))
            for event in map(mapping, sequence(page.get("chunk"))):
                if mapping(event.get("unsigned")).get("transaction_id") == transaction(key):
                    return identifier(event.get("event_id"))
                at = event.get("origin_server_ts")
                if isinstance(at, int) and at < (since - SKEW).timestamp() * 1000:
                    return ""
            reached = words(page.get("end"))
            if not reached or reached == query.get("from"):
                break
            query["from"] = reached
        return ""

    @outward
    async def edit(self, room: str, target: str, message: Message, *, key: str) -> None:
        first, *rest = split(message.text)
        rendered = render(first)
        content = {
            "msgtype": "m.notice",
            "body": "* " + rendered.body[:EDIT_NOTE],
            "m.mentions": {},  # who was called by the message is not called again by its change
            "m.new_content": rendered.content(),
            "m.relates_to": {"rel_type": "m.replace", "event_id": target},
        }
        await self._send(room, "m.room.message", content, key)
        for position, part in enumerate(rest):
            content = render(part).content() | _relation(target, "")
            await self._send(room, "m.room.message", content, f"{key}.rest{position}")

    @outward
    async def react(self, room: str, target: str, emoji: str, *, key: str) -> None:
        relation = {"rel_type": "m.annotation", "event_id": target, "key": emoji}
        try:
            await self._send(room, "m.reaction", {"m.relates_to": relation}, key)
        except Denied as denied:
            if denied.errcode != "M_DUPLICATE_ANNOTATION":  # it is there
                raise

    @outward
    async def remove(self, room: str, target: str, *, key: str) -> None:
        async with self._queue(room):
            await self.server.put("rooms", room, "redact", target, transaction(key), body={})

    @outward
    async def pin(self, room: str, target: str) -> None:
        """One of ours or none, and all that others pinned."""
        async with self._queue(room):
            state = await self._state(room, "m.room.pinned_events")
            pinned = [p for p in map(identifier, sequence((state or {}).get("pinned"))) if p]
            wanted = [p for p in pinned if p != target and not await self._is_ours(room, p)]
            wanted += [target] if target else []
            if wanted != pinned:
                address = ("rooms", room, "state", "m.room.pinned_events", "")
                await self.server.put(*address, body={"pinned": wanted})

    async def is_encrypted(self, room: str) -> bool:
        """Asked once a room; that a room became so later, the sync tells. Once so, it is so for ever."""
        if self._encryption is not None and await self._encryption.knows(room):
            return True
        if room not in self.encrypted:
            settings = await self._state(room, "m.room.encryption")
            if settings is not None and self._encryption is not None:
                await self._encryption.note(room, dict(settings))
            self.encrypted[room] = settings is not None
            if settings is not None and self._encryption is None:
                log.warning("the room is encrypted: veillee check says what is needed", room=room)
        return self.encrypted[room]

    async def seals(self) -> bool:
        """Whether encrypted rooms can be spoken in."""
        return self._encryption is not None and await self._encryption.start()

    async def may_speak(self, room: str) -> bool:
        return await self.seals() or not await self.is_encrypted(room)

    @outward
    async def level(self, room: str, person: str) -> int:
        """Who is not in the room has no power there. Of a room we were put out of, the server shows us only how
        it was then: nobody has power by that."""
        try:
            levels, create, *members = await asyncio.gather(
                self._state(room, "m.room.power_levels"),
                self.create_event(room),
                self._state(room, "m.room.member", person),
                self._state(room, "m.room.member", self.server.account),
            )
        except Denied:
            return 0
        there = all((member or {}).get("membership") == "join" for member in members)
        return power.level(levels, create, person) if there else 0

    # -- used within the adapter ---------------------------------------------------------------------------

    async def create_event(self, room: str) -> Json:
        """The room's m.room.create event, which never changes."""
        if room not in self._creates:
            query = {"format": "event"}
            found = mapping(await self.server.get("rooms", room, "state", "m.room.create", "", query=query))
            if "sender" not in found:  # a server that does not know the format
                whole = sequence(await self.server.get("rooms", room, "state"))
                found = next((mapping(e) for e in whole if mapping(e).get("type") == "m.room.create"), {})
            self._remember(self._creates, room, found)
        return self._creates[room]

    async def _state(self, room: str, kind: str, key: str = "") -> Json | None:
        """The content as it is now, None where there is none."""
        try:
            return mapping(await self.server.get("rooms", room, "state", kind, key))
        except Denied as denied:
            if denied.errcode == "M_NOT_FOUND":
                return None
            raise

    def _queue(self, room: str) -> asyncio.Lock:
        """One request after another in a room, so that what is said keeps its order."""
        return self._queues.setdefault(room, asyncio.Lock())

    async def send(self, room: str, kind: str, content: Mapping[str, Any], key: str) -> str:
        """An event of any kind. Its id."""
        return await self._send(room, kind, content, key)

    async def _send(self, room: str, kind: str, content: Mapping[str, Any], key: str) -> str:
        """The only place where an event is sent. Nothing is said in clear where people believe that nobody else
        can read."""
        async with self._queue(room):
            try:
                if await self.is_encrypted(room):
                    if self._encryption is None:
                        raise Refused("the room is encrypted, and there is no store_key")
                    kind, content = await self._encryption.sealed(room, kind, content)
                address = ("rooms", room, "send", kind, transaction(key))
                answer = mapping(await self.server.put(*address, body=content))
            except Denied as denied:
                if denied.errcode == "M_FORBIDDEN":
                    raise Barred(denied.reason) from None
                raise
        event = identifier(answer.get("event_id"))
        if not event:
            raise TryLater("answered without an event")
        self._remember(self._authors, event, self.server.account)
        return event

    async def _is_ours(self, room: str, event: str) -> bool:
        if event not in self._authors:
            try:
                found = mapping(await self.server.get("rooms", room, "event", event))
            except Denied:
                return False  # not to be seen: another's, or gone
            self._remember(self._authors, event, words(found.get("sender")))
        return self._authors[event] == self.server.account

    @outward
    async def fetch(self, uri: str) -> bytes:
        return await self._attached.fetch(uri)

    @staticmethod
    def _remember(memory: OrderedDict[str, Remembered], key: str, value: Remembered) -> None:
        memory[key] = value
        while len(memory) > _REMEMBERED:
            memory.popitem(last=False)


def transaction(key: str) -> str:
    return key if len(key) <= LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest()


def _relation(thread: str, answers: str) -> dict[str, Any]:
    if thread:
        # Clients without threads show an answer to what is named here; the others mind `is_falling_back`.
        relation: dict[str, Any] = {
            "rel_type": "m.thread",
            "event_id": thread,
            "is_falling_back": not answers,
            "m.in_reply_to": {"event_id": answers or thread},
        }
    elif answers:
        relation = {"m.in_reply_to": {"event_id": answers}}
    else:
        return {}
    return {"m.relates_to": relation}
