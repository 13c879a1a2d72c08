"""Writing a configuration to start from."""

from __future__ import annotations

import os
import secrets
from importlib.resources import files
from pathlib import Path

import typer

from bot.errors import EXIT_CONFIGURATION, OperatorProblem
from bot.operator import why, words

STORE_KEY = '# store_key = "a long secret that nobody can guess"'


def init(config: Path) -> None:
    """Never over a file that is there."""
    try:
        # Nobody else may read it: tokens are written into it.
        with open(config, "x", encoding="utf-8", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(example().replace(STORE_KEY, f'store_key = "{secrets.token_urlsafe(32)}"'))
    except FileExistsError as problem:
        raise OperatorProblem("init-exists", EXIT_CONFIGURATION, file=str(config)) from problem
    except OSError as problem:
        raise OperatorProblem("init-unwritable", EXIT_CONFIGURATION, file=str(config), why=why(problem)) from problem
    typer.echo(words("init-done", file=str(config)))


def example() -> str:
    """config.example.toml: in the wheel beside this package, in a checkout at the root."""
    inside = files("bot") / "config.example.toml"
    if inside.is_file():
        return inside.read_text("utf-8")
    return (Path(__file__).parents[2] / "config.example.toml").read_text("utf-8")
