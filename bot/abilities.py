"""What only some platforms can do. Whether one room can is told by its capabilities.

Every call may raise TryLater or Refused, as those of bot.ports.ChatPlatform.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, runtime_checkable

from bot.chat.addresses import Laid
from bot.chat.content import File, Gathering, Message, Poll, Sheet
from bot.chat.events import VoiceEntered


@runtime_checkable
class KeepsALine(Protocol):
    """What is silent for hours is there all the same, as long as its line is."""

    def connected(self) -> bool: ...


@runtime_checkable
class AnswersAtOnce(Protocol):
    """Both raise Expired where it is too late for it."""

    async def answer(self, handle: str, message: Message, *, key: str) -> tuple[str, str]:
        """To the one person who asked. The room, and the id of what was said."""
        ...

    async def open_form(self, handle: str, sheet: Sheet, *, key: str) -> None: ...


@runtime_checkable
class HoldsGatherings(Protocol):
    async def hold(self, room: str, gathering: Gathering, *, key: str, target: str = "") -> str:
        """Put there, or made as given where `target` names one put there before. Its id."""
        ...


@runtime_checkable
class TakesPolls(Protocol):
    """Votes are told as PollVoted while they come in. Those that nobody heard are learned at the close."""

    async def open_poll(self, room: str, poll: Poll, *, key: str, since: datetime | None = None) -> str:
        """The id of the message that bears it. It stays open until `poll.closes` at least; should nobody close it,
        the platform does so some time after. Refused: it is asked by a message instead."""
        ...

    async def close_poll(
        self, room: str, target: str, *, key: str, says: Message
    ) -> tuple[tuple[str, ...], ...]:
        """No vote is taken any more. Who chose each option in the end, by the platform's identifiers, one entry an
        option. The same for a poll that is over already. Refused: who chose what cannot be had any more, such as
        of a poll that was deleted. TryLater: it is not known yet. `says`: that it is over, where the platform does
        not say so itself."""
        ...


@runtime_checkable
class HearsVoices(Protocol):
    async def in_voice(self, room: str) -> Sequence[VoiceEntered]:
        """Who is in the voice rooms of that community now."""
        ...


@runtime_checkable
class Admits(Protocol):
    async def admit(self, room: str, person: str, *, withdrawn: bool) -> None:
        """Open to that person what is kept for members, or close it again. `room`: of the community."""
        ...


@runtime_checkable
class HoldsFiles(Protocol):
    """What members sent there lies there, by an address: a voice told on one side is heard on the other."""

    def holds(self, uri: str) -> bool: ...
    async def fetch(self, uri: str) -> bytes:
        """What lies there. Refused where it is gone."""
        ...


@runtime_checkable
class LaysFiles(HoldsFiles, Protocol):
    """What comes with a sheet stands in no message: it lies there for a moment only."""

    def passing(self, uri: str) -> bool: ...
    async def lay(self, person: str, file: File, *, key: str, since: datetime) -> Laid:
        """Put it where that person finds it again, in private with us. `key` and `since`: as in a post that may have
        been made already. Refused where they cannot be written to."""
        ...
