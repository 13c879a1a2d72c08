"""The log: one line an event, keys and values. Never a token, never what was said.

That does not rest on everyone's care alone: a line holds only what is named below, short, and what a library or
Python itself has to say is told by where it was said, not by its words, which may quote what passes through them.
"""

from __future__ import annotations

import logging
import secrets
import sys
import threading
import traceback
import warnings
from collections.abc import MutableMapping
from typing import Any

import structlog

from bot.operator import put

KEYS = frozenset({
    "account", "became", "because", "call", "cause", "communities", "community", "count", "database", "direct",
    "event", "events", "exit", "frames", "key", "kind", "late", "lead", "level", "library", "number", "part",
    "platform", "platforms", "purpose", "python", "reason", "revision", "room", "rooms", "said", "says",
    "seconds", "server", "timestamp", "to", "tries", "type", "version", "waits", "what", "where",
})  # fmt: skip
"""What a line may hold. Values are numbers, identifiers, and words of ours."""
LONGEST = 200
FRAMES = 8

Line = MutableMapping[str, Any]
_in_json = False


def set_up(*, machine_readable: bool = False) -> None:
    """To the standard error. `machine_readable`: one JSON object a line, whoever has something to say."""
    global _in_json
    _in_json = machine_readable
    _configure(
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if machine_readable
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), sort_keys=False)
    )
    _listen_to_libraries()


def silence() -> None:
    """For commands that say all they have to say themselves."""
    structlog.configure(processors=[_dropped])
    logging.getLogger().addHandler(logging.NullHandler())


def last_words(sentence: str, code: int, fault: BaseException | None = None) -> bool:
    """Why the program ends, as a line of the log. False where the log is for people, who are told otherwise."""
    if _in_json:
        structlog.get_logger("veillee").error("ended", says=sentence, exit=code, **described(fault))
    return _in_json


def report(fault: BaseException, cause: str) -> str:
    """Log a mistake of ours, without a word of what was said; returns its number."""
    number = secrets.token_hex(3)
    structlog.get_logger("veillee").error("mistake", number=number, cause=cause, **described(fault))
    return number


def described(fault: BaseException | None) -> dict[str, Any]:
    """What it was, where, and what it came of. Not what it says, which may be what somebody said."""
    if fault is None:
        return {}
    within = fault
    while isinstance(within, BaseExceptionGroup):
        within = within.exceptions[0]
    frames = traceback.extract_tb(within.__traceback__)[-FRAMES:]
    told: dict[str, Any] = {
        "type": type(fault).__name__,
        "frames": [f"{f.filename.rsplit('/', 3)[-1]}:{f.lineno} {f.name}" for f in frames],
    }
    chain: list[str] = []
    before = fault.__cause__ or fault.__context__
    while before is not None and len(chain) < FRAMES:
        chain.append(type(before).__name__)
        before = before.__cause__ or before.__context__
    if isinstance(fault, BaseExceptionGroup):
        chain += [type(inner).__name__ for inner in fault.exceptions[:FRAMES]]
    return told | ({"because": chain} if chain else {})


class Lines:
    """Writes lines."""

    def __init__(self, part: str = "") -> None:
        self.name = part

    def msg(self, line: str) -> None:
        put(line, sys.stderr)

    debug = info = warning = error = critical = msg


class Library(logging.Handler):
    """What a library warns of."""

    def emit(self, record: logging.LogRecord) -> None:
        log = structlog.get_logger("library")
        say = log.error if record.levelno >= logging.ERROR else log.warning
        fault = record.exc_info[1] if record.exc_info else None
        say("a library warns", library=record.name, where=f"{record.module}:{record.lineno}", **described(fault))


def _configure(renderer: Any) -> None:
    structlog.configure(
        processors=[
            structlog.stdlib.add_logger_name,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _known_alone,
            renderer,
        ],
        logger_factory=Lines,
        cache_logger_on_first_use=True,
    )


def _dropped(_logger: Any, _method: str, _line: Line) -> Line:
    raise structlog.DropEvent


def _known_alone(_logger: Any, _method: str, line: Line) -> Line:
    line["part"] = line.pop("logger", "")
    return {key: _short(value) for key, value in line.items() if key in KEYS}


def _short(value: Any) -> Any:
    if isinstance(value, bool | int | float) or value is None:
        return value
    if isinstance(value, str):
        # What a database or a server says goes on below with what it was given.
        return " ".join(value.strip().split("\n", 1)[0][:LONGEST].split())
    if isinstance(value, list | tuple):
        return [_short(each) for each in value]
    return type(value).__name__


def _listen_to_libraries() -> None:
    """And to Python itself: warnings, and faults that nothing caught, in threads and at the end of objects too."""
    root = logging.getLogger()
    for handler in [*root.handlers]:
        root.removeHandler(handler)
    root.addHandler(Library())
    root.setLevel(logging.WARNING)
    log = structlog.get_logger("python")

    def warned(
        message: Warning | str, category: type[Warning], filename: str, lineno: int, file: Any = None,
        line: str | None = None,
    ) -> None:  # fmt: skip
        log.warning("warning", type=category.__name__, where=f"{filename.rsplit('/', 3)[-1]}:{lineno}")

    def uncaught(type_: type[BaseException], fault: BaseException, _trace: Any) -> None:
        log.error("uncaught", **described(fault) | {"type": type_.__name__})

    warnings.showwarning = warned
    sys.excepthook = uncaught
    threading.excepthook = lambda told: log.error("uncaught in a thread", **described(told.exc_value))
    sys.unraisablehook = lambda told: log.error("uncaught at an end", **described(told.exc_value))
