"""What can go wrong when a date, a time or a duration is read.

The messages here are for logs and tests; what people are told is written per language in the locales.
"""

from datetime import date, datetime, timedelta


class DateProblem(ValueError):
    """Any reason why what was typed cannot be used as it stands."""


class DateNotUnderstood(DateProblem):
    """Nothing in the text reads as a date or a time, or a part of it does not."""

    def __init__(self, text: str) -> None:
        super().__init__(f"not understood as a date: {text!r}")
        self.text = text


class DateInThePast(DateProblem):
    """The text is clear, but the moment has gone by. `instant` is that moment."""

    def __init__(self, instant: datetime) -> None:
        super().__init__(f"in the past: {instant.isoformat()}")
        self.instant = instant


class DateAmbiguous(DateProblem):
    """Two or more readings are sensible; the person must choose.

    `candidates` are in order of time. When `time_known` is false no time was typed either: the candidates
    are the days, each at its first minute, and the time is still to be asked.
    """

    def __init__(self, candidates: tuple[datetime, ...], *, time_known: bool = True) -> None:
        super().__init__("several readings: " + ", ".join(each.isoformat() for each in candidates))
        self.candidates = candidates
        self.time_known = time_known


class DateDoesNotExist(DateProblem):
    """The wall time is skipped when clocks go forward that day.

    `wall` is what was asked (no zone); `suggestion` is the instant that many minutes after the clocks moved
    (02:30 in a gap of one hour becomes 03:30).
    """

    def __init__(self, wall: datetime, suggestion: datetime) -> None:
        super().__init__(f"no such wall time: {wall.isoformat()}")
        self.wall = wall
        self.suggestion = suggestion


class TimeMissing(DateProblem):
    """The day is clear and no time was given."""

    def __init__(self, day: date) -> None:
        super().__init__(f"no time given for {day.isoformat()}")
        self.day = day


class DurationNotUnderstood(DateProblem):
    """The text does not read as a duration that can be used."""

    def __init__(self, text: str) -> None:
        super().__init__(f"not understood as a duration: {text!r}")
        self.text = text


class DurationOutOfBounds(DurationNotUnderstood):
    """The duration is clear, but shorter than `SHORTEST` or longer than `LONGEST`."""

    def __init__(self, text: str, duration: timedelta) -> None:
        super().__init__(text)
        self.duration = duration
