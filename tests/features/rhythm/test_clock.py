"""The clock set back and forward, the community's clock changed, and a change of settings."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from bot.chat.actions import ACTION, Direct
from bot.chat.content import Text, message
from bot.dispatch import MOST_TRIES
from bot.model.community import Community
from bot.model.flow import Outbox
from bot.model.rhythm import Due
from bot.model.settings import Settings
from bot.ports import Barred, NotNow, PlatformProblem, Store, TryLater
from scheduler.clock import VirtualClock
from scheduler.jumps import BELIEVED_AFTER, Belief
from scheduler.timetable import Timetable
from tests.stage import START, Stage, stage

ONLY_ICE: dict[str, Any] = {"pulse": {"on": False}, "stories": {"days": ()}}
SAY_NO = "!veillee rencontre planifier Dire non | jeudi 14 janvier 12 h | 1 h 30 | Salon bleu"


async def set_clock(s: Stage, **by: float) -> None:
    s.clock.set_to(s.clock.now() + timedelta(**by))
    await s.app.settle()


async def reconfigure(s: Stage, **changes: Any) -> None:
    """Stopped, configured otherwise, and started again."""
    [community] = await s.kept(Community)
    settings = Settings.model_validate(community.settings.model_dump() | changes)
    await s.app.prepare([("cercle", settings)])
    await s.app.settle()


def moments(s: Stage) -> list[datetime]:
    return [said.at for said in s.bot_said()]


@pytest.mark.parametrize("by", [{"hours": 3}, {"days": 2}, {"days": 40}, {"days": 366}])
async def test_a_clock_set_back_says_nothing_again(tmp_path: Path, by: dict[str, float]) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        await s.wait(days=14, hours=1)
        said = len(s.in_room())
        assert said == 2
        here = s.clock.now()
        await set_clock(s, **{name: -value for name, value in by.items()})
        await s.app.unasked.plan()
        while s.clock.now() < here:
            await s.wait(days=7)
            await s.app.unasked.plan()
        later = [at for at in moments(s)[said:] if at <= here]
        assert later == []
        keys = [due.key for due in await s.kept(Due, state="done")]
        assert len(keys) == len(set(keys))


async def test_what_a_clock_set_forward_passed_over_comes_back(tmp_path: Path) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        await s.say("ana", SAY_NO)
        await s.press("ana", "Annoncer")
        await s.press("bo", "Je viens")
        before = len(s.bot_said())
        heard = len(s.all_heard("bo"))
        await set_clock(s, days=365)  # long enough to be believed
        await s.app.unasked.plan()
        assert len(s.bot_said()) == before  # all too late to be of use
        await set_clock(s, days=-365)
        await s.app.unasked.plan()
        await s.wait(days=14)
        assert [at.day for at in moments(s)[before:] if at.hour == 14] == [11, 18]
        assert len(s.all_heard("bo")) == heard + 1  # the reminder


class Hours:
    """A machine: its clock, and how long it has run."""

    def __init__(self) -> None:
        self.clock = VirtualClock(START)
        self.passed = 1000.0

    def go_on(self, seconds: float, *, set_by: float = 0.0) -> None:
        self.passed += seconds
        self.clock.set_to(self.clock.now() + timedelta(seconds=seconds + set_by))


def test_a_clock_set_forward_is_believed_once_it_stays_so() -> None:
    machine = Hours()
    belief = Belief(machine.clock, lambda: machine.passed)
    assert belief.believed()
    machine.go_on(1, set_by=366 * 86400)
    assert not belief.believed()
    machine.go_on(BELIEVED_AFTER - 2)
    assert not belief.believed()
    machine.go_on(3)
    assert belief.believed()


def test_set_right_again_it_is_believed_at_once() -> None:
    machine = Hours()
    belief = Belief(machine.clock, lambda: machine.passed)
    assert belief.believed()
    machine.go_on(1, set_by=366 * 86400)
    assert not belief.believed()
    machine.go_on(60, set_by=-366 * 86400)
    assert belief.believed()


def test_a_machine_that_slept_is_believed() -> None:
    machine = Hours()
    belief = Belief(machine.clock, lambda: machine.passed)
    assert belief.believed()
    machine.go_on(8 * 3600)
    assert belief.believed()
    machine.go_on(1, set_by=-7200)
    assert belief.believed()


async def test_while_it_is_doubted_nothing_is_carried_out(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: Iterator[bool] = iter([True, False, False, True])
    looked, done = 0, []

    class Doubt(Belief):
        def believed(self) -> bool:
            nonlocal looked
            looked += 1
            return next(answers)

    async def carry_out() -> int:
        done.append(looked)
        return 0

    async def at_once(_seconds: float, sleep: Any = asyncio.sleep) -> None:
        await sleep(0)

    clock = VirtualClock(START)
    timetable = Timetable(cast(Store, None), clock, carry_out, Doubt(clock))

    async def nothing() -> None:
        return None

    monkeypatch.setattr(timetable, "next", nothing)
    monkeypatch.setattr("scheduler.timetable.asyncio.sleep", at_once)
    with pytest.raises(RuntimeError, match="StopIteration"):
        await timetable.run()
    assert done == [1, 4]


async def test_while_it_is_doubted_nothing_is_found_too_late_to_be_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits for its platform, as it runs."""
    async with stage(tmp_path, **ONLY_ICE) as s:
        direct_room, away, asked = s.platform.direct_room, True, 0

        async def found(person: str) -> str:
            nonlocal asked
            asked += 1
            if away:
                raise NotNow("server down")
            return await direct_room(person)

        monkeypatch.setattr(s.platform, "direct_room", found)
        async with s.store.unit() as unit:
            reminder = Direct(message=message((Text("canari"),)))
            await unit.add(
                Outbox(
                    key="reminder", community_id=1, platform="rehearsal", person="bo", language="fr",
                    action=ACTION.dump_json(reminder).decode(), at=START, until=START + timedelta(hours=1),
                )
            )  # fmt: skip
        running = asyncio.create_task(s.app.run())
        try:
            async with asyncio.timeout(20):
                while not asked:
                    await asyncio.sleep(0.02)
                tried = asked
                s.clock.set_to(START + timedelta(hours=3))
                await asyncio.sleep(1.5)  # longer than it rests
                assert asked == tried
                assert [row.state for row in await s.kept(Outbox)] == ["pending"]
                s.clock.set_to(START)
                away = False
                while s.heard("bo") != "canari":
                    await asyncio.sleep(0.02)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


