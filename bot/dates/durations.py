"""How long: durations as people type them."""

import re
from datetime import timedelta

from bot.chat.language import Language
from bot.dates.problems import DurationNotUnderstood, DurationOutOfBounds
from bot.dates.words import canonical, plain

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(hours=24)
SHORTEST_SPAN = timedelta(hours=1)
LONGEST_SPAN = timedelta(days=30)

_LONGEST_TEXT = 100
_HALF_HOUR = re.compile(r"(?:1 )?half (?:1 |an )?h")
_QUARTERS = re.compile(r"(?:(\d) )?quarter (?:of |d )?(?:1 |an )?h")
_HOURS = re.compile(
    r"(?P<hours>\d{1,3}(?:\.\d{1,2})?) h(?: (?:and )?(?:1 )?(?P<part>half|quarter)"
    r"| (?:and )?(?P<minutes>\d{1,2})(?: minute| m)?"
    r"| (?:and )?(?P<three>3) quarter)?"
)
_HALVES = re.compile(r"(?P<hours>\d{1,2}) and (?:1 )?half h")
_MINUTES = re.compile(r"(\d{1,4}) (?:minute|m)")
_COLON = re.compile(r"(\d{1,2}):(\d{2})")
_DAYS = re.compile(r"(\d{1,3}) (day|week|fortnight|month)")
_DAYS_IN = {"day": 1, "week": 7, "fortnight": 14, "month": 30}


def read_duration(text: str, *, language: Language) -> timedelta:
    """The duration meant: "1 h 30", "90 min", "une heure et demie", "1.5 hours", "an hour".

    Raises DurationNotUnderstood, also for a bare number, which says no unit; DurationOutOfBounds (one of the
    same) below 5 minutes or above 24 hours.
    """
    minutes = minutes_in(text, language)
    if minutes is None:
        raise DurationNotUnderstood(text)
    duration = timedelta(minutes=minutes)
    if not SHORTEST <= duration <= LONGEST:
        raise DurationOutOfBounds(text, duration)
    return duration


def read_span(text: str, *, language: Language) -> timedelta:
    """How long something stays open: "3 jours", "two weeks", "48 h".

    Raises DurationNotUnderstood; DurationOutOfBounds (one of the same) below 1 hour or above 30 days.
    """
    line = re.sub(r"^(?:pour|for|during|pendant) ", "", plain(text[: _LONGEST_TEXT + 1]))
    found = _DAYS.fullmatch(canonical(line, language))
    minutes = int(found[1]) * _DAYS_IN[found[2]] * 24 * 60 if found else minutes_in(text, language)
    if minutes is None:
        raise DurationNotUnderstood(text)
    span = timedelta(minutes=minutes)
    if not SHORTEST_SPAN <= span <= LONGEST_SPAN:
        raise DurationOutOfBounds(text, span)
    return span


def is_span(text: str) -> bool:
    """Whether it reads as a length of time in either language, however long or short."""
    for language in ("fr", "en"):
        try:
            read_span(text, language=language)
        except DurationOutOfBounds:
            return True
        except DurationNotUnderstood:
            continue
        return True
    return False


def minutes_in(text: str, language: Language) -> int | None:
    """The whole text as a number of minutes, however few or many; None when it is no duration."""
    if len(text) > _LONGEST_TEXT:
        return None
    # "1,5 heure" and "1.5 hours" are the same; a comma elsewhere is only punctuation.
    line = re.sub(r"(?<=\d),(?=\d)", ".", plain(re.sub(r"(?<=\d) ?½", ".5", text)))
    line = canonical(line, language).replace("-", " ")
    line = re.sub(r"^(?:pour|for|at|of|during|pendant) ", "", line)
    if _HALF_HOUR.fullmatch(line):
        return 30
    if found := _QUARTERS.fullmatch(line):
        return 15 * int(found[1] or 1)
    if found := _COLON.fullmatch(line):
        return int(found[1]) * 60 + int(found[2]) if int(found[2]) < 60 else None
    if found := _MINUTES.fullmatch(line):
        return int(found[1])
    if found := _HALVES.fullmatch(line):
        return int(found["hours"]) * 60 + 30
    line = re.sub(r"^h(?= and)", "1 h", line)
    if found := _HOURS.fullmatch(line):
        whole = round(float(found["hours"]) * 60)
        part = {"half": 30, "quarter": 15}.get(found["part"] or "", 0)
        return whole + part + (45 if found["three"] else int(found["minutes"] or 0))
    return None
