"""Polls of Discord's own: who chose what is shown to all."""

from __future__ import annotations

from datetime import datetime

from adapters.discord import polls
from adapters.discord.calls import Calls, Denied
from adapters.discord.native import mapping, sequence, snowflake
from adapters.discord.outbound import Outbound
from bot.chat.content import Poll
from bot.ports import Clock

PAGE = 100
OVER_ALREADY = {520001, 50055, 10008}


class Polling:
    def __init__(self, calls: Calls, outbound: Outbound, clock: Clock) -> None:
        self._calls = calls
        self._outbound = outbound
        self._clock = clock

    async def open(self, room: str, poll: Poll, *, key: str, since: datetime | None) -> str:
        body = polls.body(poll, self._clock.now(), key=key)
        return await self._outbound.send(room, body, (), key=key, since=since)

    async def close(self, room: str, target: str) -> tuple[tuple[str, ...], ...]:
        try:
            await self._calls.call(
                "POST", "/channels/{channel_id}/polls/{message_id}/expire", channel_id=room, message_id=target
            )
        except Denied as denied:
            if denied.code not in OVER_ALREADY or denied.status == 404:
                raise
        there = mapping(
            await self._calls.call(
                "GET", "/channels/{channel_id}/messages/{message_id}", channel_id=room, message_id=target
            )
        )
        answers = [snowflake(mapping(a).get("answer_id")) for a in sequence(mapping(there.get("poll")).get("answers"))]
        return tuple([await self._voters(room, target, answer) for answer in answers])

    async def _voters(self, room: str, target: str, answer: str) -> tuple[str, ...]:
        found: list[str] = []
        after = "0"
        while True:
            page = mapping(
                await self._calls.call(
                    "GET", "/channels/{channel_id}/polls/{message_id}/answers/{answer_id}",
                    params={"limit": PAGE, "after": after}, channel_id=room, message_id=target, answer_id=answer,
                )
            )  # fmt: skip
            users = [snowflake(mapping(u).get("id")) for u in sequence(page.get("users"))]
            found += users
            if len(users) < PAGE:
                return tuple(found)
            after = users[-1]