@pytest.mark.parametrize("skipped", [False, True])
async def test_a_change_of_zone_keeps_the_local_hour(tmp_path: Path, skipped: bool) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        await s.wait(days=7)  # Monday at ten: today's is out
        await s.tell("ana", "plan")
        second = (await s.kept(Due, state="pending", order="due_at"))[0]
        await s.tell("ana", f"plan déplacer {second.id} | mardi 19 janvier 14 h 30")
        if skipped:
            await s.tell("ana", f"plan passer {second.id}")
        await reconfigure(s, zone="Pacific/Auckland")
        if skipped:
            await s.tell("ana", f"plan remettre {second.id}")
        await s.wait(days=22)
        local = [at.astimezone(Settings(name="", zone="Pacific/Auckland").clock) for at in moments(s)]
        assert [(at.day, at.hour, at.minute) for at in local[1:]] == [(19, 14, 30), (25, 9, 0), (1, 9, 0)]


@pytest.mark.parametrize(
    ("first", "then"),
    [("Pacific/Auckland", "America/Montreal"), ("America/Montreal", "Pacific/Honolulu"),
     ("Pacific/Kiritimati", "Pacific/Pago_Pago"), ("Asia/Kathmandu", "Australia/Lord_Howe")],
)  # fmt: skip
async def test_what_was_done_on_a_day_is_not_done_again_that_day(tmp_path: Path, first: str, then: str) -> None:
    start = datetime(2027, 1, 9, 12, tzinfo=UTC)
    async with stage(tmp_path, start=start, zone=first, **ONLY_ICE) as s:
        while not s.bot_said():
            await s.wait(hours=1)
        await reconfigure(s, zone=then)
        await s.wait(days=2)
        assert len(s.bot_said()) == 1
        await s.wait(days=7)
        assert len(s.bot_said()) == 2


async def test_another_hour_on_the_day_itself(tmp_path: Path) -> None:
    async with stage(tmp_path, icebreakers={"at": "15:00"}, **ONLY_ICE) as s:
        await s.wait(days=7, hours=2)  # Monday at noon
        before = len(s.bot_said())
        await reconfigure(s, icebreakers={"at": "09:00"})
        await s.wait(hours=5)
        assert [at.hour for at in moments(s)[before:]] == [20]  # still today, at the hour it had
        await reconfigure(s, icebreakers={"at": "19:00"})
        await s.wait(hours=5)
        assert len(s.bot_said()) == before + 1  # today's is done


