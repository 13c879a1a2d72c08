"""What a busy server sends, as Discord compresses it: every frame of one connection's stream, made beforehand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any

from tests.discord.connection import packer
from tests.discord.world import EPOCH

Json = dict[str, Any]

COMPRESSION = "zlib-stream"


@dataclass(frozen=True)
class Server:
    """Identifiers only: it is made in another process. `threads`: the channel of each."""

    id: int
    application: int
    channels: tuple[int, ...]
    threads: dict[int, int]
    members: tuple[int, ...]
    command: Json


class Stream:
    """One connection: each frame leans on those before it."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._draws = Random(7)
        packed = packer(COMPRESSION)
        assert packed is not None
        self._pack = packed
        self._sequence = 0
        self._id = (int(datetime.now(UTC).timestamp() * 1000) - EPOCH) << 22

    def messages(self, count: int) -> list[bytes]:
        """Said in all the channels and threads by all the members, one in five in answer to another. Without the
        message content intent, what Discord empties is empty."""
        places = [*self.server.channels, *self.server.threads]
        latest: dict[int, Json] = {}
        frames = []
        for _ in range(count):
            place, author = self._draws.choice(places), self._draws.choice(self.server.members)
            said = self._message(place, author)
            earlier = latest.get(place)
            if earlier is not None and self._draws.random() < 0.2:
                said["type"] = 19
                said["message_reference"] = {
                    "type": 0, "channel_id": str(place), "message_id": earlier["id"], "guild_id": str(self.server.id),
                }  # fmt: skip
                said["referenced_message"] = {k: v for k, v in earlier.items() if k not in ("member", "guild_id")}
            latest[place] = {k: v for k, v in said.items() if k not in ("message_reference", "referenced_message")}
            frames.append(self._frame("MESSAGE_CREATE", said))
        return frames

    def commands(self, count: int) -> list[bytes]:
        return [self._frame("INTERACTION_CREATE", self._command()) for _ in range(count)]

    def _next(self) -> str:
        self._id += self._draws.randrange(1, 1 << 22)
        return str(self._id)

    def _frame(self, kind: str, data: Json) -> bytes:
        self._sequence += 1
        return self._pack(json.dumps({"t": kind, "s": self._sequence, "op": 0, "d": data}))

    def _user(self, id: int) -> Json:
        return {
            "username": f"member_{id % 9973}", "public_flags": 0, "primary_guild": None, "id": str(id),
            "global_name": f"Member {id % 9973}", "display_name_styles": None, "discriminator": "0",
            "collectibles": None, "clan": None, "avatar_decoration_data": None, "avatar": f"{id * 7919:032x}"[-32:],
        }  # fmt: skip

    def _member(self) -> Json:
        return {
            "roles": [str(self.server.id + n) for n in range(1, 4)], "premium_since": None, "pending": False,
            "nick": None, "mute": False, "joined_at": "2025-03-02T18:21:07.214000+00:00", "flags": 0, "deaf": False,
            "communication_disabled_until": None, "banner": None, "avatar": None,
        }  # fmt: skip

    def _message(self, place: int, author: int) -> Json:
        id = self._next()
        at = datetime.fromtimestamp(((int(id) >> 22) + EPOCH) / 1000, UTC)
        return {
            "type": 0, "tts": False, "timestamp": at.isoformat(timespec="microseconds"), "pinned": False,
            "nonce": self._next(), "mentions": [], "mention_roles": [], "mention_everyone": False,
            "member": self._member(), "id": id, "flags": 0, "embeds": [], "edited_timestamp": None, "content": "",
            "components": [], "channel_type": 11 if place in self.server.threads else 0, "channel_id": str(place),
            "author": self._user(author), "attachments": [], "guild_id": str(self.server.id),
        }  # fmt: skip

    def _command(self) -> Json:
        id, place = self._next(), self.server.channels[0]
        author = self._draws.choice(self.server.members)
        guild = {"id": str(self.server.id), "locale": "fr", "features": []}
        channel = {
            "id": str(place), "type": 0, "name": "salon", "guild_id": str(self.server.id), "flags": 0,
            "parent_id": None, "last_message_id": None, "rate_limit_per_user": 0, "position": 0, "topic": None,
            "nsfw": False, "permissions": "2248473465835073",
        }  # fmt: skip
        return {
            "id": id, "application_id": str(self.server.application), "type": 2, "token": f"token.{id}", "version": 1,
            "data": self.server.command, "locale": "fr", "guild_locale": "fr", "entitlements": [],
            "entitlement_sku_ids": [], "attachment_size_limit": 10485760, "channel_id": str(place),
            "channel": channel, "guild_id": str(self.server.id), "guild": guild, "context": 0,
            "authorizing_integration_owners": {"0": str(self.server.id)}, "app_permissions": "2248473465835073",
            "member": self._member() | {"user": self._user(author), "permissions": "2248473465835073"},
        }  # fmt: skip
