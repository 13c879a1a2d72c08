"""What is kept on disk for the encryption machine: its account, its sessions, others' devices, and what is ours.

In place of nio's own store, which binds its tables to one database for all threads of a process, and reads all that
was ever kept at each start. Used on one thread only; one transaction holds all that a batch changes.

Whoever used it last keeps it. A process that was frozen, and wakes while another leads, holds sessions and places of
another time: it writes none of them.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from nio.crypto import DeviceStore, InboundGroupSession, OlmAccount, OlmDevice, OutgoingKeyRequest, Session, TrustState

from adapters.matrix.crypto.secret import Secret
from adapters.matrix.crypto.sessions import GroupSessions, Sessions
from bot.guard import Guard, NotOurs

_TABLES = """
CREATE TABLE IF NOT EXISTS account (one INTEGER PRIMARY KEY CHECK (one = 1), pickle BLOB NOT NULL,
    shared INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS olm (session TEXT PRIMARY KEY, peer TEXT NOT NULL, made TEXT NOT NULL, used TEXT NOT NULL,
    pickle BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS olm_by_peer ON olm (peer);
CREATE TABLE IF NOT EXISTS megolm (session TEXT NOT NULL, sender_key TEXT NOT NULL, fingerprint TEXT NOT NULL,
    room TEXT NOT NULL, pickle BLOB NOT NULL, PRIMARY KEY (session, sender_key));
CREATE TABLE IF NOT EXISTS devices (person TEXT NOT NULL, device TEXT NOT NULL, fingerprint TEXT NOT NULL,
    sender_key TEXT NOT NULL, deleted INTEGER NOT NULL, PRIMARY KEY (person, device));
CREATE TABLE IF NOT EXISTS requests (session TEXT PRIMARY KEY, request TEXT NOT NULL, room TEXT NOT NULL,
    algorithm TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS rooms (room TEXT PRIMARY KEY, settings TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tracked (person TEXT PRIMARY KEY, stale INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS opened (session TEXT NOT NULL, position INTEGER NOT NULL, event TEXT NOT NULL,
    UNIQUE (session, position));
CREATE TABLE IF NOT EXISTS unread (event TEXT PRIMARY KEY, room TEXT NOT NULL, session TEXT NOT NULL,
    sender TEXT NOT NULL, since REAL NOT NULL, raw TEXT NOT NULL, asked INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS told (room TEXT NOT NULL, person TEXT NOT NULL, UNIQUE (room, person));
"""
# How many places of sessions are remembered, all rooms together.
OPENED_KEPT = 200_000


class KeyStore:
    """What nio's machine asks of a store, and `rows`, `do`, `kept` and `keep` for the rest.

    `guard`: where other processes stand in for this one.
    """

    def __init__(self, file: str, secret: Secret, guard: Guard | None = None) -> None:
        self.pickle_key = secret.pickle_key
        self._guard = guard
        self._owner = secrets.token_hex(16)
        self._database = sqlite3.connect(file, isolation_level=None, timeout=10)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.executescript(_TABLES)

    def close(self) -> None:
        self._database.close()

    @contextmanager
    def anew(self) -> Iterator[None]:
        """As `whole`, and ours from then on: what is kept is to be read again. Raises NotOurs where we may not lead.

        That is asked while nobody else can write. Frozen after it, we hold up whoever leads then until this is done,
        and it is theirs again.
        """
        with self._transaction():
            if self._guard:
                self._guard.check()
            self.keep("owner", self._owner)
            yield

    @contextmanager
    def whole(self) -> Iterator[None]:
        """All that is changed within is kept, or none of it. Raises NotOurs where another process has begun since."""
        with self._transaction():
            if self.kept("owner") != self._owner:
                raise NotOurs
            yield

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self._database.in_transaction:
            yield
            return
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    def rows(self, statement: str, *values: object) -> list[Any]:
        return self._database.execute(statement, values).fetchall()

    def do(self, statement: str, *values: object) -> int:
        return self._database.execute(statement, values).rowcount

    def kept(self, name: str) -> str:
        found = self.rows("SELECT value FROM kept WHERE name = ?", name)
        return str(found[0][0]) if found else ""

    def keep(self, name: str, value: str) -> None:
        self.do("INSERT OR REPLACE INTO kept VALUES (?, ?)", name, value)

    def first_time(self, session: str, position: int, event: str) -> bool:
        """Whether this place of the session was not used by another event: who says a message again under another
        name only repeats what somebody else said once."""
        self.do("INSERT OR IGNORE INTO opened VALUES (?, ?, ?)", session, position, event)
        found = self.rows("SELECT event, rowid FROM opened WHERE session = ? AND position = ?", session, position)
        if found[0][1] % 1000 == 0:
            self.do("DELETE FROM opened WHERE rowid <= ?", found[0][1] - OPENED_KEPT)
        return bool(found[0][0] == event)

    # -- the account ---------------------------------------------------------------------------------------

    def load_account(self) -> Any:
        found = self.rows("SELECT pickle, shared FROM account")
        return OlmAccount.from_pickle(found[0][0], self.pickle_key, bool(found[0][1])) if found else None

    def save_account(self, account: Any) -> None:
        pickle = account.pickle(self.pickle_key)
        self.do("INSERT OR REPLACE INTO account VALUES (1, ?, ?)", pickle, int(account.shared))

    # -- sessions with devices -----------------------------------------------------------------------------

    def load_sessions(self) -> Sessions:
        return Sessions(self)

    def sessions_with(self, peer: str) -> list[Any]:
        return [
            Session.from_pickle(pickle, datetime.fromisoformat(made), self.pickle_key, datetime.fromisoformat(used))
            for pickle, made, used in self.rows("SELECT pickle, made, used FROM olm WHERE peer = ?", peer)
        ]

    def save_session(self, peer: str, session: Any) -> None:
        self.do(
            "INSERT OR REPLACE INTO olm VALUES (?, ?, ?, ?, ?)",
            session.id, peer, session.creation_time.isoformat(), session.use_time.isoformat(),
            session.pickle(self.pickle_key),
        )  # fmt: skip

    def drop_session(self, session: str) -> None:
        self.do("DELETE FROM olm WHERE session = ?", session)

    # -- keys of rooms -------------------------------------------------------------------------------------

    def load_inbound_group_sessions(self) -> GroupSessions:
        return GroupSessions(self)

    def group_sessions(self, session: str) -> list[Any]:
        """One for each device that said it is its own."""
        rows = self.rows("SELECT sender_key, fingerprint, room, pickle FROM megolm WHERE session = ?", session)
        return [
            InboundGroupSession.from_pickle(pickle, fingerprint, sender_key, room, self.pickle_key)
            for sender_key, fingerprint, room, pickle in rows
        ]

    def save_inbound_group_session(self, session: Any) -> None:
        """From the earliest message on that we were ever given, and never over what another device gave."""
        known = next((s for s in self.group_sessions(session.id) if s.sender_key == session.sender_key), None)
        if known is not None and (
            (known.room_id, known.ed25519) != (session.room_id, session.ed25519)
            or known.first_known_index <= session.first_known_index
        ):
            return
        self.do(
            "INSERT OR REPLACE INTO megolm VALUES (?, ?, ?, ?, ?)",
            session.id, session.sender_key, session.ed25519, session.room_id, session.pickle(self.pickle_key),
        )  # fmt: skip

    # -- devices -------------------------------------------------------------------------------------------

    def load_device_keys(self) -> Devices:
        devices = Devices()
        rows = self.rows("SELECT person, device, fingerprint, sender_key, deleted FROM devices")
        for person, device, fingerprint, sender_key, deleted in rows:
            keys = {"ed25519": fingerprint, "curve25519": sender_key}
            devices.add(OlmDevice(person, device, keys, deleted=bool(deleted), trust_state=TrustState.ignored))
        return devices

    def save_device_keys(self, changed: Mapping[str, Mapping[str, Any]]) -> None:
        for person, devices in changed.items():
            for device in devices.values():
                self.do(
                    "INSERT OR REPLACE INTO devices VALUES (?, ?, ?, ?, ?)",
                    person, device.id, device.ed25519, device.curve25519, int(device.deleted),
                )  # fmt: skip

    # -- requests for keys ---------------------------------------------------------------------------------

    def load_outgoing_key_requests(self) -> dict[str, Any]:
        rows = self.rows("SELECT request, session, room, algorithm FROM requests")
        return {row[1]: OutgoingKeyRequest(*row) for row in rows}

    def add_outgoing_key_request(self, asked: Any) -> None:
        row = (asked.session_id, asked.request_id, asked.room_id, asked.algorithm)
        self.do("INSERT OR REPLACE INTO requests VALUES (?, ?, ?, ?)", *row)

    def remove_outgoing_key_request(self, asked: Any) -> None:
        self.do("DELETE FROM requests WHERE session = ?", asked.session_id)


class Devices(DeviceStore):  # type: ignore[misc]
    """nio's compares each with all."""

    def add(self, device: Any) -> bool:
        known = self[device.user_id].get(device.id)
        self[device.user_id][device.id] = device
        return bool(known != device)


def placeholders(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
