"""What the contract needs to try a platform: a room, the bot in it, and a member who can act and read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from adapters.matrix.client import MatrixPlatform
from adapters.matrix.settings import MatrixPlaces, MatrixSettings
from adapters.rehearsal.platform import BOT, RehearsalPlatform
from bot.chat.events import Event, Someone
from bot.ports import Batch, ChatPlatform, OurRoom
from scheduler.clock import RealClock
from tests.stage import read
from tests.synapse.homeserver import Homeserver
from tests.synapse.member import Member


class Taken:
    """An intake that remembers what it was given, and the place reached."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.reached: dict[str, str] = {}
        self.batches = 0

    async def cursor(self, account: str) -> str:
        return self.reached.get(account, "")

    async def take(self, account: str, batch: Batch) -> None:
        self.events.extend(batch.events)
        self.reached[account] = batch.cursor
        self.batches += 1

    async def members(self, platform: str, room: str) -> set[str]:
        return set()

    async def gatherings(self, platform: str, room: str) -> dict[str, set[str]]:
        return {}

    async def rooms(self, platform: str) -> dict[str, OurRoom]:
        return {}

    async def private_rooms(self, platform: str) -> set[str]:
        return set()

    async def said(self, platform: str, messages: Collection[str]) -> set[str]:
        return set()

    async def wait_for(self, suits: Callable[[Event], bool], count: int = 1) -> list[Event]:
        async with asyncio.timeout(20):
            while len(found := [e for e in self.events if suits(e)]) < count:
                await asyncio.sleep(0.02)
        return found


@dataclass
class Seen:
    """What a member sees: the text, its id, the message whose thread it is in, and whether it was taken away."""

    id: str
    text: str
    thread: str = ""
    removed: bool = False


class Peer(Protocol):
    platform: ChatPlatform
    taken: Taken
    room: str
    person: str

    async def say(self, text: str, *, thread: str = "", answers: str = "") -> str: ...
    async def tell(self, room: str, text: str) -> str: ...
    async def react(self, message: str, emoji: str) -> None: ...
    async def remove(self, message: str) -> None: ...
    async def newcomer_joins(self, name: str) -> str:
        """Somebody else joins; their identifier."""
        ...

    async def newcomer_renames(self, name: str) -> None: ...
    async def newcomer_leaves(self) -> None: ...
    async def set_level(self, level: int) -> None: ...
    async def close_door(self) -> None:
        """The member takes nothing in private any more."""
        ...

    async def seen(self, room: str) -> list[Seen]:
        """What the bot said there, oldest first, as it stands now."""
        ...

    async def reactions(self, room: str, message: str) -> list[str]:
        """The bot's own."""
        ...


class RehearsalPeer:
    def __init__(self) -> None:
        self.platform: Any = RehearsalPlatform(RealClock())
        self.taken = Taken()
        self.room, self.person = "hall", "bo"

    async def say(self, text: str, *, thread: str = "", answers: str = "") -> str:
        said: str = await self.platform.say(self.person, self.room, text, thread=thread, answers=answers)
        return said

    async def tell(self, room: str, text: str) -> str:
        said: str = await self.platform.say(self.person, room, text)
        return said

    async def react(self, message: str, emoji: str) -> None:
        await self.platform.add_reaction(self.person, message, emoji)

    async def remove(self, message: str) -> None:
        await self.platform.take_back(self.person, message)

    async def newcomer_joins(self, name: str) -> str:
        await self.platform.join("nour", name, self.room)
        return "nour"

    async def newcomer_renames(self, name: str) -> None:
        await self.platform.rename("nour", name, self.room)

    async def newcomer_leaves(self) -> None:
        await self.platform.leave("nour", self.room)

    async def set_level(self, level: int) -> None:
        self.platform.rooms[self.room].levels[self.person] = level

    async def close_door(self) -> None:
        self.platform.closed.add(self.person)

    async def seen(self, room: str) -> list[Seen]:
        return [
            Seen(s.id, read(s.message), s.thread, s.removed)
            for s in self.platform.said
            if s.room == room and s.person == BOT
        ]

    async def reactions(self, room: str, message: str) -> list[str]:
        return [e for s in self.platform.said if s.id == message for p, e in s.reactions if p == BOT]


