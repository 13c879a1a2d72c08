"""How people live in a community: what each kind of member does, and how readily."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Temperament:
    """Chances go from 0 to 1. `delay`: hours, at least and at most, before a private message is answered.

    `coming`: how readily they say yes, maybe, no to a session; what is missing to 1 is silence.
    `joins`, `leaves`, `returns`: weeks, from 1; 0 for never.
    """

    looks_a_day: float
    delay: tuple[float, float] = (0.5, 8)
    speaks: float = 0
    replies: float = 0
    reacts: float = 0
    breaks_ice: float = 0
    coming: tuple[float, float, float] = (0, 0, 0)
    pulse: float = 0
    comments: float = 0
    tells: float = 0
    declines: float = 0
    introduces: float = 0
    mistypes: float = 0
    joins: int = 1
    leaves: int = 0
    returns: int = 0
    closed: bool = False


_CHATTY = Temperament(
    looks_a_day=2.2,
    delay=(0.2, 4),
    speaks=0.5,
    replies=0.25,
    reacts=0.08,
    breaks_ice=0.85,
    coming=(0.7, 0.2, 0.05),
    pulse=0.8,
    comments=0.4,
    tells=0.35,
    declines=0.3,
    introduces=1,
)

TEMPERAMENTS: dict[str, Temperament] = {
    "reads_only": Temperament(looks_a_day=0.8, delay=(4, 40), coming=(0.12, 0.08, 0), pulse=0.25),
    "clicks": Temperament(
        looks_a_day=1.2,
        delay=(1, 12),
        reacts=0.06,
        coming=(0.55, 0.25, 0.15),
        pulse=0.85,
        declines=0.6,
        introduces=0.3,
    ),
    "answers_late": Temperament(
        looks_a_day=0.45,
        delay=(30, 70),
        speaks=0.1,
        replies=0.1,
        reacts=0.02,
        breaks_ice=0.5,
        coming=(0.5, 0.2, 0.1),
        pulse=0.4,
        comments=0.1,
        tells=0.25,
        declines=0.3,
        introduces=0.6,
    ),
    "tells_stories": Temperament(
        looks_a_day=1.5,
        delay=(2, 20),
        speaks=0.25,
        replies=0.2,
        reacts=0.04,
        breaks_ice=0.7,
        coming=(0.8, 0.1, 0.05),
        pulse=0.7,
        comments=0.25,
        tells=0.9,
        declines=0.1,
        introduces=0.9,
    ),
    "chatty": _CHATTY,
    "joins_in_week_5": Temperament(
        looks_a_day=1.8,
        delay=(0.5, 6),
        speaks=0.25,
        replies=0.2,
        reacts=0.1,
        breaks_ice=0.8,
        coming=(0.7, 0.2, 0),
        pulse=0.7,
        comments=0.2,
        tells=0.3,
        declines=0.3,
        introduces=1,
        joins=5,
    ),
    "leaves": Temperament(
        looks_a_day=0.7, delay=(5, 30), reacts=0.02, coming=(0.3, 0.2, 0.2), pulse=0.3, leaves=6
    ),
    "comes_back": Temperament(
        looks_a_day=1.2,
        delay=(1, 10),
        speaks=0.2,
        replies=0.1,
        reacts=0.04,
        breaks_ice=0.5,
        coming=(0.5, 0.2, 0.1),
        pulse=0.6,
        introduces=1,
        leaves=3,
        returns=7,
    ),
    "closed_direct_messages": Temperament(
        looks_a_day=1.3,
        speaks=0.15,
        replies=0.1,
        reacts=0.08,
        breaks_ice=0.6,
        coming=(0.6, 0.2, 0.1),
        pulse=0.7,
        closed=True,
    ),
    "mistypes": Temperament(
        looks_a_day=1.3,
        delay=(1, 10),
        speaks=0.1,
        replies=0.1,
        reacts=0.04,
        breaks_ice=0.6,
        coming=(0.6, 0.2, 0),
        pulse=0.7,
        comments=0.2,
        declines=0.5,
        introduces=0.5,
        mistypes=0.12,
    ),
}

FACILITATES = Temperament(
    looks_a_day=2.5,
    delay=(0.2, 3),
    speaks=0.2,
    replies=0.3,
    reacts=0.12,
    breaks_ice=0.3,
    pulse=0.5,
    coming=(1, 0, 0),
)
