"""A season’s file: each mistake is one sentence that names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chat.language import Language
from bot.errors import EXIT_CONFIGURATION, OperatorProblem
from bot.operator import words
from bot.season import example, load

WHOLE = """
start = 2027-01-25
weeks = 2
[community]
name = "Le cercle"
[temperaments]
chatty = 2
[[sessions]]
theme = "Dire non"
when = "jeudi 4 février à 12 h"
length = "1 h 30"
"""

MISTAKES = {
    "not TOML": ("start = = 2027", ("ligne 1",)),
    "unknown key": (WHOLE.replace("weeks", "week"), ("week", "weeks")),
    "unknown temperament": (WHOLE.replace("chatty", "chaty"), ("chaty", "chatty")),
    "wrong type": (WHOLE.replace("weeks = 2", 'weeks = "deux"'), ("weeks",)),
    "no start": (WHOLE.replace("start = 2027-01-25", ""), ("start", "saison.fr.toml")),
    "unknown zone": (WHOLE.replace('"Le cercle"', '"Le cercle"\nzone = "Mars/Mons"'), ("zone", "America/Toronto")),
    "no members": (WHOLE.replace("chatty = 2", "chatty = 0"), ("aucun membre",)),
    "a crowd": (WHOLE.replace("chatty = 2", "chatty = 150\nclicks = 150"), ("300", "200")),
    "names and numbers apart": (WHOLE.replace("weeks", 'members = ["Ana"]\nweeks'), ("1 personnes", "2")),
    "a name twice": (WHOLE.replace("weeks", 'members = ["Ana", "Ana"]\nweeks'), ("Ana",)),
    "an empty name": (WHOLE.replace("weeks", 'members = ["Ana", " "]\nweeks'), ("nom vide",)),
    "a date that says nothing": (WHOLE.replace("jeudi 4 février à 12 h", "bientôt"), ("bientôt",)),
    "a date that is past": (WHOLE.replace("4 février à 12 h", "4 janvier 2024 à 12 h"), ("4 janvier 2024",)),
    "a length that says nothing": (WHOLE.replace("1 h 30", "longtemps"), ("longtemps",)),
    "a series that says nothing": (WHOLE + 'repeat = "parfois"', ("parfois",)),
    "more sessions than the series has": (WHOLE + '[[sessions.then]]\ntheme = "Autre"', ("Dire non",)),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_each_mistake_is_one_sentence_that_names_it(mistake: str, tmp_path: Path) -> None:
    text, named = MISTAKES[mistake]
    file = tmp_path / "saison.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(OperatorProblem) as found:
        load(file)
    sentence = words(found.value.id, spoken="fr", **found.value.variables)
    assert found.value.exit_code == EXIT_CONFIGURATION
    assert "\n" not in sentence
    assert str(file) in sentence
    for part in named:
        assert part in sentence


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OperatorProblem) as found:
        load(tmp_path / "rien.toml")
    assert "rien.toml" in words(found.value.id, spoken="fr", **found.value.variables)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_examples_are_24_members_and_two_facilitators_over_8_weeks(language: Language) -> None:
    season = example(language)
    facilitators, members = season.people()
    assert (len(facilitators), len(set(members)), season.weeks) == (2, 24, 8)
    assert season.community.language == language
    assert all(season.temperaments.model_dump().values()), "a temperament that nobody has"


def test_more_members_than_the_example_has_names_for(tmp_path: Path) -> None:
    file = tmp_path / "saison.toml"
    file.write_text(WHOLE.replace("chatty = 2", "clicks = 60"), "utf-8")
    _, members = load(file).people()
    assert len(set(members)) == 60


def test_lang_and_weeks_on_the_command_line_win(tmp_path: Path) -> None:
    file = tmp_path / "saison.toml"
    file.write_text(WHOLE, "utf-8")
    season = load(file, language="en", weeks=5)
    assert (season.community.language, season.weeks) == ("en", 5)
