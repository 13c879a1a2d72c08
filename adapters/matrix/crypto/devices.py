"""Whose devices there are: asked of the server for those with whom we share an encrypted room, and again when the
server says that something changed."""

from __future__ import annotations

import time
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import structlog
import vodozemac

from adapters.matrix.crypto.machine import Machine, guarded
from adapters.matrix.crypto.store import placeholders
from adapters.matrix.crypto.thread import KeyThread
from adapters.matrix.native import Json, identifier, mapping
from adapters.matrix.server import Server

log = structlog.get_logger("matrix")

_AT_ONCE = 250
# Servers that do not answer are not asked again with every message.
_PATIENCE = 300.0


class DeviceLists:
    """`version` grows with every change."""

    def __init__(self, server: Server, machine: Machine, thread: KeyThread) -> None:
        self._server = server
        self._machine = machine
        self._thread = thread
        self.version = 0
        self._changes: dict[str, int] = {}
        self._unanswered: dict[str, float] = {}

    @property
    def unreachable(self) -> set[str]:
        """Whose server did not answer lately."""
        now = time.monotonic()
        return {person for person, until in self._unanswered.items() if until >= now}

    # -- on the thread -------------------------------------------------------------------------------------

    def changed(self, changed: Iterable[object], left: Iterable[object]) -> None:
        store = self._machine.store
        for person in filter(None, map(identifier, changed)):
            if store.do("UPDATE tracked SET stale = 1 WHERE person = ?", person):
                self._changes[person] = self._changes.get(person, 0) + 1
                self._unanswered.pop(person, None)
                self.version += 1
        for person in filter(None, map(identifier, left)):
            store.do("DELETE FROM tracked WHERE person = ?", person)

    def _to_ask(self, people: list[str], anew: bool) -> list[str]:
        store, fresh = self._machine.store, set[str]()
        for at in range(0, len(people), _AT_ONCE):
            some = people[at : at + _AT_ONCE]
            among = placeholders(some)
            found = store.rows(f"SELECT person FROM tracked WHERE stale = 0 AND person IN ({among})", *some)  # noqa: S608
            fresh |= {person for (person,) in found}
        now = time.monotonic()
        return [p for p in people if (anew or p not in fresh) and self._unanswered.get(p, 0) < now]

    def _answered(self, asked: dict[str, int], answer: Json) -> None:
        """Each device by itself: one that is malformed hides no other."""
        store, olm = self._machine.store, self._machine.olm
        given = mapping(answer.get("device_keys"))
        for person, change in asked.items():
            if person not in given:
                self._unanswered[person] = time.monotonic() + _PATIENCE
                continue
            sound: dict[str, Any] = {}
            for device, keys in mapping(given[person]).items():
                if _sound(person, device, mapping(keys)):
                    sound[device] = {name: part for name, part in mapping(keys).items() if name != "unsigned"}
            before = {d.id: (d.ed25519, d.curve25519, d.deleted) for d in olm.device_store[person].values()}
            with guarded("devices"):
                olm._handle_key_query(SimpleNamespace(device_keys={person: sound}))
            after = {d.id: (d.ed25519, d.curve25519, d.deleted) for d in olm.device_store[person].values()}
            if before != after:
                self.version += 1
            stale = int(self._changes.get(person, 0) != change)
            store.do("INSERT OR REPLACE INTO tracked VALUES (?, ?)", person, stale)

    # -- beside it -----------------------------------------------------------------------------------------

    async def refresh(self, people: Iterable[str], *, anew: bool = False) -> None:
        """Know the devices of these persons as they are now. `anew`: even if nothing is said to have changed."""
        wanted = sorted(set(people))
        to_ask = await self._thread.do(self._to_ask, wanted, anew)
        for at in range(0, len(to_ask), _AT_ONCE):
            asked = {person: self._changes.get(person, 0) for person in to_ask[at : at + _AT_ONCE]}
            body = {"device_keys": {person: [] for person in asked}, "timeout": 10_000}
            answer = mapping(await self._server.post("keys", "query", body=body, timeout=60))
            await self._thread.do(self._machine.whole, self._answered, asked, answer)


def _sound(person: str, device: object, keys: Json) -> bool:
    own, signed = mapping(keys.get("keys")), False
    with guarded("device"):
        vodozemac.Curve25519PublicKey.from_base64(own[f"curve25519:{device}"])
        vodozemac.Ed25519PublicKey.from_base64(own[f"ed25519:{device}"])
        vodozemac.Ed25519Signature.from_base64(mapping(mapping(keys["signatures"])[person])[f"ed25519:{device}"])
        signed = True
    texts = [device, keys.get("user_id"), keys.get("device_id"), *own.values()]
    return signed and all(isinstance(text, str) and len(text) <= 255 for text in texts)
