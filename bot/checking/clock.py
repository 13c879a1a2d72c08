"""The time: does this machine's clock agree with the platforms', and what does it show where communities are?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.chat.language import Language
from bot.config import Config
from bot.dates.saying import say_gap, say_instant
from bot.ports import Finding

# Seconds. A clock of this world is off by less than the first; by the second, things go out at another hour.
SOME, MUCH = 5.0, 60.0


def agreement(ahead: Iterable[tuple[str, float | None]], language: Language) -> list[Finding]:
    """`ahead`: of each server asked, by how many seconds this machine is before it; None where it did not say."""
    found = []
    for server, seconds in ahead:
        if seconds is None:
            continue
        if abs(seconds) <= SOME:
            found.append(Finding(True, "check-time", {"server": server}))
            continue
        gap = _gap(abs(seconds), language)
        said = "check-time-ahead" if seconds > 0 else "check-time-behind"
        found.append(Finding(False, said, {"server": server, "gap": gap}, optional=abs(seconds) <= MUCH))
    return found


def zones(config: Config, now: datetime, language: Language) -> list[Finding]:
    """Each clock once, for whoever knows what it should show."""
    named: dict[str, list[str]] = {}
    for community in config.communities:
        named.setdefault(community.zone, []).append(community.slug)
    return [
        Finding(
            True, "check-zone",
            {"community": ", ".join(slugs), "now": say_instant(now, zone=clock, language=language, now=now)},
        )
        for slugs, clock in ((slugs, next(c for c in config.communities if c.slug == slugs[0]).clock)
                             for slugs in named.values())
    ]  # fmt: skip


def _gap(seconds: float, language: Language) -> str:
    if seconds < 120:
        return f"{round(seconds)}\u00a0s"
    return say_gap(timedelta(seconds=seconds), language=language)
