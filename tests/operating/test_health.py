"""Health as it is, and figures that tell of nobody."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.chat.language import Language
from bot.counted import CountedIntake
from bot.model.flow import Inbox, Outbox
from bot.operating import health as timing
from bot.operating.attending import told
from bot.operating.health import Health, Standing
from bot.operating.metrics import Metrics
from bot.ports import StoreTrouble, TryLater, Unit
from bot.share import Share
from bot.tally import MOST_NAMES, Tally
from tests.stage import Stage, stage


class Hand:
    """A clock moved by hand, from any instant on."""

    def __init__(self) -> None:
        self.now = time.monotonic()

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hand(s: Stage) -> Hand:
    clock = s.app.tally.clock = Hand()
    return clock


@pytest.fixture
async def s(tmp_path: Path) -> AsyncIterator[Stage]:
    async with stage(tmp_path, icebreakers={"on": False}, pulse={"on": False}) as made:
        yield made


def watching(s: Stage, hand: Hand) -> Health:
    made = Health(s.app.tally, ["rehearsal"])
    made.at_work(s.store, s.clock, s.app.share)
    return made


async def says(health: Health, language: Language = "en") -> list[str]:
    state = await health.look()
    assert state.well is not bool(state.troubles)
    return [str(said).replace("\u00a0", " ") for said in told(state, language)["says"]]


async def test_from_starting_to_stopping(s: Stage, hand: Hand) -> None:
    health = Health(s.app.tally, ["rehearsal"])
    assert not (await health.look()).well
    assert await says_of(health) == "Veillée is starting."
    health.put("standing by")
    assert (await health.look()).well
    assert await says_of(health) == "All is well. Another process serves, and this one stands by."
    health.at_work(s.store, s.clock, s.app.share)
    assert (await health.look()).well
    health.put("stopping")
    assert not (await health.look()).well


async def test_whoever_stands_by_and_cannot_reach_the_database_says_so(s: Stage, hand: Hand) -> None:
    health, metrics = Health(s.app.tally, ["rehearsal"]), Metrics(s.app.tally, "1.2", "postgresql")
    health.kept_away = lambda: "Connection refused"
    standings: tuple[Standing, ...] = ("standing by", "starting")
    for standing in standings:  # the one that led a moment ago as well
        health.put(standing)
        (said,) = await says(health)
        assert said.startswith("This process stands by and cannot reach the database: Connection refused.")
        found = figures(metrics, metrics.text(await health.look()))
        assert found["veillee_healthy",] == found["veillee_leading",] == found["veillee_database_reachable",] == 0
    health.put("stopping")
    assert await says_of(health) == "Veillée is stopping."
    health.kept_away = str
    health.put("standing by")
    assert (await health.look()).well


async def says_of(health: Health) -> str:
    (said,) = told(await health.look(), "en")["says"]
    return str(said)


async def test_a_platform_that_is_not_heard_any_more(s: Stage, hand: Hand) -> None:
    health = watching(s, hand)
    assert await says(health) == ["All is well."]
    hand.now += timing.SILENT - 1
    assert await says(health) == ["All is well."]
    hand.now += 121
    (said,) = await says(health, "fr")
    assert said.startswith("Aucune nouvelle de rehearsal depuis 7 minutes.")
    s.app.tally.took("rehearsal", [])
    hand.now += timing.STANDS + 1
    assert await says(health) == ["All is well."]


async def test_what_was_heard_before_we_stood_by_proves_nothing(s: Stage, hand: Hand) -> None:
    health = watching(s, hand)
    s.app.tally.took("rehearsal", [])
    health.put("standing by")
    hand.now += 1000
    health.at_work(s.store, s.clock, s.app.share)
    assert told(await health.look(), "en")["heard_seconds_ago"] == {"rehearsal": None}
    assert await says(health) == ["All is well."]  # it has only just begun to listen
    hand.now += timing.SILENT + 1
    assert len(await says(health)) == 1


class Failing:
    """`fault`: None where it does not answer at all."""

    def __init__(self, fault: Exception | None) -> None:
        self._fault = fault

    def unit(self) -> Failing:
        return self

    async def __aenter__(self) -> Unit:
        if self._fault is None:
            await asyncio.sleep(60)
        raise self._fault or TimeoutError

    async def __aexit__(self, *_: object) -> None:
        return

    async def close(self) -> None:
        return


@pytest.mark.parametrize("fault", [None, StoreTrouble("canary"), KeyError("no such column")])
async def test_a_database_that_does_not_answer(
    s: Stage, hand: Hand, fault: Exception | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "PATIENCE", 0.1)
    health = Health(s.app.tally, ["rehearsal"])
    health.at_work(Failing(fault), s.clock, s.app.share)
    (said,) = await says(health)
    assert said.startswith("The database does not answer.")
    assert "canary" not in said


async def test_what_waits_too_long(s: Stage, hand: Hand) -> None:
    health = watching(s, hand)
    at = s.clock.now() - timedelta(minutes=20)
    async with s.store.unit() as unit:
        await unit.add(
            Inbox(key="rehearsal:1", platform="rehearsal", room="hall", event="canary", at=at),
            Outbox(key="1", community_id=1, platform="rehearsal", language="fr", action="canary", at=at),
        )
    assert await says(health) == ["All is well."]  # it lay there when we came
    hand.now += timing.SILENT + 3
    s.app.tally.took("rehearsal", [])
    (said,) = await says(health)
    assert said.startswith("Something asked 20 minutes ago has not been answered yet.")
    hand.now += timing.UNSAID
    s.app.tally.took("rehearsal", [])
    assert [said[:36] for said in await says(health)] == [
        "Something asked 20 minutes ago has n", "What should be said on rehearsal has",
    ]  # fmt: skip
    s.app.tally.sent["rehearsal"] = hand.now  # others get through: one room is closed to us, and no more
    hand.now += timing.STANDS + 1
    assert len(await says(health)) == 1


async def test_whoever_asks_often_is_answered_from_memory(s: Stage, hand: Hand) -> None:
    health = watching(s, hand)
    first = await health.look()
    s.app.tally.heard.clear()
    assert await health.look() is first
    hand.now += timing.STANDS + 0.1
    assert await health.look() is not first


def figures(metrics: Metrics, text: bytes) -> dict[tuple[str, ...], float]:
    return {
        (sample.name, *(value for name, value in sorted(sample.labels.items()) if name != "le")): sample.value
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
        if sample.labels.get("le", "+Inf") == "+Inf"
    }


async def test_figures_say_how_much_and_of_nobody(s: Stage, hand: Hand) -> None:
    health = watching(s, hand)
    metrics = Metrics(s.app.tally, "1.2", "sqlite")
    await s.say("bo", "un mot")
    await s.platform.run(CountedIntake(s.app.intake, "rehearsal", s.app.tally))
    await s.say("bo", "un mot")
    await s.tell("bo", "aide")
    await s.tell("cleo", "aide")
    await s.tell("cleo", "récit")
    await s.tell("bo", "plan")
    text = metrics.text(await health.look())
    found = figures(metrics, text)
    assert found["veillee_info", "sqlite", found_python(text), "1.2"] == 1
    assert found["veillee_events_taken_total", "MessagePosted", "rehearsal"] == 5
    assert found["veillee_commands_total", "help", "answered"] == 2
    assert found["veillee_commands_total", "rhythm", "refused"] == 1  # for facilitators
    assert not [key for key in found if "stories" in key]  # not even when it was asked
    assert found["veillee_said_total", "sent", "rehearsal"] == 4
    assert found["veillee_answer_seconds_count",] == 3
    assert found["veillee_healthy",] == found["veillee_leading",] == found["veillee_database_reachable",] == 1
    assert found["veillee_oldest_pending_seconds", "outbox"] == 0
    assert found["process_resident_memory_bytes",] > 0
    for secret in ("cercle", "Bo", "bo\"", "cleo", "hall", "mot", "ana"):
        assert secret not in text.decode(), secret


def found_python(text: bytes) -> str:
    return text.decode().partition('python="')[2].partition('"')[0]


async def test_what_fails_is_counted_by_what_became_of_it(
    s: Stage, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([TryLater("canary"), ValueError("canary")])

    async def fails(*_: object, **__: object) -> str:
        raise next(answers)

    monkeypatch.setattr(s.platform, "post", fails)
    await s.platform.tell("bo", "aide")
    await s.app.settle()
    s.app.delivery._resting.clear()
    await s.app.settle()
    assert dict(s.app.tally.said) == {("rehearsal", "put off"): 1, ("rehearsal", "mistake"): 1}


async def test_two_sets_of_figures_know_nothing_of_each_other(s: Stage, hand: Hand) -> None:
    one, other = Metrics(s.app.tally, "1", "sqlite"), Metrics(Tally(), "2", "postgresql")
    state = await watching(s, hand).look()
    assert b'version="1"' in one.text(state)
    assert b'version="1"' not in other.text(state)


def test_names_from_outside_do_not_grow_without_end() -> None:
    tally = Tally()
    for number in range(1000):
        tally.fall_due(f"invented{number}.what", "done")
    assert len(tally.fallen) == MOST_NAMES + 1
    assert tally.fallen["other", "done"] == 1000 - MOST_NAMES


def test_told_as_json_is_words_and_numbers(s: Stage) -> None:
    state = timing.State("at work", 12.34, {"discord": 1.26}, True, timing.Waiting(0, 3.33, 0, "discord"))
    assert json.loads(json.dumps(told(state, "fr"))) == {
        "well": True, "standing": "at work", "says": ["Tout va bien."], "version": told(state, "fr")["version"],
        "running_seconds": 12, "heard_seconds_ago": {"discord": 1.3}, "database_reachable": True,
        "oldest_waiting_seconds": {"inbox": 0, "outbox": 3.3, "due": 0},
    }  # fmt: skip


async def test_what_others_see_to_is_not_held_against_us(s: Stage, hand: Hand) -> None:
    at = s.clock.now() - timedelta(minutes=20)
    async with s.store.unit() as unit:
        await unit.add(
            Inbox(key="other:1", platform="other", room="hall", event="canary", at=at),
            Outbox(key="1", community_id=1, platform="other", language="fr", action="canary", at=at),
        )
        ours = Outbox(key="2", community_id=1, platform="rehearsal", language="fr", action="", at=s.clock.now())
        await unit.add(ours)
    health = Health(s.app.tally, ["rehearsal"])
    health.at_work(s.store, s.clock, Share(["rehearsal"], ["cercle"]))
    state = await health.look()
    assert (state.waiting.inbox, state.waiting.outbox, state.waiting.where) == (0, 0, "rehearsal")
    whole = await watching(s, hand).look()
    assert (whole.waiting.inbox, whole.waiting.outbox, whole.waiting.where) == (1200, 1200, "other")


async def test_what_falls_due_is_counted_by_its_fate(tmp_path: Path) -> None:
    async with stage(tmp_path, pulse={"on": False}) as s:
        await s.wait(days=8)
        assert s.app.tally.fallen["icebreakers", "done"] >= 1
        await s.say("ana", "!veillee pause")
        await s.wait(days=8)
        assert s.app.tally.fallen["icebreakers", "skipped"] >= 1
    tally = Tally()
    tally.fall_due("icebreakers.ask", "pending")
    assert dict(tally.fallen) == {("icebreakers", "put off"): 1}
