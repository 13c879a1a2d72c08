"""What is kept of a season, by the names of people and the numbers of sessions: nothing of a platform's own."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from typing import Any

from bot.evaluation.write import evaluation_files
from bot.model.activity import Activity
from bot.model.charter import Signature
from bot.model.community import Community, Person
from bot.model.flow import Outbox
from bot.model.icebreaker import QuestionUse
from bot.model.poll import Poll, PollVote
from bot.model.pulse import Pulse, PulseSentence, PulseTaken
from bot.model.rhythm import Due
from bot.model.session import Attendance, Rsvp, Session
from bot.model.story import SealedStory, Story, StoryAnswer
from bot.ports import Unit

Kept = dict[str, Any]


async def kept(unit: Unit) -> Kept:
    people = {p.id: p for p in await unit.find(Person)}
    names = {id: p.name for id, p in people.items()}
    sessions = await unit.find(Session, order="number")
    number = {s.id: s.number for s in sessions}
    series = list(dict.fromkeys(s.series for s in sessions))
    pulses = await unit.find(Pulse)
    # Their place, not their id: PostgreSQL leaves numbers out.
    pulse = {p.id: place for place, p in enumerate(pulses, start=1)}
    found: Kept = {
        "people": sorted((p.name, p.language, p.present, p.logged, p.introduced, p.joined_at) for p in people.values()),
        "sessions": [
            (s.number, s.theme, s.starts, s.minutes, s.place, s.state, s.announced, s.sequence, s.every_weeks,
             series.index(s.series), names[s.planned_by])
            for s in sessions
        ],
        "answers": sorted(
            (number[r.session_id], names[r.person_id], r.answer, r.at) for r in await unit.find(Rsvp)
        ),
        "attendance": sorted(
            (number[a.session_id], names[a.person_id], a.by_voice) for a in await unit.find(Attendance)
        ),
        "stories": sorted(
            (number[s.session_id], s.sharing, names[s.person_id] if s.person_id else "", s.text, s.voice, s.shared)
            for s in await unit.find(Story)
        ),
        "asked for stories": sorted(
            (number[a.session_id], names[a.person_id]) for a in await unit.find(StoryAnswer, order="person_id")
        ),
        "still sealed": await unit.count(SealedStory),
        "pulses": [
            (pulse[p.id], p.question, p.own, number.get(p.session_id or 0), p.opens, p.closes, p.state, p.asked,
             p.counts)
            for p in pulses
        ],
        "pulses taken": sorted(
            (pulse[t.pulse_id], names[t.person_id]) for t in await unit.find(PulseTaken, order="person_id")
        ),
        "sentences": sorted((pulse[s.pulse_id], s.text) for s in await unit.find(PulseSentence)),
        "polls": [
            (p.number, p.question, p.options, p.opens, p.closes, p.state, p.counts, p.members, sum(p.strangers),
             p.lacking)
            for p in await unit.find(Poll, order="number")
        ],
        "votes": sorted(
            (v.poll_id, names[v.person_id], v.option, v.at) for v in await unit.find(PollVote, order="person_id")
        ),
        "signatures": sorted((names[s.person_id], s.text, s.at) for s in await unit.find(Signature)),
        "icebreakers": [(q.question, q.at, q.skipped) for q in await unit.find(QuestionUse)],
        "what went out by itself": sorted((d.due_at, d.kind, d.state) for d in await unit.find(Due)),
        "failures": [(o.purpose, o.problem) for o in await unit.find(Outbox, state="failed")],
    }  # fmt: skip
    who = {p.pseudonym: p.name for p in people.values()}
    found["activity"] = Counter(
        (
            # The day: telling a story takes more gestures on one platform than on the other.
            row.kind, who[row.who], row.at.date(), bool(row.answers), who.get(row.answers_who, ""),
            number.get(row.session_id or 0),
        )
        for row in await unit.find(Activity)
    )  # fmt: skip
    return found


async def reported(unit: Unit, start: datetime, end: datetime) -> Kept:
    """All that the report says, as it is handed over to whoever works on the figures."""
    community = await unit.one(Community)
    assert community is not None
    files = await evaluation_files(unit, community, start, end, end)
    report: Kept = json.loads(files["report.json"])
    report["calendar"] = files["calendar.ics"].decode()
    return report
