"""Sessions as nio's machine looks for them, read from disk when they are wanted."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from typing import Any, Protocol

# With one device: those that are not used any more go.
EACH = 12
IN_MEMORY = 2000


class _Kept(Protocol):
    def sessions_with(self, peer: str) -> list[Any]: ...
    def drop_session(self, session: str) -> None: ...
    def group_sessions(self, session: str) -> list[Any]: ...


class Sessions:
    """With single devices, the last used first."""

    def __init__(self, kept: _Kept) -> None:
        self._kept = kept
        self._by_peer: OrderedDict[str, list[Any]] = OrderedDict()

    def __getitem__(self, peer: str) -> list[Any]:
        if peer not in self._by_peer:
            self._by_peer[peer] = self._kept.sessions_with(peer)
            while len(self._by_peer) > IN_MEMORY:
                self._by_peer.popitem(last=False)
        self._by_peer.move_to_end(peer)
        self._by_peer[peer].sort(key=lambda session: session.use_time, reverse=True)
        return self._by_peer[peer]

    def get(self, peer: str) -> Any:
        found = self[peer]
        return found[0] if found else None

    def add(self, peer: str, session: Any) -> bool:
        known = self[peer]
        if session in known:
            return False
        known.insert(0, session)
        for old in known[EACH:]:
            self._kept.drop_session(old.id)
        del known[EACH:]
        return True


class GroupSessions:
    """Of rooms: from disk each time, for there are many and each is short-lived."""

    def __init__(self, kept: _Kept) -> None:
        self._kept = kept

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def add(self, session: Any) -> bool:
        return True

    def get(self, room: str, sender_key: str, session: str) -> Any:
        found = (s for s in self._kept.group_sessions(session) if (s.room_id, s.sender_key) == (room, sender_key))
        return next(found, None)
