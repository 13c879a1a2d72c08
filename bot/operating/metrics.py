"""What was counted, as Prometheus reads it. Made when it is asked for, in a registry of its own."""

from __future__ import annotations

import platform
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)

from bot.operating.health import State
from bot.tally import Spread, Tally

KIND = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """`version`, `database`: what is running, and on what."""

    def __init__(self, tally: Tally, version: str, database: str) -> None:
        self._tally = tally
        self._about = {"version": version, "database": database, "python": platform.python_version()}
        self._state: State | None = None
        self._registry = CollectorRegistry()
        self._registry.register(self)
        ProcessCollector(registry=self._registry)

    def text(self, state: State) -> bytes:
        self._state = state
        return generate_latest(self._registry)

    def describe(self) -> Iterator[Metric]:
        """Nothing is asked of the rest before it is all there."""
        yield from ()

    def collect(self) -> Iterator[Metric]:
        tally, state = self._tally, self._state
        about = InfoMetricFamily("veillee", "What is running")
        about.add_metric([], self._about)
        yield about
        if state is not None:
            yield from _now(state)
        for name, said, labels, counted in (
            ("events_taken", "What platforms handed over, and was kept", ("platform", "kind"), tally.taken),
            ("commands", "Commands, clicks and forms, confidential ones apart", ("feature", "outcome"),
             tally.answered),
            ("said", "What was tried to say", ("platform", "outcome"), tally.said),
            ("due", "What fell due", ("feature", "outcome"), tally.fallen),
        ):  # fmt: skip
            counter = CounterMetricFamily(f"veillee_{name}", said, labels=labels)
            for values, count in counted.items():
                counter.add_metric(values, count)
            yield counter
        yield CounterMetricFamily("veillee_store_trouble", "Units of work that could not be kept", tally.troubles)
        yield _spread("veillee_answer_seconds", "From what was asked to what was answered", tally.answers)
        yield _spread("veillee_loop_lag_seconds", "How late the loop came to what it was to do", tally.lag)
        yield _gauge("veillee_loop_lag_longest_seconds", "The longest of all", tally.lag.largest)


def _now(state: State) -> Iterator[Metric]:
    yield _gauge("veillee_healthy", "1 where /health says so", float(state.well))
    yield _gauge("veillee_leading", "1 for the process that listens and speaks", float(state.standing == "at work"))
    heard = GaugeMetricFamily("veillee_heard_seconds_ago", "Since a platform was last heard", labels=("platform",))
    for name, ago in state.heard.items():
        if ago is not None:
            heard.add_metric((name,), ago)
    yield heard
    if state.reachable is not None:
        yield _gauge("veillee_database_reachable", "1 where it answers", float(state.reachable))
    if state.reachable:
        oldest = GaugeMetricFamily("veillee_oldest_pending_seconds", "How long the oldest waits", labels=("queue",))
        for queue in ("inbox", "outbox", "due"):
            oldest.add_metric((queue,), getattr(state.waiting, queue))
        yield oldest


def _gauge(name: str, said: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, said, value)


def _spread(name: str, said: str, spread: Spread) -> HistogramMetricFamily:
    buckets, below = [], 0
    for bound, count in zip([*map(str, spread.bounds), "+Inf"], spread.counts, strict=True):
        below += count
        buckets.append((bound, float(below)))
    return HistogramMetricFamily(name, said, buckets, spread.total)
