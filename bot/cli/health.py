"""Asking the Veillée that runs on this machine how it is."""

from __future__ import annotations

import http.client
import json
from pathlib import Path

import typer

from bot.config import load
from bot.errors import EXIT_CONFIGURATION, EXIT_UNWELL, OperatorProblem

# Seconds.
PATIENCE = 8.0
# What it listens on where it listens everywhere, as this machine reaches it.
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104


def health(file: Path) -> None:
    """A line for each thing it says; ends with EXIT_UNWELL where it is not well."""
    operating = load(file).operating
    if not operating.listen:
        raise OperatorProblem("health-nowhere", EXIT_CONFIGURATION, file=str(file))
    host = _EVERYWHERE.get(operating.host, operating.host)
    asked = http.client.HTTPConnection(host, operating.port, timeout=PATIENCE)
    try:
        asked.request("GET", "/health")
        told = json.loads(asked.getresponse().read())
        says, well = [str(said) for said in told["says"]], told["well"] is True
    except (OSError, http.client.HTTPException, ValueError, LookupError, TypeError) as problem:
        raise OperatorProblem("health-nobody", EXIT_UNWELL, address=operating.listen) from problem
    finally:
        asked.close()
    for said in says:
        typer.echo(("✓ " if well else "✗ ") + said)
    if not well:
        raise SystemExit(EXIT_UNWELL)
