"""Measuring a period of a community's life, from what is kept.

Few figures, each defined, and none of them about one person: nobody is ranked, and a group of fewer than five
is not shown. Who asked not to be in the log is in no figure at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from bot.evaluation.counting import FIRST_DAYS, Counting, Weeks, activity, middle
from bot.evaluation.figures import (
    FEW,
    Evaluation,
    Measure,
    Missing,
    PulseFigures,
    SessionFigures,
    StoryTold,
    Week,
)
from bot.model.activity import Activity
from bot.model.community import Community, Person
from bot.model.pulse import Pulse, PulseSentence
from bot.model.session import Attendance, Rsvp, Session
from bot.model.story import Story
from bot.ports import AtLeast, Before, OneOf, Other, Unit

__all__ = ["Evaluation", "Measure", "evaluate"]

STEPS = ("step-clicked", "step-wrote", "step-told", "step-came")
LATER_WEEKS = 8


async def evaluate(
    unit: Unit, community: Community, start: datetime, end: datetime, now: datetime
) -> Evaluation:
    """The figures of [start, end), as known at `now`. Raises ValueError when the period is empty."""
    if start >= end:
        raise ValueError("a period ends after it starts")
    return await _Evaluating(unit, community, start, end, now).evaluate()


class _Evaluating:
    def __init__(
        self, unit: Unit, community: Community, start: datetime, end: datetime, now: datetime
    ) -> None:
        self.unit, self.community = unit, community
        self.start, self.end, self.now = start, end, now
        self.until = min(end, now)
        self.weeks = Weeks(start, self.until, community.settings.clock)

    async def evaluate(self) -> Evaluation:
        settings = self.community.settings
        people = await self.unit.find(Person, community_id=self.community.id)
        self.people = {person.id: person for person in people if person.logged}
        counting = Counting(self.weeks, {p.pseudonym for p in people if not p.logged})
        async for row in activity(self.unit, self.community.id, self.start, self.until):
            counting.add(row)
        held, cancelled = await self._sessions()
        sessions, came, stories = await self._told_and_attended(held, counting)
        newcomers = await self._newcomers(counting)
        left = counting.departures()
        steps = [len(group) for group in counting.steps()]
        shown = sum(len(session.stories) for session in sessions)
        kept = sum(story.sharing == "facilitator" for story in stories)
        counts = self._total(counting)
        return Evaluation(
            slug=self.community.slug, name=settings.name, mission=settings.mission, zone=settings.clock,
            start=self.start, end=self.end, now=self.now,
            people=_plain("people", sum(steps)),
            messages=_plain("messages", counts["message"]),
            replies=_plain("replies", counts["reply"]),
            reactions=_plain("reactions", counts["reaction"]),
            newcomers=_plain("newcomers", len(newcomers)),
            left=_plain("left", len(left)),
            weeks=self._by_week(counting, newcomers, left),
            came_back=_part("came-back", *counting.came_back(len(self.weeks.mondays) - 1)),
            later=self._later(counting),
            newcomers_active=self._newcomers_active(counting, newcomers),
            ladder=_ladder(steps),
            sessions_held=_plain("sessions-held", len(held)),
            sessions_cancelled=_plain("sessions-cancelled", cancelled),
            sessions=sessions,
            came_twice=_part("came-twice", sum(times > 1 for times in came.values()), len(came)),
            stories_told=_plain("stories-told", len(stories)),
            stories_shared=_plain("stories-shared", shown),
            stories_kept=_plain("stories-kept", kept),
            **self._replies(counting, counts["message"]),
            pulses=await self._pulses(),
        )  # fmt: skip

    # -- the log ---------------------------------------------------------------------------------------------

    @staticmethod
    def _total(counting: Counting) -> Counter[str]:
        counts: Counter[str] = Counter()
        for (_week, kind), count in counting.kinds.items():
            counts[kind] += count
        return counts

    def _by_week(
        self, counting: Counting, newcomers: dict[str, datetime], left: dict[str, datetime]
    ) -> tuple[Week, ...]:
        arrived = Counter(self.weeks.of(at) for at in newcomers.values())
        gone = Counter(self.weeks.of(at) for at in left.values())

        def week(number: int) -> Week:
            monday = self.weeks.mondays[number]

            def cell(definition: str, value: int) -> Measure:
                return Measure(f"week-{monday}-{definition}", value, definition)

            return Week(
                monday=monday, whole=self.weeks.whole[number],
                people=cell("people", len(counting.people.get(number, ()))),
                messages=cell("messages", counting.kinds[number, "message"]),
                replies=cell("replies", counting.kinds[number, "reply"]),
                reactions=cell("reactions", counting.kinds[number, "reaction"]),
                newcomers=cell("newcomers", arrived[number]),
                left=cell("left", gone[number]),
            )  # fmt: skip

        return tuple(week(number) for number in range(len(self.weeks.mondays)))

    async def _newcomers(self, counting: Counting) -> dict[str, datetime]:
        """Who was never seen before the period. Who comes back is no newcomer."""
        return {
            who: at
            for who, at in sorted(counting.arrivals().items())
            if not await self.unit.count(
                Activity, community_id=self.community.id, who=who, at=Before(self.start)
            )
        }

    def _newcomers_active(self, counting: Counting, newcomers: dict[str, datetime]) -> Measure:
        # Who arrived less than fourteen days before the end has not had their fourteen days.
        known = [(who, at) for who, at in newcomers.items() if at + FIRST_DAYS <= self.until]
        return _part("newcomers-active", counting.started(known), len(known))

    def _later(self, counting: Counting) -> tuple[Measure, ...]:
        measures = []
        for gap in range(1, min(LATER_WEEKS, len(self.weeks.mondays) - 1) + 1):
            again, of = counting.came_back_after(gap, self.weeks.whole)
            if of:
                measures.append(_part("came-back-later", again, of, called=f"came-back-after-{gap}"))
        return tuple(measures)

    @staticmethod
    def _replies(counting: Counting, messages: int) -> dict[str, Measure]:
        waits = counting.first_replies()
        answered = Measure(
            "answered", len(waits) if messages else None, "answered", messages, "" if messages else "nothing"
        )
        if len(waits) < FEW:
            why: Missing = "few" if waits else "nothing"
            return {
                "answered": answered,
                "first_reply": Measure("first-reply", None, "first-reply", why=why),
            }
        return {"answered": answered, "first_reply": _plain("first-reply", middle(waits))}

    # -- sessions and stories --------------------------------------------------------------------------------

    async def _sessions(self) -> tuple[list[Session], int]:
        """Those that took place, and how many were cancelled."""
        found = await self.unit.find(
            Session, order="starts", community_id=self.community.id, state=Other("draft"),
            starts=AtLeast(self.start),
        )  # fmt: skip
        held = [s for s in found if s.state == "planned" and s.starts < self.until]
        return held, sum(s.state == "cancelled" and s.starts < self.end for s in found)

    async def _told_and_attended(
        self, held: Sequence[Session], counting: Counting
    ) -> tuple[tuple[SessionFigures, ...], Counter[int], list[Story]]:
        """Also: how often each came, by person; and every story told."""
        of_held = OneOf([session.id for session in held])
        rsvps = Counter(
            (rsvp.session_id, rsvp.answer)
            for rsvp in await self.unit.find(Rsvp, session_id=of_held)
            if rsvp.person_id in self.people
        )
        starts = {session.id: session.starts for session in held}
        attended: Counter[int] = Counter()
        came: Counter[int] = Counter()
        for attendance in await self.unit.find(Attendance, session_id=of_held):
            if person := self.people.get(attendance.person_id):
                attended[attendance.session_id] += 1
                came[person.id] += 1
                counting.attended(person.pseudonym, starts[attendance.session_id])
        # A story told without a name is counted as a story, and nobody as its author.
        stories = await self.unit.find(Story, session_id=of_held)

        def figures(session: Session) -> SessionFigures:
            def cell(definition: str, value: int) -> Measure:
                return Measure(f"session-{session.number}-{definition}", value, definition)

            own = [story for story in stories if story.session_id == session.id]
            return SessionFigures(
                number=session.number, theme=session.theme, starts=session.starts,
                yes=cell("yes", rsvps[session.id, "yes"]),
                maybe=cell("maybe", rsvps[session.id, "maybe"]),
                no=cell("no", rsvps[session.id, "no"]),
                attended=cell("attended", attended[session.id]),
                told=cell("stories-told", len(own)),
                stories=self._shared(own),
            )  # fmt: skip

        return tuple(figures(session) for session in held), came, stories

    def _shared(self, stories: Sequence[Story]) -> tuple[StoryTold, ...]:
        """In the order of their words: the order they came in could tell whose they are."""
        told = []
        for story in stories:
            if story.shared and story.sharing != "facilitator":
                signed = story.sharing == "named" and story.person_id in self.people
                name = self.people[story.person_id].name if signed and story.person_id is not None else ""
                aloud = story.voice_mime.startswith(("audio/", "video/"))
                told.append(StoryTold(text=story.text, name=name, voice=aloud))
        return tuple(sorted(told, key=lambda story: (not story.text, story.text, story.name)))

    # -- the pulse -------------------------------------------------------------------------------------------

    async def _pulses(self) -> tuple[PulseFigures, ...]:
        found = await self.unit.find(
            Pulse, order="closes", community_id=self.community.id, state="closed", closes=AtLeast(self.start)
        )
        pulses = [pulse for pulse in found if pulse.closes < self.until]
        ids = OneOf([pulse.id for pulse in pulses])
        sentences = Counter(s.pulse_id for s in await self.unit.find(PulseSentence, pulse_id=ids))
        about = {p.session_id for p in pulses if p.session_id is not None}
        numbers = {s.id: s.number for s in await self.unit.find(Session, id=OneOf(sorted(about)))}
        return tuple(_pulse(p, numbers.get(p.session_id or 0), sentences[p.id]) for p in pulses)


def _pulse(pulse: Pulse, session: int | None, sentences: int) -> PulseFigures:
    answers = sum(pulse.counts)
    few = answers < FEW

    def cell(definition: str, value: float, of: int | None = None, called: str = "") -> Measure:
        name = f"pulse-{pulse.id}-{called or definition}"
        return Measure(name, None, definition, why="few") if few else Measure(name, value, definition, of)

    mean = sum(step * count for step, count in enumerate(pulse.counts, start=1)) / (answers or 1)
    return PulseFigures(
        question=pulse.question or pulse.own, session=session, closes=pulse.closes,
        answers=cell("pulse-answers", answers, pulse.asked or None),
        mean=cell("pulse-mean", round(mean, 1)),
        counts=() if few else tuple(
            cell("pulse-step", count, answers, f"step-{step}")
            for step, count in enumerate(pulse.counts, start=1)
        ),
        sentences=cell("pulse-sentences", sentences),
    )  # fmt: skip


def _plain(definition: str, value: float) -> Measure:
    return Measure(definition, value, definition)


def _part(definition: str, value: int, of: int, *, called: str = "") -> Measure:
    """So many out of `of` people, unless those are too few."""
    if of < FEW:
        return Measure(called or definition, None, definition, why="few" if of else "nothing")
    return Measure(called or definition, value, definition, of)


def _ladder(sizes: Sequence[int]) -> tuple[Measure, ...]:
    """How many stand at each step, in the order of STEPS.

    When one group alone is too small, taking the others from the total would give it away: the next smallest
    is then withheld as well.
    """
    why: list[Missing] = ["few" if size < FEW else "" for size in sizes]
    if why.count("few") == 1 and sizes[why.index("few")] > 0:
        why[min((size, step) for step, size in enumerate(sizes) if not why[step])[1]] = "withheld"
    return tuple(
        Measure(step, None if hidden else size, step, why=hidden)
        for step, size, hidden in zip(STEPS, sizes, why, strict=True)
    )
