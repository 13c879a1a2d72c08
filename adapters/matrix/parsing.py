"""Reading the server's answers, whatever a stranger wrote into one event of them.

One event must not make the whole answer unreadable, or nothing would ever be heard again: it would come first at every
new question.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from math import isfinite
from typing import Any

import orjson

# What any event of use goes down to, several times over. Beyond some hundreds no reader of JSON follows.
DEEPEST = 100
LONGEST_NUMBER = 400
# Up to the next bracket, over strings as a whole, be they cut off: no bracket within one is one of the structure.
_BRACKETS = re.compile(rb'(?:[^"\[{\]}]++|"(?:[^"\\]++|\\.)*+(?:"|\\?\Z))*+([\[{\]}]|\Z)', re.DOTALL)


def parsed(raw: bytes) -> Any:
    """Raises ValueError where it is no JSON even so."""
    with suppress(ValueError):
        return orjson.loads(raw)  # a large answer holds up all else for a third of the time
    try:
        return json.loads(raw, parse_constant=_nothing, parse_float=_finite)
    except (ValueError, RecursionError):
        text = b"".join(_shallow(raw)).decode(errors="replace")
        return json.loads(text, parse_constant=_nothing, parse_float=_finite, parse_int=_number, strict=False)


def _shallow(raw: bytes) -> Iterator[bytes]:
    """The same with nothing where it goes too deep."""
    depth = copied = 0
    for bracket in _BRACKETS.finditer(raw):
        if bracket[1] in (b"[", b"{"):
            depth += 1
            if depth == DEEPEST + 1:
                yield raw[copied : bracket.start(1)]
        elif bracket[1]:
            depth -= 1
            if depth == DEEPEST:
                yield b"null"
                copied = bracket.end()
    # Cut off within the depths, the rest would not be read either.
    yield raw[copied:]


def _number(digits: str) -> int | None:
    return int(digits) if len(digits) <= LONGEST_NUMBER else None


def _finite(digits: str) -> float | None:
    number = float(digits)
    return number if isfinite(number) else None


def _nothing(_: str) -> None:
    """What some writers write for numbers that are none. What is kept in JSON could not be asked any more."""
