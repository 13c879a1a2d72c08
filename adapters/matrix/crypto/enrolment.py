"""Making the device known: its keys on the server, its place under the account's identity.

What others hold is never overwritten: a device that the server knows by other keys, and an identity that is not ours,
are said and left as they are.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import structlog

from adapters.matrix.crypto.identity import Identity, Standing, standing
from adapters.matrix.crypto.machine import ONE_TIME, Machine
from adapters.matrix.crypto.secret import Secret
from adapters.matrix.crypto.thread import KeyThread
from adapters.matrix.native import Json, mapping
from adapters.matrix.server import Denied, NeedsPassword, Server, path

log = structlog.get_logger("matrix")

IDENTITY_FOREIGN = "the account has an identity that is not kept here: veillee check says what to do"
IDENTITY_LOCKED = "the server wants the account's password before it takes an identity: veillee matrix identity"
# A server that refuses keys is not asked again with every answer of the sync.
_PATIENCE = 600.0


class KeysLost(Exception):
    """The server knows the device by keys that are not here, and every other client keeps to them."""


class Enrolment:
    def __init__(self, server: Server, machine: Machine, thread: KeyThread, folder: Path, secret: Secret) -> None:
        self._server = server
        self._machine = machine
        self._thread = thread
        self._folder = folder
        self._secret = secret
        self._not_before = 0.0

    async def enrol(self) -> None:
        """Raises KeysLost, TryLater or TokenRefused."""
        shown = await self.look()
        if shown.device_key not in ("", self._machine.fingerprint):
            raise KeysLost
        if not shown.device_key:
            await self._thread.do(self._not_there)
        counts = mapping(mapping(await self._server.post("keys", "upload", body={})).get("one_time_key_counts"))
        await self.upload(_count(counts), fallback_used=False)
        await self._identify(await self.look())

    async def look(self) -> Standing:
        account = self._server.account
        answer = await self._server.post("keys", "query", body={"device_keys": {account: []}})
        return standing(mapping(answer), account, self._machine.device)

    async def upload(self, one_time_left: int, *, fallback_used: bool) -> None:
        if time.monotonic() < self._not_before:
            return
        work = self._machine.to_upload
        body = await self._thread.do(self._machine.whole, work, one_time_left, fallback_used)
        if not body:
            return
        try:
            await self._server.post("keys", "upload", body=body)
        except Denied as denied:
            log.error("keys not taken by the server", reason=denied.reason)
            self._not_before = time.monotonic() + _PATIENCE
            return
        await self._thread.do(self._machine.whole, self._machine.uploaded)

    def _not_there(self) -> None:
        self._machine.olm.account.shared = False

    # -- the identity --------------------------------------------------------------------------------------

    async def _identify(self, shown: Standing) -> None:
        identity = await self._thread.do(Identity.kept, self._folder, self._server.account, self._secret)
        await self._thread.do(self._describe, identity)
        if shown.master and (identity is None or identity.master != shown.master):
            if not shown.signed:
                log.warning(IDENTITY_FOREIGN)
            return
        try:
            if not shown.master:
                identity = await self.publish(identity)
                await self._thread.do(self._describe, identity)
            if identity is not None and not shown.signed:
                await self.sign(identity)
        except NeedsPassword:
            log.warning(IDENTITY_LOCKED)
        except Denied as denied:
            log.error("identity not taken by the server", reason=denied.reason)

    def _describe(self, identity: Identity | None) -> None:
        keys = self._machine.device_keys()
        self._machine.describe(identity.signed(keys, "self_signing") if identity else keys)

    async def publish(self, identity: Identity | None, password: str = "") -> Identity:
        """Kept before it is shown: one that nobody holds the keys of could never be used nor replaced."""
        if identity is None:
            identity = Identity.made(self._server.account)
            await self._thread.do(self._machine.whole, identity.keep, self._folder, self._secret)
        address = path("keys", "device_signing", "upload")
        await self._server.request_with_password("POST", address, identity.upload(), password)
        return identity

    async def sign(self, identity: Identity) -> None:
        def signed() -> dict[str, Any]:
            master = self._machine.signed(identity.upload()["master_key"])
            device = identity.signed(self._machine.device_keys(), "self_signing")
            return {self._server.account: {self._machine.device: device, identity.master: master}}

        body = await self._thread.do(signed)
        answer = mapping(await self._server.post("keys", "signatures", "upload", body=body))
        if mapping(answer.get("failures")):
            log.error("the device could not be signed")


def _count(counts: Json) -> int:
    count = counts.get(ONE_TIME)
    return count if isinstance(count, int) and count >= 0 else 0
