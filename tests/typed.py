"""The command line as it is typed, in a process of its own, which is forked from one that has imported everything: a
program that begins from nothing takes a second or two of a processor before it does anything."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.journeys.warm"])
# Seconds.
PATIENCE = 60


def veillee(
    *arguments: str, cwd: Path, language: str = "en", **environment: str
) -> subprocess.CompletedProcess[str]:
    return _ended(arguments, cwd, os.environ | {"VEILLEE_LANGUAGE": language} | environment)


def as_any_account(*arguments: str, cwd: Path, language: str = "en") -> subprocess.CompletedProcess[str]:
    """The same, where root is one to whom folders may be closed."""
    return _ended(arguments, cwd, os.environ | {"VEILLEE_LANGUAGE": language}, closed=True)


def _ended(
    arguments: tuple[str, ...], cwd: Path, surroundings: dict[str, str], *, closed: bool = False
) -> subprocess.CompletedProcess[str]:
    with TemporaryDirectory() as folder:
        written = [Path(folder) / name for name in ("output", "errors")]
        process = _CONTEXT.Process(target=_program, args=(arguments, cwd, surroundings, closed, *written))
        process.start()
        process.join(PATIENCE)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired(arguments, PATIENCE)
        output, errors = (file.read_text("utf-8") for file in written)
        return subprocess.CompletedProcess(arguments, process.exitcode, output, errors)


def _give_up_rights() -> None:
    """Root enters every folder by two capabilities, which this process gives up for good."""
    libc = ctypes.CDLL(None, use_errno=True)
    header, held = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    if libc.capget(header, held) == 0:
        held[0] &= ~0b110  # effective: CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        held[1] &= ~0b110  # permitted
        libc.capset(header, held)


def _program(
    arguments: tuple[str, ...], cwd: Path, environment: dict[str, str], closed: bool, output: Path, errors: Path
) -> None:
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    for number, file in enumerate((Path(os.devnull), output, errors)):
        opened = os.open(file, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    if closed:
        _give_up_rights()
    sys.argv = ["veillee", *arguments]
    from bot.__main__ import main

    main()
