"""Text as anyone typed it, made fit to be sent; its length as Discord counts it; cutting between characters."""

from __future__ import annotations

import re
import unicodedata

# Invisible where it stands, and never part of what was typed: it keeps apart what would run together.
JOINER = "\u2060"
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# What turns the reading order of a line around, beyond the words it stands in; and what cannot be seen at all.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u2060\ufeff\ufff9-\ufffb]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Seen as nothing though they count as letters, signs or marks.
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_GAPS = re.compile("[ \t\n]+")
_MARKS = ("Mn", "Me")
# As many as any script piles up on one letter. More cover the lines above and below.
MOST_MARKS = 5
# Characters among which there are none: nearly all that is said here.
_UNMARKED = re.compile("[\x00-\u02ff\u2000-\u20cf]*")
_LONGEST_CLUSTER = 64
# Vowels of Thai and Lao that count as letters, and cannot stand alone.
_VOWELS = "\u0e33\u0eb3"


def shown(text: str) -> str:
    """The text as it can be sent: it stays on its own lines, and what cannot be printed is marked."""
    if text.isascii() and text.isprintable():
        return text
    text = _TURNING.sub("", _BREAKS.sub("\n", text))
    return _few_marks(_UNPRINTABLE.sub("\ufffd", text))


def _few_marks(text: str) -> str:
    if _UNMARKED.fullmatch(text):
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        category = "" if character.isascii() else unicodedata.category(character)
        if category in _MARKS:
            marks += 1
        elif category != "Cf":  # invisible joiners begin no new letter
            marks = 0
        if marks <= MOST_MARKS or category not in _MARKS:
            kept.append(character)
    return "".join(kept)


def one_line(text: str) -> str:
    """Spaces that hold words together are kept."""
    return _GAPS.sub(" ", shown(text)).strip()


def blank(text: str) -> bool:
    """Whether nothing can be seen of it."""
    return all(c in _UNSEEN or unicodedata.category(c)[0] in "ZCM" for c in text)


def units(text: str) -> int:
    """Its length in UTF-16 code units. Discord's API counts code points, its apps these: never fewer."""
    return len(text) + sum(c > "\uffff" for c in text)


def shortened(text: str, most: int) -> str:
    """The text, its end left out where it is longer than that."""
    if units(text) <= most:
        return text
    return text[: between(text, _reach(text, most - 1))].rstrip() + "…"


def _reach(text: str, most: int) -> int:
    """How many characters take that many units."""
    taken = 0
    for position, character in enumerate(text):
        taken += units(character)
        if taken > most:
            return position
    return len(text)


def between(text: str, at: int) -> int:
    """The last place up to `at` that is between two characters as people see them; `at` where there is none."""
    place = at
    while place > 0 and at - place < _LONGEST_CLUSTER and _together(text, place):
        place -= 1
    return at if place <= 0 or _together(text, place) else place


def _together(text: str, at: int) -> bool:
    """A letter and its accents, an emoji and its parts, the two letters of a flag."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if right.isascii():
        return False
    if "\u200d" in (left, right) or "\U0001f3fb" <= right <= "\U0001f3ff" or "\U000e0020" <= right <= "\U000e007f":
        return True
    if _is_flag(left) and _is_flag(right):
        start = at
        while start > 0 and _is_flag(text[start - 1]):
            start -= 1
        return (at - start) % 2 == 1
    return unicodedata.category(right)[0] == "M" or "\u1160" <= right <= "\u11ff" or right in _VOWELS


def _is_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
