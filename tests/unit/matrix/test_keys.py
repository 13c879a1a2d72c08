"""The machine of the keys against peers that are honest, forgetful or hostile, without any server."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import vodozemac

from adapters.matrix.crypto import attachments, files
from adapters.matrix.crypto.encryption import opened
from adapters.matrix.crypto.identity import WrongSecret
from adapters.matrix.crypto.machine import MEGOLM, Machine
from adapters.matrix.crypto.opening import Opening
from adapters.matrix.crypto.secret import Secret
from adapters.matrix.crypto.signing import canonical

BOT, ROOM = "@veillee:example.org", "!room:example.org"
SECRET = Secret("a secret of the tests, and of nobody else")


class Peer:
    """A member's device, made of the bare library."""

    def __init__(self, person: str, machine: Machine) -> None:
        self.person, self.device = person, "DEVICE"
        self.account = vodozemac.Account()
        self.room_key = vodozemac.GroupSession()
        self.machine = machine
        self._session: Any = None

    @property
    def curve(self) -> str:
        return str(self.account.curve25519_key.to_base64())

    @property
    def fingerprint(self) -> str:
        return str(self.account.ed25519_key.to_base64())

    def known(self) -> None:
        """The server shows the device."""
        keys = {f"curve25519:{self.device}": self.curve, f"ed25519:{self.device}": self.fingerprint}
        content: dict[str, Any] = {"user_id": self.person, "device_id": self.device, "keys": keys, "algorithms": []}
        signature = self.account.sign(canonical(content)).to_base64()
        signed = {**content, "signatures": {self.person: {f"ed25519:{self.device}": signature}}}
        answer = SimpleNamespace(device_keys={self.person: {self.device: signed}})
        self.machine.whole(self.machine.olm._handle_key_query, answer)

    def to_device(self, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        own = self.machine.olm.account
        if self._session is None:
            key = next(iter(self.machine.to_upload(0, False)["one_time_keys"].values()))["key"]
            self.machine.uploaded()  # the server gives each of them away once
            curve = vodozemac.Curve25519PublicKey.from_base64
            self._session = self.account.create_outbound_session(
                curve(own.identity_keys["curve25519"]), curve(key)
            )
        payload = {
            "type": kind, "content": content, "sender": self.person, "recipient": BOT,
            "recipient_keys": {"ed25519": own.identity_keys["ed25519"]}, "keys": {"ed25519": self.fingerprint},
        }  # fmt: skip
        number, text = self._session.encrypt(canonical(payload)).to_parts()
        body = {"type": number, "body": base64.b64encode(text).decode().rstrip("=")}
        sealed = {own.identity_keys["curve25519"]: body}
        content = {"algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": self.curve, "ciphertext": sealed}
        return {"type": "m.room.encrypted", "sender": self.person, "content": content}

    def gives_key(self, key: str | None = None, session: str | None = None) -> dict[str, Any]:
        content = {
            "algorithm": MEGOLM, "room_id": ROOM, "session_id": session or self.room_key.session_id,
            "session_key": key or self.room_key.session_key.to_base64(),
        }  # fmt: skip
        return self.to_device("m.room_key", content)

    def says(self, text: str, id: str = "$1", **more: Any) -> dict[str, Any]:
        plain = {"type": "m.room.message", "room_id": ROOM, "content": {"msgtype": "m.text", "body": text}, **more}
        content = {
            "algorithm": MEGOLM, "sender_key": self.curve, "device_id": self.device,
            "session_id": self.room_key.session_id,
            "ciphertext": self.room_key.encrypt(json.dumps(plain).encode()).to_base64(),
        }  # fmt: skip
        return {
            "type": "m.room.encrypted", "sender": self.person, "event_id": id, "origin_server_ts": 1,
            "content": content,
        }  # fmt: skip


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    made = opened(tmp_path, BOT, "BOT", SECRET)
    with closing(made.store):
        yield made


@pytest.fixture
def ana(machine: Machine) -> Peer:
    made = Peer("@ana:example.org", machine)
    made.known()
    return made


def take(machine: Machine, *events: Any, since: str = "s1") -> None:
    machine.whole(machine.take, events, since, since + "+")


def texts(machine: Machine, *events: Any) -> list[Any]:
    found = machine.whole(Opening(machine).open, ROOM, events, set())
    return [event["content"].get("body") if isinstance(event, dict) else None for event in found.events]


def test_what_was_said_once_is_not_said_again_under_another_name(machine: Machine, ana: Peer, tmp_path: Path) -> None:
    take(machine, ana.gives_key())
    said = ana.says("oui")
    assert texts(machine, said) == ["oui"]
    assert texts(machine, said) == ["oui"]  # the server may repeat it
    assert texts(machine, {**said, "event_id": "$2"}) == [None]
    again = opened(tmp_path, BOT, "BOT", SECRET)  # nor after a restart
    with closing(again.store):
        assert texts(again, {**said, "event_id": "$2"}) == [None]


def test_nobody_speaks_in_the_name_of_another(machine: Machine, ana: Peer) -> None:
    take(machine, ana.gives_key())
    said = ana.says("oui")
    assert texts(machine, {**said, "sender": "@bo:example.org"}) == [None]
    bo = Peer("@bo:example.org", machine)
    bo.known()
    assert texts(machine, {**said, "sender": "@bo:example.org"}) == [None]
    assert texts(machine, said) == ["oui"]


def test_a_key_passed_on_as_ones_own_takes_nothing_from_its_owner(machine: Machine, ana: Peer) -> None:
    mallory = Peer("@mallory:example.org", machine)
    mallory.known()
    key, session = ana.room_key.session_key.to_base64(), ana.room_key.session_id
    take(machine, mallory.gives_key(key, session), ana.gives_key())
    said = ana.says("oui")
    assert texts(machine, said, {**said, "sender": mallory.person, "event_id": "$2"}) == ["oui", None]


@pytest.mark.parametrize(
    ("asked", "by_its_maker", "read"), [(True, True, "oui"), (True, False, None), (False, True, None)]
)
def test_a_key_passed_on_is_taken_from_its_maker_if_it_was_asked_for(
    machine: Machine, ana: Peer, asked: bool, by_its_maker: bool, read: str | None
) -> None:
    bo = Peer("@bo:example.org", machine)
    bo.known()
    from_start, opening = vodozemac.InboundGroupSession(ana.room_key.session_key), Opening(machine)
    said = ana.says("oui")
    if asked:
        assert texts(machine, said) == [None]
        assert len(machine.whole(opening.to_ask)) == 1
    exported, key = from_start.export_at(0), ana.room_key
    assert exported is not None
    passed: dict[str, Any] = {
        "algorithm": MEGOLM, "room_id": ROOM, "session_id": key.session_id, "session_key": exported.to_base64(),
        "sender_key": ana.curve, "sender_claimed_ed25519_key": ana.fingerprint,
        "forwarding_curve25519_key_chain": [],
    }  # fmt: skip
    take(machine, (ana if by_its_maker else bo).to_device("m.forwarded_room_key", passed))
    assert texts(machine, said) == [read]


@pytest.mark.parametrize(
    "inside",
    [
        {"room_id": "!other:example.org"},
        {"type": "m.room.member", "state_key": "@ana:example.org"},
        {"type": "m.room.member"},
        {"type": "m.room.redaction"},
        {"type": "m.room.encrypted"},
        {"content": "words"},
        {"type": None},
    ],
)
def test_nothing_about_rooms_comes_in_a_sealed_letter(machine: Machine, ana: Peer, inside: dict[str, Any]) -> None:
    take(machine, ana.gives_key())
    assert texts(machine, ana.says("oui", **inside), ana.says("ensuite", "$2")) == [None, "ensuite"]


def test_a_batch_that_comes_again_changes_nothing(machine: Machine, ana: Peer, tmp_path: Path) -> None:
    given = ana.gives_key()
    take(machine, given)
    again = opened(tmp_path, BOT, "BOT", SECRET)  # killed before the place was kept
    with closing(again.store):
        take(again, given)
        assert texts(again, ana.says("oui")) == ["oui"]
        assert not again.olm.wedged_devices


def test_a_kill_within_a_batch_leaves_it_whole(machine: Machine, ana: Peer, tmp_path: Path) -> None:
    given = ana.gives_key()

    def killed() -> None:
        machine.take([given], "s1", "s2")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        machine.whole(killed)
    again = opened(tmp_path, BOT, "BOT", SECRET)
    with closing(again.store):
        take(again, given)
        assert texts(again, ana.says("oui")) == ["oui"]


@pytest.mark.parametrize(
    "bend",
    [
        lambda e: {**e, "content": []},
        lambda e: {**e, "sender": 5},
        lambda e: {**e, "content": {**e["content"], "sender_key": ""}},
        lambda e: {**e, "content": {**e["content"], "sender_key": "é" * 43}},
        lambda e: {**e, "content": {**e["content"], "ciphertext": {"x": 1}}},
        lambda e: {**e, "content": {**e["content"], "session_id": {"a": 1}}},
        lambda e: {**e, "content": {**e["content"], "ciphertext": "AAAA"}},
        lambda e: {**e, "content": {**e["content"], "ciphertext": e["content"]["sender_key"]}},
        lambda e: {**e, "type": "m.key.verification.mac", "content": {"transaction_id": []}},
        lambda _: None,
        lambda _: "words",
    ],
)
def test_poison_spoils_nothing_but_itself(machine: Machine, ana: Peer, bend: Any) -> None:
    given = ana.gives_key()
    take(machine, bend(given), given, bend(given))
    said = ana.says("oui")
    assert [t for t in texts(machine, bend({**said, "event_id": "$0"}), said) if isinstance(t, str)][-1:] == ["oui"]


def test_keys_are_kept_before_they_are_sent(machine: Machine, tmp_path: Path) -> None:
    """Killed between the two, or before the answer came, the same ones are sent again."""
    sent = machine.whole(machine.to_upload, 0, False)
    assert len(sent["one_time_keys"]) == 50
    again = opened(tmp_path, BOT, "BOT", SECRET)
    with closing(again.store):
        assert again.whole(again.to_upload, 0, False) == sent
        again.whole(again.uploaded)
        assert again.whole(again.to_upload, 50, False) == {}
        more = again.whole(again.to_upload, 10, True)
        assert len(more["one_time_keys"]) == 40
        assert not set(more["one_time_keys"]) & set(sent["one_time_keys"])


def test_another_secret_opens_nothing(machine: Machine, tmp_path: Path) -> None:
    with pytest.raises(WrongSecret):
        opened(tmp_path, BOT, "BOT", Secret("another secret than that one"))
    assert files.encrypted_rooms(tmp_path) == {}


def test_files_bent_on_their_way_are_not_taken() -> None:
    sealed, opens = attachments.encrypted(b"une voix")
    assert attachments.decrypted(sealed, opens) == b"une voix"
    for data, keys in [
        (sealed[:-1] + bytes([sealed[-1] ^ 1]), opens), (sealed, {**opens, "iv": "AA"}), (sealed, {}),
        (sealed, {**opens, "key": {"k": "é"}}), (sealed, {**opens, "hashes": {"sha256": 5}}),
    ]:  # fmt: skip
        with pytest.raises(attachments.NotOpened):
            attachments.decrypted(data, keys)
    uri = attachments.address({**opens, "url": "mxc://example.org/voice"}, SECRET)
    lies, kept = attachments.opened_address(uri, SECRET)
    assert lies == "mxc://example.org/voice"
    assert attachments.decrypted(sealed, kept) == b"une voix"
    with pytest.raises(attachments.NotOpened):
        attachments.opened_address(uri, Secret("another secret than that one"))
    with pytest.raises(attachments.NotOpened):
        attachments.opened_address("mxc://example.org/voice#sealed=é", SECRET)


def test_nothing_of_it_is_loaded_where_it_is_not_wanted() -> None:
    look = "import sys, adapters.matrix.client, adapters.matrix.check; print('nio' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
