"""All that the core asks of the outside."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.chat.capabilities import Capabilities
from bot.chat.content import Message, Poll
from bot.chat.events import Event
from bot.chat.language import Language
from bot.keeping import AtLeast as AtLeast
from bot.keeping import Before as Before
from bot.keeping import Kept as Kept
from bot.keeping import NoneOf as NoneOf
from bot.keeping import OneOf as OneOf
from bot.keeping import Other as Other
from bot.keeping import Seals as Seals
from bot.keeping import Store as Store
from bot.keeping import StoreTrouble as StoreTrouble
from bot.keeping import Unit as Unit


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


# -- platforms -----------------------------------------------------------------------------------------------


class PlatformProblem(Exception):
    """A platform did not do what was asked. `reason`: short words for the log, never a text or a secret."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TryLater(PlatformProblem):
    """It may work later: unreachable, too many requests, a fault on its side. `after`: seconds to wait."""

    def __init__(self, reason: str, after: float = 1.0) -> None:
        super().__init__(reason)
        self.after = after


class NotNow(TryLater):
    """The same, whatever is asked of it: that says nothing against what was asked, and counts as no try of it."""


class Refused(PlatformProblem):
    """It will not work: not allowed to post there, room gone, a file too large."""


class DoorClosed(Refused):
    """This person cannot be written to in private, whatever it is: only they can change it."""


class Barred(Refused):
    """Not allowed to write in that room as things stand: only a person there can change it."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Events in the order they happened, and the place reached: kept together or not at all. "" for events that are
    handed over one by one, with no place to go on from."""

    events: Sequence[Event]
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class OurRoom:
    """A room as it is known: of which community, and what for, as in bot.chat.events.RoomOpened."""

    community: str
    main: bool
    office: bool


def erased_in(community: str) -> str:
    """An account that is none: as its place is kept the instant at which somebody was last erased from that community.
    What a platform read before is not to be read again from before then."""
    return f"erased:{community}"


class Intake(Protocol):
    """Where a platform hands over what happened."""

    async def cursor(self, account: str) -> str:
        """The place reached, "" at the very first start."""
        ...

    async def take(self, account: str, batch: Batch) -> None:
        """Returns once the batch is kept for good."""
        ...

    async def rooms(self, platform: str) -> dict[str, OurRoom]:
        """The rooms taken for ours, by the platform's identifiers."""
        ...

    async def members(self, platform: str, room: str) -> set[str]:
        """Who is known to be in the room, by the platform's identifiers: for a platform that does not tell who
        left while nobody listened."""
        ...

    async def gatherings(self, platform: str, room: str) -> dict[str, set[str]]:
        """The platform's identifiers of what we hold in its calendar and is still to come; and of whom each is known to
        interest, who answered nothing else."""
        ...

    async def private_rooms(self, platform: str) -> set[str]:
        """Where someone is spoken to alone: for a platform that does not tell what was said there while nobody
        listened."""
        ...

    async def said(self, platform: str, messages: Collection[str]) -> set[str]:
        """Those of these messages of ours that are known to have been said: for a platform that looks for what it may
        have said already, and finds others in the same words."""
        ...


class Suggests(Protocol):
    """Where a platform asks what to propose while someone types a field of a command."""

    async def suggest(
        self, platform: str, room: str, person: str, direct: bool, command: str, field: str, typed: str,
        language: Language | None,
    ) -> list[tuple[str, str]]:  # fmt: skip
        """Each as it is shown and as it is then typed, the likeliest first: 25 at most, of 100 characters at most.
        None rather than an error. `language`: in which they use the platform, if it is one of ours."""
        ...


class Expired(PlatformProblem):
    """What was asked can no more be answered by its handle: too late, or answered already."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at before running. `id` names a sentence of the command line, `variables` stand in it.
    `optional`: where it is not so, less is done, and nothing needs to be put right."""

    ok: bool
    id: str
    variables: dict[str, str] = field(default_factory=dict)
    optional: bool = False


class ChatPlatform(Protocol):
    """One account on one platform. Every call may raise TryLater or Refused, nothing else.

    `key`: given again with the same key, a call has no second effect and returns the same id. Keys never repeat.
    `since`: it may have been said already, not before then, without our hearing that it was: to be looked for
    first, where the platform does not recognise keys itself.
    """

    name: str
    account: str

    def capabilities(self, room: str) -> Capabilities: ...
    def split(self, message: Message) -> list[Message]:
        """The message as one or more that fit the platform's limits, nothing lost."""
        ...

    async def post(
        self, room: str, message: Message, *, key: str, thread: str = "", answers: str = "",
        since: datetime | None = None,
    ) -> str:  # fmt: skip
        """The id of what was posted."""
        ...

    async def find(self, room: str, said: Message | Poll, *, key: str, since: datetime, thread: str = "") -> str:
        """The id of what was posted under that key, not before `since`; "" where it was not."""
        ...

    async def edit(self, room: str, target: str, message: Message, *, key: str) -> None: ...
    async def react(self, room: str, target: str, emoji: str, *, key: str) -> None: ...
    async def remove(self, room: str, target: str, *, key: str) -> None: ...
    async def pin(self, room: str, target: str) -> None:
        """Of what we said there, nothing else is pinned from now on; "" for nothing at all."""
        ...

    async def direct_room(self, person: str) -> str:
        """The room where this person is spoken to alone: found again, or made. DoorClosed where they do not want it;
        some platforms say so only when something is posted there."""
        ...

    async def level(self, room: str, person: str) -> int:
        """What the person may do in the room, 0 to 100, asked of the server now."""
        ...

    async def run(self, intake: Intake) -> None:
        """Listen until cancelled. Raises only when no retry can help (a refused token), as Refused."""
        ...

    async def close(self) -> None:
        """End every connection. Nothing can be asked afterwards."""
        ...
