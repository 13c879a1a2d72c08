"""nio's encryption machine with its gaps filled. On the thread of the keys only.

What a stranger sent is handled one by one: whatever is in it, it raises nothing and spoils nothing but itself.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, TypeVar

import structlog
from nio.crypto import Olm
from nio.events import OlmEvent
from unpaddedbase64 import encode_base64

from adapters.matrix.crypto.signing import canonical
from adapters.matrix.crypto.store import KeyStore
from adapters.matrix.native import Json, identifier, mapping, sequence, words
from bot.guard import NotOurs

log = structlog.get_logger("matrix")
Result = TypeVar("Result")
# It names persons and devices.
logging.getLogger("nio").setLevel(logging.CRITICAL + 1)

MEGOLM = "m.megolm.v1.aes-sha2"
ONE_TIME = "signed_curve25519"
# A fallback key is used by whoever finds no other: a new one now and then, as clients do.
FALLBACK_LASTS = 7 * 24 * 3600.0


@contextmanager
def guarded(what: str) -> Iterator[None]:
    """One stranger's event spoils nothing but itself. A library in Rust panics outside of Exception."""
    try:
        yield
    except BaseException as fault:
        if isinstance(fault, KeyboardInterrupt | SystemExit | GeneratorExit) or _is_trouble_of_the_store(fault):
            raise
        log.warning("passed over", what=what, type=type(fault).__name__)


def _is_trouble_of_the_store(fault: BaseException) -> bool:
    return isinstance(fault, sqlite3.Error)


class _Olm(Olm):  # type: ignore[misc]
    """A key is taken from who made it too, if we asked for it: nobody can vouch for it better. What is sent says whose
    device it comes from, so that whoever never heard of us need not ask first."""

    described: dict[str, Any] | None = None

    def _olm_encrypt(self, session: Any, recipient_device: Any, message_type: str, content: Any) -> dict[str, Any]:
        payload = {
            "sender": self.user_id,
            "sender_device": self.device_id,
            "keys": {"ed25519": self.account.identity_keys["ed25519"]},
            "recipient": recipient_device.user_id,
            "recipient_keys": {"ed25519": recipient_device.ed25519},
            "type": message_type,
            "content": content,
        }
        if self.described is not None:
            payload["sender_device_keys"] = self.described
        sealed = session.encrypt(canonical(payload).decode())
        self.store.save_session(recipient_device.curve25519, session)
        kind, text = sealed.to_parts()
        return {
            "algorithm": self._olm_algorithm,
            "sender_key": self.account.identity_keys["curve25519"],
            "ciphertext": {recipient_device.curve25519: {"type": kind, "body": encode_base64(text)}},
        }

    def _should_accept_forward(self, sender: str, sender_key: str, event: Any) -> bool:
        request = self.outgoing_key_requests.get(event.session_id)
        content = mapping(mapping(event.source).get("content"))
        its_maker = content.get("sender_key") == sender_key and not sequence(
            content.get("forwarding_curve25519_key_chain")
        )
        if request is not None and its_maker and request.room_id == event.room_id and event.algorithm == MEGOLM:
            return True
        return bool(super()._should_accept_forward(sender, sender_key, event))


