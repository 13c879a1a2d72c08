"""A community's life, written row by row into a real store."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from bot.evaluation.measures import Evaluation, evaluate
from bot.model.activity import ActivityKind, Entry
from bot.model.community import Community, Person, Room
from bot.model.pulse import Pulse, PulseSentence
from bot.model.session import Attendance, Rsvp, RsvpAnswer, Session
from bot.model.settings import Settings
from bot.model.story import Sharing, Story, StoryAnswer
from bot.voice import Voice
from storage.store import SqlStore

ZONE = ZoneInfo("America/Toronto")
FR = Voice("fr", "tu", ZONE, datetime(2026, 3, 2, 15, tzinfo=UTC))
EN = Voice("en", "tu", ZONE, datetime(2026, 3, 2, 15, tzinfo=UTC))


def at(day: int, hour: int = 12, minute: int = 0, *, month: int = 1) -> datetime:
    """An hour of 2026 on the community's clock. 5 January is a Monday."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


@dataclass
class Life:
    store: SqlStore
    community: Community
    people: dict[str, Person] = field(default_factory=dict)
    events: int = 0
    sessions: int = 0

    @classmethod
    async def begin(cls, store: SqlStore, name: str = "Tenir le fil", mission: str = "") -> Life:
        settings = Settings(name=name, zone=ZONE.key, mission=mission)
        community = Community(slug="fil", settings=settings, since=at(1))
        async with store.unit() as unit:
            await unit.add(community)
            await unit.add(Room(community_id=community.id, platform="matrix", external="!a", name="=Salon", main=True))
        return cls(store, community)

    async def person(self, name: str, *, logged: bool = True) -> Person:
        if name not in self.people:
            person = Person(
                community_id=self.community.id, platform="matrix", external=f"@{name}", name=name,
                pseudonym=f"p{len(self.people):09}", logged=logged,
            )  # fmt: skip
            async with self.store.unit() as unit:
                await unit.add(person)
            self.people[name] = person
        return self.people[name]

    async def did(self, name: str, kind: ActivityKind, when: datetime, answers: str = "") -> str:
        """One row of the log; its event."""
        person = await self.person(name)
        self.events += 1
        row = Entry(
            community_id=self.community.id, room_id=1, who=person.pseudonym, at=when, kind=kind,
            event=f"e{self.events}", answers=answers,
        )  # fmt: skip
        async with self.store.unit() as unit:
            await unit.record([row])
        return row.event

    async def session(
        self,
        starts: datetime,
        theme: str = "Dire non",
        *,
        state: str = "planned",
        rsvps: dict[str, RsvpAnswer] | None = None,
        came: str = "",
    ) -> Session:
        self.sessions += 1
        made = Session(
            community_id=self.community.id, number=self.sessions, theme=theme, starts=starts, minutes=60,
            state=state, planned_by=1,  # type: ignore[arg-type]  # a literal, in every test
        )  # fmt: skip
        people = {name: (await self.person(name)).id for name in [*(rsvps or {}), *came.split()]}
        async with self.store.unit() as unit:
            await unit.add(made)
            for name, answer in (rsvps or {}).items():
                await unit.add(Rsvp(session_id=made.id, person_id=people[name], answer=answer, at=starts))
            for name in came.split():
                await unit.add(Attendance(session_id=made.id, person_id=people[name]))
        return made

    async def story(
        self, session: Session, name: str, text: str, sharing: Sharing, *, shared: bool = True, voice: str = ""
    ) -> None:
        person = await self.person(name)
        async with self.store.unit() as unit:
            await unit.add(
                Story(
                    id=uuid4().hex, session_id=session.id, person_id=None if sharing == "unnamed" else person.id,
                    sharing=sharing, text=text, shared=shared, voice=voice,
                )
            )  # fmt: skip
            await unit.add(StoryAnswer(session_id=session.id, person_id=person.id))

    async def pulse(
        self, closes: datetime, counts: tuple[int, ...], *, question: str = "belonging", sentences: int = 0
    ) -> Pulse:
        made = Pulse(
            community_id=self.community.id, question=question, opens=closes - timedelta(days=3), closes=closes,
            state="closed", asked=sum(counts) + 4, counts=counts,
        )  # fmt: skip
        async with self.store.unit() as unit:
            await unit.add(made)
            for number in range(sentences):
                await unit.add(PulseSentence(id=f"{made.id}-{number}", pulse_id=made.id, text="Merci."))
        return made

    async def measured(
        self, start: datetime, end: datetime, now: datetime | None = None
    ) -> Evaluation:
        async with self.store.unit() as unit:
            return await evaluate(unit, self.community, start, end, now or end)
