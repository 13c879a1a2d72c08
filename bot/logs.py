"""The log: one line an event, keys and values. Never a token, never what was said."""

from __future__ import annotations

import logging
import secrets
import sys
import traceback

import structlog


def set_up(*, machine_readable: bool = False) -> None:
    """To the standard error. `machine_readable`: one JSON object a line."""
    # Libraries warn through the standard library; their lower levels may quote what passes through them.
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s")
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer()
            if machine_readable
            else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def report(fault: Exception, cause: str) -> str:
    """Log a mistake of ours, without a word of what was said; returns its number."""
    frames = traceback.extract_tb(fault.__traceback__)
    number = secrets.token_hex(3)
    structlog.get_logger("veillee").error(
        "mistake",
        number=number,
        cause=cause,
        type=type(fault).__name__,
        frames=[f"{f.filename.rsplit('/', 3)[-1]}:{f.lineno} {f.name}" for f in frames[-8:]],
    )
    return number
