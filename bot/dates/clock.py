"""The time of day inside a text already in the plain vocabulary of `bot.dates.words`."""

import re
from dataclasses import dataclass
from datetime import time

from bot.chat.language import Language
from bot.dates.words import MONTHS


@dataclass(frozen=True)
class Clock:
    """One reading of a time of day; `plus_days` is 1 when it belongs to the night after the day named."""

    at: time
    plus_days: int = 0


_MONTH = "|".join(MONTHS)
# Minutes must not be the day of a date that follows: "12 h 14 janvier", "12 h 14/01".
_NOT_A_DAY = rf"\b(?![/:.-]\d| (?:er |of )?(?:{_MONTH})\b| h\b)"
_PERIOD = re.compile(r"\b(morning|afternoon|evening|night)\b")
_PAST = re.compile(
    r"\b(half|quarter|\d{1,2})(?: minute)? (past|to) (\d{1,2}|noon|midnight)(?: oclock)?(?: (am|pm))?\b"
)
_TWELVE = re.compile(r"\b(\d{1,2})(?:[:.](\d{2})| h(?: (\d{2}))?)? ?(am|pm)\b")
_NAMED = re.compile(
    rf"\b(noon|midnight)\b(?: (and half|and quarter|less (?:le )?quarter|15|30|45){_NOT_A_DAY})?"
)
_HOURS = re.compile(
    r"(?<![\d:/.-])(\d{1,2}) h\b(?: (\d{1,2}" + _NOT_A_DAY + r")(?: minute)?"
    r"| and (half|quarter)\b| less (?:le )?(quarter|\d{1,2})\b)?"
)
_COLON = re.compile(r"(?<![\d:/.-])(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?![\d:])")
_OCLOCK = re.compile(r"\b(\d{1,2}) oclock\b")
_BARE = re.compile(rf"(?:\bat |(?<=today )|(?<=tomorrow ))(\d{{1,2}}){_NOT_A_DAY}")
_LAST_NUMBER = re.compile(r"(?<![\d/:.-])(\d{1,2})$")
_AFTER_MONTH = re.compile(rf"(?:{_MONTH}) \d{{1,2}}$")


def take_clocks(text: str, language: Language) -> tuple[tuple[Clock, ...] | None, str]:
    """Takes the time of day out of the text.

    Returns its readings and the text without it. There are several for "at 3", and for midnight, which both
    begins and ends a day; an empty tuple for an impossible time ("25 h"); None when no time is given.
    """
    found_period = _PERIOD.search(text)
    period = found_period[1] if found_period else None
    if found_period:
        text = _without(text, found_period)
    for pattern, read in (
        (_PAST, _past),
        (_TWELVE, _twelve),
        (_NAMED, _named),
        (_HOURS, _hours),
        (_COLON, _colon),
        (_OCLOCK, _bare),
        (_BARE, _bare),
    ):
        found = pattern.search(text)
        if found:
            return _in_period(read(found, language), period), _without(text, found)
    found = _LAST_NUMBER.search(text)
    if period and found and not _AFTER_MONTH.search(text):
        return _in_period(_bare(found, language), period), _without(text, found)
    return None, text


def _without(text: str, found: re.Match[str]) -> str:
    return " ".join((text[: found.start()] + " " + text[found.end() :]).split())


def _exact(hour: int, minute: int) -> tuple[Clock, ...]:
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        return ()
    return (Clock(time(0, 0), 1),) if hour == 24 else (Clock(time(hour, minute)),)


def _either_half(hour: int, minute: int) -> tuple[Clock, ...]:
    """Both halves of the day for an hour from 1 to 12; the hour itself otherwise."""
    if 1 <= hour <= 12:
        return _exact(hour % 12, minute) + _exact(hour % 12 + 12, minute)
    return _exact(hour, minute)


def _with_half(hour: int, minute: int, half: str) -> tuple[Clock, ...]:
    if hour > 12:
        return _exact(hour, minute) if half == "pm" else ()
    return _exact(hour % 12 + (12 if half == "pm" else 0), minute) if hour else ()


def _past(found: re.Match[str], language: Language) -> tuple[Clock, ...]:
    minutes = {"half": 30, "quarter": 15}.get(found[1]) or int(found[1])
    hour = {"noon": 12, "midnight": 0}.get(found[3])
    exact = hour is not None
    hour = int(found[3]) if hour is None else hour
    if not 1 <= minutes <= 59 or hour > 24:
        return ()
    if found[2] == "to":
        hour, minutes = (hour - 1) % 24, 60 - minutes
    if not exact and not found[4] and found[2] == "to" and hour == 0:
        hour = 12  # ten to one is said of either half of the day
    if found[4]:
        return _with_half(hour or 12, minutes, found[4])
    return _exact(hour, minutes) if exact else _either_half(hour, minutes)


def _twelve(found: re.Match[str], language: Language) -> tuple[Clock, ...]:
    return _with_half(int(found[1]), int(found[2] or found[3] or 0), found[4])


def _named(found: re.Match[str], language: Language) -> tuple[Clock, ...]:
    extra = found[2] or ""
    if extra.startswith("less"):
        return _exact(11, 45) if found[1] == "noon" else (Clock(time(23, 45)),)
    minute = 30 if extra.endswith("half") else 15 if extra.endswith("quarter") else int(extra or 0)
    if found[1] == "noon":
        return _exact(12, minute)
    return (Clock(time(0, minute)), Clock(time(0, minute), 1))


def _hours(found: re.Match[str], language: Language) -> tuple[Clock, ...]:
    hour = int(found[1])
    if hour > 24:
        return ()
    if found[4]:
        before = 15 if found[4] == "quarter" else int(found[4])
        return _exact((hour - 1) % 24, 60 - before) if 1 <= before <= 59 else ()
    minute = {"half": 30, "quarter": 15}.get(found[3] or "", int(found[2] or 0))
    return _exact(hour, minute)


def _colon(found: re.Match[str], language: Language) -> tuple[Clock, ...]:
    hour, minute = int(found[1]), int(found[2])
    # "9:30" in English may be the evening. Two figures ("09:30", "12:00") are the 24-hour clock we write.
    if language == "en" and len(found[1]) == 1 and hour:
        return _either_half(hour, minute)
    return _exact(hour, minute)


def _bare(found: re.Match[str], language: Language) -> tuple[Clock, ...]:
    return _either_half(int(found[1]), 0)


def _in_period(clocks: tuple[Clock, ...], period: str | None) -> tuple[Clock, ...]:
    """The readings as the part of the day settles them: "8 h du soir" is 20:00."""
    if period is None:
        return clocks
    settled: list[Clock] = []
    for clock in clocks:
        for each in _settled(clock, period):
            if each not in settled:
                settled.append(each)
    return tuple(settled)


def _settled(clock: Clock, period: str) -> tuple[Clock, ...]:
    hour = clock.at.hour
    later = (Clock(clock.at.replace(hour=hour + 12)),) if hour < 12 else ()
    if period == "morning":
        return (clock,) if hour < 12 and not clock.plus_days else ()
    if period == "afternoon":
        return (clock,) if 12 <= hour < 19 else later if 1 <= hour < 7 else ()
    if clock.plus_days:
        return (clock,)
    if hour >= 17:
        return (clock,)
    if 4 <= hour < 12:
        return later
    # Past midnight, the evening or night is still that of the day before; "12" is midnight then.
    return (Clock(clock.at.replace(hour=hour % 12), 1),) if hour in (0, 1, 2, 3, 12) else ()
