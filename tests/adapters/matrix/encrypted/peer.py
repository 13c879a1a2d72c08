"""A member with an encrypting client, on a device of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from nio import AsyncClient, AsyncClientConfig, Event, MegolmEvent

from tests.synapse.homeserver import Account, Homeserver
from tests.synapse.member import Member

MEGOLM = {"algorithm": "m.megolm.v1.aes-sha2"}


class EncryptedMember:
    """`plain`: the same person by the bare API, on another device, for all that is not encrypted."""

    def __init__(self, homeserver: Homeserver, account: Account, folder: Path) -> None:
        self.account = account
        self.user_id = account.user_id
        self.plain = Member(homeserver.url, account, auto_join=True)
        self.events: list[Any] = []
        folder.mkdir(parents=True, exist_ok=True)
        config = AsyncClientConfig(encryption_enabled=True, store_sync_tokens=False)
        self.client = AsyncClient(homeserver.url, account.user_id, store_path=str(folder), config=config)
        self.client.add_event_callback(self._take, (Event,))

    async def __aenter__(self) -> Self:
        await self.plain.__aenter__()
        await self.client.login(self.account.password)
        await self.client.keys_upload()
        await self.sync()
        return self

    async def __aexit__(self, *args: object) -> None:
        await self.client.close()
        await self.plain.__aexit__(*args)

    async def _take(self, room: Any, event: Any) -> None:
        self.events.append((room.room_id, event))

    async def sync(self, wait: int = 0) -> None:
        await self.client.sync(timeout=wait, full_state=not self.events)
        if self.client.should_upload_keys:
            await self.client.keys_upload()
        if self.client.should_query_keys:
            await self.client.keys_query()

    async def room(self, name: str = "Hall", **more: Any) -> str:
        """A new encrypted room."""
        room = await self.plain.create_room(name, public=True, **more)
        await self.plain.set_state(room, "m.room.encryption", MEGOLM)
        return room

    async def say(self, room: str, text: str, **content: Any) -> str:
        return await self.send(room, "m.room.message", {"msgtype": "m.text", "body": text, **content})

    async def send(self, room: str, kind: str, content: dict[str, Any]) -> str:
        await self.sync()
        answer: Any = await self.client.room_send(room, kind, content, ignore_unverified_devices=True)
        return str(answer.event_id)

    def read(self, room: str) -> list[str]:
        """What could be read, of others."""
        return [
            e.body for r, e in self.events if r == room and getattr(e, "decrypted", False) and e.sender != self.user_id
        ]

    def unreadable(self, room: str) -> list[Any]:
        return [e for r, e in self.events if r == room and isinstance(e, MegolmEvent)]

    async def until(self, check: Callable[[], Any], seconds: float = 15) -> None:
        async with asyncio.timeout(seconds):
            while not check():
                await self.sync(200)
