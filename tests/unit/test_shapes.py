"""Each command, those still to be declared too, fits what platforms with commands of their own ask of one."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.app import FEATURES
from bot.chat.commands import CommandShape
from bot.chat.language import Language
from bot.context import Context
from bot.feature import Feature, Features, Field, Option
from bot.fields import Answers
from bot.shapes import LONGEST_ABOUT, MOST_AT_THE_TOP, MOST_TOGETHER, ShapeProblem, shapes, typed_as_own
from bot.voice import Voice
from tests.unit.test_locales import messages

SHAPES = shapes(FEATURES)
LANGUAGES = ("en", "fr")
WRITTEN = ("fr", "en", "fr-vous")


def path_of(shape: CommandShape, language: str) -> tuple[str, ...]:
    return shape.path_fr if language == "fr" else shape.path_en


def names() -> Iterator[str]:
    for shape in SHAPES:
        yield from (*shape.path_en, *shape.path_fr)
        for field in shape.fields:
            yield from (field.name_en, field.name_fr)


@pytest.mark.parametrize("name", sorted(set(names())))
def test_a_name_is_one_that_discord_takes(name: str) -> None:
    """As its pattern says: ^[-_'\\p{L}\\p{N}\\p{sc=Deva}\\p{sc=Thai}]{1,32}$, in lower case."""
    assert 1 <= len(name) <= 32
    assert all(c in "-_'" or unicodedata.category(c)[0] in "LN" for c in name)
    assert name == name.lower()
    assert name == unicodedata.normalize("NFC", name)


def test_every_command_has_its_shape() -> None:
    assert [shape.id for shape in SHAPES] == list(FEATURES.commands)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_commands_stand_at_one_place(language: str) -> None:
    paths = Counter(path_of(shape, language) for shape in SHAPES)
    assert [path for path, count in paths.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_command_is_no_group(language: str) -> None:
    paths = {path_of(shape, language) for shape in SHAPES}
    groups = {path[:depth] for path in paths for depth in range(1, len(path))}
    assert not paths & groups


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_not_more_than_can_be_shown(language: str) -> None:
    steps = {path_of(s, language)[:depth] for s in SHAPES for depth in range(1, 1 + len(path_of(s, language)))}
    below = Counter(step[:-1] for step in steps)
    assert below.pop(()) <= MOST_AT_THE_TOP
    assert all(count <= MOST_TOGETHER for count in below.values())


def test_what_can_be_hidden_from_members_is_hidden_whole() -> None:
    whose: dict[str, set[bool]] = {}
    for shape in SHAPES:
        whose.setdefault(shape.path_en[0], set()).add(shape.facilitator)
        assert shape.facilitator == FEATURES.commands[shape.id].facilitator
    assert [name for name, both in whose.items() if len(both) > 1] == []


@pytest.mark.parametrize("shape", SHAPES, ids=lambda s: s.id)
def test_what_is_said_about_it_fits(shape: CommandShape) -> None:
    abouts = [shape.about_en, shape.about_fr]
    abouts += [about for field in shape.fields for about in (field.about_en, field.about_fr)]
    for about in abouts:
        assert 1 <= len(about) <= LONGEST_ABOUT, about
        assert about[0] == about[0].upper()
        assert not {"\n", "{", "}"} & set(about)
    assert len(shape.fields) <= MOST_TOGETHER
    for names in ({f.name_en for f in shape.fields}, {f.name_fr for f in shape.fields}):
        assert len(names) == len(shape.fields)
    for field in shape.fields:
        assert len(field.options) <= MOST_TOGETHER
        assert all(id and 1 <= len(en) <= 100 and 1 <= len(fr) <= 100 for id, en, fr in field.options)
        assert bool(field.options) == (field.kind == "option")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_field_is_called_something_and_no_more_than_fits(language: str) -> None:
    wanted = {
        f"label-{form.id.split('.')[0]}-{field.name}" for form in FEATURES.forms.values() for field in form.fields
    }
    there = {id for id in messages(language) if id.startswith("label-")}
    assert there == wanted
    for id in there | {id for id in messages("fr-vous") if id.startswith("label-")}:
        for words in (messages(each)[id][1].partition("=")[2].strip() for each in WRITTEN if id in messages(each)):
            assert 1 <= len(words) <= 45, id


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_sheet_that_is_no_command_has_a_title_that_fits(language: str) -> None:
    wanted = {"title-" + id.replace(".", "-") for id in FEATURES.forms if id not in FEATURES.commands}
    there = {id for id in messages(language) if id.startswith("title-")}
    assert wanted <= there
    assert there <= wanted | {"title-" + id.replace(".", "-") for id in FEATURES.commands}
    for id in there:
        for words in (messages(each)[id][1].partition("=")[2].strip() for each in WRITTEN if id in messages(each)):
            assert 1 <= len(words) <= 45, id


def test_what_is_said_about_a_command_or_field_is_about_one_that_exists() -> None:
    known = {"about-" + id.replace(".", "-") for id in FEATURES.commands}
    known |= {f"about-{c.id.split('.')[0]}-{f.name}" for c in FEATURES.commands.values() for f in c.fields}
    assert {id for id in messages("en") if id.startswith("about-")} <= known


def by_id(id: str) -> CommandShape:
    return next(shape for shape in SHAPES if shape.id == id)


@pytest.mark.parametrize(
    ("id", "english", "french"),
    [
        ("sessions.plan", "session plan", "rencontre planifier"),
        ("sessions.yes", "coming", "je-viens"),
        ("pulse.now", "pulse now", "pouls maintenant"),
        ("rhythm.plan", "plan upcoming", "plan à-venir"),
        ("icebreakers.now", "icebreaker now", "brise-glace maintenant"),
        ("stories.tell", "story tell", "récit raconter"),
        ("privacy.forget", "my-data erase", "mes-données effacer"),
        ("help.help", "help", "aide"),
    ],
)
def test_names_one_expects(id: str, english: str, french: str) -> None:
    assert (" ".join(by_id(id).path_en), " ".join(by_id(id).path_fr)) == (english, french)


def test_fields_as_they_are_told() -> None:
    fields = {f.name: f for f in by_id("sessions.plan").fields}
    assert [(f.name_en, f.name_fr, f.kind, f.required) for f in fields.values()] == [
        ("theme", "thème", "text", True), ("when", "quand", "suggested", True),
        ("length", "durée", "suggested", True), ("place", "lieu", "suggested", False),
        ("series", "série", "suggested", False),
    ]  # fmt: skip
    what = next(f for f in by_id("sessions.edit").fields if f.name == "what")
    assert what.options[1] == ("place", "Place", "Lieu")
    scope = next(f for f in by_id("rhythm.pause").fields if f.name == "scope")
    assert scope.options[0][0] == "all"
    assert ("pulse", "Pulse", "Pouls") in scope.options


def test_what_is_told_at_length_is_left_to_a_sheet() -> None:
    assert [f.name for f in by_id("stories.for").fields] == ["session", "member"]


def test_members_called_vous_are_called_so_here_too() -> None:
    tu, vous = (next(s for s in shapes(FEATURES, a) if s.id == "privacy.data") for a in ("tu", "vous"))
    assert tu.about_fr == "Voir ce que je garde de toi"
    assert vous.about_fr == "Voir ce que je garde de vous"
    assert tu.path_fr == vous.path_fr


def voice(language: Language) -> Voice:
    return Voice(language, "tu", ZoneInfo("America/Montreal"), datetime(2027, 1, 4, tzinfo=UTC))


@pytest.mark.parametrize(
    ("id", "language", "rest", "wanted"),
    [
        ("rhythm.skip", "fr", "12", "/plan passer numéro:12"),
        ("rhythm.move", "fr", "12 | mardi 9 h", "/plan déplacer numéro:12 quand:mardi 9 h"),
        ("sessions.attendance", "en", "3 | Ana, Bo", "/session attendance session:3 names:Ana, Bo"),
        ("welcome.language", "en", "a | b", "/language language:a | b"),
        ("help.help", "en", "", "/help"),
        ("help.help", "fr", "12", "/aide"),
    ],
)
def test_a_command_as_it_is_typed_there(id: str, language: Language, rest: str, wanted: str) -> None:
    assert typed_as_own(FEATURES.commands[id], voice(language), rest) == wanted


# -- what is declared wrong --------------------------------------------------------------------------------------


async def run(ctx: Context, answers: Answers) -> None:
    """Nothing."""


def declared(*commands: dict[str, Any]) -> Features:
    """Under names whose words are known."""
    features = []
    for name, given in zip(("list", "calendar", "yes"), commands, strict=False):
        feature = Feature("sessions")
        feature.command(name, **({"en": name, "fr": f"{name}-fr"} | given))(run)
        features.append(feature)
    return Features(features)


@pytest.mark.parametrize(
    "commands",
    [
        ({"en": "plan", "fr": "plan"}, {"en": "plan show", "fr": "plan voir"}),
        ({"path": ("plan show", "plan voir")}, {"path": ("plan show", "plan lire")}),
        ({"path": ("plan show", "plan voir")}, {"path": ("plan read", "plan voir")}),
        ({"path": ("plan show", "plan voir")}, {"path": ("plan read", "rythme lire")}),
        ({"path": ("pause", "arrêt")}, {"path": ("stop", "pause")}),
        ({"path": ("plan show", "voir")},),
        ({"path": ("a b c d", "a b c d")},),
        ({"path": ("x" * 33, "x")},),
        ({"path": ("what?", "quoi")},),
        ({"path": ("plan show", "plan voir"), "facilitator": True}, {"path": ("plan mine", "plan relire")}),
        ({"fields": [Field("theme"), Field("theme")]},),
    ],
)
def test_what_no_platform_could_take_is_told_when_it_is_declared(commands: tuple[dict[str, Any], ...]) -> None:
    with pytest.raises(ShapeProblem):
        shapes(declared(*commands))


def test_too_many_together_are_told() -> None:
    feature = Feature("sessions")
    for count in range(MOST_TOGETHER + 1):
        feature.command("list", en="x", fr="x", path=(f"group n{count}", f"groupe n{count}"))(run)
    features = Features([feature])
    features.commands = {f"sessions.list#{n}": c for n, c in enumerate(feature.commands)}
    with pytest.raises(ShapeProblem, match="too many"):
        shapes(features)


def test_more_options_than_can_be_shown_are_suggested_instead() -> None:
    options = tuple(Option(f"o{n}", (f"option {n}",), (f"choix {n}",)) for n in range(26))
    (shape,) = shapes(declared({"fields": [Field("what", "option", options=options)]}))
    assert (shape.fields[0].kind, shape.fields[0].options) == ("suggested", ())
