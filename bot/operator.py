"""Speaking to whoever runs Veillée: one line for what they can mend, a number for what they cannot."""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo

from bot.chat.language import Language
from bot.errors import EXIT_DISK, OperatorProblem

# What is written where a terminal does not know the sign: what is well and what is not must still be told apart.
PLAIN = {"✓": "+", "✗": "x", "’": "'", "“": '"', "”": '"', "…": "..."}
# Why the system does not do what is asked of a file or a folder, as the end of a sentence.
REASONS = {
    errno.EISDIR: "why-folder",
    errno.ENOTDIR: "why-no-folder",
    errno.EEXIST: "why-no-folder",  # where one was to be made
    errno.ENOENT: "why-missing",
    errno.EACCES: "why-no-right",
    errno.EPERM: "why-no-right",
    errno.ENOSPC: "why-full",
    errno.EDQUOT: "why-share-used",
    errno.EROFS: "why-reads-only",
    errno.EMFILE: "why-many-open",
    errno.ENFILE: "why-many-open",
    errno.ENAMETOOLONG: "why-long-name",
    errno.EIO: "why-broken",
}


def _plain(problem: UnicodeError) -> tuple[str, int]:
    assert isinstance(problem, UnicodeEncodeError)
    return "".join(PLAIN.get(sign, "?") for sign in problem.object[problem.start : problem.end]), problem.end


codecs.register_error("veillee", _plain)


def language() -> Language:
    """That of the terminal: VEILLEE_LANGUAGE, else the locale; English where neither says French."""
    for name in ("VEILLEE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"


def words(id: str, /, *, spoken: Language | None = None, **variables: Any) -> str:
    from bot.voice import Voice

    return Voice(spoken or language(), "tu", ZoneInfo("UTC"), datetime.now(UTC)).text(id, **variables)


def why(problem: OSError) -> str:
    """In the person's own words; in the system's, where it is a rare one."""
    sentence = REASONS.get(problem.errno or 0)
    return words(sentence) if sentence else problem.strerror or type(problem).__name__


def put(line: str, to: TextIO | None) -> None:
    """One that cannot be written must not stop what it tells of: its disk may be full, its reader gone."""
    if to is not None:  # it was closed before we began
        with suppress(OSError, ValueError):
            to.write(line + "\n")
            to.flush()


def tell(sentence: str) -> None:
    """To whoever started it, if they are still there."""
    put(sentence, sys.stdout)


@contextmanager
def one_line() -> Iterator[None]:
    """A problem the operator can mend ends the program with its sentence and its exit code.

    VEILLEE_TRACEBACK=1 shows where a mistake of ours comes from, for whoever mends it.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="veillee")
    try:
        yield
    except OperatorProblem as problem:
        _say(words(problem.id, **problem.variables), problem.exit_code)
        raise SystemExit(problem.exit_code) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except (Exception, BaseExceptionGroup) as fault:  # noqa: BLE001  told in one line, and where it comes from
        if isinstance(fault, PermissionError) and fault.filename:
            _say(words("operator-closed", file=str(fault.filename)), EXIT_DISK, fault)
            raise SystemExit(EXIT_DISK) from None
        frame = traceback.extract_tb(fault.__traceback__)[-1]
        where = f"{type(fault).__name__}, {Path(frame.filename).name}:{frame.lineno}"
        _say(words("unforeseen", where=where), 1, fault)
        raise SystemExit(1) from None
    finally:
        _let_go()


def _say(sentence: str, code: int, fault: BaseException | None = None) -> None:
    from bot.logs import last_words

    if last_words(sentence, code, fault):
        return
    put(sentence, sys.stderr)
    if fault is not None and os.environ.get("VEILLEE_TRACEBACK"):
        put("".join(without_values(fault)).rstrip("\n"), sys.stderr)


def _let_go() -> None:
    """Of what could not be written: Python would try it once more at the very end, and change the exit code."""
    for stream in (each for each in (sys.stdout, sys.stderr) if each is not None and not each.closed):
        try:
            stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def without_values(fault: BaseException) -> list[str]:
    """The whole traceback, but for what the exceptions say: that may be what somebody said."""
    before = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    lines = [*without_values(before), "Of that came:\n"] if before else []
    lines += [*traceback.format_tb(fault.__traceback__), f"{type(fault).__name__}\n"]
    for inner in fault.exceptions if isinstance(fault, BaseExceptionGroup) else ():
        lines += ["Within it:\n", *without_values(inner)]
    return lines
