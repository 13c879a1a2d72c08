"""What there is to choose from, as people type it: one a line, or with something between."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.errors import Problem
from bot.text import folded

FEWEST, MOST = 2, 10
# As much as a platform's own polls take.
LONGEST = 55
# Whoever writes one a line may use commas within; and so on.
_BETWEEN = ("\n", "|", ";", ",")
_BULLET = re.compile(r"^[-–—•*·]\s+")
# What joins emojis, and has no shape of its own.
_JOINERS = "\u200d\ufe0f"


def read_options(typed: str) -> tuple[str, ...]:
    """Raises Problem."""
    between = next((mark for mark in _BETWEEN if mark in typed), "\n")
    options = list(_shown(typed.split(between)))
    if not options:
        raise Problem("problem-no-words")
    if len(options) < FEWEST:
        raise Problem("problem-options-few", option=options[0], most=MOST)
    if len(options) > MOST:
        raise Problem("problem-options-many", count=len(options), most=MOST)
    seen: set[str] = set()
    for option in options:
        if len(option) > LONGEST:
            raise Problem("problem-options-long", option=option, length=len(option), most=LONGEST)
        # What is made of signs alone has nothing to fold.
        same = folded(option) or option
        if same in seen:
            raise Problem("problem-options-twice", option=option)
        seen.add(same)
    return tuple(options)


def _shown(pieces: list[str]) -> Iterator[str]:
    """Each on one line, without what is not to be seen; those with nothing in them left out."""
    for piece in pieces:
        line = _BULLET.sub("", " ".join(piece.split()))
        line = "".join(c for c in line if c.isprintable() or c in _JOINERS).strip()
        if any(unicodedata.category(c)[0] in "LNPS" for c in line):
            yield line
