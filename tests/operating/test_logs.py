"""A line of the log holds what may be known, whoever writes it, and nothing of what was said."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.logs import KEYS
from bot.operator import without_values

ROOT = Path(__file__).parents[2]

# Everything that ends up on the standard error of a Python program without anyone meaning it to.
TALKING = """
import asyncio, gc, logging, os, sys, threading, warnings
from bot import logs
logs.set_up(machine_readable=sys.argv[1] == "json")
logging.getLogger().setLevel(1)
import structlog

log = structlog.get_logger("router")
log.warning("put off", reason="first\\ncanary", text="canary", said=ValueError("canary"), tries=3)
logging.getLogger("some.library").warning("it said %s: canary", "canary", exc_info=ValueError("canary"))
logging.getLogger("asyncio").debug("canary")
warnings.warn("canary")
try:
    try:
        {}["canary"]
    except KeyError as fault:
        raise RuntimeError("canary") from fault
except RuntimeError as fault:
    logs.report(fault, "outbox:1")
thread = threading.Thread(target=lambda: int("canary"))
thread.start()
thread.join()

class Ends:
    def __del__(self):
        raise ValueError("canary")

Ends()

async def never_retrieved():
    async def fails():
        raise ValueError("canary")
    task = asyncio.create_task(fails())
    await asyncio.sleep(0.01)
    del task
    gc.collect()
    asyncio.get_running_loop().call_soon(lambda: int("canary"))
    await asyncio.sleep(0.01)

asyncio.run(never_retrieved(), debug=True)
raise ExceptionGroup("canary", [ValueError("canary")])
"""


@cache
def talked(how: str) -> str:
    done = subprocess.run([sys.executable, "-c", TALKING, how], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr


@pytest.mark.parametrize("how", ["json", "people"])
def test_nothing_of_what_was_said_whoever_says_it(how: str) -> None:
    lines = talked(how).splitlines()
    assert len(lines) >= 9
    assert not [line for line in lines if "canary" in line]
    assert not [line for line in lines if "Traceback" in line]


def test_always_one_object_a_line() -> None:
    lines = [json.loads(line) for line in talked("json").splitlines()]
    first = lines[0]
    assert {"part": "router", "event": "put off", "level": "warning", "reason": "first", "tries": 3}.items() <= (
        first.items()
    )
    assert {line["event"] for line in lines} == {
        "put off", "a library warns", "warning", "mistake", "uncaught in a thread", "uncaught at an end", "uncaught",
    }  # fmt: skip
    (mistake,) = [line for line in lines if line["event"] == "mistake"]
    assert (mistake["type"], mistake["because"], mistake["cause"]) == ("RuntimeError", ["KeyError"], "outbox:1")
    assert all(set(line) <= KEYS for line in lines)


def test_a_log_that_cannot_be_written_stops_nothing() -> None:
    code = "from bot import logs; logs.set_up(); import structlog; structlog.get_logger('a').error('b'); print('on')"
    with open("/dev/full", "w") as full:
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=full, text=True)
    assert done.stdout == "on\n"


def calls() -> Iterator[tuple[str, ast.Call]]:
    for package in ("bot", "adapters", "scheduler", "storage"):
        for file in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                    continue
                level, on = node.func.attr, ast.unparse(node.func.value)
                if level in {"debug", "info", "warning", "error", "critical"} and (
                    on == "log" or on.startswith("structlog.get_logger(")
                ):
                    yield f"{file.relative_to(ROOT)}:{node.lineno}", node


def test_what_is_logged_is_not_left_out_by_its_key() -> None:
    found = list(calls())
    assert len(found) > 50
    for where, call in found:
        keys = {keyword.arg for keyword in call.keywords if keyword.arg is not None}
        assert keys <= KEYS, f"{where}: {keys - KEYS}"


def test_nothing_is_put_together_into_the_event_of_a_line() -> None:
    """Lines are found and counted by it."""
    for where, call in calls():
        assert isinstance(call.args[0], ast.Constant | ast.Name), where


def test_a_traceback_for_whoever_mends_it_says_where_and_not_what() -> None:
    try:
        try:
            int("canary")
        except ValueError as fault:
            raise ExceptionGroup(str(fault), [SyntaxError("canary", ("f", 1, 1, "canary"))]) from fault
    except ExceptionGroup as group:
        told = "".join(without_values(group))
    assert "invalid literal" not in told
    assert "SyntaxError" in told
    assert "ValueError" in told
    assert told.count("test_logs.py") == 2


CRASHING = """
import sys
from bot import logs, operator
with operator.one_line():
    logs.set_up(machine_readable=sys.argv[1] == "json")
    try:
        {}["canary"]
    except KeyError as fault:
        raise ValueError("canary") from fault
"""


@pytest.mark.parametrize("how", ["json", "people"])
def test_nothing_is_told_where_it_cannot_even_start(how: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CRASHING, how], cwd=ROOT, capture_output=True, text=True, timeout=60,
        env=os.environ | {"VEILLEE_LANGUAGE": "fr", "VEILLEE_TRACEBACK": "1"},
    )  # fmt: skip
    assert done.returncode == 1
    assert "canary" not in done.stdout + done.stderr
    assert "ValueError" in done.stderr
    assert "<string>" in done.stderr  # where, for whoever mends it
    if how == "json":
        (last,) = [json.loads(line) for line in done.stderr.splitlines()]
        assert (last["event"], last["exit"], last["because"]) == ("ended", 1, ["KeyError"])
    else:
        assert "quelque chose a mal tourné" in done.stderr.lower()
        assert done.stderr.index("KeyError") < done.stderr.rindex("ValueError")
