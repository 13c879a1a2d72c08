"""A disk on which each commit takes long: answers come, the loop does not stand still with it, and nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.faults.busy_community import COMMANDS, WORDS

SHIM = Path(__file__).with_name("slow_disk.c")
MS = 100


def test_each_commit_takes_a_tenth_of_a_second(tmp_path: Path) -> None:
    compiler = shutil.which("cc") or shutil.which("gcc")
    assert compiler, "no C compiler"
    library = tmp_path / "slow_disk.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, SHIM, "-ldl"], check=True, timeout=60)
    environment = os.environ | {"LD_PRELOAD": str(library), "SLOW_DISK_MS": str(MS)}
    lived = subprocess.run(
        [sys.executable, "-m", "tests.faults.busy_community", tmp_path], env=environment, capture_output=True,
        text=True, timeout=120, check=False,
    )  # fmt: skip
    assert lived.returncode == 0, lived.stderr[-3000:]
    told = json.loads(lived.stdout.splitlines()[-1])
    assert told["kept"] == told["asked"]
    assert [sum(question in said for said in told["answered"]) for question in told["asked"]] == [1] * COMMANDS
    assert told["counted"] == WORDS + COMMANDS
    # Taking in, handling and marking wait for the disk, each in its turn; the loop waits for it never.
    assert min(told["waits"]) >= 2 * MS / 1000
    assert told["stood still"] == 0
