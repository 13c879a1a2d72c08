"""A community that chose vous is called so by the banks too."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.banks import read
from bot.banks.read import bank
from tests.french import SAYS_TU, SAYS_VOUS

SPOKEN = ("icebreakers", "pulse", "stories", "charter")
every_bank = pytest.mark.parametrize("name", SPOKEN)


def written(name: str, language: str) -> Any:
    return tomllib.loads(Path(read.__file__).with_name(f"{name}.{language}.toml").read_text("utf-8"))


def sentences(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Each with where it stands."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, list | dict):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from sentences(each, f"{where}/{key}")


def entries_with_vous(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict) and "vous" in value:
        yield value
    if isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from entries_with_vous(each)


@every_bank
def test_whatever_says_tu_is_also_written_with_vous(name: str) -> None:
    with_tu, with_vous = (dict(sentences(bank(name, "fr", address))) for address in ("tu", "vous"))
    assert {text for text in with_tu.values() if SAYS_TU.search(text)}
    assert {text for text in with_vous.values() if SAYS_TU.search(text)} == set()
    assert with_tu.keys() == with_vous.keys()


@every_bank
def test_only_what_says_tu_is_said_otherwise_and_then_it_says_vous(name: str) -> None:
    with_tu, with_vous = (dict(sentences(bank(name, "fr", address))) for address in ("tu", "vous"))
    changed = {where for where, text in with_vous.items() if text != with_tu[where]}
    assert {with_tu[where] for where in changed if not SAYS_TU.search(with_tu[where])} == set()
    assert {with_vous[where] for where in changed if not SAYS_VOUS.search(with_vous[where])} == set()


@every_bank
def test_vous_stands_beside_what_it_replaces_and_only_where_it_differs(name: str) -> None:
    found = list(entries_with_vous(written(name, "fr")))
    assert found
    for entry in found:
        assert entry["vous"].keys() <= entry.keys() - {"id", "vous"}
        assert [key for key, said in entry["vous"].items() if said == entry[key]] == []


@every_bank
def test_english_has_one_way_to_say_you(name: str) -> None:
    assert list(entries_with_vous(written(name, "en"))) == []
    assert bank(name, "en", "vous") == bank(name, "en")


@pytest.mark.parametrize(
    "text", ["Crois-tu ?", "T’en souviens-tu ?", "Pense à un moment.", "Ton métier", "un autre que le tien", "À toi."]
)
def test_tu_is_heard(text: str) -> None:
    assert SAYS_TU.search(text)


@pytest.mark.parametrize(
    "text", ["Croyez-vous ?", "Y a-t-il un moment ?", "Pensez à un moment.", "Je tiens à le dire."]
)
def test_what_is_not_tu_is_left_alone(text: str) -> None:
    assert not SAYS_TU.search(text)
