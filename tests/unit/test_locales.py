"""Both languages are complete, say what they are given, and keep to their typography."""

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from bot.app import FEATURES
from bot.voice import LOCALES, Voice
from tests.french import SAYS_TU

FRENCH, ENGLISH, FORMAL = "fr", "en", "fr-vous"
ROOT = LOCALES.parents[1]


class Variables(Visitor):
    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.found.add(node.id.name)


@cache
def messages(language: str) -> dict[str, tuple[set[str], str]]:
    """Variables and source of each sentence, by id; attributes apart."""
    found: dict[str, tuple[set[str], str]] = {}
    for file in sorted((LOCALES / language).glob("*.ftl")):
        source = file.read_text("utf-8")
        for entry in FluentParser().parse(source).body:
            assert not isinstance(entry, ast.Junk), f"{file.name}: {entry.content}"
            if isinstance(entry, ast.Message):
                assert entry.id.name not in found, f"{entry.id.name} stands twice in {language}"
                variables = Variables()
                variables.visit(entry)
                span = entry.span
                assert span is not None
                found[entry.id.name] = (variables.found, source[span.start : span.end])
    return found


def test_both_languages_say_the_same_things() -> None:
    assert messages(FRENCH).keys() == messages(ENGLISH).keys()


def test_both_languages_are_given_the_same() -> None:
    assert given(FRENCH) == given(ENGLISH)


def test_vous_says_nothing_that_tu_does_not() -> None:
    with_tu = given(FRENCH)
    assert given(FORMAL) == {id: with_tu.get(id) for id in messages(FORMAL)}


def given(language: str) -> dict[str, set[str]]:
    return {id: variables for id, (variables, _) in messages(language).items()}


# Whoever runs Veillée, or plays with a rehearsal, is not a member: they are tutoyés by the terminal.
UNADDRESSED = {"operator.ftl", "database.ftl", "rehearsal.ftl", "check.ftl", "operating.ftl"}


def members_french() -> dict[str, str]:
    skipped = {
        entry.id.name
        for name in UNADDRESSED
        for file in [LOCALES / FRENCH / name]
        if file.exists()
        for entry in FluentParser().parse(file.read_text("utf-8")).body
        if isinstance(entry, ast.Message)
    }
    return {id: source for id, (_, source) in messages(FRENCH).items() if id not in skipped}


def test_whatever_says_tu_also_exists_with_vous() -> None:
    with_tu = {id for id, source in members_french().items() if SAYS_TU.search(source)}
    assert len(with_tu) > 200
    assert not with_tu - messages(FORMAL).keys()
    assert not {id for id in with_tu if SAYS_TU.search(messages(FORMAL)[id][1])}


@pytest.mark.parametrize("address", ["tu", "vous"])
@pytest.mark.parametrize("language", [FRENCH, ENGLISH])
def test_every_sentence_can_be_said(language: Any, address: Any) -> None:
    voice = Voice(language, address, ZoneInfo("America/Montreal"), datetime(2027, 1, 4, tzinfo=UTC))
    for id, (variables, source) in messages(language).items():
        # None and one may be said without a figure; with several, whatever is given is said.
        for number in (0, 1, 2, 12):
            given = {v: number if re.search(rf"\${v}\s*->", source) else f"<{v}>" for v in variables}
            said = voice.text(id, **given)
            assert said.strip() or id == "form-gap", id
        for name, value in given.items():
            assert isinstance(value, int) or value in said, f"{id} swallows {name}"


@pytest.mark.parametrize("language", [FRENCH, FORMAL])
def test_french_typography(language: str) -> None:
    for id, (_, source) in messages(language).items():
        text = source.split("=", 1)[1]
        assert "'" not in text, id
        words = re.sub(r"\{[^{}]*\}", "x", text)
        assert not re.search(r"[^\u202f\u00a0\s][?;!]", words), f"{id}: a space before ? ; !"
        assert not re.search(r" [?;:!»]|« ", words), f"{id}: that space must not break"


@pytest.mark.parametrize("language", [FRENCH, ENGLISH, FORMAL])
def test_no_shouting(language: str) -> None:
    for id, (_, source) in messages(language).items():
        assert "!!" not in source, id


def test_no_sentence_of_the_other_language() -> None:
    for id, (_, source) in messages(FRENCH).items():
        assert not re.search(r"\b(the|and|your|you|is|are|with)\b", source.split("=", 1)[1].lower()), id
    for id, (_, source) in messages(ENGLISH).items():
        words = re.sub(r"\{[^{}]*\}", "", source.split("=", 1)[1].lower())
        assert not re.search(r"\b(le|les|des|une|est|vous|avec|pour)\b", words), id


def test_every_sentence_that_is_asked_for_exists() -> None:
    wanted = re.compile(
        r"""(?<!answers\.)\b(?:say|text|words|Problem|OperatorProblem)\(\s*"([a-z][a-z0-9-]+)\""""
    )
    missing = {
        f"{file.relative_to(ROOT)}: {id}"
        for file in [*ROOT.glob("bot/**/*.py"), *ROOT.glob("bot/**/*.j2")]
        for id in wanted.findall(file.read_text("utf-8"))
        if id not in messages(ENGLISH) and not id.endswith("-")
    }
    assert not missing


def test_everything_declared_has_its_words() -> None:
    wanted = set()
    for command in FEATURES.commands.values():
        wanted.add("help-" + command.id.replace(".", "-"))
    for form in FEATURES.forms.values():
        feature = form.id.split(".")[0]
        wanted |= {f"ask-{feature}-{field.name}" for field in form.fields}
    wanted |= {"due-" + id.replace(".", "-") for id in FEATURES.dues}
    wanted |= {f"rhythm-{f.name}" for f in FEATURES.all if f.has_rhythm}
    assert not wanted - messages(ENGLISH).keys()


def test_no_sentence_is_left_over() -> None:
    code = "\n".join(
        f.read_text("utf-8") for kind in ("bot/**/*.py", "bot/**/*.j2", "adapters/**/*.py") for f in ROOT.glob(kind)
    )
    made = re.compile(r"^(help|ask|due|rhythm|measure|check|finding)-")
    stems = set(re.findall(r"""f["']([a-z][a-z0-9-]*-)\{""", code))
    left = {
        id
        for id in messages(ENGLISH)
        if f'"{id}"' not in code and f"'{id}'" not in code and not made.match(id)
        and not any(id.startswith(stem) for stem in stems)
    }  # fmt: skip
    assert not left


def test_the_folders_hold_the_same_files() -> None:
    def names(language: str) -> set[str]:
        return {f.name for f in Path(LOCALES / language).glob("*.ftl")}

    assert names(FRENCH) == names(ENGLISH)
    assert names(FORMAL) <= names(FRENCH)
