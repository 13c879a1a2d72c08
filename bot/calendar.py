"""The community's sessions as an iCalendar file (RFC 5545), for whatever calendar a member uses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from icalendar import Calendar, Event, Timezone

from bot.model.session import Session
from bot.voice import Voice


def calendar_ics(sessions: Sequence[Session], *, slug: str, name: str, voice: Voice, now: datetime) -> bytes:
    """All of them but the drafts, in order. `name`: the community's. The same sessions give the same bytes.

    A cancelled session stays in the calendar as cancelled: taken out, it would stay in some members' calendars.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Veillée//Veillée//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _typed(name))
    calendar.add("x-wr-calname", _typed(name))  # what most programs read instead of NAME
    calendar.add("x-wr-timezone", voice.zone.key)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    planned = sorted((s for s in sessions if s.state != "draft"), key=lambda s: (s.starts, s.id))
    if planned and voice.zone.key != "UTC":
        # A year around, and no more: the whole history of a zone would be longer than its calendar.
        first, last = planned[0].starts.date(), planned[-1].ends.date()
        calendar.add_component(
            Timezone.from_tzinfo(
                voice.zone, first_date=first - timedelta(days=366), last_date=last + timedelta(days=366)
            )
        )
    for session in planned:
        calendar.add_component(_event(session, slug=slug, name=name, voice=voice, now=now))
    written: bytes = calendar.to_ical()
    return written


def session_ics(session: Session, *, slug: str, name: str, voice: Voice, now: datetime) -> bytes:
    """One session, to be opened from a message."""
    return calendar_ics([session], slug=slug, name=name, voice=voice, now=now)


def _event(session: Session, *, slug: str, name: str, voice: Voice, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"session-{session.id}@{slug}.veillee")
    event.add("dtstamp", now)
    event.add("sequence", session.sequence)
    event.add("dtstart", session.starts.astimezone(voice.zone))
    event.add("dtend", session.ends.astimezone(voice.zone))
    event.add("summary", _typed(session.theme))
    said = voice.text("evaluation-calendar-session", number=session.number, community=_typed(name))
    event.add("description", said)
    if session.place:
        event.add("location", _typed(session.place))
    event.add("status", "CANCELLED" if session.state == "cancelled" else "CONFIRMED")
    return event


def _typed(text: str) -> str:
    """What someone typed, without the control characters that the format cannot hold."""
    return "".join(c for c in text.replace("\r\n", "\n").replace("\r", "\n") if c == "\n" or c.isprintable())
