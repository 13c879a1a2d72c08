"""The gestures of a community on Discord, while Veillée is killed all along: who reads that it failed tries again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.discord import forms
from tests.discord.errors import CannotDo
from tests.discord.interactions import Interaction
from tests.discord.state import Message
from tests.journeys.a_season import ASK, SAY_NO
from tests.journeys.fortnight import MORE, Said, alike, nothing_twice, said_to_all
from tests.journeys.mortal import PATIENCE, Mortal
from tests.journeys.on_a_server import SHAPES, House, OnAServer
from tests.journeys.on_discord import serving
from tests.journeys.player import is_called
from tests.journeys.veillee import Running

# Discord's own, in the bot's name: something was pinned, a thread was opened, a poll is over.
NOTICES = (6, 18, 46)
Ask = Callable[[], Coroutine[Any, Any, Interaction]]


class MortalOnAServer(OnAServer):
    def __init__(self, life: Mortal, house: House) -> None:
        super().__init__(life, house)
        self.mortal = life
        self.interactions: list[Interaction] = []
        self.added: list[str] = []
        # What was answered by a private message, as nobody had acknowledged it.
        self._in_private: set[int] = set()
        life.beside = [self._talks, self._adds, self._needs_help]

    # -- until it is heard -------------------------------------------------------------------------------------

    async def _kept(self, query: str) -> None:
        """What Discord tells while nobody listens it tells again, as far as it can be asked."""
        await self.mortal.settle()
        await self.mortal.until(lambda: self.mortal.veillee.rows(query), query)
        await self.mortal.settle()

    async def _heard(self, id: str, before: int) -> None:
        await self._kept(f"select 1 from activity where event = '{id}'")

    async def _until_taken(self, who: str, ask: Ask, *, in_confidence: bool = False) -> Interaction:
        while True:
            asked = await ask()
            self.interactions.append(asked)
            try:
                await asked.acknowledgement()
            except CannotDo:
                if not await self._done_all_the_same(asked, who if in_confidence else ""):
                    continue
                self._in_private.add(asked.id)
            self._asked.setdefault(who, []).append(asked)
            return asked

    async def _done_all_the_same(self, asked: Interaction, confidant: str) -> bool:
        """Kept, and not acknowledged: Discord said that it failed. Whoever reads on is answered in private, and does
        not ask for it twice (docs/once.md). Of what is in confidence, that answer is all there is to see."""
        await self.mortal.until(self.mortal.all_said, f"{asked.summary} to be handled")
        done = self._is(asked, "done")
        if done or not confidant:
            return done
        # A sheet that was put off is offered again, which is no answer.
        offered = [self.words(confidant, "form-choice-open")]
        private = self.house.members[confidant].direct.from_bot
        return any(m.id > asked.id and m.labels != offered for m in private)

    def _is(self, asked: Interaction, state: str) -> bool:
        kept = f"select 1 from inbox where key = 'discord:{asked.id}' and state = '{state}'"
        return bool(self.mortal.veillee.rows(kept))

    async def _answered(self, asked: Interaction) -> Interaction:
        await self._told(asked)
        await self.mortal.settle()
        return asked

    async def _told(self, asked: Interaction) -> None:
        if asked.id in self._in_private:
            return
        await self.house.discord.until(
            lambda: asked.answered and not asked.thinking, PATIENCE, f"an answer to {asked.summary}"
        )

    async def asks(self, who: str, command: str, *values: str) -> str:
        await self._moment()
        shape, member = SHAPES[command], self.house.members[who]
        french = self.speaks.get(who, "fr") == "fr"
        member.user.locale = "fr" if french else "en-US"
        names = [field.name_fr if french else field.name_en for field in shape.fields]
        given: dict[str, Any] = {name: value for name, value in zip(names, values, strict=False) if value}
        path = " ".join(shape.path_fr if french else shape.path_en)
        asked = await self._until_taken(who, lambda: member.slash(self.house.hall, path, **given))
        return (await self._answered(asked)).text

    async def _click(self, who: str, label: str) -> Interaction:
        await self._moment()
        member = self.house.members[who]
        answers = [message for asked in self._asked.get(who, []) for message in asked.messages]
        messages = sorted([*answers, *member.direct.from_bot], key=lambda m: m.id, reverse=True)
        found = [(m, shown) for m in messages for shown in m.labels if is_called(shown, label)]
        assert found, f"{who} is shown no {label!r}; there is {[(m.content, m.labels) for m in messages]}"
        message, button = found[0]
        return await self._answered(await self._until_taken(who, lambda: member.click(message, button)))

    async def clicks_under(self, who: str, title: str, label: str) -> None:
        await self._moment()
        member, message = self.house.members[who], self.shown(title, label)
        await self._answered(await self._until_taken(who, lambda: member.click(message, label)))

    async def writes(self, who: str, label: str, words: str) -> None:
        asked = await self._click(who, label)
        while asked.modal is None:  # put off: it is offered again
            asked = await self._click(who, self.words(who, "form-choice-open"))
        await self._moment()
        member = self.house.members[who]
        (field,) = [label for label, field in forms.fields(asked.modal) if field["type"] == forms.LINE]
        taken = self._until_taken(who, lambda: member.submit(asked, {field: words}), in_confidence=True)
        await self._answered(await taken)

    # -- what is no message and no command ---------------------------------------------------------------------

    async def arrives(self, who: str) -> None:
        await self._moment()
        member = self.house.members[who] = self.house.guild.join(who)
        await self._kept(f"select 1 from person where external = '{member.id}' and present")

    async def leaves(self, who: str) -> None:
        await self._moment()
        member = self.house.members[who]
        await member.leave()
        await self._kept(f"select 1 from person where external = '{member.id}' and not present")

    async def is_interested(self, who: str, theme: str) -> None:
        await self._moment()
        member = self.house.members[who]
        await member.interested(self.gathering(theme))
        await self._kept(f"select 1 from rsvp join person on person.id = person_id where external = '{member.id}'")

    async def moves(self, who: str, theme: str, starts: datetime) -> None:
        raise NotImplementedError("not within this fortnight")

    @asynccontextmanager
    async def _nobody_killed(self) -> AsyncIterator[None]:
        """What Discord tells once, and to nobody who asks later."""
        self.mortal.spared = True
        await self._moment()
        await self.mortal.until(lambda: self.house.discord.gateway.connected, "someone to listen")
        yield
        self.mortal.spared = False

    async def reacts(self, who: str, to: str, emoji: str) -> None:
        async with self._nobody_killed():
            message = self._said[to]
            await self.house.members[who].react(message, emoji)
            await self._kept(f"select 1 from activity where kind = 'reaction' and answers = '{message.id}'")

    async def takes_back(self, who: str, words: str) -> None:
        async with self._nobody_killed():
            message = self._said[words]
            await self.house.members[who].delete(message)
            await self._kept(f"select 1 where not exists (select 1 from activity where event = '{message.id}')")

    # -- besides -----------------------------------------------------------------------------------------------

    async def _talks(self, number: int) -> None:
        await self.house.members["Ines"].say(self.house.hall, f"un mot en passant, le {number}")

    async def _adds(self, number: int) -> None:
        question = f"Question {number} de ce soir"
        self.added.append(question)
        await self._asks_besides("brise-glace ajouter", question=question)

    async def _needs_help(self, number: int) -> None:
        await self._asks_besides("aide")

    async def _asks_besides(self, command: str, **given: str) -> None:
        member, hall = self.house.members["Ines"], self.house.hall
        asked = await self._until_taken("", lambda: member.slash(hall, command, **given))
        await self._told(asked)

    # -- what came of it ---------------------------------------------------------------------------------------

    async def check(self) -> None:
        veillee, hall, places = self.mortal.veillee, self.house.hall, (self.house.hall, *self.house.hall.threads)
        said = [m for place in places for m in place.from_bot if m.type not in NOTICES]
        nothing_twice([_said(m) for m in said])
        said_to_all((m.earlier or [m.content])[0] for m in said)
        # Each stands for one row, and each row for one. What one alone sees was said by another means.
        there = f"room = '{hall.id}' and person = '' and message != ''"
        rows = veillee.rows(f"select distinct message from outbox where {there}")
        gatherings = {str(id) for id in self.house.guild.events}
        alike("said", [str(m.id) for m in said], [id for (id,) in rows if id not in gatherings])
        held = [event.name for event in self.house.guild.events.values()]
        alike("in the calendar", held, [SAY_NO, ASK, "Atelier d’écriture"])
        again = 0
        for asked in self.interactions:
            texts = [m.content for m in asked.messages]
            again += len(texts) - len(set(texts))
            assert not texts or texts[0] not in texts[1:], asked.summary
            assert bool(asked.messages or asked.modal or asked.answered) == asked.acknowledged, asked.summary
            assert not asked.thinking, asked.summary
        # Of an answer in several parts, one that was under way at a kill cannot be looked for (docs/once.md).
        assert again <= 1 + veillee.kills // 50
        # Who asks for the same twice within the hour, and is answered in private, reads it twice: each has its row.
        rows = veillee.rows("select message from outbox where message != '' union select message from said_part")
        own = {str(id) for (id,) in rows}
        for member in self.house.members.values():
            private = member.direct.from_bot
            rowless = [_said(m) for m in private if str(m.id) not in own]
            nothing_twice(rowless)
            assert {_said(m) for m in private if str(m.id) in own}.isdisjoint(rowless)
        kept = veillee.rows("select text from own_question")
        alike("questions", [text for (text,) in kept], self.added)
        theirs = [m.id for c in places for m in c.messages if m.author is not self.house.discord.me]
        counted = veillee.rows("select event from activity where kind in ('message', 'reply')")
        alike("counted", [str(event) for (event,) in counted], map(str, theirs))


def _said(message: Message) -> Said:
    return Said(str(message.channel.id), message.content, message.at, str(message.answers))


def veillee_in(folder: Path, house: House, hour: Path, database: str) -> Running:
    more = "read_messages = true"
    return serving(folder, house.discord, house.guild, hour=hour, url=database, more=more, blocks=MORE)
