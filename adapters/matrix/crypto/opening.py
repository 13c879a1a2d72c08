"""Opening what was said in a room. What cannot be opened yet is kept for a while, and its key asked for."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog
import vodozemac
from nio.crypto import OutgoingKeyRequest

from adapters.matrix.crypto.machine import MEGOLM, Machine, guarded
from adapters.matrix.native import Json, identifier, mapping, words
from adapters.matrix.parsing import parsed

log = structlog.get_logger("matrix")

# What waits for its key, all rooms together; by one person in one room; and for how long.
MOST = 2000
MOST_EACH = 50
KEPT_FOR = 2 * 24 * 3600.0
# A key often comes a moment after what it opens.
GRACE = 20.0
# Of what was said longer ago, while we were away, nobody waits for an answer any more.
TOLD_OF = 24 * 3600.0
_UNTOLD = (
    "FROM unread LEFT JOIN told ON told.room = unread.room AND told.person = sender"
    " WHERE told.person IS NULL AND json_extract(raw, '$.origin_server_ts') > ?"
)


class Missing(Exception):
    """There is no key for it, or none that reaches back to it. It may come."""


class UnknownDevice(Exception):
    """The key is from a device that its sender is not known to have."""


@dataclass(slots=True)
class Opened:
    """`events`: as they are to be read, with the places of those that could not be opened empty. `strangers`: who must
    have a device that we do not know of. `waiting`: the ids of those that are kept until their key comes."""

    events: list[Any]
    strangers: set[str] = field(default_factory=set)
    waiting: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Untold:
    """Somebody whose words could not be read, and who does not know it yet."""

    room: str
    person: str


class Opening:
    """On the thread of the keys only."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._store = machine.store
        # Of one call, for many messages come under the same key.
        self._read: dict[str, list[Any]] = {}

    def open(self, room: str, raws: Sequence[Any], unreachable: Collection[str] | None = None) -> Opened:
        """`unreachable`: given once devices were asked for, whose server did not answer. A device unknown then is
        none of its sender's, unless they are among these."""
        opened, self._read = Opened([]), {}
        for raw in raws:
            event = mapping(raw)
            if event.get("type") != "m.room.encrypted":
                opened.events.append(raw)
                continue
            opened.events.append(None)
            with guarded("encrypted event"):
                try:
                    opened.events[-1] = self._opened(room, event)
                except Missing:
                    opened.waiting.add(self._wait(room, event))
                except UnknownDevice:
                    opened.strangers.add(identifier(event.get("sender")))
                    if event.get("sender") in (unreachable or ()):
                        opened.waiting.add(self._wait(room, event))
                    elif unreachable is not None:
                        log.warning("not said by who is named as its sender", room=room)
        return opened

    def _opened(self, room: str, event: Json) -> Json | None:
        """None where it is nothing to be read."""
        content = mapping(event.get("content"))
        session, sealed = words(content.get("session_id")), words(content.get("ciphertext"))
        sender, id = identifier(event.get("sender")), identifier(event.get("event_id"))
        if "state_key" in event or content.get("algorithm") != MEGOLM or not (session and sealed and sender and id):
            return None
        if sender == self._machine.account:
            return None
        if session not in self._read:
            self._read[session] = self._store.group_sessions(session)
        keys = [key for key in self._read[session] if key.room_id == room]
        if not keys:
            raise Missing
        message = vodozemac.MegolmMessage.from_base64(sealed)
        owned = [key for key in keys if self._is_of(key, sender)]
        if not owned:
            raise UnknownDevice
        reaching = [key for key in owned if key.first_known_index <= message.message_index()]
        if not reaching:
            raise Missing
        plain, position = reaching[0].decrypt(sealed)
        if not self._store.first_time(session, position, id):
            log.warning("a message said before came again", room=room)
            return None
        return _laid_open(room, event, parsed(plain.encode()))

    def _is_of(self, key: Any, sender: str) -> bool:
        """Also a device signed out since: what it said was said by them."""
        devices = self._machine.olm.device_store[sender].values()
        return any(d.curve25519 == key.sender_key and d.ed25519 == key.ed25519 for d in devices)

    # -- what waits for its key ----------------------------------------------------------------------------

    def _wait(self, room: str, event: Json) -> str:
        sender, id = identifier(event.get("sender")), identifier(event.get("event_id"))
        session = words(mapping(event.get("content")).get("session_id"))
        store = self._store
        count = "SELECT count(*) FROM unread"
        if store.rows(f"{count} WHERE room = ? AND sender = ?", room, sender)[0][0] >= MOST_EACH:
            return id
        if store.rows(count)[0][0] >= MOST:
            store.do("DELETE FROM unread WHERE event IN (SELECT event FROM unread ORDER BY since LIMIT 1)")
        store.do(
            "INSERT OR IGNORE INTO unread VALUES (?, ?, ?, ?, ?, ?, 0)",
            id, room, session, sender, time.time(), json.dumps(event),
        )  # fmt: skip
        return id

    def readable(self) -> dict[str, list[Json]]:
        """What can be read by now, by room. It waits on until `settled`."""
        self._store.do("DELETE FROM unread WHERE since < ?", time.time() - KEPT_FOR)
        statement = (
            "SELECT room, raw FROM unread WHERE session IN (SELECT session FROM megolm)"
            " ORDER BY json_extract(raw, '$.origin_server_ts')"
        )
        found: dict[str, list[Json]] = {}
        for room, raw in self._store.rows(statement):
            found.setdefault(room, []).append(json.loads(raw))
        return found

    def settled(self, events: Sequence[str]) -> None:
        for event in events:
            self._store.do("DELETE FROM unread WHERE event = ?", event)
        wanted = {session for (session,) in self._store.rows("SELECT DISTINCT session FROM unread")}
        requests = self._machine.olm.outgoing_key_requests
        for session in [session for session in requests if session not in wanted]:
            self._store.remove_outgoing_key_request(requests.pop(session))

    def waiting(self) -> int:
        return int(self._store.rows("SELECT count(*) FROM unread")[0][0])

    # -- asking and telling --------------------------------------------------------------------------------

    def to_ask(self) -> list[tuple[str, dict[str, Any]]]:
        """The requests for keys that are to be sent, each with the person to whose devices it goes."""
        asked: list[tuple[str, dict[str, Any]]] = []
        rows = self._store.rows(
            "SELECT sender, session, room, json_extract(max(raw), '$.content.sender_key') FROM unread WHERE asked = 0"
            " GROUP BY sender, session, room LIMIT 50"
        )
        for sender, session, room, sender_key in rows:
            request = self._machine.olm.outgoing_key_requests.get(session)
            if request is None:
                request = OutgoingKeyRequest(uuid.uuid4().hex, session, room, MEGOLM)
                self._machine.olm.outgoing_key_requests[session] = request
                self._store.add_outgoing_key_request(request)
            body = {"algorithm": MEGOLM, "room_id": room, "session_id": session}
            if isinstance(sender_key, str):  # it may be left out by now; some still need it
                body["sender_key"] = sender_key
            content = {
                "action": "request", "requesting_device_id": self._machine.device, "request_id": request.request_id,
                "body": body,
            }  # fmt: skip
            asked.append((sender, content))
        return asked

    def asked(self, requests: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
        for sender, content in requests:
            session = content["body"]["session_id"]
            self._store.do("UPDATE unread SET asked = 1 WHERE session = ? AND sender = ?", session, sender)

    def untold(self) -> list[Untold]:
        """Those to be told by now that we cannot read them: each once in each room."""
        rows = self._store.rows(
            f"SELECT DISTINCT unread.room, sender {_UNTOLD} AND since < ?", _recently(), time.time() - GRACE
        )
        return [Untold(*row) for row in rows]

    def told(self, people: Sequence[Untold]) -> None:
        for one in people:
            self._store.do("INSERT OR IGNORE INTO told VALUES (?, ?)", one.room, one.person)

    def next_telling(self) -> float | None:
        """In how many seconds somebody is to be told, None if nobody waits."""
        found = self._store.rows(f"SELECT min(since) {_UNTOLD}", _recently())[0][0]
        return None if found is None else max(0.0, float(found) + GRACE - time.time())


def _recently() -> float:
    return (time.time() - TOLD_OF) * 1000


def _laid_open(room: str, event: Json, plain: object) -> Json | None:
    """The event as if it had been said in clear. Nothing about a room itself is ever told in a sealed letter."""
    inside = mapping(plain)
    kind, content = words(inside.get("type")), inside.get("content")
    about_the_room = not kind or (kind.startswith("m.room.") and kind != "m.room.message")
    if inside.get("room_id") != room or "state_key" in inside or about_the_room or not isinstance(content, dict):
        log.warning("sealed event of another place or kind", room=room)
        return None
    beside = mapping(event.get("content")).get("m.relates_to")
    if isinstance(beside, dict):
        content = {"m.relates_to": beside, **content}
    return {**event, "type": kind, "content": content, "was_encrypted": True}
