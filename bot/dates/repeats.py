"""How often a session comes back, as people type it: "toutes les 2 semaines, 4 fois", "weekly x6"."""

import re
from dataclasses import dataclass

from bot.chat.language import Language
from bot.dates.words import canonical
from bot.text import folded

MOST_TIMES = 26
MOST_WEEKS = 12

_LONGEST_TEXT = 100
_ONCE = re.compile(r"(?:non|no|once|(?:1 )?seule fois|(?:only )?1 (?:seule )?(?:fois|times?)|just once)")
_EVERY = re.compile(
    r"\b(?:(?:a|at )?(?:toutes|tous|aux|au|every|chaque|each)(?: les)? (?:(?P<other>other|second) )?"
    r"(?:(?P<count>\d{1,3}) )?(?P<unit>week|fortnight|day)s?|(?P<weekly>weekly|hebdomadaires?|hebdo))\b"
)
_TIMES = re.compile(
    r"\b(?:x ?(?P<after>\d{1,3})|(?P<before>\d{1,3}) ?(?:fois|times?|x|rencontres?|sessions?))(?!\w)"
)
_STRAY = frozenset(["en", "tout", "pour", "for", "and", "at", "of", "a", "in", "total", "le", "the"])


@dataclass(frozen=True, slots=True)
class Repeat:
    """`count` sessions, `every_weeks` weeks apart; a single one has 0 weeks."""

    every_weeks: int
    count: int


class RepeatNotUnderstood(ValueError):
    """It does not say how many weeks apart and how many times, or says something more."""


class RepeatOutOfBounds(RepeatNotUnderstood):
    """It is clear, but more than MOST_TIMES times, more than MOST_WEEKS weeks apart, or none at all."""


def read_repeat(text: str, *, language: Language) -> Repeat:
    """The series meant. Weeks only: "chaque mois" falls on a date or on a weekday, and does not say which.

    Raises RepeatNotUnderstood.
    """
    if len(text) > _LONGEST_TEXT:
        raise RepeatNotUnderstood(text)
    line = re.sub(r"[^\w ]", " ", folded(canonical(text.replace("×", " x "), language)))
    line = " ".join(line.split())
    if _ONCE.fullmatch(line):
        return Repeat(0, 1)
    every = list(_EVERY.finditer(line))
    line = _EVERY.sub(" ", line)
    times = list(_TIMES.finditer(line))
    line = _TIMES.sub(" ", line)
    if len(every) != 1 or len(times) != 1 or any(word not in _STRAY for word in line.split()):
        raise RepeatNotUnderstood(text)
    weeks = _weeks(every[0])
    count = int(times[0]["after"] or times[0]["before"])
    if weeks is None:
        raise RepeatNotUnderstood(text)
    if count == 1:
        return Repeat(0, 1)
    if not (1 <= weeks <= MOST_WEEKS and 2 <= count <= MOST_TIMES):
        raise RepeatOutOfBounds(text)
    return Repeat(weeks, count)


def _weeks(found: re.Match[str]) -> int | None:
    if found["weekly"]:
        return 1
    count = int(found["count"]) if found["count"] else 2 if found["other"] else 1
    match found["unit"]:
        case "week":
            return count
        case "fortnight":
            return 2 * count
        case _:  # days: "tous les 15 jours" is how French says every two weeks
            return 2 if count == 15 else count // 7 if count and count % 7 == 0 else None
