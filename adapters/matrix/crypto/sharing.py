"""Sealing what is said in a room: its key first goes to the devices of all who are there, each sealed for it alone.

A room's key is made anew when somebody leaves, when a device is gone, and as often as the room wants; who comes in
later is given it from there on. It is never kept: after a restart a new one is made.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog
from nio.crypto import OutboundGroupSession

from adapters.matrix.crypto.devices import DeviceLists
from adapters.matrix.crypto.machine import MEGOLM, Machine
from adapters.matrix.crypto.signing import canonical
from adapters.matrix.crypto.thread import KeyThread
from adapters.matrix.native import Json, identifier, mapping, sequence, words
from adapters.matrix.server import Denied, Server

log = structlog.get_logger("matrix")

# In one request.
_AT_ONCE = 20
# A server that had no key for a device is asked again after so many seconds.
_NO_KEY = 600.0
_AGAIN_AT_MOST = 3
Device = tuple[str, str]
_MESSAGES, _AGE = (1, 100, 10_000), (3600.0, 7 * 24 * 3600.0, 365 * 24 * 3600.0)


@dataclass
class _RoomKey:
    """`given`: to which devices, and what each was given; `again`: how often once more. `seen`: the versions of members
    and devices at which all had it; `retry`: when those are tried again for whom the server had no key."""

    session: Any
    given: dict[Device, dict[str, Any]] = field(default_factory=dict)
    again: dict[Device, int] = field(default_factory=dict)
    seen: tuple[int, int] = (-1, -1)
    retry: float = float("inf")


class Sharing:
    def __init__(self, server: Server, machine: Machine, thread: KeyThread, devices: DeviceLists) -> None:
        self._server = server
        self._machine = machine
        self._thread = thread
        self._devices = devices
        self._keys: dict[str, _RoomKey] = {}
        self._members: dict[str, list[str]] = {}
        # Grows whenever who is in the room may have changed.
        self._versions: dict[str, int] = {}
        self._without_key: dict[Device, float] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    def changed(self, room: str) -> None:
        """Somebody came, left or was invited."""
        self._versions[room] = self._versions.get(room, 0) + 1
        self._members.pop(room, None)

    async def sealed(self, room: str, settings: Json, kind: str, content: Json) -> dict[str, Any]:
        """The content of the m.room.encrypted event that says it. Raises as the server does."""
        async with self._locks.setdefault(room, asyncio.Lock()):
            await self._share(room, settings)
            return await self._thread.do(self._seal, room, kind, content)

    def _seal(self, room: str, kind: str, content: Json) -> dict[str, Any]:
        key = self._keys[room]
        clear = {name: part for name, part in content.items() if name != "m.relates_to"}
        plain = {"type": kind, "content": clear, "room_id": room}
        # Without a place for the server to see what belongs together, threads, edits and replies would be lost.
        beside = {"m.relates_to": content["m.relates_to"]} if "m.relates_to" in content else {}
        return {
            "algorithm": MEGOLM,
            "sender_key": self._machine.olm.account.identity_keys["curve25519"],
            "ciphertext": key.session.encrypt(canonical(plain).decode()),
            "session_id": key.session.id,
            "device_id": self._machine.device,
            **beside,
        }

    # -- giving the key ------------------------------------------------------------------------------------

    async def _share(self, room: str, settings: Json) -> None:
        version = self._versions.setdefault(room, 0)
        members = await self._who(room)
        await self._devices.refresh(members)
        seen = (version, self._devices.version)
        devices = await self._thread.do(self._lacking, room, settings, members, seen)
        if devices is None:
            return
        await self._begin_sessions(devices)
        for at in range(0, len(devices), _AT_ONCE):
            some = devices[at : at + _AT_ONCE]
            messages, given = await self._thread.do(self._machine.whole, self._batch, room, some)
            if messages:
                await self._send(messages)
                self._keys[room].given |= given
        self._keys[room].session.mark_as_shared()
        self._keys[room].seen = seen

    def _lacking(self, room: str, settings: Json, members: list[str], seen: tuple[int, int]) -> list[Device] | None:
        """Devices that have not got the key yet, None where nothing changed since all were given it."""
        key = self._keys.get(room)
        now = time.monotonic()
        if key is not None and key.seen == seen and not key.session.expired and now < key.retry:
            return None
        store = self._machine.olm.device_store
        there = {(p, d.id) for p in members for d in store.active_user_devices(p)}
        there.discard((self._machine.account, self._machine.device))
        if key is None or key.session.expired or set(key.given) - there:
            session = OutboundGroupSession()
            session.max_messages = _between(settings.get("rotation_period_msgs"), 1, *_MESSAGES)
            age = _between(settings.get("rotation_period_ms"), 1000, *_AGE)
            session.max_age = timedelta(seconds=age)
            key = self._keys[room] = _RoomKey(session)
        lacking = {device: self._without_key.get(device, 0.0) for device in there - set(key.given)}
        key.retry = min((until for until in lacking.values() if until >= now), default=float("inf"))
        return sorted(device for device, until in lacking.items() if until < now)

    def _batch(self, room: str, devices: list[Device]) -> tuple[dict[str, Any], dict[Device, dict[str, Any]]]:
        key = self._keys[room]
        content = {
            "algorithm": MEGOLM, "room_id": room, "session_id": key.session.id,
            "session_key": key.session.session_key,
        }  # fmt: skip
        messages: dict[str, Any] = {}
        given: dict[Device, dict[str, Any]] = {}
        for person, device in devices:
            sealed = self._machine.sealed_for(person, device, "m.room_key", content)
            if sealed is None:
                self._without_key[person, device] = time.monotonic() + _NO_KEY
                key.retry = min(key.retry, self._without_key[person, device])
                continue
            messages.setdefault(person, {})[device] = sealed
            given[person, device] = content
        return messages, given

    async def _begin_sessions(self, devices: list[Device]) -> None:
        lacking = await self._thread.do(self._machine.lacking_sessions, devices)
        if lacking:
            body = {"one_time_keys": lacking, "timeout": 10_000}
            answer = mapping(await self._server.post("keys", "claim", body=body, timeout=60))
            await self._thread.do(self._machine.whole, self._machine.claimed, answer)

    async def _send(self, messages: dict[str, Any], kind: str = "m.room.encrypted") -> None:
        await self._server.put("sendToDevice", kind, uuid.uuid4().hex, body={"messages": messages})

    async def _who(self, room: str) -> list[str]:
        """Who is there, and who is invited and may read what was said before they came."""
        if room in self._members:
            return self._members[room]
        version = self._versions.get(room, 0)
        answer = mapping(await self._server.get("rooms", room, "members", timeout=60))
        try:
            shown = mapping(await self._server.get("rooms", room, "state", "m.room.history_visibility", ""))
        except Denied:
            shown = {}
        there = {"join"} if shown.get("history_visibility") == "joined" else {"join", "invite"}
        found: set[str] = set()
        for event in map(mapping, sequence(answer.get("chunk"))):
            person = identifier(event.get("state_key"))
            if person and mapping(event.get("content")).get("membership") in there:
                found.add(person)
        members = sorted(found)
        if self._versions.get(room, 0) == version:
            self._members[room] = members
        return members

    # -- giving it again -----------------------------------------------------------------------------------

    async def asked(self, events: list[Json]) -> None:
        """Who was given a key of ours and lost it is given it again, as it was then. Nobody else is."""
        for event in events:
            content = mapping(event.get("content"))
            body = mapping(content.get("body"))
            key = self._keys.get(words(body.get("room_id")))
            device = (words(event.get("sender")), words(content.get("requesting_device_id")))
            if content.get("action") != "request" or key is None or key.session.id != body.get("session_id"):
                continue
            key.again[device] = key.again.get(device, 0) + 1
            if device not in key.given or key.again[device] > _AGAIN_AT_MOST:
                continue
            args = (device[0], device[1], "m.room_key", key.given[device])
            sealed = await self._thread.do(self._machine.whole, self._machine.sealed_for, *args)
            if sealed is not None:
                await self._send({device[0]: {device[1]: sealed}})


def _between(given: object, unit: float, lowest: float, usual: float, highest: float) -> float:
    if not isinstance(given, int | float) or isinstance(given, bool):
        return usual
    return min(max(given / unit, lowest), highest)
