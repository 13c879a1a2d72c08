"""What happened while nobody listened: each channel read from the last message seen on, who came and who left."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta

import structlog

from adapters.discord import inbound
from adapters.discord.calls import Calls, Denied
from adapters.discord.native import Json, first_id, made_at, mapping, number, person_name, sequence, snowflake, words
from adapters.discord.reading import Reader
from adapters.discord.servers import FORUM, MEDIA, READ_HISTORY
from bot.chat.events import Event, Someone
from bot.ports import Clock

log = structlog.get_logger("discord")

PAGE = 100
MEMBERS_PAGE = 1000
# Messages arrive in nearly the order of their identifiers; what is read twice is counted once.
MARGIN = timedelta(minutes=2)


class History:
    """Of one server. Whatever cannot be read is passed over, and the log says so."""

    def __init__(self, calls: Calls, reader: Reader, clock: Clock) -> None:
        self._calls = calls
        self._reader = reader
        self._server = reader.server
        self._clock = clock

    # -- messages --------------------------------------------------------------------------------------------

    async def since(self, cursor: str, erased: datetime | None) -> AsyncIterator[list[Event]]:
        """Page by page, all that was said in the channels and their threads after the place reached. `erased`: when
        someone was last: they would be known again by what they said before."""
        after = first_id(made_at(cursor) - MARGIN)
        if erased is not None:
            after = max(after, min(cursor, first_id(erased), key=number), key=number)
        for channel in self._server.counted().values():
            if not self._server.mine(channel) & READ_HISTORY:
                log.warning("channel not read back: its history is closed to us", room=channel.id)
                continue
            if channel.kind not in (FORUM, MEDIA):
                async for page in self._pages(channel.id, "", after):
                    yield page
            for thread in await self._threads(channel.id, made_at(after)):
                async for page in self._pages(channel.id, thread, after):
                    yield page

    async def _pages(self, room: str, thread: str, after: str) -> AsyncIterator[list[Event]]:
        place = thread or room
        while True:
            try:
                found = sequence(
                    await self._calls.call(
                        "GET", "/channels/{channel_id}/messages", params={"after": after, "limit": PAGE},
                        channel_id=place,
                    )
                )  # fmt: skip
            except Denied as denied:
                log.warning("channel not read back", room=place, reason=denied.reason)
                return
            page = sorted(map(dict, map(mapping, found)), key=lambda m: number(m.get("id")))
            read = [inbound.message(m, room, thread, self._server.me) for m in page]
            yield [event for event in read if event]
            if len(page) < PAGE:
                return
            after = snowflake(page[-1].get("id"))

    async def _threads(self, channel: str, since: datetime) -> list[str]:
        """Those under way, and those archived since."""
        found = [id for id, parent in self._server.threads.items() if parent == channel]
        try:
            archived = mapping(
                await self._calls.call(
                    "GET", "/channels/{channel_id}/threads/archived/public", params={"limit": PAGE}, channel_id=channel
                )
            )
        except Denied:
            return found  # a voice channel has none
        for thread in map(mapping, sequence(archived.get("threads"))):
            stamp = words(mapping(thread.get("thread_metadata")).get("archive_timestamp"))
            if stamp and datetime.fromisoformat(stamp) >= since:
                self._server.put_thread(thread)
                found.append(snowflake(thread.get("id")))
        return list(dict.fromkeys(found))

    async def parent(self, thread: str) -> None:
        """Learn which channel a thread stands in."""
        try:
            self._server.put_thread(
                mapping(await self._calls.call("GET", "/channels/{channel_id}", channel_id=thread))
            )
        except Denied as denied:
            log.info("thread not known", room=thread, reason=denied.reason)

    # -- members ---------------------------------------------------------------------------------------------

    async def members(self) -> list[Json] | None:
        """Everyone on the server but bots. None where Discord does not tell."""
        found: list[Json] = []
        after = "0"
        while True:
            try:
                page = sequence(
                    await self._calls.call(
                        "GET", "/guilds/{guild_id}/members", params={"limit": MEMBERS_PAGE, "after": after},
                        guild_id=self._server.id,
                    )
                )  # fmt: skip
            except Denied as denied:
                log.warning("members not read", reason=denied.reason)
                return None
            found += [dict(mapping(m)) for m in page if inbound.is_person(mapping(mapping(m).get("user")))]
            if len(page) < MEMBERS_PAGE:
                return found
            after = str(max(number(mapping(mapping(m).get("user")).get("id")) for m in page))

    async def came_and_left(self, members: list[Json], known: set[str], cursor: str) -> list[Event]:
        """Since the core last knew. Who came before the place reached is no newcomer: they had themselves erased."""
        now, main = self._clock.now(), self._reader.main
        here = {snowflake(mapping(m.get("user")).get("id")): m for m in members}
        came = [inbound.joined(member, main, now) for person, member in here.items() if person not in known]
        gone = [inbound.left(person, main, now) for person in sorted(known - set(here))]
        return [*(event for event in came if event and event.at >= made_at(cursor)), *gone]

    # -- gatherings ------------------------------------------------------------------------------------------

    async def gatherings(self, held: Mapping[str, set[str]]) -> list[Event]:
        """What became of those we put there, and who they interest. `held`: with whom they are known to interest."""
        if not held:
            return []
        try:
            there = {
                snowflake(e.get("id")): dict(e)
                for e in map(
                    mapping,
                    sequence(
                        await self._calls.call(
                            "GET", "/guilds/{guild_id}/scheduled-events", guild_id=self._server.id
                        )
                    ),
                )
            }
        except Denied as denied:
            log.warning("scheduled events not read", reason=denied.reason)
            return []
        found: list[Event] = [self._reader.vanished(id) for id in sorted(held.keys() - there.keys())]
        for id in sorted(held.keys() & there.keys()):
            if changed := self._reader.gathering(there[id]):
                found.append(changed)
            found += await self._interested(id, held[id])
        return found

    async def _interested(self, event: str, known: set[str]) -> list[Event]:
        here: list[str] = []
        while True:
            try:
                page = sequence(
                    await self._calls.call(
                        "GET", "/guilds/{guild_id}/scheduled-events/{event_id}/users",
                        params={"limit": PAGE, "after": here[-1] if here else "0"}, guild_id=self._server.id,
                        event_id=event,
                    )
                )  # fmt: skip
            except Denied:
                known = set()  # whoever was not read may be there still
                break
            here += [snowflake(mapping(mapping(u).get("user")).get("id")) for u in page]
            if len(page) < PAGE:
                break
        main, now = self._reader.main, self._clock.now()
        gone = [inbound.interest(event, p, main, now, withdrawn=True) for p in sorted(known - set(here))]
        return [*gone, *(inbound.interest(event, p, main, now) for p in here if p and p != self._server.me)]


def someone(member: Json) -> Someone:
    user = mapping(member.get("user"))
    return Someone(snowflake(user.get("id")), person_name(user, member))


def opened(members: list[Json] | None) -> tuple[Someone, ...] | None:
    return None if members is None else tuple(someone(m) for m in members)