class MatrixPeer:
    def __init__(self, platform: MatrixPlatform, member: Member, newcomer: Member, room: str) -> None:
        self.platform: Any = platform
        self.taken = Taken()
        self.room, self.person = room, member.account.user_id
        self._member, self._newcomer = member, newcomer

    async def say(self, text: str, *, thread: str = "", answers: str = "") -> str:
        return await self._member.say(self.room, text, thread=thread or None, reply_to=answers or None)

    async def tell(self, room: str, text: str) -> str:
        return await self._member.say(room, text)

    async def react(self, message: str, emoji: str) -> None:
        await self._member.react(self.room, message, emoji)

    async def remove(self, message: str) -> None:
        await self._member.redact(self.room, message)

    async def newcomer_joins(self, name: str) -> str:
        await self._newcomer.set_name(name)
        await self._newcomer.join(self.room)
        return self._newcomer.account.user_id

    async def newcomer_renames(self, name: str) -> None:
        await self._newcomer.set_name(name)

    async def newcomer_leaves(self) -> None:
        await self._newcomer.leave(self.room)

    async def set_level(self, level: int) -> None:
        await self._member.set_power(self.room, self.person, level)

    async def close_door(self) -> None:
        path = f"/_matrix/client/v3/user/{self.person}/account_data/m.invite_permission_config"
        await self._member.request("PUT", path, {"default_action": "block"})

    async def seen(self, room: str) -> list[Seen]:
        found: dict[str, Seen] = {}
        for event in await self._member.read_all(room):
            if event["sender"] != self.platform.account or event["type"] != "m.room.message":
                continue
            content = event["content"]
            relation = content.get("m.relates_to", {})
            if relation.get("rel_type") == "m.replace":
                found[relation["event_id"]].text = content["m.new_content"]["body"]
                continue
            thread = relation["event_id"] if relation.get("rel_type") == "m.thread" else ""
            found[event["event_id"]] = Seen(event["event_id"], content.get("body", ""), thread, not content)
        return list(found.values())

    async def reactions(self, room: str, message: str) -> list[str]:
        return [
            e["content"]["m.relates_to"]["key"]
            for e in await self._member.read_all(room)
            if e["type"] == "m.reaction"
            and e["sender"] == self.platform.account
            and e["content"].get("m.relates_to", {}).get("event_id") == message
        ]

    async def encrypt(self, room: str) -> None:
        await self._member.set_state(room, "m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"})


@asynccontextmanager
async def rehearsal_peer() -> AsyncIterator[Peer]:
    peer = RehearsalPeer()
    await peer.platform.run(peer.taken)
    await peer.platform.open_room("hall", "Hall", community="cercle", members=[Someone("bo", "Bo")])
    yield peer


@asynccontextmanager
async def matrix_peer(homeserver: Homeserver) -> AsyncIterator[MatrixPeer]:
    account = homeserver.register_fresh("veillee")
    async with (
        Member(homeserver.url, homeserver.register_fresh("bo"), auto_join=True) as member,
        Member(homeserver.url, homeserver.register_fresh("nour")) as newcomer,
    ):
        # Room version 11: a creator's level can be changed there.
        room = await member.create_room("Hall", public=True, invite=[account.user_id], room_version="11")
        settings = MatrixSettings.model_validate(
            {
                "homeserver": homeserver.url, "user_id": account.user_id, "access_token": account.access_token,
                "device_id": account.device_id,
            }
        )  # fmt: skip
        platform = MatrixPlatform(
            settings, [MatrixPlaces(slug="cercle", rooms=(room,))], clock=RealClock(), may_invite=lambda *_: True
        )
        peer = MatrixPeer(platform, member, newcomer, room)
        async with running(platform, peer.taken):
            await peer.taken.wait_for(lambda e: e.kind == "room_opened")
            yield peer
        await platform.close()


@asynccontextmanager
async def running(platform: ChatPlatform, taken: Taken) -> AsyncIterator[None]:
    task = asyncio.create_task(platform.run(taken))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


