"""Speaking to whoever runs Veillée: one line for what they can mend, a number for what they cannot."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.chat.language import Language
from bot.errors import EXIT_DISK, OperatorProblem


def language() -> Language:
    """That of the terminal: VEILLEE_LANGUAGE, else the locale; English where neither says French."""
    for name in ("VEILLEE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"


def words(id: str, /, *, spoken: Language | None = None, **variables: Any) -> str:
    from bot.voice import Voice

    return Voice(spoken or language(), "tu", ZoneInfo("UTC"), datetime.now(UTC)).text(id, **variables)


@contextmanager
def one_line() -> Iterator[None]:
    """A problem the operator can mend ends the program with its sentence and its exit code.

    VEILLEE_TRACEBACK=1 shows where a mistake of ours comes from, for whoever mends it.
    """
    try:
        yield
    except OperatorProblem as problem:
        _say(words(problem.id, **problem.variables), problem.exit_code)
        raise SystemExit(problem.exit_code) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except (Exception, BaseExceptionGroup) as fault:  # noqa: BLE001  told in one line, and where it comes from
        if isinstance(fault, PermissionError) and fault.filename:
            _say(words("operator-closed", file=str(fault.filename), why=fault.strerror or ""), EXIT_DISK, fault)
            raise SystemExit(EXIT_DISK) from None
        frame = traceback.extract_tb(fault.__traceback__)[-1]
        where = f"{type(fault).__name__}, {Path(frame.filename).name}:{frame.lineno}"
        _say(words("unforeseen", where=where), 1, fault)
        raise SystemExit(1) from None


def _say(sentence: str, code: int, fault: BaseException | None = None) -> None:
    from bot.logs import last_words

    if last_words(sentence, code, fault):
        return
    sys.stderr.write(sentence + "\n")
    if fault is not None and os.environ.get("VEILLEE_TRACEBACK"):
        sys.stderr.writelines(without_values(fault))


def without_values(fault: BaseException) -> list[str]:
    """The whole traceback, but for what the exceptions say: that may be what somebody said."""
    before = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    lines = [*without_values(before), "Of that came:\n"] if before else []
    lines += [*traceback.format_tb(fault.__traceback__), f"{type(fault).__name__}\n"]
    for inner in fault.exceptions if isinstance(fault, BaseExceptionGroup) else ():
        lines += ["Within it:\n", *without_values(inner)]
    return lines
