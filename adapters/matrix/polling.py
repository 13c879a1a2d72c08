"""Asking by a poll of Matrix's own, and learning who chose what in the end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

import structlog

from adapters.matrix import polls, power
from adapters.matrix.native import Json, identifier, mapping, sequence, words
from adapters.matrix.outbound import Outbound, outward
from adapters.matrix.render import render, shown
from adapters.matrix.server import Denied, Server
from bot.chat.content import Message, Poll
from bot.ports import Refused, TryLater

log = structlog.get_logger("matrix")

PAGE = 500
# What nobody would read to its end: a poll answered without pause by a machine.
MOST_PAGES = 200
# For clients that know no polls.
TEXT = "org.matrix.msc1767.text"


class Polling:
    """`readable`: an event as it came, with what is encrypted opened."""

    def __init__(
        self, server: Server, outbound: Outbound, readable: Callable[[str, Json], Awaitable[Json]]
    ) -> None:
        self.server = server
        self._outbound = outbound
        self._readable = readable

    @outward
    async def open(self, room: str, poll: Poll, *, key: str) -> str:
        """What is said with it comes after it: were it refused, the message asked instead says that too."""
        opened = await self._outbound.send(room, polls.START, start(poll), key)
        if poll.says.text.blocks:
            await self._outbound.send(room, "m.room.message", render(poll.says.text).content(), f"{key}.says")
        return opened

    @outward
    async def close(self, room: str, target: str, *, key: str, says: Message) -> tuple[tuple[str, ...], ...]:
        """Whoever ended it before us did, if they may: a poll ends once."""
        asked = self._asked(await self._event(room, target))
        if asked is None:
            raise Refused("the poll was taken away")
        events = await self._about(room, target)
        ended = polls.first_end(events, target, await self._may_end(room, events))
        if ended is None:
            ours = await self._outbound.send(room, polls.END, end(target, render(says.text).body), key)
            events = await self._about(room, target)
            ended = next(
                (
                    (at, ours) for event in (*events, await self._event(room, ours))
                    if event.get("event_id") == ours and isinstance(at := event.get("origin_server_ts"), int)
                ),
                None,
            )  # fmt: skip
        if ended is None:
            raise TryLater("the end of the poll is not to be seen yet")
        return polls.counted(events, target, asked, ended[0])

    def _asked(self, event: Json) -> polls.Asked | None:
        """What we said in an encrypted room cannot be read again: its key is not kept. How our answers are called is
        known all the same, and nobody chooses one that there is not."""
        content = mapping(event.get("content"))
        if content and event.get("type") == "m.room.encrypted" and event.get("sender") == self.server.account:
            return polls.NUMBERED
        return polls.asked(content)

    async def _event(self, room: str, event: str) -> Json:
        found = mapping(await self.server.get("rooms", room, "event", event))
        return await self._readable(room, found)

    async def _about(self, room: str, target: str) -> list[Json]:
        """All that refers to the poll, be it called what it may: in an encrypted room the server knows no more."""
        address = f"/_matrix/client/v1/rooms/{quote(room, safe='')}/relations/{quote(target, safe='')}/m.reference"
        found: list[Json] = []
        token = ""
        for _ in range(MOST_PAGES):
            query = {"limit": str(PAGE)} | ({"from": token} if token else {})
            answer = mapping(await self.server.request("GET", address, query=query, timeout=60))
            found += [await self._readable(room, mapping(event)) for event in sequence(answer.get("chunk"))]
            reached = words(answer.get("next_batch"))
            if not reached or reached == token:
                return found
            token = reached
        log.warning("votes not read to the end", room=room, events=len(found))
        return found

    async def _may_end(self, room: str, events: list[Json]) -> set[str]:
        """Of those who say that it is over: we, and whoever may take away what others say."""
        says_so = {identifier(e.get("sender")) for e in events if e.get("type") in polls.ENDS} - {""}
        may = {self.server.account} & says_so
        others = says_so - may
        if not others:
            return may
        try:
            levels = mapping(await self.server.get("rooms", room, "state", "m.room.power_levels", ""))
        except Denied:
            levels = None
        needed = power.needed_to(levels, "redact")
        return may | {person for person in others if await self._outbound.level(room, person) >= needed}


def start(poll: Poll) -> dict[str, Any]:
    """Raises Refused where such a poll is too small for it: nothing of what can be chosen is cut."""
    if not 0 < len(poll.options) <= polls.MOST_OPTIONS:
        raise Refused("a poll too large")
    question, options = shown(poll.question), [shown(option) for option in poll.options]
    return {
        polls.START: {
            "question": {"msgtype": "m.text", "body": question, TEXT: question},
            "kind": "org.matrix.msc3381.poll.disclosed",
            "max_selections": 1,
            "answers": [{"id": id, TEXT: o} for id, o in zip(polls.NUMBERED.answers, options, strict=False)],
        },
        TEXT: "\n".join([question, *(f"{number}. {option}" for number, option in enumerate(options, start=1))]),
        "m.mentions": {},
    }


def end(poll: str, said: str) -> dict[str, Any]:
    return {polls.END: {}, TEXT: said, "m.relates_to": {"rel_type": "m.reference", "event_id": poll}, "m.mentions": {}}
