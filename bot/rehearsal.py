"""A season played on a virtual clock, by simulated members: a composition root beside app.py.

The same season and the same seed give the same bytes: one clock, one source of chance, one order of events.
"""

from __future__ import annotations

import heapq
import unicodedata
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from adapters.rehearsal.acts import Act, Intention, Join, Leave, Look, News, Press, React, Say, Tell
from adapters.rehearsal.copies import RehearsalCopies
from adapters.rehearsal.facilitators import Facilitator
from adapters.rehearsal.members import Member
from adapters.rehearsal.platform import BOT, RehearsalPlatform, Said
from adapters.rehearsal.script import Meeting, Script
from adapters.rehearsal.seals import RehearsalSeals
from adapters.rehearsal.temperaments import FACILITATES, TEMPERAMENTS
from bot.app import App
from bot.banks.read import bank
from bot.chat.content import Choice
from bot.chat.events import Someone
from bot.commands import after_prefix
from bot.errands import errands, typed_commands
from bot.model.community import Person
from bot.model.flow import Conversation, Outbox
from bot.ports import OneOf
from bot.season import Season
from scheduler.clock import VirtualClock
from storage.at_once import StoreAtOnce
from storage.migrate import migrate

SLUG = "rehearsal"
ROOM = "room"
READ_BACK = 15
CANCEL_WORD = {"fr": "annuler", "en": "cancel"}
ROOM_NAME = {"fr": "salon", "en": "commons"}


@dataclass(frozen=True, slots=True)
class Pressed:
    """A click: who, which button, under which message."""

    at: datetime
    name: str
    choice: Choice
    said: Said


