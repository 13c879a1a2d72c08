"""What encryption asks of the server beside the listening: new keys, broken sessions, keys that are missing."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import structlog

from adapters.matrix.crypto.enrolment import Enrolment
from adapters.matrix.crypto.machine import ONE_TIME, Machine
from adapters.matrix.crypto.opening import Opening
from adapters.matrix.crypto.sharing import Sharing
from adapters.matrix.crypto.thread import KeyThread
from adapters.matrix.native import Json, mapping
from adapters.matrix.server import Denied, Server

log = structlog.get_logger("matrix")

# One-time keys left on the server below which new ones are made.
FEW = 25
# Of others' requests, those that are looked at in one go.
_REQUESTS = 100


class Upkeep:
    """`due`: there is something to be done."""

    def __init__(
        self, server: Server, machine: Machine, thread: KeyThread, enrolment: Enrolment, sharing: Sharing,
        opening: Opening,
    ) -> None:  # fmt: skip
        self._server = server
        self._machine = machine
        self._thread = thread
        self._enrolment = enrolment
        self._sharing = sharing
        self._opening = opening
        self._busy = False
        self._left: int | None = None
        self._fallback_used = False
        self._requests: list[Json] = []
        self.due = True

    def heard(self, answer: Json, to_device: Sequence[Any]) -> None:
        left = mapping(answer.get("device_one_time_keys_count")).get(ONE_TIME)
        # A server that names no count of a kind has none of it left.
        self._left = left if isinstance(left, int) else 0 if "device_one_time_keys_count" in answer else None
        unused = answer.get("device_unused_fallback_key_types")
        self._fallback_used = isinstance(unused, list) and ONE_TIME not in unused
        asked = [event for event in map(mapping, to_device) if event.get("type") == "m.room_key_request"]
        self._requests = (self._requests + asked)[:_REQUESTS]
        few = self._left is not None and self._left < FEW
        self.due |= few or self._fallback_used or bool(to_device)

    @property
    def wanted(self) -> bool:
        """Due, and not under way."""
        return self.due and not self._busy

    async def settle(self) -> None:
        self._busy = True
        try:
            self.due = False
            if self._left is not None:
                left, self._left = self._left, None
                await self._enrolment.upload(left, fallback_used=self._fallback_used)
            requests, self._requests = self._requests, []
            await self._sharing.asked(requests)
            await self._mend()
            await self._ask()
        finally:
            self._busy = False

    async def _mend(self) -> None:
        """Begin anew with devices whose session is broken."""
        if wanted := await self._thread.do(self._machine.wedged):
            body = {"one_time_keys": wanted, "timeout": 10_000}
            answer = mapping(await self._server.post("keys", "claim", body=body, timeout=60))
            await self._thread.do(self._machine.whole, self._machine.claimed, answer)
            await self._thread.do(self._machine.give_up_wedged)
        for message in await self._thread.do(self._machine.to_send):
            await self._to_device(message.type, {message.recipient: {message.recipient_device: message.content}})
            await self._thread.do(self._machine.whole, self._machine.sent, message)

    async def _ask(self) -> None:
        """Ask for the keys that are missing: of who wrote, and of the account's own other devices."""
        requests = await self._thread.do(self._machine.whole, self._opening.to_ask)
        for sender, content in requests:
            await self._to_device("m.room_key_request", {sender: {"*": content}, self._server.account: {"*": content}})
        await self._thread.do(self._machine.whole, self._opening.asked, requests)

    async def _to_device(self, kind: str, messages: Mapping[str, Any]) -> None:
        try:
            await self._server.put("sendToDevice", kind, uuid.uuid4().hex, body={"messages": messages})
        except Denied as denied:
            log.warning("not sent to a device", kind=kind, reason=denied.reason)
