"""`veillee rehearse`, as it is run."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from adapters.rehearsal.platform import BOT
from bot.cli.inside import Inside
from bot.rehearsal import ROOM
from bot.rehearsed import FILES
from tests.rehearsal.season import played, season
from tests.typed import veillee


def rehearse(*given: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return veillee("rehearse", *given, cwd=Path.cwd(), **{"COLUMNS": "80", **environment})


def rehearsed_anew(*given: str) -> subprocess.CompletedProcess[str]:
    """By a Python that has an order of its own for what has none."""
    return subprocess.run(
        [sys.executable, "-m", "bot", "rehearse", *given],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=250, check=False,
        env={**os.environ, "PYTHONHASHSEED": "random"},
    )  # fmt: skip


@pytest.mark.parametrize(("language", "weeks"), [("fr", "2"), ("en", "1")])
def test_the_same_seed_gives_the_same_bytes(language: str, weeks: str, tmp_path: Path) -> None:
    written = []
    for run in ("one", "two"):
        out = tmp_path / run
        done = rehearsed_anew("--lang", language, "--weeks", weeks, "--seed", "5", "--out", str(out))
        assert done.returncode == 0, done.stderr
        written.append({name: (out / name).read_bytes() for name in FILES})
    for name in FILES:
        assert written[0][name] == written[1][name], name
        assert written[0][name]


def test_another_seed_gives_another_season(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        rehearse("--weeks", "1", "--seed", seed, "--out", str(tmp_path / seed))
    assert (tmp_path / "1" / FILES[0]).read_bytes() != (tmp_path / "2" / FILES[0]).read_bytes()


def test_the_demo_shows_moments_and_never_waits_without_a_terminal(tmp_path: Path) -> None:
    done = rehearse("--demo", "--weeks", "2", "--lang", "fr", "--out", str(tmp_path), NO_COLOR="1")
    assert done.returncode == 0, done.stderr
    for title in ("Un brise-glace, et deux réponses", "L’accueil, dans le salon", "La saison est jouée"):
        assert title in done.stdout
    assert "transcript.md" in done.stdout
    assert "\x1b" not in done.stdout
    assert max(len(line) for line in done.stdout.splitlines()) <= 80


def test_a_mistake_is_told_in_one_line_before_anything_is_played(tmp_path: Path) -> None:
    done = rehearse(str(tmp_path / "rien.toml"), "--out", str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "rien.toml" in done.stderr


def test_a_folder_that_cannot_be_written_in(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    done = rehearse("--out", str(tmp_path / "taken"), LANG="en_CA.UTF-8", VEILLEE_LANGUAGE="en")
    assert done.returncode == 5
    assert len(done.stderr.splitlines()) == 1
    assert "--out" in done.stderr


async def test_the_transcript_says_what_was_said_and_no_more(tmp_path: Path) -> None:
    from bot.transcript import transcript

    async with played(season({"chatty": 4}, weeks=1), tmp_path) as p:
        await p.platform.say(p.members[0].person, ROOM, "# *titre* <b>gras</b> [lien](http://x) `code`")
        told = transcript(p, ["Une phrase."])
    assert "\\# \\*titre\\* \\<b\\>gras\\</b\\> \\[lien\\](http://x) \\`code\\`" in told
    assert "**\\[2\\]**" in told, "buttons are shown"
    assert "### Semaine 1" in told


class Typing:
    """Types the lines one after another, then closes the terminal."""

    def __init__(self, *lines: str) -> None:
        self.prompts: list[str] = []
        self._lines: Iterator[str] = iter(lines)

    def __call__(self, prompt: str) -> str | None:
        self.prompts.append(prompt)
        return next(self._lines, None)


async def inside(folder: Path, *lines: str, language: str = "fr") -> tuple[str, Typing]:
    shown = io.StringIO()
    typing = Typing(*lines)
    names = {"members": ["Ana", "Bo", "Cléo"], "facilitators": ["Fatima"]}
    async with played(season({"clicks": 3}, weeks=1, language=language, **names), folder) as p:
        await Inside(p, Console(file=shown, width=80)).run(typing)
    return shown.getvalue(), typing


async def test_inside_one_becomes_anyone_and_commands_are_answered(tmp_path: Path) -> None:
    shown, typing = await inside(tmp_path, "comme cleo", "!veillee adie", "privé", "aide", "quitter", "jamais lu")
    assert "Tu es Cléo, dans le salon" in shown
    assert "Voulais-tu dire" in shown
    assert "Voici ce que tu peux me demander" in shown
    assert typing.prompts[-1] == "Cléo · privé >"


async def test_inside_buttons_are_pressed_by_their_number(tmp_path: Path) -> None:
    shown, _ = await inside(
        tmp_path, "comme Ana", "dm me présenter", "Je lis.", "passer", "passer", "1", "99", "clic 98"
    )
    assert "1 [Publier]".replace(" ", "\u00a0") in shown
    assert "Ana clique sur [Publier]" in shown
    assert "Ta présentation est dans le salon" in shown.replace("\n", " ")
    assert "Aucun bouton 99" in shown
    assert "Aucun bouton 98" in shown


async def test_inside_the_clock_moves_and_shows_what_happened(tmp_path: Path) -> None:
    typed = ("as Bo", "+8 days", "thread A quiet morning", "+9 moons", "+900 weeks")
    shown, _ = await inside(tmp_path, *typed, language="en")
    assert "This week’s icebreaker" in shown
    assert "A quiet morning" in shown
    assert "I could not tell how far" in shown
    assert "One year at most" in shown


async def test_inside_who_is_played_by_someone_does_nothing_by_themselves(tmp_path: Path) -> None:
    async with played(season({"chatty": 2}, weeks=1), tmp_path) as p:
        held = p.members[0].person
        p.held = held
        before = len(p.platform.said)
        await p.play(p.season.ends + (p.season.ends - p.season.opens) * 2)
        assert not [s for s in p.platform.said[before:] if s.person == held]
        assert [s for s in p.platform.said[before:] if s.person not in (held, BOT)]


async def test_inside_strange_words_break_nothing(tmp_path: Path) -> None:
    strange = ("comme personne", "", "   ", "[bold]gras[/bold]", "+", "fil", "press", "²")
    shown, typing = await inside(tmp_path, *strange)
    assert "Personne ici ne s’appelle personne" in shown
    assert len(typing.prompts) == 9


