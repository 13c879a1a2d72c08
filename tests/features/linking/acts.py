"""What is done in most tests of linking. Bo is Robert on the other side."""

from __future__ import annotations

from datetime import timedelta

from bot.evaluation.measures import Evaluation, evaluate
from bot.model.community import Community, Person
from tests.features.both import SAY_NO
from tests.stage import START, Stage

UNKNOWN = "Ce code ne me dit rien"


async def the_one(s: Stage) -> Person:
    """Bo, who is Robert on the other side. There is one row of them."""
    [found] = [p for p in await s.kept(Person) if p.external in ("bo", "bo77")]
    return found


async def measured(s: Stage, until: timedelta = timedelta(days=7)) -> Evaluation:
    async with s.store.unit() as unit:
        community = await unit.one(Community, slug="cercle")
        assert community is not None
        return await evaluate(unit, community, START, START + until, START + until)


async def planned(here: Stage) -> None:
    await here.say("ana", SAY_NO)
    await here.press("ana", "Annoncer")
