"""From what was typed to a command: its words in either language, what follows, the nearest if mistyped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from bot.dates.durations import is_span
from bot.feature import Command, Features, Field
from bot.text import folded


@dataclass(frozen=True, slots=True)
class Call:
    command: Command
    values: tuple[str, ...]
    """What was typed for each field, in order; fewer than the fields when the rest is to be asked."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """`nearest`: ids of commands that look like it, the likeliest first."""

    typed: str
    nearest: tuple[str, ...]


# No command is nearly as long. What is compared with all of them is short: a word may be of 60,000 letters.
_LONGEST = 100

_folded = lru_cache(folded)


def after_prefix(text: str, prefix: str) -> str | None:
    """What follows the prefix, or None where the text does not begin with it."""
    head, _, rest = text.strip().partition(" ")
    if folded(head) == folded(prefix):
        return rest.strip()
    # An arm's length between the prefix and a line break, or a prefix of several words.
    if folded(text).startswith(folded(prefix) + " "):
        return text.strip()[len(prefix) :].strip()
    return None


def calls(text: str, prefix: str) -> bool:
    """Whether the text begins with the prefix, or is the prefix alone. Most of what is said does not: one letter
    tells."""
    wanted, first = _folded(prefix), folded(text.lstrip()[:1])
    if wanted and first and first[0] != wanted[0]:
        return False
    return after_prefix(text, prefix) is not None or folded(text) == wanted


def find(typed: str, features: Features) -> Call | Unknown:
    """The command with the most words that the text begins with."""
    words = typed.split()
    taught = {folded(w): c for c in features.commands.values() for w in (*c.en, *c.fr)}
    longest = max((len(w.split()) for w in taught), default=0)
    for count in range(min(longest, len(words)), 0, -1):
        command = taught.get(folded(" ".join(words[:count])))
        if command:
            return Call(command, _values(_rest(typed, count), command.fields))
    return Unknown(typed, _nearest(words, taught))


def _rest(typed: str, count: int) -> str:
    """The text without its first words, its own spacing and lines kept."""
    for _ in range(count):
        typed = typed.lstrip()
        cut = next((i for i, c in enumerate(typed) if c.isspace()), len(typed))
        typed = typed[cut:]
    return typed.strip()


def _values(rest: str, fields: Sequence[Field]) -> tuple[str, ...]:
    """Fields are separated by a bar or a line break; a lone field takes all that follows."""
    if not rest or not fields:
        return ()
    if len(fields) == 1:
        return (rest,)
    pieces = rest.split("|") if "|" in rest else rest.split("\n")
    pieces = [p.strip() for p in pieces]
    kinds = [field.kind for field in fields]
    if "choices" in kinds:
        return _with_choices(pieces, kinds.index("choices"))
    # What is left over belongs to the last field.
    last = len(fields) - 1
    return (*pieces[:last], " ".join(pieces[last:])) if len(pieces) > last else tuple(pieces)


def _with_choices(pieces: Sequence[str], at: int) -> tuple[str, ...]:
    """What there is to choose from may be separated as the fields are: all that follows belongs to it, but for how
    long it lasts, at the end. A length of time among others is one more to choose from."""
    before, rest = pieces[:at], list(pieces[at:])
    lasts = len(rest) == 2 and any(mark in rest[0] for mark in ",;")
    lasts |= len(rest) > 1 and is_span(rest[-1]) and not any(is_span(piece) for piece in rest[:-1])
    after = [rest.pop()] if lasts else []
    return (*before, "\n".join(rest), *after) if rest else tuple(before)


def _nearest(words: list[str], taught: dict[str, Command]) -> tuple[str, ...]:
    found: list[str] = []
    words = [word[:_LONGEST] for word in words[:3]]
    for count in (3, 2, 1):
        for match in get_close_matches(folded(" ".join(words[:count])), taught, n=2, cutoff=0.6):
            if taught[match].id not in found:
                found.append(taught[match].id)
    if not found and words:  # "rencontre" alone: what begins with it
        first = folded(words[0]) + " "
        found = list(dict.fromkeys(c.id for w, c in taught.items() if w.startswith(first)))
    return tuple(found[:2])
