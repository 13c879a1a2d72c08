"""Whatever happens to a rhythm, in whatever order, what is promised of it holds after every step."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from bot.model.rhythm import Due
from bot.model.settings import WEEKDAYS
from tests.properties.rhythm_world import World, utc
from tests.properties.test_a_year_of_rhythm import ZONES
from tests.stage import stage

STARTS = [utc(2027, 1, 4, 15), utc(2027, 3, 10, 15), utc(2027, 10, 29, 15), utc(2028, 2, 25, 15), utc(2027, 4, 1, 1)]
HOURS = ["00:00", "02:30", "09:00", "12:00", "20:55", "23:30"]
QUIET = [("21:00", "08:00"), ("00:00", "00:00"), ("23:00", "02:30"), ("12:00", "13:00")]
HOLIDAYS = [
    {}, {"country": "CA", "subdivision": "QC"}, {"country": "FR"}, {"days": ["2027-01-11/2027-01-24", "2027-03-14"]},
]  # fmt: skip


class Rhythm(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.entered = AsyncExitStack()
        self.folder = TemporaryDirectory()
        self.world: World | None = None

    def teardown(self) -> None:
        self.runner.run(self.entered.aclose())
        self.runner.close()
        self.folder.cleanup()

    @initialize(
        start=st.sampled_from(STARTS), zone=st.sampled_from(ZONES), at=st.sampled_from(HOURS),
        quiet=st.sampled_from(QUIET), off=st.sampled_from(HOLIDAYS),
    )  # fmt: skip
    def begin(self, start: Any, zone: str, at: str, quiet: tuple[str, str], off: dict[str, Any]) -> None:
        async def begun() -> World:
            folder = Path(self.folder.name)
            s = await self.entered.enter_async_context(
                stage(
                    folder, start=start, zone=zone, quiet_hours={"start": quiet[0], "end": quiet[1]}, holidays=off,
                    icebreakers={"day": "monday", "at": at}, pulse={"day": "wednesday", "at": at, "every": 1},
                    stories={"days": (2,)},
                )
            )  # fmt: skip
            for number in range(3):
                await s.platform.join(f"p{number}", f"P{number}", "hall")
            await s.app.settle()
            return World(s, folder)

        self.world = self.runner.run(begun())

    def step(self, doing: Coroutine[Any, Any, None], *, jumps: bool = False) -> None:
        """Do it, and see whether what is promised holds. `jumps`: the clock is set; what it passes over is not told."""
        assert self.world is not None
        world = self.world

        async def done() -> None:
            rows, since = await world.rows(), world.now
            await doing
            steady, world.steady = world.steady, world.steady and not jumps
            occurrences = [] if jumps else await world.came_up(since, world.now)
            await world.check(rows, since, occurrences)
            world.steady = steady

        self.runner.run(done())

    # -- time -------------------------------------------------------------------------------------------------

    @rule(hours=st.integers(1, 20 * 24))
    def time_goes_by(self, hours: int) -> None:
        """What the plan said would go out, and nothing else, does."""
        assert self.world is not None
        world = self.world

        async def go() -> None:
            heard = len(world.s.platform.said)
            foretold, shown = await world.foretold(world.now + timedelta(hours=hours))
            await world.s.wait(hours=hours)
            dues = {due.id: due for due in await world.s.kept(Due)}
            for id, state in foretold.items():
                if id in dues and state != "pending":
                    assert dues[id].state == state, f"{dues[id].key}: {state} was said, and it is {dues[id].state}"
            assert world.icebreakers(heard) == shown

        self.step(go())

    @rule(hours=st.integers(1, 25 * 24))
    def stopped_for_a_while(self, hours: int) -> None:
        assert self.world is not None
        self.step(self.world.s.sleep(hours=hours))

    @rule(hours=st.integers(0, 10 * 24))
    def killed(self, hours: int) -> None:
        assert self.world is not None
        self.step(self.world.killed_before_it_is_said(hours=hours))

    @rule(hours=st.integers(1, 5 * 24))
    def platform_away(self, hours: int) -> None:
        assert self.world is not None
        self.step(self.world.platform_away(hours=hours))

    @rule(hours=st.sampled_from([-400 * 24, -8 * 24, -30, -1, 1, 30]))
    def clock_set(self, hours: int) -> None:
        assert self.world is not None
        world = self.world

        async def go() -> None:
            world.s.clock.set_to(world.now + timedelta(hours=hours))
            await world.s.app.unasked.plan()
            await world.s.app.settle()

        self.step(go(), jumps=True)

    @rule(days=st.sampled_from([2, 40, 366]), looks=st.integers(0, 2))
    def clock_ahead_and_right_again(self, days: int, looks: int) -> None:
        """It was believed, and something was planned meanwhile."""
        assert self.world is not None
        world = self.world

        async def go() -> None:
            right = world.now
            world.s.clock.set_to(right + timedelta(days=days))
            world.gone_by += timedelta(days=days)
            for _ in range(looks):
                await world.s.app.settle()
                await world.s.app.unasked.plan()
            world.s.clock.set_to(right)
            await world.s.app.unasked.plan()
            await world.s.app.settle()

        self.step(go(), jumps=True)

    # -- people -----------------------------------------------------------------------------------------------

    @rule(which=st.integers(0, 5), what=st.sampled_from(["skip", "move", "show"]), hours=st.integers(1, 300))
    def facilitator_changes_a_row(self, which: int, what: str, hours: int) -> None:
        assert self.world is not None
        world = self.world

        async def go() -> None:
            dues = await world.coming()
            if not dues:
                return
            due = dues[which % len(dues)]
            if what == "move":
                at = (world.now + timedelta(hours=hours)).astimezone((await world.community()).settings.clock)
                await world.s.tell("ana", f"plan déplacer {due.id} | {at:%Y-%m-%d à %H:%M}")
            else:
                await world.s.tell("ana", f"plan {'passer' if what == 'skip' else 'voir'} {due.id}")

        self.step(go())

    @rule(
        typed=st.sampled_from(
            ["plan", "plan journal", "pause", "pause brise-glace", "pause | {day}", "reprendre", "congé {day}",
             "congé {day} | {later}", "plan congé retirer {day}", "annuler", "brise-glace", "sondage Quoi ? | A, B",
             "sondage clore", "pouls"]
        ),
        days=st.integers(0, 20),
    )  # fmt: skip
    def facilitator_says(self, typed: str, days: int) -> None:
        assert self.world is not None
        world = self.world
        day, later = world.now + timedelta(days=days), world.now + timedelta(days=days + 6)
        self.step(self._said("ana", typed.format(day=f"{day:%Y-%m-%d}", later=f"{later:%Y-%m-%d}")))

    @rule(days=st.integers(2, 25), hour=st.sampled_from(["08:00", "12:00", "21:30"]))
    def a_session_is_planned(self, days: int, hour: str) -> None:
        assert self.world is not None
        world = self.world
        day = world.now + timedelta(days=days)

        async def go() -> None:
            await world.s.tell("ana", "annuler")
            await world.s.tell("ana", f"rencontre planifier Dire non | {day:%Y-%m-%d} à {hour} | 1 h | Salon")
            if "[Annoncer]" in world.s.heard("ana"):
                await world.s.press("ana", "Annoncer")
                await world.s.press("bo", "Je viens")

        self.step(go())

    @rule(person=st.sampled_from(["bo", "cleo"]), wish=st.sampled_from(["moins", "rencontres", "rien", "habitude"]))
    def member_wishes(self, person: str, wish: str) -> None:
        self.step(self._said(person, f"messages {wish}"))

    @rule(zone=st.sampled_from(ZONES))
    def zone_changes(self, zone: str) -> None:
        assert self.world is not None
        self.step(self.world.reconfigure(zone=zone))

    @rule(day=st.sampled_from(WEEKDAYS), at=st.sampled_from(HOURS), off=st.sampled_from(HOLIDAYS))
    def settings_change(self, day: str, at: str, off: dict[str, Any]) -> None:
        assert self.world is not None
        self.step(self.world.reconfigure(icebreakers={"day": day, "at": at}, holidays=off))

    async def _said(self, person: str, typed: str) -> None:
        assert self.world is not None
        await self.world.s.tell(person, typed)


# A failure is told as it was met: to make it smaller would take longer than to read it.
ALIKE = settings(deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
SHORT = settings(ALIKE, max_examples=2, stateful_step_count=8, derandomize=True)
LONG = settings(ALIKE, max_examples=60, stateful_step_count=40)


class TestRhythm(Rhythm.TestCase):  # type: ignore[misc, valid-type]  # made by hypothesis
    settings = SHORT


@pytest.mark.soak
class TestRhythmAtLength(Rhythm.TestCase):  # type: ignore[misc, valid-type]  # made by hypothesis
    settings = LONG
