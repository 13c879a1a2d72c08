"""What to propose to someone who types a field: each as it is shown, and as it is then typed.

It is what a command would tell the same person anyway, and no more. Nothing is changed by it.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.context import Context
from bot.dates import proposals
from bot.dates.repeats import MOST_WEEKS, RepeatNotUnderstood, read_repeat
from bot.dates.saying import say_day_time
from bot.feature import Field
from bot.model.community import Person
from bot.model.session import Session
from bot.text import folded
from bot.voice import Voice

Suggestion = tuple[str, str]

MOST = 25
LONGEST = 100
_COUNTS = (4, 6, 8, 10)


async def suggest(ctx: Context, field: Field, typed: str) -> list[Suggestion]:
    """25 at most, the likeliest first, each of 100 characters at most."""
    typed = " ".join(typed.split())
    return fitting(await _found(ctx, field, typed) if len(typed) <= LONGEST else [])


def fitting(found: Iterable[Suggestion]) -> list[Suggestion]:
    """What is typed cannot be cut; what is shown can."""
    fit = {value: label for label, value in found if label.strip() and 0 < len(value) <= LONGEST}
    return [(_cut(label, LONGEST), value) for value, label in fit.items()][:MOST]


def matching(found: Iterable[Suggestion], typed: str) -> list[Suggestion]:
    """Those that show what was typed."""
    return [each for each in found if folded(typed) in folded(each[0])]


async def _found(ctx: Context, field: Field, typed: str) -> list[Suggestion]:
    voice = ctx.here
    if field.suggests is not None:
        return await field.suggests(ctx, typed)
    match field.kind:
        case "session":
            return await _sessions(ctx, typed)
        case "people":
            return await _people(ctx, typed)
        case "instant" | "day":
            return await _moments(ctx, typed, day=field.kind == "day")
        case "duration":
            understood = proposals.durations(typed, voice.language)
            return _shown(voice, typed, understood, proposals.usual_durations(voice.language))
        case "span":
            understood = proposals.spans(typed, voice.language)
            return _shown(voice, typed, understood, proposals.usual_spans(voice.language))
        case "series":
            return _shown(voice, typed, _series(voice, typed), _series(voice, "2"))
        case "scope":
            named = [(voice.text(f"rhythm-{f.name}"), f.name) for f in ctx.features.all if f.has_rhythm]
            return matching([(voice.text("rhythm-all"), "all"), *named], typed)
        case "language":
            return matching([("Français", "fr"), ("English", "en")], typed)
        case "option":
            words = [((o.fr if voice.language == "fr" else o.en)[0], o.id) for o in field.options]
            return matching(words, typed)
        case _:
            return []


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _shown(voice: Voice, typed: str, understood: list[str], usual: list[str]) -> list[Suggestion]:
    """What was understood, and is typed as it is said; else what is usual, said to be an example."""
    if understood or not typed:
        return [(each, each) for each in understood or usual]
    return [(voice.text("suggestion-example", example=each), each) for each in usual]


# -- sessions -----------------------------------------------------------------------------------------------------


async def _sessions(ctx: Context, typed: str) -> list[Suggestion]:
    """Those to come first, then the latest. Members: what they were told of, or may ask to see."""
    planned = await ctx.unit.find(Session, community_id=ctx.community.id, state="planned", order="starts")
    coming = [s for s in planned if s.ends > ctx.now]
    past = [s for s in reversed(planned) if s.ends <= ctx.now and (ctx.facilitator or s.announced)]
    found = matching([(_session(ctx.here, s), str(s.number)) for s in (*coming, *past)], typed)
    # Its number is the surest word for it.
    return sorted(found, key=lambda each: each[1] != typed.strip("#. "))


def _session(voice: Voice, session: Session) -> str:
    when = say_day_time(session.starts, zone=voice.zone, language=voice.language, now=voice.now)
    room = LONGEST - len(f"{session.number} ·  · {when}")
    return f"{session.number} · {_cut(session.theme, room)} · {when}"


# -- people -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Member:
    external: str
    name: str
    folded: str


async def _people(ctx: Context, typed: str) -> list[Suggestion]:
    """Whoever is there by the name begun last; those named before stay."""
    rows = await ctx.unit.only(Person, "external", "name", community_id=ctx.community.id, present=True)
    members = [_Member(external, name, folded(name)) for external, name in rows if name]
    alike = Counter(member.folded for member in members)
    *named, begun = [piece.strip() for piece in re.split("[,;]", typed)]
    before = [piece for piece in named if piece]
    taken = {folded(piece) for piece in before}
    wanted = folded(begun.lstrip("@"))
    found = [m for m in members if wanted in m.folded and m.folded not in taken and m.external not in before]
    found.sort(key=lambda member: (not member.folded.startswith(wanted), member.folded))
    return [
        (", ".join((*before, _called(member, alike))), ", ".join((*before, _meant(member, alike))))
        for member in found[:MOST]
    ]


def _called(member: _Member, alike: Counter[str]) -> str:
    return member.name if alike[member.folded] == 1 else f"{member.name} ({member.external})"


def _meant(member: _Member, alike: Counter[str]) -> str:
    """By name, where it is read as that person's and as one name."""
    alone = alike[member.folded] == 1 and not re.search("[,;\n]| (et|and) ", member.name)
    return member.name if alone else member.external


# -- moments ------------------------------------------------------------------------------------------------------


async def _moments(ctx: Context, typed: str, *, day: bool) -> list[Suggestion]:
    voice = ctx.here
    last = await ctx.unit.one(Session, community_id=ctx.community.id, state="planned", order="-starts")
    usual = last.starts.astimezone(voice.zone) if last else None
    reader = proposals.Reader(voice.language, voice.zone, ctx.now, usual)
    understand, usually = (
        (proposals.days, proposals.usual_days) if day else (proposals.instants, proposals.usual_instants)
    )
    # What is seldom typed is read by a library that takes its time.
    understood = await asyncio.to_thread(understand, typed, reader) if typed else []
    return _shown(voice, typed, understood, usually(reader))


def _series(voice: Voice, typed: str) -> list[str]:
    """What was understood, or what is so far, a few times."""
    tried = [typed, *(f"{typed}, {count} x" for count in _COUNTS)]
    if typed.isdigit() and 0 < int(typed) <= MOST_WEEKS:
        tried = [voice.text("suggestion-series", weeks=int(typed), count=count) for count in _COUNTS]
    return list(dict.fromkeys(said for text in tried if (said := _repeated(voice, text))))


def _repeated(voice: Voice, text: str) -> str:
    try:
        repeat = read_repeat(text, language=voice.language)
    except RepeatNotUnderstood:
        return ""
    if repeat.count == 1:
        return voice.text("suggestion-once")
    return voice.text("suggestion-series", weeks=repeat.every_weeks, count=repeat.count)