class Machine:
    """`olm`: nio's. `store`: where it keeps things."""

    def __init__(self, store: KeyStore, account: str, device: str) -> None:
        self.store = store
        self.account = account
        self.device = device
        self._described: dict[str, Any] | None = None
        self.olm: Any
        self._read()

    def _read(self) -> None:
        with self.store.anew():
            self.olm = _Olm(self.account, self.device, self.store)
            self.olm.described = self._described

    def describe(self, signed: dict[str, Any]) -> None:
        """The device's keys, as its account vouches for them."""
        self._described = self.olm.described = signed

    def whole(self, work: Callable[..., Result], *args: Any) -> Result:
        """All of it is kept, or none. After trouble with the disk, or if another process wrote there, what is in memory
        is read anew: by whoever leads. Raises NotOurs."""
        try:
            with self.store.whole():
                return work(*args)
        except BaseException as fault:
            if isinstance(fault, NotOurs) or _is_trouble_of_the_store(fault):
                self._read()
            raise

    # -- our own keys --------------------------------------------------------------------------------------

    @property
    def fingerprint(self) -> str:
        return str(self.olm.account.identity_keys["ed25519"])

    @property
    def known_to_server(self) -> bool:
        return bool(self.olm.account.shared)

    def device_keys(self) -> dict[str, Any]:
        keys = self.olm.account.identity_keys
        content = {
            "algorithms": ["m.olm.v1.curve25519-aes-sha2", MEGOLM],
            "device_id": self.device,
            "user_id": self.account,
            "keys": {f"{kind}:{self.device}": keys[kind] for kind in ("curve25519", "ed25519")},
        }
        return self.signed(content)

    def signed(self, content: dict[str, Any]) -> dict[str, Any]:
        signature = self.olm.account.sign(canonical(content).decode())
        return {**content, "signatures": {self.account: {f"ed25519:{self.device}": signature}}}

    def to_upload(self, one_time_left: int, fallback_used: bool) -> dict[str, Any]:
        """What the server lacks, kept before it is sent: a key that is on the server and not here would be used by
        others in vain. Empty if it lacks nothing.

        Keys are named by what they are. Counted names would come twice after a copy was restored, and the server
        would refuse them for ever.
        """
        account = self.olm.account
        body: dict[str, Any] = {}
        if not account.shared:
            body["device_keys"] = self.device_keys()
        ready = account.one_time_keys["curve25519"]
        lacking = account.max_one_time_keys - one_time_left - len(ready)
        if lacking > 0 and (one_time_left < account.max_one_time_keys * 0.75 or not account.shared):
            account.generate_one_time_keys(lacking)
            ready = account.one_time_keys["curve25519"]
        if ready:
            body["one_time_keys"] = self._named(ready.values(), {})
        since = float(self.store.kept("fallback") or 0)
        if not since or (fallback_used and time.time() - since > 3600) or time.time() - since > FALLBACK_LASTS:
            account._account.generate_fallback_key()
            self.store.keep("fallback", str(time.time()))
        if unused := account._account.fallback_key:
            body["fallback_keys"] = self._named([k.to_base64() for k in unused.values()], {"fallback": True})
        if body:
            self.olm.save_account()
        return body

    def uploaded(self) -> None:
        self.olm.account.shared = True
        self.olm.account.mark_keys_as_published()
        self.olm.save_account()

    def _named(self, keys: Any, more: dict[str, Any]) -> dict[str, Any]:
        return {
            f"{ONE_TIME}:{hashlib.sha256(key.encode()).hexdigest()[:24]}": self.signed({"key": key, **more})
            for key in keys
        }

    # -- what was sent to this device ----------------------------------------------------------------------

    def take(self, events: Sequence[Any], since: str, reached: str) -> set[str]:
        """Messages to this device, each once; by whom keys came. A batch may come again: whoever was killed before
        its end asks for it anew."""
        known = set(json.loads(self.store.kept("taken") or "[]")) if self._again(since) else set()
        senders: set[str] = set()
        seen: set[str] = set()
        for event in map(mapping, events):
            with guarded("to-device"):
                name = hashlib.sha256(canonical(event)).hexdigest()
                seen.add(name)
                if name not in known:
                    senders |= self._take(event)
        self.store.keep("taken", json.dumps(sorted(known | seen)))
        self.store.keep("place", json.dumps([since, reached]))
        return senders

    def was_restored(self, since: str) -> bool:
        """Whether these keys are older or newer than what else is kept: one of the two was restored from a copy."""
        place = self.store.kept("place")
        return bool(place) and since not in json.loads(place)

    def restart_sessions(self) -> None:
        """No ratchet is used twice, and others are asked for their devices anew."""
        self.store.do("DELETE FROM olm")
        self.store.keep("fallback", "0")
        self.store.do("UPDATE tracked SET stale = 1")
        self._read()

    def _again(self, since: str) -> bool:
        place = self.store.kept("place")
        return bool(place) and json.loads(place)[0] == since

    def _take(self, event: Json) -> set[str]:
        sender, content = identifier(event.get("sender")), mapping(event.get("content"))
        if event.get("type") != "m.room.encrypted" or not sender:
            return set()
        sender_key, sealed = words(content.get("sender_key")), mapping(content.get("ciphertext"))
        if not sender_key or content.get("algorithm") != "m.olm.v1.curve25519-aes-sha2":
            return set()
        self.olm.decrypt_event(OlmEvent(dict(event), sender, sender_key, dict(sealed)))
        # Only now is the key gone that it may have used.
        self.olm.save_account()
        return {sender}

    # -- to others -----------------------------------------------------------------------------------------

    def lacking_sessions(self, devices: Sequence[tuple[str, str]]) -> dict[str, dict[str, str]]:
        """With whom there is no session yet, as the server is asked for keys to begin one."""
        wanted: dict[str, dict[str, str]] = {}
        for person, device in devices:
            found = self.olm.device_store[person].get(device)
            if found is not None and self.olm.session_store.get(found.curve25519) is None:
                wanted.setdefault(person, {})[device] = ONE_TIME
        return wanted

    def claimed(self, answer: Json) -> None:
        for person, devices in mapping(answer.get("one_time_keys")).items():
            for device, keys in mapping(devices).items():
                with guarded("claimed key"):
                    one = {person: {device: {n: dict(k) for n, k in mapping(keys).items()}}}
                    self.olm._handle_key_claiming(SimpleNamespace(one_time_keys=one))

    def wedged(self) -> dict[str, dict[str, str]]:
        """Whose session is broken, as the server is asked for keys to begin a new one."""
        wanted: dict[str, dict[str, str]] = {}
        for device in self.olm.wedged_devices:
            wanted.setdefault(device.user_id, {})[device.device_id] = ONE_TIME
        return wanted

    def give_up_wedged(self) -> None:
        """Those for whom the server had no key: they are tried again when they next write."""
        self.olm.wedged_devices.clear()

    def to_send(self) -> list[Any]:
        return list(self.olm.outgoing_to_device_messages)

    def sent(self, message: Any) -> None:
        self.olm._mark_to_device_message_as_sent(message)

    def sealed_for(self, person: str, device: str, kind: str, content: dict[str, Any]) -> dict[str, Any] | None:
        """None where there is no session."""
        found = self.olm.device_store[person].get(device)
        session = self.olm.session_store.get(found.curve25519) if found is not None else None
        if session is None:
            return None
        return dict(self.olm._olm_encrypt(session, found, kind, content))
