"""A busy fortnight, and what ought to come of it, whatever happens to the process meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.app import FEATURES
from tests.journeys.a_season import ASK, FOUNDERS, SAY_NO, WHICH_DAY, day, first_day, first_week, second_week
from tests.journeys.kept import Kept
from tests.journeys.player import Player

# Ines facilitates too, and talks and asks all along.
PEOPLE = (*FOUNDERS, "Ines")
ENDS = day(18, 8)
# More than anybody is asked in these two weeks: what waits for room in a week is tested elsewhere.
MORE = """
[communities.attention]
per_week = 21
"""

# By the plan: when, and what. The hours are those of the rhythm, of the sessions planned and of who arrived.
WENT_OUT = (
    (day(4, 8, 23), "welcome.greet"), (day(4, 9), "icebreakers.weekly"), (day(6, 10), "pulse.open"),
    (day(7, 12), "stories.prompt"), (day(9, 10), "pulse.close"), (day(11, 9), "icebreakers.weekly"),
    (day(12, 9, 6), "welcome.greet"), (day(12, 12), "stories.prompt"), (day(13, 10, 2), "polls.close"),
    (day(13, 12), "sessions.reminder"), (day(13, 18), "stories.prompt"), (day(14, 11, 45), "sessions.antechamber"),
    (day(14, 12), "stories.prompt"), (day(14, 12), "stories.share"),
    (day(14, 13, 45), "sessions.attendance"), (day(14, 14, 30), "pulse.open"),
    (day(14, 14, 30), "sessions.announcement"), (day(17, 14, 30), "pulse.close"),
)  # fmt: skip
# Of what is said to all, by its first words: what comes of that plan, and of what was asked.
WITH_A_POLL = "Une question de l’animation."
TO_ALL = {
    "Bienvenue": 2, "Le brise-glace de la semaine": 2, "Rencontre\u00a0: ": 3, "L’antichambre": 1, "Le pouls": 2,
    "Résultats du sondage": 1, WITH_A_POLL: 1,
}  # fmt: skip
# As the members answered, told and clicked. Of sessions and pulses, the number.
ANSWERS = (
    (1, "Bo", "yes"), (1, "Cleo", "yes"), (1, "Dan", "no"), (1, "Eli", "maybe"), (1, "Fay", "yes"), (3, "Bo", "yes"),
)  # fmt: skip
STORIES = (1, "named", "Bo"), (1, "named", "Dan"), (1, "unnamed", ""), (1, "facilitator", "Eli")
PULSES_TAKEN = [
    *((1, who) for who in ("Ana", "Bo", "Cleo", "Dan", "Eli")),
    *((2, who) for who in ("Ana", "Bo", "Cleo", "Eli", "Fay")),
]


@dataclass(frozen=True)
class Said:
    """One message of Veillée's: where, what, when by the hour of the test, and what it answers."""

    place: str
    text: str
    at: datetime
    answers: str = ""


async def a_fortnight(p: Player) -> None:
    await first_day(p)
    await first_week(p)
    await second_week(p)
    await p.life.at(ENDS)


def nothing_twice(said: Iterable[Said]) -> None:
    """The hour stood still until all that it brought was done: what is said again is said at the same hour."""
    twice = [each for each, times in Counter(said).items() if times > 1]
    assert not twice, twice


def said_to_all(texts: Iterable[str]) -> None:
    heads = [text.lstrip("# ").partition("\n")[0].strip("*") for text in texts]
    assert {words: sum(head.startswith(words) for head in heads) for words in TO_ALL} == TO_ALL, heads


def as_lived(found: Kept) -> None:
    """What each did, and what the plan was."""
    by_itself = [row for row in found["what went out by itself"] if row[0] <= ENDS and not FEATURES.dues[row[1]].chore]
    alike("went out", by_itself, [(at.astimezone(UTC), kind, "done") for at, kind in WENT_OUT])
    assert [(s[1], *s[5:7]) for s in found["sessions"]] == [
        (SAY_NO, "planned", True), (ASK, "planned", True), ("Atelier d’écriture", "cancelled", True),
    ]  # fmt: skip
    alike("answers", [row[:3] for row in found["answers"]], ANSWERS)
    alike("attendance", [row[:2] for row in found["attendance"]], [(1, who) for who in ("Ana", "Bo", "Cleo", "Fay")])
    alike("stories", [row[:3] for row in found["stories"]], STORIES)
    assert found["still sealed"] == 0
    assert [(p[-3], p[-1]) for p in found["pulses"]] == [("closed", (0, 1, 1, 2, 1)), ("closed", (1, 0, 1, 1, 2))]
    alike("pulses taken", found["pulses taken"], PULSES_TAKEN)
    sentences = [text for _, text in found["sentences"]]
    alike("sentences", sentences, ["I learn a lot here", "Ça va vite", "Merci pour l’écoute"])
    alike("polls", [(p[1], p[5], p[6]) for p in found["polls"]], [(WHICH_DAY, "closed", (2, 1, 0))])
    alike("votes", [row[1:3] for row in found["votes"]], [("Bo", 0), ("Cleo", 0), ("Fay", 1)])
    alike("signatures", [row[0] for row in found["signatures"]], ["Bo", "Cleo"])
    assert len(found["icebreakers"]) == 3  # two weeks, and the antechamber
    assert found["failures"] == []
    alike("joins and leaves", [
        key[:2] for key in found["activity"].elements() if key[0] in ("join", "leave")
    ], [("join", "Fay"), ("join", "Gus"), ("join", "Hal"), ("leave", "Hal")])  # fmt: skip


def alike(what: str, found: Iterable[Any], wanted: Iterable[Any]) -> None:
    """Each as often as the other has it, in whichever order."""
    found, wanted = Counter(found), Counter(wanted)
    assert found == wanted, f"{what}: too many {found - wanted}, too few {wanted - found}"
