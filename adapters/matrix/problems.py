"""What a homeserver says when it does not do what it was asked."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from typing import Any

from adapters.matrix.backoff import SHORTEST
from adapters.matrix.native import words
from bot.ports import NotNow, PlatformProblem, Refused, TryLater

_NO_TOKEN = {"M_UNKNOWN_TOKEN", "M_MISSING_TOKEN", "M_USER_LOCKED"}
WAIT_WHEN_LIMITED = 5.0
# Whatever it says: looking once an hour harms nobody.
LONGEST_WAIT = 3600


class Denied(Refused):
    """The server understood and said no."""

    def __init__(self, status: int, errcode: str) -> None:
        super().__init__(errcode or f"status {status}")
        self.status = status
        self.errcode = errcode


class NeedsPassword(Refused):
    """The server wants to hear the account's password first."""


class TokenRefused(Refused):
    """The account cannot be used any more: only a person can help."""


def problem(
    status: int, answer: Mapping[str, Any], headers: Mapping[str, str], readable: bool
) -> PlatformProblem:
    """What an answer means that is none."""
    errcode = _code(answer)
    if status == 429 or errcode == "M_LIMIT_EXCEEDED":
        return NotNow("asked to slow down", max(patience(answer, headers), SHORTEST))
    if errcode in _NO_TOKEN:
        return TokenRefused(errcode)
    if status == 413:
        return Denied(status, errcode or "M_TOO_LARGE")
    if status >= 500 or status < 400 or status == 408 or not readable or not errcode:
        return TryLater(f"status {status} {errcode}".strip())
    return Denied(status, errcode)


def _code(answer: Mapping[str, Any]) -> str:
    """It goes to the log: what is written otherwise than codes are may be anything."""
    said = words(answer.get("errcode"), 60)
    return said if not said or re.fullmatch(r"[A-Z0-9_.]+", said) else "M_OTHER"


def patience(answer: Mapping[str, Any], headers: Mapping[str, str]) -> float:
    """How long the server wants to be left alone. It may say so in two places."""
    said = answer.get("retry_after_ms")
    if isinstance(said, int | float) and not isinstance(said, bool) and said >= 0:
        return min(said / 1000, LONGEST_WAIT)
    with contextlib.suppress(ValueError):
        # A date stands there at times: then the usual wait.
        return float(min(max(int(headers.get("Retry-After", "")), 1), LONGEST_WAIT))
    return WAIT_WHEN_LIMITED
