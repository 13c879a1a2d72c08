"""Whoever is not understood is told so, and again, but not two hundred times: others read there too."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto

MOST = 10
WITHIN = timedelta(minutes=1)
SILENT = timedelta(minutes=5)
_REMEMBERED = 1000


class Answer(Enum):
    PROBLEM = auto()
    """What is in the way, as ever."""
    ENOUGH = auto()
    """That no such answers come for a while."""
    NONE = auto()


@dataclass(slots=True)
class _Heard:
    times: list[datetime] = field(default_factory=list)
    silent_until: datetime | None = None


class Patience:
    """In memory: a restart forgives."""

    def __init__(self) -> None:
        self._heard: OrderedDict[tuple[str, str], _Heard] = OrderedDict()

    def misunderstood(self, platform: str, person: str, now: datetime) -> Answer:
        """Something of theirs could not be done: how to answer. `now`: when they asked, for what waited an hour for us
        is handled in one moment."""
        heard = self._heard.setdefault((platform, person), _Heard())
        self._heard.move_to_end((platform, person))
        while len(self._heard) > _REMEMBERED:
            self._heard.popitem(last=False)
        if heard.silent_until is not None and now < heard.silent_until:
            return Answer.NONE
        heard.times = [*(at for at in heard.times if now - at < WITHIN), now]
        if len(heard.times) <= MOST:
            return Answer.PROBLEM
        heard.times, heard.silent_until = [], now + SILENT
        return Answer.ENOUGH
