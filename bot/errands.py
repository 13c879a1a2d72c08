"""What facilitators of a rehearsed season type, and when: all is planned at its start, and little after that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from bot.app import FEATURES
from bot.chat.language import Language
from bot.season import Season

Errand = tuple[datetime, int, str]
"""When, which facilitator (0 the first, -1 the last), and what they type in private."""


def typed_commands(language: Language) -> dict[str, str]:
    """How each command is typed, by its id."""
    return {c.id: (c.fr if language == "fr" else c.en)[0] for c in FEATURES.commands.values()}


def errands(season: Season) -> Iterator[Errand]:
    language, opens = season.community.language, season.opens
    typed = typed_commands(language)
    yield from _planning(season, typed)
    if season.own_question:
        yield opens + timedelta(days=11, hours=1), -1, f"{typed['icebreakers.add']} {season.own_question}"
    yield opens + timedelta(days=8, hours=2), -1, typed["rhythm.plan"]
    yield opens + timedelta(days=18, hours=5), -1, typed["icebreakers.skip"]


def _planning(season: Season, typed: Mapping[str, str]) -> Iterator[Errand]:
    at = season.opens + timedelta(minutes=20)
    number = 0
    for session in season.sessions:
        parts = filter(None, (session.theme, session.when, session.length, session.place, session.repeat))
        yield at, 0, f"{typed['sessions.plan']} {' | '.join(parts)}"
        at += timedelta(minutes=8)
        for position, one in enumerate((session, *session.then)):
            number += 1
            changes = (("theme", one.theme), ("place", one.place)) if position else ()
            for what, value in changes:
                if value and value != getattr(session, what):
                    part = _part(what, season.community.language)
                    yield at, 0, f"{typed['sessions.edit']} {number} | {part} | {value}"
                    at += timedelta(minutes=1)
            if one.moved_to:
                moved = season.opens + timedelta(days=one.moved_on, hours=2)
                yield moved, 0, f"{typed['sessions.move']} {number} | {one.moved_to}"


def _part(what: str, language: Language) -> str:
    """How one says which part of a session is to be changed."""
    options = {o.id: o for f in FEATURES.commands["sessions.edit"].fields for o in f.options}
    return (options[what].fr if language == "fr" else options[what].en)[0]
