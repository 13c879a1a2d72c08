"""A rehearsed season as its members would read it, in Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from adapters.rehearsal.platform import BOT, Said
from bot.chat.content import (
    Block,
    Bullets,
    Choices,
    Code,
    File,
    Heading,
    Inline,
    Line,
    Link,
    Mention,
    Paragraph,
    Quote,
    Strong,
)
from bot.rehearsal import ROOM, Pressed, Rehearsal
from bot.voice import Voice

NAME = "Veillée"
# Whose private messages are shown whole, besides the first facilitator's.
SHOWN = ("tells_stories", "clicks", "joins_in_week_5")
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")
_LIST = re.compile(r"^(\s*)([-+]|\d+[.)])(\s)", re.MULTILINE)


def transcript(rehearsal: Rehearsal, summary: Sequence[str]) -> str:
    """`summary`: a few sentences on what happened."""
    return "\n".join(_Writing(rehearsal).document(summary)).rstrip() + "\n"


class _Writing:
    def __init__(self, rehearsal: Rehearsal) -> None:
        self._rehearsal = rehearsal
        settings = rehearsal.season.community
        self._settings = settings
        self._voice = Voice(settings.language, settings.address, settings.clock, rehearsal.clock.now())
        self._names = {m.person: m.name for m in rehearsal.people.values()} | {BOT: NAME}
        self._answers: dict[str, list[Said]] = {}

    def document(self, summary: Sequence[str]) -> Iterator[str]:
        say = self._voice.text
        yield from (f"# {_escaped(self._settings.name)}", "")
        yield from (say("rehearsal-transcript-intro"), "")
        yield from (line for sentence in summary for line in (f"- {_escaped(sentence)}",))
        platform = self._rehearsal.platform
        there = [s for s in platform.said if not s.removed]
        yield from ("", f"## {say('rehearsal-room', room=platform.rooms[ROOM].name)}")
        yield from self._room([s for s in there if s.room == ROOM])
        yield from ("", f"## {say('rehearsal-private')}", "", say("rehearsal-private-intro"))
        for person, who in self._shown():
            yield from ("", f"### {_escaped(who)}")
            yield from self._private(person, [s for s in there if s.room == f"direct-{person}"])

    def _shown(self) -> Iterator[tuple[str, str]]:
        """Person, and their name with what they are like."""
        say, rehearsal = self._voice.text, self._rehearsal
        for facilitator in rehearsal.facilitators[:1]:
            yield facilitator.person, say("rehearsal-who-facilitates", name=facilitator.name)
        for kind in SHOWN:
            found = next((m for m in rehearsal.members if rehearsal.kinds[m.name] == kind), None)
            if found is not None:
                yield found.person, say(f"rehearsal-who-{kind.replace('_', '-')}", name=found.name)

    # -- the room ---------------------------------------------------------------------------------------

    def _room(self, said: Sequence[Said]) -> Iterator[str]:
        """By week and day, each thread under its first message."""
        known = {s.id for s in said}
        roots: list[Said] = []
        first: dict[str, str] = {}
        for one in said:
            under = one.thread or one.answers
            if under in known:
                # What answers an answer stands in the same thread.
                first[one.id] = first.get(under, under)
                self._answers.setdefault(first[one.id], []).append(one)
            else:
                roots.append(one)
        week = 0
        day = ""
        for root in roots:
            weeks_in = (root.at - self._rehearsal.season.opens) // timedelta(weeks=1) + 1
            if weeks_in != week:
                week = weeks_in
                yield from ("", f"### {self._voice.text('rehearsal-week', number=week)}")
            if (today := self._day(root.at)) != day:
                day = today
                yield from ("", f"#### {day}")
            yield ""
            yield from self._message(root, day)
            for answer in self._answers.get(root.id, ()):
                yield ">" if answer is not self._answers[root.id][0] else ""
                yield from (f"> {line}".rstrip() for line in self._message(answer, day))

    def _message(self, said: Said, day: str) -> Iterator[str]:
        yield f"{self._head(said.person, said.at, day)}{self._edited(said)}"
        yield ""
        yield from self._body(said)
        if hearts := Counter(emoji for person, emoji in said.reactions if person != BOT):
            yield ""
            yield " ".join(f"{emoji} {count}" for emoji, count in hearts.items())

    def _edited(self, said: Said) -> str:
        return f" {self._voice.text('rehearsal-edited')}" if said.edited else ""

    def _head(self, person: str, at: datetime, day: str) -> str:
        time = self._voice.time(at)
        when = time if self._day(at) == day else f"{self._day(at)}, {time}"
        return f"**{_escaped(self._names.get(person, person))}** · {when}"

    def _day(self, at: datetime) -> str:
        return self._voice.day(at)

    def _body(self, said: Said) -> Iterator[str]:
        if said.message is None:
            yield from _kept_apart(said.text)
            for file in said.files:
                yield f"📎 {_escaped(file.name)}"
            return
        yield from markdown(said.message.blocks)

    # -- in private -------------------------------------------------------------------------------------

    def _private(self, person: str, said: Sequence[Said]) -> Iterator[str]:
        ours = {s.id for s in said}
        clicks = [p for p in self._rehearsal.pressed if p.said.id in ours]
        day = ""
        items: list[Said | Pressed] = sorted([*clicks, *said], key=lambda item: item.at)
        for item in items:
            if (today := self._day(item.at)) != day:
                day = today
                yield from ("", f"#### {day}")
            yield ""
            if isinstance(item, Pressed):
                yield f"*{_escaped(clicked(self._voice, item))}*"
            else:
                yield from self._message(item, day)


def clicked(voice: Voice, pressed: Pressed) -> str:
    """A click in words. What a pulse was answered is told to nobody, here no more than elsewhere."""
    if pressed.choice.does == "pulse.answer":
        return voice.text("rehearsal-clicked-sealed", name=pressed.name)
    return voice.text("rehearsal-clicked", name=pressed.name, label=pressed.choice.label)


def markdown(blocks: Iterable[Block]) -> Iterator[str]:
    """Blocks as lines of Markdown; nothing typed by a member is markup."""
    for position, block in enumerate(blocks):
        if position:
            yield ""
        match block:
            case Heading(line):
                yield f"**{_inline(line, strong=False)}**"
            case Paragraph(line):
                yield _inline(line)
            case Bullets(items):
                yield from (f"- {_inline(item)}" for item in items)
            case Quote(text):
                yield from (f"> {line}".rstrip() for line in _kept_apart(text))
            case Choices(choices):
                yield " ".join(f"**\\[{_escaped(c.label)}\\]**" for c in choices)
            case File():
                yield f"📎 {_escaped(block.name)}"


def _kept_apart(text: str) -> Iterator[str]:
    """What was typed on several lines stays on several lines."""
    *lines, last = _escaped(text).split("\n")
    yield from (f"{line}\\" if line else "" for line in lines)
    yield last


def _inline(line: Line, *, strong: bool = True) -> str:
    return "".join(_part(part, strong) for part in line).replace("\n", "<br>")


def _part(part: Inline, strong: bool) -> str:
    match part:
        case Strong(text) | Mention(_, text):
            return f"**{_escaped(text)}**" if strong else _escaped(text)
        case Code(text):
            return f"`{text}`" if "`" not in text else _escaped(text)
        case Link(url, text):
            return f"[{_escaped(text)}](<{url}>)"
        case _:
            return _escaped(part.text)


def _escaped(text: str) -> str:
    marked = _MARKUP.sub(r"\\\1", text.replace("&", "&amp;"))
    return _LIST.sub(r"\1\\\2\3", marked)
