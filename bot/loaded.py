"""What a program at work has loaded."""

from __future__ import annotations

import gc

# Objects made before the youngest are looked through; how many times that is done before the next older are, and so on.
# Python's own are 700, 10 and 10: in the midst of a thousand rows the oldest took 20 ms, the middle ones 4.
YOUNG, MIDDLE, OLD = 700, 5, 100


def loaded() -> None:
    """All that is there by now stays for good. The collector need not look through it again and again, a tenth of a
    second each time, while everybody waits. What comes and goes with each event goes without it, nearly all."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
