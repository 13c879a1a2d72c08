"""The log: one line an event, keys and values. Never a token, never what was said."""

from __future__ import annotations

import logging
import sys

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
