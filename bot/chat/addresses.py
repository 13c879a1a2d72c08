"""Where what came with a message lies, as an address that a row can hold.

Most are a platform's own, which nobody else reads: the message of a member, who may delete it. Two kinds are ours: a
sealed copy in our own storage, and a message by which we put a file where its author finds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

_KEPT, _LAID = "kept", "laid"


@dataclass(frozen=True, slots=True)
class Kept:
    """A sealed copy of ours. `name` finds the file, `key` opens it: without the row that holds both it is noise."""

    name: str
    key: str

    def __str__(self) -> str:
        return f"{_KEPT}/{self.name}/{self.key}"


@dataclass(frozen=True, slots=True)
class Laid:
    """In a message of ours. `lies`: the platform's own address of the file."""

    platform: str
    room: str
    message: str
    lies: str

    def __str__(self) -> str:
        parts = (self.platform, self.room, self.message, self.lies)
        return "/".join([_LAID, *(quote(part, safe="") for part in parts)])


def ours(uri: str) -> Kept | Laid | None:
    """None where it is a member's own message."""
    kind, *rest = uri.split("/")
    if kind == _KEPT and len(rest) == 2:
        return Kept(*rest)
    if kind == _LAID and len(rest) == 4:
        return Laid(*map(unquote, rest))
    return None


def of_the_platform(uri: str) -> str:
    """As the platform that holds it knows it."""
    found = ours(uri)
    return found.lies if isinstance(found, Laid) else uri
