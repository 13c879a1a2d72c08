"""Devices of others, made of the bare primitives: one that is honest, and one that is anything but."""

from __future__ import annotations

import json
from base64 import b64encode
from random import Random
from typing import Any

import vodozemac

from tests.poison.mutations import Mutator, written

Json = dict[str, Any]
OLM, MEGOLM = "m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"


def canonical(content: Json) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


class Device:
    """`to`: as the account was uploaded that is written to."""

    def __init__(self, person: str, name: str, to: Json, one_time: str) -> None:
        self.person, self.name = person, name
        self._account = vodozemac.Account()
        self._to = to
        keys = to["keys"]
        self._theirs: dict[str, str] = {k.split(":")[0]: v for k, v in keys.items()}
        self._session = self._account.create_outbound_session(
            vodozemac.Curve25519PublicKey.from_base64(self._theirs["curve25519"]),
            vodozemac.Curve25519PublicKey.from_base64(one_time),
        )
        self.group = vodozemac.GroupSession()

    @property
    def curve(self) -> str:
        return str(self._account.curve25519_key.to_base64())

    @property
    def ed(self) -> str:
        return str(self._account.ed25519_key.to_base64())

    def keys(self) -> Json:
        """As a server shows them."""
        content = {
            "algorithms": [OLM, MEGOLM], "device_id": self.name, "user_id": self.person,
            "keys": {f"curve25519:{self.name}": self.curve, f"ed25519:{self.name}": self.ed},
        }  # fmt: skip
        signature = self._account.sign(canonical(content)).to_base64()
        return {**content, "signatures": {self.person: {f"ed25519:{self.name}": signature}}}

    def letter(self, kind: str, content: Any, **more: Any) -> Json:
        """What is sealed to the device, before it is."""
        return {
            "type": kind, "content": content, "sender": self.person, "sender_device": self.name,
            "keys": {"ed25519": self.ed}, "recipient": self._to["user_id"],
            "recipient_keys": {"ed25519": self._theirs["ed25519"]}, **more,
        }  # fmt: skip

    def sealed(self, plain: bytes) -> Json:
        """A message to the device."""
        kind, body = self._session.encrypt(plain).to_parts()
        text = b64encode(body).decode().rstrip("=")
        content = {
            "algorithm": OLM, "sender_key": self.curve,
            "ciphertext": {self._theirs["curve25519"]: {"type": kind, "body": text}},
        }  # fmt: skip
        return {"type": "m.room.encrypted", "sender": self.person, "content": content}

    def key(self, room: str) -> Json:
        """The content of an m.room_key."""
        return {
            "algorithm": MEGOLM, "room_id": room, "session_id": self.group.session_id,
            "session_key": self.group.session_key.to_base64(),
        }  # fmt: skip

    def said(self, plain: bytes) -> Json:
        """The content of an event in a room."""
        return {
            "algorithm": MEGOLM, "sender_key": self.curve, "device_id": self.name,
            "session_id": self.group.session_id, "ciphertext": self.group.encrypt(plain).to_base64(),
        }  # fmt: skip


class Eve(Device):
    """Knows the rules, and keeps none."""

    def letters(self, random: Random, mutator: Mutator, room: str, friend: Device) -> list[Any]:
        """A few messages to the device: forged, bent, sent again."""
        forged = friend.key(room) | {"session_key": self.group.session_key.to_base64()}
        forwarded = friend.key(room) | {
            "sender_key": friend.curve, "sender_claimed_ed25519_key": friend.ed,
            "forwarding_curve25519_key_chain": [self.curve],
        }  # fmt: skip
        plain = [
            self.letter("m.room_key", self.key(room)),
            self.letter("m.room_key", forged),
            self.letter("m.room_key", friend.key(room), sender=friend.person),
            self.letter("m.room_key", self.key(room), recipient="@other:localhost"),
            self.letter("m.room_key", self.key(room), recipient_keys={"ed25519": friend.ed}),
            self.letter("m.room_key", self.key(room), keys={"ed25519": friend.ed}),
            self.letter("m.forwarded_room_key", forwarded),
            self.letter("m.forwarded_room_key", forwarded | {"forwarding_curve25519_key_chain": []}),
            self.letter("m.dummy", {}),
            self.letter("m.key.verification.mac", {"transaction_id": ["x"], "keys": 1, "mac": {}}),
            self.letter("m.secret.send", {"request_id": [], "secret": 5}),
        ]
        chosen = [letter if random.random() < 0.4 else mutator.event(letter) for letter in random.sample(plain, 3)]
        letters: list[Any] = [self.sealed(written(letter, random)) for letter in chosen]
        letters.append(self.sealed(random.choice((b"", b"[]", b"null", b'"x"', b"{", b"\xff\xfe"))))
        return [
            *letters, random.choice(letters), mutator.event(random.choice(letters)),
            {"type": "m.room_key", "sender": self.person, "content": self.key(room)},
            {"type": "m.room_key.withheld", "sender": self.person, "content": {
                **friend.key(room), "code": mutator.event({"m.unverified": 1}), "sender_key": friend.curve,
            }},
            {"type": "m.room_key_request", "sender": self.person, "content": mutator.event({
                "action": "request", "requesting_device_id": self.name, "request_id": "1",
                "body": {"room_id": room, "session_id": friend.group.session_id},
            })},
        ]  # fmt: skip

    def events(self, random: Random, mutator: Mutator, room: str, honest: Json) -> list[Json]:
        """Contents of events in a room. `honest`: one that another wrote, to be passed off as one's own."""
        plain: Json = {
            "type": "m.room.message", "room_id": room, "content": {"msgtype": "m.text", "body": "!veillee aide"},
        }  # fmt: skip
        own = self.said(written(random.choice((
            plain, mutator.event(plain), plain | {"room_id": "!other:localhost"}, plain | {"type": "m.room.member"},
            plain | {"state_key": ""}, plain | {"type": "m.room.redaction", "redacts": "$m1"},
        )), random))  # fmt: skip
        return [
            own, own, honest, honest | {"sender_key": self.curve, "device_id": self.name},
            mutator.event(honest), mutator.event(own), self.said(random.choice((b"", b"[]", b"\xff", b'{"type": 5}'))),
        ]
