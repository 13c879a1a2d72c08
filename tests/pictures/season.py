"""The moments worth a picture, played by the whole product on a Discord of our own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from scheduler.clock import VirtualClock
from tests.adapters.discord.stage import OnDiscord, on_discord
from tests.discord.interactions import Interaction
from tests.discord.member import Member
from tests.discord.state import Attachment, Json, Message
from tests.pictures.words import Words

# A Monday, ten in the morning in Montréal, in winter time.
START = datetime(2027, 1, 4, 15, 0, tzinfo=UTC)
BOT = "Veillée"
# Longer than the timetable waits between two looks at its clock.
BREATH = 1.2


@dataclass(frozen=True)
class Said:
    """One message, as Discord was handed it, and as whoever looks at the picture sees it: `chosen` holds how many
    voted for each answer of its poll."""

    body: Json
    files: tuple[Attachment, ...] = ()
    chosen: tuple[int, ...] = ()


@dataclass(frozen=True)
class Moment:
    """`private`: in the conversation with Veillée. `sheet`: what opened at a click. `people`: who is named, by their
    identifier."""

    name: str
    at: datetime
    said: tuple[Said, ...]
    people: dict[int, str]
    private: bool = False
    sheet: Json | None = None


@dataclass
class Season:
    stage: OnDiscord
    clock: VirtualClock
    words: Words
    moments: list[Moment] = field(default_factory=list)

    async def play(self) -> None:
        await self._welcome()
        await self._session()
        await self._story()
        await self._pulse()
        await self._poll()

    async def _welcome(self) -> None:
        newcomer = self._arrives(self.words.newcomer)
        await self._goes_by(minutes=6)
        self._keep("greeting", self._in_the_hall()[-1:])
        first, then = self.stage.told(newcomer)
        self._keep("welcome", [first], private=True)
        self._keep("first-steps", [then], private=True)
        for name in self.words.others:
            self._arrives(name)
        await self._goes_by(minutes=6)

    async def _session(self) -> None:
        stage, words = self.stage, self.words
        drafted = await self._asked(stage.ana.slash(stage.hall, words.plan, **words.session))
        await self._asked(stage.ana.click(drafted, words.announce))
        await self._breathes()
        card = self._in_the_hall()[-1]
        for person, answer in zip(self._members(), words.answers, strict=False):
            await self._asked(person.click(card, answer))
        await self._breathes()
        self._keep("session", [card])

    async def _story(self) -> None:
        await self._goes_by(days=4)
        newcomer = self._named(self.words.newcomer)
        prompt = self.stage.told(newcomer)[-1]
        self._keep("story", [prompt], private=True)
        sheet = await (await newcomer.click(prompt, self.words.write)).answer()
        self._keep("sheet", [prompt], private=True, sheet=sheet.modal)
        told = await self._asked(newcomer.submit(sheet, {"story": self.words.story}))
        self._keep("readers", told.messages, private=True)

    async def _pulse(self) -> None:
        stage = self.stage
        shown = await self._asked(stage.ana.slash(stage.hall, self.words.pulse, **self.words.pulse_question))
        await self._asked(stage.ana.click(shown, self.words.ask_it))
        await self._breathes()
        self._keep("pulse", stage.told(self._named(self.words.newcomer))[-1:], private=True)
        for person, step in zip(self._members(), self.words.steps, strict=False):
            question = stage.told(person)[-1]
            await self._asked(person.click(question, question.labels[step - 1]))
        await self._goes_by(days=3)
        self._keep("pulse-results", self._in_the_hall()[-1:])

    async def _poll(self) -> None:
        stage, words = self.stage, self.words
        await self._asked(stage.ana.slash(stage.hall, words.poll, **words.poll_asked))
        await self._breathes()
        poll = self._in_the_hall()[-1]
        assert poll.poll, "the poll is one of Discord's own"
        answers = list(poll.poll.answers.values())
        for person, vote in zip(self._members(), words.votes, strict=False):
            await person.vote(poll, answers[vote - 1])
        await self._breathes()
        self._keep("poll", [poll])
        self.stage.discord.close_poll(poll)
        await self._goes_by(days=4)
        self._keep("poll-results", self._in_the_hall()[-1:])

    # -- acting ------------------------------------------------------------------------------------------------

    def _arrives(self, name: str) -> Member:
        return self.stage.guild.join(name, locale=self.words.locale)

    def _named(self, name: str) -> Member:
        return next(m for m in self.stage.guild.members.values() if m.user.name == name)

    def _members(self) -> list[Member]:
        return [self._named(name) for name in (self.words.newcomer, *self.words.others)]

    async def _asked(self, doing: Any) -> Interaction:
        asked: Interaction = await doing
        return await asked.answer()

    async def _breathes(self) -> None:
        await asyncio.sleep(BREATH)

    async def _goes_by(self, **gap: float) -> None:
        """Stopping at each instant at which something is due."""
        await self._breathes()
        end = self.clock.now() + timedelta(**gap)
        while (due := await self.stage.app.timetable.next()) and due <= end:
            self.clock.move_to(due)
            await self._breathes()
        self.clock.move_to(end)
        await self._breathes()

    # -- keeping -----------------------------------------------------------------------------------------------

    def _in_the_hall(self) -> list[Message]:
        """Without what Discord itself says of a pin or a poll."""
        return [m for m in self.stage.said() if m.type == 0]

    def _keep(self, name: str, said: Iterable[Message], **rest: Any) -> None:
        users = self.stage.discord.world.users.values()
        people = {user.id: user.name for user in users if not user.bot}
        kept = tuple(_as_handed(m) for m in said)
        assert kept, f"nothing was said: {name}"
        self.moments.append(Moment(name, self.clock.now(), kept, people, **rest))


def _as_handed(message: Message) -> Said:
    body: Json = {"content": message.content, "components": message.components}
    chosen: tuple[int, ...] = ()
    if message.poll:
        poll = message.poll
        body["poll"] = {
            "question": {"text": poll.question},
            "answers": [{"poll_media": {"text": text}} for text in poll.answers.values()],
            "duration": 24 * 3, "allow_multiselect": poll.multiselect,
        }  # fmt: skip
        chosen = tuple(len(poll.votes.get(number, ())) for number in poll.answers)
    return Said(body, tuple(message.attachments), chosen)


async def played(words: Words, folder: Path) -> list[Moment]:
    clock = VirtualClock(START)
    silent: dict[str, Any] = {"icebreakers": {"on": False}, "pulse": {"on": False, "after_sessions": False}}
    async with on_discord(
        folder, clock=clock, language=words.language, mission=words.mission, name=words.community, **silent
    ) as stage:
        for member in (stage.ana, stage.bo, stage.cleo):
            member.user.locale = words.locale
        season = Season(stage, clock, words)
        await season.play()
        return season.moments