async def test_another_day_holds_from_then_on(tmp_path: Path) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        await s.wait(days=7)
        await reconfigure(s, icebreakers={"day": "thursday"})
        await s.wait(days=14)
        assert [at.day for at in moments(s)] == [11, 14, 21]


async def test_a_leap_day(tmp_path: Path) -> None:
    start = datetime(2028, 2, 25, 15, tzinfo=UTC)
    async with stage(tmp_path, start=start, icebreakers={"day": "tuesday"}, **ONLY_ICE) as s:
        await s.wait(days=14)
        assert [(at.month, at.day) for at in moments(s)] == [(2, 29), (3, 7)]


@pytest.mark.parametrize("hours", [("22:00", "08:00"), ("00:00", "09:30"), ("20:00", "10:15")])
async def test_quiet_hours_over_midnight(tmp_path: Path, hours: tuple[str, str]) -> None:
    quiet = {"start": hours[0], "end": hours[1]}
    async with stage(tmp_path, quiet_hours=quiet, icebreakers={"at": "23:30"}, **ONLY_ICE) as s:
        await s.wait(days=2)
        [at] = [at.astimezone(Settings(name="").clock) for at in moments(s)]
        expected = (4, "23:30") if hours[0] == "00:00" else (5, hours[1])
        assert (at.day, f"{at:%H:%M}") == expected


async def test_a_change_of_zone_moves_no_reminder_past_its_session(tmp_path: Path) -> None:
    async with stage(tmp_path, icebreakers={"on": False}, **ONLY_ICE) as s:
        await s.say("ana", SAY_NO)
        await s.press("ana", "Annoncer")
        await s.press("bo", "Je viens")
        [reminder] = await s.kept(Due, kind="sessions.reminder")
        await s.tell("ana", f"plan déplacer {reminder.id} | jeudi 14 janvier 10 h")
        await reconfigure(s, zone="America/Vancouver")
        await s.wait(days=9, hours=23, minutes=55)
        assert "Rappel" not in s.heard("bo")
        await s.wait(minutes=10)
        assert "Rappel" in s.heard("bo")


@pytest.mark.parametrize("zone", ["America/Montreal", "Europe/Paris"])
async def test_every_other_week_stays_the_same_in_another_zone(tmp_path: Path, zone: str) -> None:
    """The community began on a Monday evening, which is Tuesday elsewhere."""
    every_other = {"on": True, "day": "monday", "at": "09:00", "every": 2}
    began = datetime(2027, 1, 5, 1, tzinfo=UTC)
    async with stage(tmp_path, start=began, icebreakers=every_other, **ONLY_ICE) as s:
        await s.wait(days=15)
        await reconfigure(s, zone=zone)
        await s.wait(days=30)
        days = [at.astimezone(Settings(name="", zone=zone).clock).date().isoformat() for at in moments(s)]
        assert days == ["2027-01-18", "2027-02-01", "2027-02-15"]


@pytest.mark.parametrize("problem", [Barred("M_FORBIDDEN"), TryLater("server down")])
async def test_while_it_is_doubted_nothing_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: PlatformProblem
) -> None:
    async with stage(tmp_path, **ONLY_ICE) as s:
        dispatch = s.app.delivery._dispatch
        monkeypatch.setattr(dispatch, "_believed", lambda: False)

        async def post(*_: Any, **__: Any) -> str:
            raise problem

        monkeypatch.setattr(s.platform, "post", post)
        await s.say("bo", "!veillee aidez")
        [row] = await s.kept(Outbox)
        async with s.store.unit() as unit:
            await unit.change(Outbox, {"tries": MOST_TRIES, "at": START - timedelta(days=9)}, id=row.id)
        s.app.delivery._resting.clear()
        await s.app.delivery.drain()
        assert [row.state for row in await s.kept(Outbox)] == ["pending"]
        monkeypatch.setattr(dispatch, "_believed", lambda: True)
        s.app.delivery._resting.clear()
        await s.app.delivery.drain()
        assert [row.state for row in await s.kept(Outbox)] == ["failed"]
