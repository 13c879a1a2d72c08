"""A season played before one’s eyes, written down, and then open to be entered."""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.chat.language import Language
from bot.errors import EXIT_CONFIGURATION, EXIT_DISK, OperatorProblem

if TYPE_CHECKING:
    from rich.console import Console

    from bot.rehearsal import Rehearsal
    from bot.season import Season


def rehearse(
    season: Path | None, seed: int, lang: str | None, out: Path, weeks: int | None, demo: bool
) -> None:
    """`demo`: with a selection of moments as they happen. On a terminal, it can then be stepped into."""
    from rich.console import Console

    import bot.season
    from bot.operator import language

    if lang not in (None, "fr", "en"):
        raise OperatorProblem("rehearsal-lang", EXIT_CONFIGURATION, lang=lang or "")
    spoken: Language | None = "fr" if lang == "fr" else "en" if lang else None
    if season is None:
        plan = bot.season.example(spoken or language(), weeks=weeks)
    else:
        plan = bot.season.load(season, language=spoken, weeks=weeks)
    _writable(out)
    _quiet()
    inside = demo and sys.stdin.isatty() and sys.stdout.isatty()
    try:
        asyncio.run(_play(plan, seed, out, Console(highlight=False), demo, inside))
    except KeyboardInterrupt:
        sys.stdout.write("\n")
        raise SystemExit(130) from None


async def _play(season: Season, seed: int, out: Path, console: Console, demo: bool, inside: bool) -> None:
    from bot.cli.inside import Inside
    from bot.cli.lines import say
    from bot.loaded import loaded
    from bot.rehearsal import rehearsal
    from bot.rehearsed import write

    with tempfile.TemporaryDirectory(prefix="veillee-") as folder:
        database = Path(folder) / "veillee.db"
        async with rehearsal(season, seed, database) as playing:
            _begin(console, playing)
            loaded()
            with _Progress(console, playing) as progress:
                if demo:
                    _show_moments(console, playing)
                await playing.play(season.ends, progress)
            playing.watch = lambda _: None
            await _written(write(playing, database, out), out)
            await _end(console, playing, out, seed)
            if inside:
                await Inside(playing, console).run(_ask(console))
                await _written(write(playing, database, out), out)
                say(console, _say(playing, "rehearsal-inside-bye"))


def _say(playing: Rehearsal, sentence: str, **variables: str | int) -> str:
    from bot.rehearsed import voice_of

    return voice_of(playing).text(sentence, **variables)


def _begin(console: Console, playing: Rehearsal) -> None:
    from bot.cli.lines import say

    season = playing.season
    title = _say(playing, "rehearsal-title", community=season.community.name)
    counted = {"members": len(playing.members), "facilitators": len(playing.facilitators)}
    console.print()
    say(console, title, "bold")
    say(console, _say(playing, "rehearsal-subtitle", weeks=season.weeks, **counted), "dim")


def _show_moments(console: Console, playing: Rehearsal) -> None:
    from bot.cli.lines import Chat
    from bot.cli.showcase import Showcase
    from bot.rehearsed import voice_of

    voice = voice_of(playing)
    chat = Chat(console, voice, {m.person: m.name for m in playing.people.values()})
    playing.watch = Showcase(voice, playing.season.opens, chat.scene).watch


class _Progress:
    """A bar by the weeks of the season, on a terminal only."""

    def __init__(self, console: Console, playing: Rehearsal) -> None:
        from rich.progress import BarColumn, Progress, TextColumn

        self._season, self._playing = playing.season, playing
        self._bar = Progress(
            TextColumn("{task.description}"), BarColumn(bar_width=None), TextColumn("{task.percentage:>3.0f} %"),
            console=console, transient=True, disable=not console.is_terminal,
        )  # fmt: skip
        self._task = self._bar.add_task("", total=(self._season.ends - self._season.opens).total_seconds())

    def __enter__(self) -> Callable[[datetime], None]:
        self._bar.start()
        return self._at

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def _at(self, instant: datetime) -> None:
        gone = instant - self._season.opens
        week = min(gone // timedelta(weeks=1) + 1, self._season.weeks)
        described = _say(self._playing, "rehearsal-progress", week=week, weeks=self._season.weeks)
        self._bar.update(self._task, completed=gone.total_seconds(), description=described)


async def _end(console: Console, playing: Rehearsal, out: Path, seed: int) -> None:
    from rich.table import Table

    from bot.cli.lines import Unbroken, held, say
    from bot.rehearsed import FILES, sentences

    console.print()
    say(console, _say(playing, "rehearsal-done"), "bold")
    for sentence in await sentences(playing):
        say(console, sentence)
    console.print()
    say(console, _say(playing, "rehearsal-files", folder=f"{out}/"), "bold")
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column()
    for name in FILES:
        kind = name.split(".")[0] if name != "veillee.db" else "database"
        table.add_row(held(name, "cyan"), held(_say(playing, f"rehearsal-file-{kind}")))
    console.print(Unbroken(table))
    say(console, _say(playing, "rehearsal-again", seed=str(seed)), "dim")


def _ask(console: Console) -> Callable[[str], str | None]:
    """A line typed at the terminal; None at its end."""
    from rich.text import Text

    def ask(prompt: str) -> str | None:
        try:
            console.print()
            return console.input(Text(f"{prompt} ", style="bold"))
        except (EOFError, KeyboardInterrupt):
            console.print()
            return None

    return ask


async def _written(writing: object, out: Path) -> None:
    try:
        await writing  # type: ignore[misc]  # a coroutine, begun here so that its trouble is told here
    except OSError as problem:
        raise _not_there(out, problem) from problem


def _writable(out: Path) -> None:
    """Before anything is played: nobody wants to learn it at the end."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as problem:
        raise _not_there(out, problem) from problem


def _not_there(out: Path, problem: OSError) -> OperatorProblem:
    from bot.operator import why

    return OperatorProblem("rehearsal-out", EXIT_DISK, folder=str(out), why=why(problem))


def _quiet() -> None:
    """Only mistakes of ours are told: a closed door is part of the play."""
    import structlog

    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
