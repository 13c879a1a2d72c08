"""How Veillée speaks: Fluent messages, in the reader's language and form of address.

French says *tu* unless the community chose *vous*: `locales/fr-vous` holds the sentences that then differ.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import Resource

from bot.chat.content import Code, Inline, Line, Link, Mention, Strong, Text, When, plain
from bot.chat.language import Language
from bot.dates.saying import say_day, say_duration, say_gap, say_instant, say_time

LOCALES = Path(__file__).parent / "locales"
Address = Literal["tu", "vous"]
INLINES = (Text, Strong, Code, Mention, When, Link)

# Private-use characters stand for what is put into a sentence while Fluent forms it, so that nothing a
# member typed is ever read as part of the sentence.
_HOLE = re.compile("\ue000(\\d+)\ue001")


class WordsMissing(LookupError):
    """A sentence is missing, or could not be formed from what was given."""


@cache
def _bundle(language: Language, address: Address) -> FluentBundle:
    """English says "you" alike to all: it is read once. So is what French says alike."""
    if (language, address) == ("en", "vous"):
        return _bundle("en", "tu")
    folders = [LOCALES / language] + ([LOCALES / "fr-vous"] if (language, address) == ("fr", "vous") else [])
    bundle = FluentBundle(["fr-CA" if language == "fr" else "en-CA"], use_isolating=False)
    for folder in folders:
        for resource in _resources(folder):
            bundle.add_resource(resource, allow_overrides=folder is not folders[0])
    return bundle


@cache
def _resources(folder: Path) -> list[Resource]:
    return [FluentResource(file.read_text("utf-8")) for file in sorted(folder.glob("*.ftl"))]


@dataclass(frozen=True, slots=True)
class Voice:
    """The way to speak to one reader."""

    language: Language
    address: Address
    zone: ZoneInfo
    now: datetime

    def say(self, id: str, **variables: Any) -> Line:
        """The sentence, with `variables` in it: inlines, lines of inlines, text typed by people, numbers.

        Raises WordsMissing.
        """
        held: list[Line] = []

        def hold(value: Any) -> Any:
            match value:
                case int() | float():
                    return value
                case str():
                    line: Line = (Text(value),)
                case tuple():
                    line = value
                case _ if isinstance(value, INLINES):
                    line = (value,)
                case _:
                    raise WordsMissing(f"{id}: cannot say a {type(value).__name__}")
            held.append(line)
            return f"\ue000{len(held) - 1}\ue001"

        formed = self._form(id, {name: hold(value) for name, value in variables.items()})
        parts: list[Inline] = []
        for position, piece in enumerate(_HOLE.split(formed)):
            if position % 2:
                parts.extend(held[int(piece)])
            elif piece:
                parts.append(Text(piece))
        return tuple(parts)

    def text(self, id: str, **variables: Any) -> str:
        """The same as bare words."""
        return plain(self.say(id, **variables))

    def knows(self, id: str) -> bool:
        return bool(_bundle(self.language, self.address).has_message(id))

    def _form(self, id: str, variables: dict[str, Any]) -> str:
        bundle = _bundle(self.language, self.address)
        name, _, attribute = id.partition(".")
        if not bundle.has_message(name):
            raise WordsMissing(f"{self.language}: no sentence {id!r}")
        found = bundle.get_message(name)
        pattern = found.attributes.get(attribute) if attribute else found.value
        if pattern is None:
            raise WordsMissing(f"{self.language}: no sentence {id!r}")
        formed, errors = bundle.format_pattern(pattern, variables)
        if errors:
            raise WordsMissing(f"{self.language}: {id!r}: {errors[0]}")
        return str(formed)

    def when(self, instant: datetime) -> When:
        """An instant in full: "jeudi 14 janvier à 12 h (heure de Montréal)"."""
        return When(instant, say_instant(instant, zone=self.zone, language=self.language, now=self.now))

    def at(self, instant: datetime) -> When:
        """An instant of a day that was said already: "12 h"."""
        return When(instant, self.time(instant), "time")

    def day(self, instant: datetime) -> str:
        return say_day(instant, zone=self.zone, language=self.language, now=self.now)

    def time(self, instant: datetime) -> str:
        return say_time(instant, zone=self.zone, language=self.language)

    def duration(self, minutes: int) -> str:
        return say_duration(timedelta(minutes=minutes), language=self.language)

    def gap(self, gap: timedelta) -> str:
        return say_gap(gap, language=self.language)

    def listed(self, items: Sequence[Line | Inline | str], *, last: Literal["and", "or"] = "and") -> Line:
        """Items one after another, the last after "and" or "or"."""
        lines: list[Line] = [
            (Text(i),) if isinstance(i, str) else i if isinstance(i, tuple) else (i,) for i in items
        ]
        if len(lines) < 2:
            return lines[0] if lines else ()
        between: Line = (Text(", "),)
        joined: Line = lines[0]
        for line in lines[1:-1]:
            joined = joined + between + line
        word = {"and": "et", "or": "ou"}[last] if self.language == "fr" else last
        return joined + (Text(f" {word} "),) + lines[-1]
