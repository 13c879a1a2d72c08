"""The gestures of a community, in the words of the field. How each is made on a platform is for its player."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.app import FEATURES
from bot.chat.events import Event
from bot.chat.language import Language
from bot.feature import Command
from bot.ports import Clock
from bot.voice import Voice

ZONE = ZoneInfo("America/Montreal")
# From one gesture to the next.
A_MOMENT = timedelta(minutes=1)


class Lived(Protocol):
    """The product at work in a community: in the test's own process, or in one of its own that is killed now and then.
    `happened`: as in tests.journeys.life."""

    @property
    def hour(self) -> Clock: ...
    @property
    def happened(self) -> Sequence[Event]: ...
    async def at(self, instant: datetime) -> None: ...
    async def heard(self, check: Callable[[Event], object], *, after: int = 0) -> None: ...
    async def direct_room(self, person: str) -> str:
        """Where Veillée speaks with them alone, "" where there is no such room yet."""
        ...


class Player(ABC):
    """People go by their names, what was said by its words, sessions by their theme, polls by their question."""

    def __init__(self, life: Lived) -> None:
        self.life = life
        self.speaks: dict[str, Language] = {}

    async def _moment(self) -> int:
        """A gesture begins. Returns how much had happened before it."""
        await self.life.at(self.life.hour.now() + A_MOMENT)
        return len(self.life.happened)

    def words(self, who: str, id: str) -> str:
        """A label, as this person reads it."""
        return Voice(self.speaks.get(who, "fr"), "tu", ZONE, self.life.hour.now()).text(id)

    @staticmethod
    def command(id: str) -> Command:
        return FEATURES.commands[id]

    # -- each platform has its way -----------------------------------------------------------------------------

    @abstractmethod
    async def arrives(self, who: str) -> None: ...

    @abstractmethod
    async def leaves(self, who: str) -> None: ...

    @abstractmethod
    async def says(self, who: str, words: str) -> None: ...

    @abstractmethod
    async def replies(self, who: str, to: str, words: str) -> None: ...

    @abstractmethod
    async def reacts(self, who: str, to: str, emoji: str) -> None: ...

    @abstractmethod
    async def takes_back(self, who: str, words: str) -> None:
        """What they said."""

    @abstractmethod
    async def says_in_thread(self, who: str, theme: str, words: str) -> None:
        """In that of the session, once there is one."""

    @abstractmethod
    async def asks(self, who: str, command: str, *values: str) -> str:
        """Of Veillée, alone with it. What it answers there."""

    @abstractmethod
    async def asks_before_all(self, who: str, command: str) -> None: ...

    @abstractmethod
    async def clicks(self, who: str, label: str) -> None:
        """In what Veillée showed them alone, the latest where it stands."""

    @abstractmethod
    async def writes(self, who: str, label: str, words: str) -> None:
        """A click after which they are asked for words, and the words."""

    @abstractmethod
    async def clicks_under(self, who: str, title: str, label: str) -> None:
        """In what Veillée showed to all."""

    @abstractmethod
    async def is_interested(self, who: str, theme: str) -> None:
        """Without a word: as far as the platform has such a thing. Elsewhere they say maybe."""

    @abstractmethod
    async def moves(self, who: str, theme: str, starts: datetime) -> None:
        """In the platform's own calendar, where there is one."""

    @abstractmethod
    async def votes(self, who: str, question: str, option: str) -> None: ...

    @abstractmethod
    async def withdraws(self, who: str, question: str) -> None:
        """Their vote."""

    # -- the same everywhere -----------------------------------------------------------------------------------

    async def chooses(self, who: str, label: str) -> None:
        await self.clicks(who, self.words(who, label))

    async def prefers(self, who: str, language: Language) -> None:
        await self.asks(who, "welcome.language", language)
        self.speaks[who] = language

    async def plans(self, who: str, *told: str) -> None:
        await self.asks(who, "sessions.plan", *told)
        await self.chooses(who, "sessions-choice-confirm")

    async def cancels(self, who: str, theme: str) -> None:
        await self.asks(who, "sessions.cancel", theme)
        await self.chooses(who, "sessions-choice-cancel")

    async def answers(self, who: str, theme: str, answer: str) -> None:
        # What stands before all is in the community's language.
        await self.clicks_under(who, theme, Voice("fr", "tu", ZONE, self.life.hour.now()).text(answer))

    async def comes(self, who: str, theme: str) -> None:
        await self.answers(who, theme, "sessions-choice-yes")

    async def may_come(self, who: str, theme: str) -> None:
        await self.answers(who, theme, "sessions-choice-maybe")

    async def cannot_come(self, who: str, theme: str) -> None:
        await self.answers(who, theme, "sessions-choice-no")

    async def tells(self, who: str, words: str, whose: str) -> None:
        """`whose`: named, unnamed or facilitator."""
        await self.writes(who, self.words(who, "stories-choice-write"), words)
        await self.chooses(who, f"stories-choice-{whose}")

    async def signs(self, who: str) -> None:
        await self.asks(who, "charter.charter")
        await self.chooses(who, "charter-choice-sign")

    async def feels(self, who: str, step: int, sentence: str = "") -> None:
        await self.clicks(who, str(step))
        if sentence:
            await self.writes(who, self.words(who, "pulse-choice-sentence"), sentence)
        else:
            await self.chooses(who, "pulse-choice-enough")

    async def _heard(self, id: str, before: int) -> None:
        """The gesture came through, and all that comes of it is done."""

        def fits(event: Event) -> bool:
            return event.id == id

        await self.life.heard(fits, after=before)


def is_called(shown: str, wanted: str) -> bool:
    """Something may stand behind a label: what an end of a scale means, or a count."""
    return shown == wanted or shown.startswith(f"{wanted} ·")