class Rehearsal:
    """A community at play. `watch` is called for each thing said and each button pressed, as it happens.

    `held`: who does nothing by themselves, because somebody real plays them.
    """

    def __init__(self, season: Season, seed: int, store: StoreAtOnce) -> None:
        self.season = season
        self.store = store
        self.clock = VirtualClock(season.opens)
        self.platform = RehearsalPlatform(self.clock)
        self.watch: Callable[[News | Pressed], None] = lambda _: None
        self.held = ""
        self.news: list[News] = []
        self.pressed: list[Pressed] = []
        self._random = Random(f"{seed}/season")
        self.copies = RehearsalCopies()
        self.app = App(
            store=store, clock=self.clock, seals=RehearsalSeals(seed), copies=self.copies,
            platforms=[self.platform], random=Random(f"{seed}/veillee"),
        )  # fmt: skip
        self.script = self._script()
        self._agenda: list[tuple[datetime, int, Member, Act]] = []
        self._count = 0
        self._heard = 0
        self._read: dict[str, int] = {}
        self.facilitators, self.members = self._cast(seed)
        self.people: dict[str, Member] = {m.person: m for m in (*self.facilitators, *self.members)}

    # -- who plays --------------------------------------------------------------------------------------

    def _script(self) -> Script:
        settings = self.season.community
        language = settings.language
        typed = typed_commands(language)
        meetings = [Meeting(o.theme) for s in self.season.sessions for o in (s, *s.then)]
        words = bank("rehearsal", language)
        opens, ends = self.season.opens, self.season.ends
        return Script(words, typed, settings.prefix, opens, ends, meetings, CANCEL_WORD[language])

    def _cast(self, seed: int) -> tuple[list[Facilitator], list[Member]]:
        hosts, names = self.season.people()
        zone = self.season.community.clock

        def drawn(name: str) -> Random:
            return Random(f"{seed}/{name}")

        taken: dict[str, int] = {}
        facilitators = [
            Facilitator(_person(n, taken), n, FACILITATES, self.script, ROOM, zone, drawn(n)) for n in hosts
        ]
        kinds = self.season.temperaments.each()
        # Dealt out by chance, so that no temperament sits at one end of the list of names.
        self._random.shuffle(kinds)
        self.kinds = dict(zip(names, kinds, strict=True))
        members = [
            Member(_person(n, taken), n, TEMPERAMENTS[kind], self.script, ROOM, zone, drawn(n))
            for n, kind in zip(names, kinds, strict=True)
        ]
        return facilitators, members

    async def open(self) -> None:
        """The facilitators let Veillée into their room; the first members are on their way."""
        await self.app.prepare([(SLUG, self.season.community)])
        await self.platform.run(self.app.intake)
        hosts = [Someone(f.person, f.name) for f in self.facilitators]
        name = ROOM_NAME[self.season.community.language]
        await self.platform.open_room(ROOM, name, community=SLUG, members=hosts)
        for facilitator in self.facilitators:
            self.platform.rooms[ROOM].levels[facilitator.person] = 50
            self._read[facilitator.person] = 0
            self._intend(facilitator, facilitator.next_look(self.clock.now()))
        for member in self.members:
            if member.temperament.closed:
                self.platform.closed.add(member.person)
        self._plan_errands()
        self._plan_arrivals()
        await self._settle()

    def _plan_errands(self) -> None:
        for at, which, typed in errands(self.season) if self.facilitators else ():
            self._intend(self.facilitators[which], Intention(at, Tell(typed)))

    def _plan_arrivals(self) -> None:
        """Word goes round: some at once, the others over the first days."""
        for member in self.members:
            kind = member.temperament
            begins = self.season.opens + timedelta(weeks=kind.joins - 1)
            if kind.joins > 1:  # newcomers who came with one another
                at = begins + timedelta(days=1, hours=4, minutes=self._random.randrange(4))
            elif self._random.random() < 0.5:
                at = begins + timedelta(hours=1, minutes=self._random.randrange(12))
            else:
                at = member.awake(begins + timedelta(hours=self._random.uniform(2, 60)))
            self._intend(member, Intention(at, Join(ROOM)))
            for week, act in ((kind.leaves, Leave(ROOM)), (kind.returns, Join(ROOM))):
                if week:
                    into = timedelta(weeks=week - 1, days=2, hours=self._random.uniform(1, 8))
                    self._intend(member, Intention(self.season.opens + into, act))

    # -- playing ----------------------------------------------------------------------------------------

    async def play(self, until: datetime, progress: Callable[[datetime], None] = lambda _: None) -> None:
        """All that happens until that instant."""
        due = await self.app.timetable.next()
        while True:
            at = min(filter(None, (due, self._agenda[0][0] if self._agenda else None)), default=until)
            if at > until:
                break
            self.clock.move_to(at)
            happened = due is not None and due <= at
            if self._agenda and self._agenda[0][0] <= at:
                _, _, member, act = heapq.heappop(self._agenda)
                if member.person == self.held:
                    if isinstance(act, Look):
                        self._intend(member, member.next_look(at))
                else:
                    happened |= await self._perform(member, act)
            if happened:
                await self._settle()
                due = await self.app.timetable.next()
            progress(at)
        self.clock.move_to(until)
        await self._settle()
        progress(until)

    async def perform(self, person: str, act: Act) -> None:
        """Someone does something now, and Veillée answers."""
        await self._perform(self.people[person], act)
        await self._settle()

    async def _perform(self, member: Member, act: Act) -> bool:
        """Whether anything came of it that Veillée could answer."""
        person, now = member.person, self.clock.now()
        there = person in self.platform.rooms[ROOM].members
        if isinstance(act, Join):
            if not there:
                # Who arrives reads back a little.
                self._read[person] = max(0, len(self.news) - READ_BACK)
                await self.platform.join(person, member.name, act.room)
                self._intend(member, member.next_look(now))
            return not there
        if not there:
            return False  # gone: what they meant to do, they do not
        match act:
            case Look():
                unread = self.news[self._read[person] :]
                self._read[person] = len(self.news)
                for intention in member.look(now, unread):
                    self._intend(member, intention)
                self._intend(member, member.next_look(now))
                return False
            case Say(room, text, thread, answers):
                await self.platform.say(person, room, text, thread=thread, answers=answers)
                if after_prefix(text, self.script.prefix) is None:
                    await self._spread()  # among members: counted, and nothing to answer
                    return False
            case Tell(text, files):
                await self.platform.tell(person, text, files)
            case Press(message, choice):
                await self._press(member, message, choice)
            case React(message, emoji):
                await self.platform.add_reaction(person, message, emoji)
                return False
            case Leave(room):
                await self.platform.leave(person, room)
        member.did(now)
        return True

    async def _press(self, member: Member, message: str, choice: int) -> None:
        said = next(s for s in reversed(self.platform.said) if s.id == message)
        choices = said.message.choices if said.message else ()
        if choice >= len(choices):
            return  # edited meanwhile
        pressed = Pressed(self.clock.now(), member.name, choices[choice], said)
        self.pressed.append(pressed)
        self.watch(pressed)
        await self.platform.press(member.person, message, choice)

    def _intend(self, member: Member, intention: Intention) -> None:
        self._count += 1
        intention = replace(intention, at=intention.at.replace(microsecond=0))
        heapq.heappush(self._agenda, (intention.at, self._count, member, intention.act))

    # -- who hears of it --------------------------------------------------------------------------------

    async def _settle(self) -> None:
        """Veillée answers, until there is no more to say."""
        await self.app.settle()
        await self._spread()

    async def _spread(self) -> None:
        """What was said reaches the rooms, whoever was written to alone, and those who watch."""
        fresh = self.platform.said[self._heard :]
        self._heard = len(self.platform.said)
        ours = [s.id for s in fresh if s.person == BOT]
        purposes: dict[str, str] = {}
        if ours:
            async with self.store.unit() as unit:
                purposes = {o.message: o.purpose for o in await unit.find(Outbox, message=OneOf(ours))}
        last = {s.room: s.id for s in fresh}
        for said in fresh:
            news = News(said, purposes.get(said.id, ""))
            if not self.platform.rooms[said.room].direct:
                self.news.append(news)
            elif said.person == BOT:
                member = self.people[said.room.removeprefix("direct-")]
                if last[said.room] == said.id and not (said.message and said.message.choices):
                    news = await self._asked(news, member.person)
                for intention in member.told(self.clock.now(), news):
                    self._intend(member, intention)
            self.watch(news)

    async def _asked(self, news: News, person: str) -> News:
        """With the question that the message asks, if it asks one."""
        async with self.store.unit() as unit:
            found = await unit.one(Person, platform=self.platform.name, external=person)
            open_form = await unit.one(Conversation, person_id=found.id) if found else None
        if open_form is None:
            return news
        return News(news.said, news.purpose, open_form.form, open_form.waiting_for)


@asynccontextmanager
async def rehearsal(season: Season, seed: int, file: Path) -> AsyncIterator[Rehearsal]:
    """A season about to begin, kept in that SQLite file."""
    migrate(file)
    store = StoreAtOnce(file)
    try:
        playing = Rehearsal(season, seed, store)
        await playing.open()
        yield playing
    finally:
        await store.close()


def _person(name: str, taken: dict[str, int]) -> str:
    """An identifier made from the name, as platforms do."""
    bare = unicodedata.normalize("NFKD", name.lower())
    made = "".join(c for c in bare if c.isascii() and c.isalnum()) or "member"
    taken[made] = taken.get(made, 0) + 1
    return made if taken[made] == 1 else f"{made}{taken[made]}"
