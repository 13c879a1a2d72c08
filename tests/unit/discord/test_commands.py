"""Commands in Discord's own JSON, and back."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from adapters.discord.commands import FACILITATORS_SEE, body, focused, same, used
from adapters.discord.markup import markdown
from adapters.discord.native import Json
from bot.app import FEATURES
from bot.chat.commands import CommandShape, FieldShape
from bot.chat.content import Code
from bot.shapes import shapes
from tests.discord.description import description

SHAPES = shapes(FEATURES)
WANTED = body(SHAPES)
SUBCOMMAND, GROUP = 1, 2


def shape(id: str, path: str, *fields: FieldShape, facilitator: bool = False) -> CommandShape:
    words = tuple(path.split())
    return CommandShape(id, words, tuple(w + "-fr" for w in words), "About", "À propos", facilitator, fields)


def field(name: str, kind: Any = "text", required: bool = False, **rest: Any) -> FieldShape:
    return FieldShape(name, f"{name}-en", f"{name}-fr", "About", "À propos", kind, required, **rest)


def steps(command: Json) -> Iterator[Json]:
    yield command
    for option in command.get("options") or ():
        yield from steps(option)


# -- as they are written -----------------------------------------------------------------------------------------


@pytest.mark.skipif(description() is None, reason="Discord's own description is not at hand")
def test_discord_s_own_description_takes_them() -> None:
    discords = description()
    assert discords is not None
    assert list(discords.problems("PUT", "/applications/1/commands", WANTED)) == []
    spoilt = deepcopy(WANTED)
    spoilt[0]["name"] = "x" * 33
    assert list(discords.problems("PUT", "/applications/1/commands", spoilt))


@pytest.mark.parametrize("command", WANTED, ids=lambda c: c["name"])
def test_each_is_within_what_discord_takes(command: Json) -> None:
    counted = 0
    for step in steps(command):
        assert 1 <= len(step["description"]) <= 100
        assert 1 <= len(step["description_localizations"]["fr"]) <= 100
        assert not (step.get("choices") and step.get("autocomplete"))
        options = step.get("options") or []
        assert len(options) <= 25
        kinds = {option["type"] for option in options}
        assert kinds <= {SUBCOMMAND, GROUP} or not kinds & {SUBCOMMAND, GROUP}
        if not kinds & {SUBCOMMAND, GROUP}:
            required = [option["required"] for option in options]
            assert required == sorted(required, reverse=True)
        words = [step["name"], step["description"], *(c["name"] + str(c["value"]) for c in step.get("choices", ()))]
        french = [step["name_localizations"]["fr"], step["description_localizations"]["fr"]]
        french += [c["name_localizations"]["fr"] + str(c["value"]) for c in step.get("choices", ())]
        # The longest of each language counts.
        counted += max(len("".join(words)), len("".join(french)))
    assert counted <= 8000


def test_there_are_no_more_than_discord_takes() -> None:
    assert len(WANTED) <= 100
    assert len({command["name"] for command in WANTED}) == len(WANTED)


def test_only_facilitators_are_shown_what_is_for_them() -> None:
    shown = {command["name"]: command["default_member_permissions"] for command in WANTED}
    assert (shown["session"], shown["plan"], shown["pulse"]) == (FACILITATORS_SEE,) * 3
    assert (shown["help"], shown["coming"], shown["my-data"], shown["story"]) == (None,) * 4
    assert all(c["contexts"] == [0, 1] and c["integration_types"] == [0] for c in WANTED)


def test_a_command_as_it_is_written() -> None:
    session = next(command for command in WANTED if command["name"] == "session")
    assert session["name_localizations"] == {"fr": "rencontre"}
    assert "planifier" in session["description_localizations"]["fr"]
    plan = next(option for option in session["options"] if option["name"] == "plan")
    assert plan["type"] == SUBCOMMAND
    assert plan["description_localizations"] == {"fr": "Planifier une rencontre, ou une série"}
    when = next(option for option in plan["options"] if option["name"] == "when")
    assert when["name_localizations"] == {"fr": "quand"}
    assert (when["type"], when["required"], when["autocomplete"]) == (3, True, True)
    assert "autocomplete" not in next(option for option in plan["options"] if option["name"] == "theme")


def test_what_is_required_stands_first() -> None:
    (made,) = body([shape("a.b", "one", field("maybe"), field("must", required=True), field("too"))])
    assert [option["name"] for option in made["options"]] == ["must-en", "maybe-en", "too-en"]


def test_figures_choices_and_groups_in_groups() -> None:
    options = (("x", "Ex", "Ix"),)
    (made,) = body(
        [
            shape("a.b", "one two three", field("count", "number"), field("what", "option", options=options)),
            shape("a.c", "one four"),
        ]
    )
    assert [(o["name"], o["type"]) for o in made["options"]] == [("two", GROUP), ("four", SUBCOMMAND)]
    count, what = made["options"][0]["options"][0]["options"]
    assert (count["type"], count["min_value"]) == (4, 1)
    assert what["choices"] == [{"name": "Ex", "name_localizations": {"fr": "Ix"}, "value": "x"}]


def test_a_group_of_many_is_still_described_within_bounds() -> None:
    (made,) = body([shape(f"a.{n}", f"group subcommand-{n}") for n in range(25)])
    assert len(made["description"]) <= 100
    assert made["description"].endswith("…")


def test_a_command_that_is_named_is_named_as_discord_has_it() -> None:
    assert markdown((Code("!veillee plan", "/plan upcoming"),)) == "`/plan upcoming`"
    assert markdown((Code("veillee run"),)) == "`veillee run`"


# -- whether they are there already ------------------------------------------------------------------------------


def as_registered(commands: list[Json]) -> list[Json]:
    """As Discord gives them back: with what it adds, and without what it takes for granted."""
    there: list[Json] = json.loads(json.dumps(commands))
    for position, command in enumerate(there):
        command |= {
            "id": str(1000 + position), "application_id": "7", "version": "9", "nsfw": False, "dm_permission": True,
        }  # fmt: skip
        if command["default_member_permissions"] is not None:
            command["default_member_permissions"] = str(command["default_member_permissions"])
        command["integration_types"] = list(reversed(command["integration_types"]))
        for step in steps(command):
            if not step.get("options"):
                step.pop("options", None)
            if step.get("required") is False:
                del step["required"]
            step["name_localized"] = step["name"]
    return list(reversed(there))


def test_what_is_there_already_is_not_written_again() -> None:
    assert same(as_registered(WANTED), WANTED)


def _changed(at: str) -> list[Json]:
    there = as_registered(WANTED)
    session = next(command for command in there if command["name"] == "session")
    plan = next(option for option in session["options"] if option["name"] == "plan")
    edit = next(option for option in session["options"] if option["name"] == "edit")
    match at:
        case "gone":
            there.remove(session)
        case "another":
            there.append(deepcopy(session) | {"name": "another"})
        case "french name":
            session["name_localizations"]["fr"] = "séance"
        case "no french":
            session["name_localizations"] = None
        case "description":
            plan["description"] = "Plan"
        case "permissions":
            session["default_member_permissions"] = None
        case "contexts":
            session["contexts"] = [0]
        case "order":
            plan["options"].reverse()
        case "required":
            plan["options"][0].pop("required")
        case "autocomplete":
            plan["options"][1]["autocomplete"] = False
        case "choice":
            edit["options"][1]["choices"][0]["name_localizations"]["fr"] = "Sujet"
    return there


CHANGES = [
    "gone", "another", "french name", "no french", "description", "permissions", "contexts", "order", "required",
    "autocomplete", "choice",
]  # fmt: skip


@pytest.mark.parametrize("at", CHANGES)
def test_whatever_changed_is_noticed(at: str) -> None:
    assert not same(_changed(at), WANTED)


@pytest.mark.parametrize("there", [[], [None], ["x"], [{}], [{"name": 3, "options": "no", "contexts": None}]])
def test_whatever_is_there_it_is_not_the_same(there: list[Any]) -> None:
    assert not same(there, WANTED)


# -- as they are used --------------------------------------------------------------------------------------------


def given(*path: str, **values: Any) -> Json:
    """What an interaction says of the command."""
    options = [
        {"type": 4 if isinstance(value, int) else 3, "name": name.replace("_", "-"), "value": value}
        for name, value in values.items()
    ]
    data: Json = {"id": "1", "type": 1, "name": path[-1], "options": options}
    for depth, word in enumerate(reversed(path[:-1])):
        data = {"name": word, "options": [{**data, "type": GROUP if depth else SUBCOMMAND}]}
    return data


def test_a_command_is_known_by_its_english_path_and_its_values_by_field() -> None:
    data = given("session", "move", session="3", when="jeudi 12h")
    assert used(data, SHAPES) == ("sessions.move", {"session": "3", "when": "jeudi 12h"})
    assert used(given("help"), SHAPES) == ("help.help", {})


def test_a_field_goes_by_its_own_name_and_figures_are_words() -> None:
    known = [shape("a.b", "one two three", field("count", "number"), field("what"))]
    assert used(given("one", "two", "three", count_en=12, what_en=""), known) == ("a.b", {"count": "12"})


def test_a_command_that_is_ours_no_more_goes_by_its_words() -> None:
    assert used(given("pulse", "then", question="Ça va ?"), SHAPES) == ("pulse then", {})


def test_what_is_being_typed() -> None:
    data = given("session", "attendance", session="3", names="Bo, C")
    assert focused(data, SHAPES) == ("", "", "")
    data["options"][0]["options"][1]["focused"] = True
    assert focused(data, SHAPES) == ("sessions.attendance", "people", "Bo, C")


@pytest.mark.parametrize(
    "data",
    [
        {}, {"name": None}, {"name": "session", "options": None}, {"name": "session", "options": [None, 3, {}]},
        {"name": "session", "options": [{"type": 1, "name": "plan", "options": [{"name": "when", "focused": True}]}]},
        given("a", "b", "c", "d", "e", x="1"), given("session", "plan", when=True),
    ],
)  # fmt: skip
def test_whatever_comes_is_borne(data: Json) -> None:
    command, values = used(data, SHAPES)
    assert isinstance(command, str)
    assert all(isinstance(v, str) for v in values.values())
    assert len(focused(data, SHAPES)) == 3
