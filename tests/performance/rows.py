"""One line of the tables of docs/performance.md."""

from __future__ import annotations

import statistics


def row(what: str, ours: list[float], bare: list[float], unit: str) -> None:
    """Medians, the least and the most of each, and the ratio of the medians."""
    beside = statistics.median(bare)
    ratio = f"{statistics.median(ours) / beside:.2f}" if beside else ""
    print(f"| {what} | {_told(ours, unit)} | {_told(bare, unit)} | {ratio} |", flush=True)


def _told(values: list[float], unit: str) -> str:
    return f"{statistics.median(values):.4g} {unit} ({min(values):.4g} to {max(values):.4g})"
