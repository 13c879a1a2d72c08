"""From a file to PostgreSQL, or back: all that is kept, while nobody is at work on either."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy.exc import IntegrityError

from bot.config import DatabaseConfig
from bot.database import alone, held, is_there, must_be_of_this_version, shown, told
from bot.errors import EXIT_CONFIGURATION, EXIT_DATABASE, OperatorProblem
from storage.transfer import Busy, Differs, NotEmpty, Refused, reading, transfer, unused, writing
from storage.transfer import must_be_empty as nothing_in


def copy(source: DatabaseConfig, target: DatabaseConfig) -> dict[str, int]:
    """How many rows of each table. Raises OperatorProblem; the target is as empty as before then."""
    if _same(source.where, target.where):
        raise OperatorProblem("copy-same", EXIT_CONFIGURATION)
    if isinstance(source.where, Path) and not is_there(source.where):
        raise OperatorProblem("copy-nothing", EXIT_DATABASE, file=shown(source.where))
    with ExitStack() as ends:
        if isinstance(source.where, Path):
            ends.enter_context(alone(source.where))
        must_be_of_this_version(source.where, behind="copy-behind", nothing="copy-nothing")
        must_be_of_this_version(target.where, behind="copy-behind")
        ends.enter_context(held(target.where))
        return fill(source.where, target.where, stopped=True)


def fill(source: Path | str, target: Path | str, *, stopped: bool) -> dict[str, int]:
    """Between two that are up to date. `stopped`: refused while Veillée runs on the source. Raises OperatorProblem."""
    try:
        with _says(source), reading(source) as read:
            if stopped and not isinstance(source, Path):
                unused(read)
            with _says(target), writing(target) as written:
                return transfer(read, written)
    except Differs as problem:
        raise OperatorProblem(
            "copy-differs", EXIT_DATABASE, file=shown(source), target=shown(target), table=str(problem)
        ) from problem


def must_be_empty(where: Path | str) -> None:
    """And nobody at work on it. Raises OperatorProblem."""
    with _says(where), writing(where) as there:
        nothing_in(there)


@contextmanager
def _says(where: Path | str) -> Iterator[None]:
    """Whatever is wrong at that end, as a sentence."""
    try:
        yield
    except NotEmpty as problem:
        raise OperatorProblem("copy-not-empty", EXIT_DATABASE, file=shown(where)) from problem
    except Busy as problem:
        raise OperatorProblem("database-in-use", EXIT_DATABASE, file=shown(where)) from problem
    except Refused as refused:
        if isinstance(refused.problem, IntegrityError):
            raise OperatorProblem("copy-not-whole", EXIT_DATABASE) from refused
        raise told(refused.problem.orig, refused.where) from refused


def _same(one: Path | str, other: Path | str) -> bool:
    if isinstance(one, Path) and isinstance(other, Path):
        return one.resolve() == other.resolve()
    return one == other
