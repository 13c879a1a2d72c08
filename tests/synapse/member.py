"""A member of a community, speaking the bare client-server API: shares no code with what is being tested."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from tests.synapse.listener import CLIENT, Event, Listener, MatrixError, room_path

__all__ = ["Event", "MatrixError", "Member"]

ENCRYPTION = {"algorithm": "m.megolm.v1.aes-sha2"}
TYPE_OF_FILE = {"image": "m.image", "audio": "m.audio", "video": "m.video"}


class Member(Listener):
    """`async with Member(homeserver.url, account, auto_join=True) as ana:`

    What it does is here, what it hears is in `Listener`.
    """

    # Rooms

    async def create_room(
        self,
        name: str,
        *,
        public: bool = False,
        space: bool = False,
        direct: bool = False,
        invite: Sequence[str] = (),
        power_levels: Mapping[str, Any] | None = None,
        room_version: str | None = None,
        encrypted: bool = False,
    ) -> str:
        body: dict[str, Any] = {
            "name": name,
            "preset": "public_chat" if public else "trusted_private_chat" if direct else "private_chat",
            "visibility": "public" if public else "private",
            "invite": list(invite),
            "is_direct": direct,
        }
        if space:
            body["creation_content"] = {"type": "m.space"}
        if power_levels is not None:
            body["power_level_content_override"] = dict(power_levels)
        if room_version is not None:
            body["room_version"] = room_version
        if encrypted:
            body["initial_state"] = [{"type": "m.room.encryption", "state_key": "", "content": ENCRYPTION}]
        room: str = (await self.request("POST", f"{CLIENT}/createRoom", body))["room_id"]
        if direct:
            self.brought_by[room] = (invite[0], True)
        return room

    async def add_to_space(self, space: str, room: str) -> None:
        await self.set_state(space, "m.space.child", {"via": [self.user_id.split(":", 1)[1]]}, room)

    async def encrypt(self, room: str) -> None:
        """For good: no room becomes plain again."""
        await self.set_state(room, "m.room.encryption", ENCRYPTION)

    async def invite(self, room: str, user_id: str) -> None:
        await self.request("POST", room_path(room, "invite"), {"user_id": user_id})

    async def join(self, room: str) -> None:
        await self.request("POST", room_path(room, "join"), {})
        self.invitations.pop(room, None)

    async def leave(self, room: str) -> None:
        await self.request("POST", room_path(room, "leave"), {})

    async def kick(self, room: str, user_id: str, reason: str = "") -> None:
        await self.request("POST", room_path(room, "kick"), {"user_id": user_id, "reason": reason})

    async def members(self, room: str) -> dict[str, str]:
        """user id -> membership (join, invite, leave, ban)"""
        chunk = (await self.request("GET", room_path(room, "members")))["chunk"]
        return {event["state_key"]: event["content"]["membership"] for event in chunk}

    async def direct_room_with(self, user_id: str, timeout: float = 15) -> str:
        """The newest one-to-one room with that user, as soon as there is one.

        A room whose invitation was marked as direct (accepted or not), a direct room of ours, or a room of
        two into which that user brought us.
        """
        found = ""

        async def look() -> bool:
            nonlocal found
            for room, (who, direct) in reversed(list(self.brought_by.items())):
                if who == user_id and (direct or await self._is_pair(room)):
                    found = room
                    return True
            return False

        await self.wait_until(look, timeout, f"a direct room with {user_id}")
        return found

    async def _is_pair(self, room: str) -> bool:
        if room in self.invitations:
            return False  # who else is there shows only once we are in
        memberships = list((await self.members(room)).values())
        return memberships.count("join") + memberships.count("invite") == 2

    # Talking

    async def say(
        self,
        room: str,
        text: str,
        *,
        reply_to: str | None = None,
        thread: str | None = None,
        html: str | None = None,
        mentions: Sequence[str] = (),
    ) -> str:
        content: dict[str, Any] = {"msgtype": "m.text", "body": text}
        if html is not None:
            content |= {"format": "org.matrix.custom.html", "formatted_body": html}
        if mentions:
            content["m.mentions"] = {"user_ids": list(mentions)}
        if thread is not None:
            content["m.relates_to"] = {
                "rel_type": "m.thread",
                "event_id": thread,
                "is_falling_back": reply_to is None,
                "m.in_reply_to": {"event_id": reply_to or thread},
            }
        elif reply_to is not None:
            content["m.relates_to"] = {"m.in_reply_to": {"event_id": reply_to}}
        return await self.send_event(room, "m.room.message", content)

    async def edit(self, room: str, event_id: str, text: str) -> str:
        content = {
            "msgtype": "m.text",
            "body": f"* {text}",
            "m.new_content": {"msgtype": "m.text", "body": text},
            "m.relates_to": {"rel_type": "m.replace", "event_id": event_id},
        }
        return await self.send_event(room, "m.room.message", content)

    async def react(self, room: str, event_id: str, key: str) -> str:
        relation = {"rel_type": "m.annotation", "event_id": event_id, "key": key}
        return await self.send_event(room, "m.reaction", {"m.relates_to": relation})

    async def redact(self, room: str, event_id: str, reason: str = "") -> str:
        path = room_path(room, "redact", event_id, uuid.uuid4().hex)
        return str((await self.request("PUT", path, {"reason": reason} if reason else {}))["event_id"])

    async def send_event(self, room: str, kind: str, content: Mapping[str, Any]) -> str:
        path = room_path(room, "send", kind, uuid.uuid4().hex)
        return str((await self.request("PUT", path, dict(content)))["event_id"])

    # State and files

    async def set_state(self, room: str, kind: str, content: Mapping[str, Any], key: str = "") -> str:
        path = room_path(room, "state", kind, key)
        return str((await self.request("PUT", path, dict(content)))["event_id"])

    async def state(self, room: str, kind: str, key: str = "") -> dict[str, Any]:
        return await self.request("GET", room_path(room, "state", kind, key))

    async def set_power(self, room: str, user_id: str, level: int) -> None:
        levels = await self.state(room, "m.room.power_levels")
        levels["users"] = {**levels.get("users", {}), user_id: level}
        await self.set_state(room, "m.room.power_levels", levels)

    async def set_name(self, name: str) -> None:
        """The member's own display name: every room sees a membership event, which is no arrival."""
        path = f"{CLIENT}/profile/{quote(self.user_id, safe='')}/displayname"
        await self.request("PUT", path, {"displayname": name})

    async def set_room_name(self, room: str, name: str) -> None:
        await self.set_state(room, "m.room.name", {"name": name})

    async def upload(self, data: bytes, content_type: str, filename: str) -> str:
        path = f"/_matrix/media/v3/upload?filename={quote(filename, safe='')}"
        return str((await self.request("POST", path, data, content_type))["content_uri"])

    async def download(self, uri: str) -> bytes:
        path = f"/_matrix/client/v1/media/download/{uri.removeprefix('mxc://')}"
        return await self.request_bytes("GET", path)

    async def _attached(self, room: str, data: bytes, content_type: str, filename: str) -> dict[str, Any]:
        """Where in an event's content the file is found."""
        return {"url": await self.upload(data, content_type, filename)}

    async def file_of(self, event: Event) -> bytes:
        return await self.download(event["content"]["url"])

    async def send_file(self, room: str, data: bytes, content_type: str, filename: str) -> str:
        content = {
            "msgtype": TYPE_OF_FILE.get(content_type.split("/")[0], "m.file"),
            "body": filename,
            "filename": filename,
            "info": {"mimetype": content_type, "size": len(data)},
            **await self._attached(room, data, content_type, filename),
        }
        return await self.send_event(room, "m.room.message", content)

    async def send_voice(self, room: str, data: bytes, seconds: float = 1.0) -> str:
        """A voice message as clients record it: Ogg with the marks that tell it from a piece of music."""
        milliseconds = int(seconds * 1000)
        content = {
            "msgtype": "m.audio",
            "body": "Voice message",
            "info": {"mimetype": "audio/ogg", "size": len(data), "duration": milliseconds},
            "org.matrix.msc1767.audio": {"duration": milliseconds, "waveform": [0, 512, 1024]},
            "org.matrix.msc3245.voice": {},
            **await self._attached(room, data, "audio/ogg", "Voice message.ogg"),
        }
        return await self.send_event(room, "m.room.message", content)
