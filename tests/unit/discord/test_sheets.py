"""A sheet as a modal, and what comes back of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.sheets import filled_in, modal
from bot import forms
from bot.app import FEATURES
from bot.chat.content import Question, Sheet
from bot.model.settings import Settings
from bot.ports import Refused
from bot.voice import Address, Voice
from tests.unit.discord import taken
from tests.unit.discord.reader import read

ASKED = "Que s’est-il passé\u202f? " * 8
STORY = Question("story", "Ton récit", ASKED.strip(), "told", aloud="Ou une note vocale")
OPTIONS = (("theme", "le thème"), ("place", "le lieu"), ("length", "la durée"))


def sheet(*questions: Question, **args: Any) -> Sheet:
    return Sheet("Raconter", "stories.tell", questions, args)


def parts(*questions: Question) -> list[dict[str, Any]]:
    made = modal(sheet(*questions))
    taken.modal(made)
    return list(made["components"])


def submission(made: dict[str, Any], told: dict[str, Any], resolved: dict[str, Any] | None = None) -> dict[str, Any]:
    """As Discord sends it once the modal is filled in."""
    back: list[dict[str, Any]] = []
    for number, part in enumerate(made["components"]):
        if part["type"] == 10:
            back.append({"type": 10, "id": number})
            continue
        field = part["component"]
        answer: dict[str, Any] = {"type": field["type"], "id": 10 + number, "custom_id": field["custom_id"]}
        given = told.get(field["custom_id"])
        if field["type"] == 4:
            answer["value"] = given or ""
        elif field["type"] == 21:
            answer["value"] = given
        else:
            answer["values"] = given or []
        back.append({"type": 18, "id": number, "component": answer})
    found: dict[str, Any] = {"custom_id": made["custom_id"], "components": back}
    return found | ({"resolved": resolved} if resolved else {})


def test_a_line_and_a_text() -> None:
    line, text = parts(
        Question("theme", "Thème", "De quoi parle-t-on\u202f?", value="Dire\nnon"),
        Question("words", "Tes mots", "Aussi long que tu veux.", "text", required=False, value="un\ndeux"),
    )
    assert line == {
        "type": 18, "label": "Thème", "description": "De quoi parle-t-on\u202f?",
        "component": {
            "type": 4, "custom_id": "theme", "style": 1, "required": True, "max_length": 4000, "value": "Dire non",
        },
    }  # fmt: skip
    assert text["component"] == {
        "type": 4, "custom_id": "words", "style": 2, "required": False, "max_length": 4000, "value": "un\ndeux",
    }  # fmt: skip


def test_a_story_is_written_or_told_aloud() -> None:
    asked, words, aloud = parts(STORY)
    assert asked["type"] == 10
    assert read(asked["content"]).text == ASKED.strip()
    assert "description" not in words
    assert (words["component"]["style"], words["component"]["required"]) == (2, False)
    assert aloud["label"] == "Ou une note vocale"
    assert aloud["component"] == {
        "type": 19, "custom_id": "story/aloud", "required": False, "min_values": 0, "max_values": 1,
    }  # fmt: skip
    (_, only_written) = parts(replace(STORY, aloud=""))
    assert only_written["component"]["required"] is True


def test_what_is_asked_never_becomes_markup() -> None:
    asked, *_ = parts(replace(STORY, asks="**gras** <@1> @everyone # " * 8))
    assert read(asked["content"]).found == []


@pytest.mark.parametrize(("count", "kind"), [(1, 3), (2, 21), (10, 21), (11, 3), (25, 3), (0, 4), (26, 4)])
def test_one_of_a_few_things(count: int, kind: int) -> None:
    options = tuple((f"o{n}", f"option {n}") for n in range(count))
    (part,) = parts(Question("what", "Quoi", "Que veux-tu changer\u202f?", "option", value="o0", options=options))
    field = part["component"]
    assert field["type"] == kind
    if kind != 4:
        assert [(o["value"], o["label"]) for o in field["options"]] == list(options)
        assert [o["value"] for o in field["options"] if o.get("default")] == ["o0"]
    made = modal(sheet(Question("what", "Quoi", "", "option", options=options)))
    answer: Any = ["o0"] if kind == 3 else "o0"
    assert filled_in(submission(made, {"what": answer}))[2] == {"what": "o0"}
    assert filled_in(submission(made, {}))[2] == {}


def test_what_was_told_comes_back_by_question() -> None:
    asked = sheet(STORY, Question("what", "Quoi", "", "option", options=OPTIONS), session=3, mark="é/\"")
    note = {"id": "77", "filename": "voix.ogg", "content_type": "audio/ogg", "url": "https://cdn.discordapp.com/x"}
    made = modal(asked)
    told = {"story": " un\ndeux ", "what": "place", "story/aloud": ["77"]}
    back = submission(made, told, {"attachments": {"77": note, "78": note}})
    assert filled_in(back) == (
        "stories.tell", {"session": 3, "mark": "é/\""}, {"story": " un\ndeux ", "what": "place"}, {"story": [note]},
    )  # fmt: skip
    assert filled_in(submission(made, {}))[2:] == ({}, {})


def test_long_questions_stand_above_as_long_as_there_is_room() -> None:
    long = [Question(f"q{n}", f"Q{n}", ASKED.strip()) for n in range(5)]
    assert [part["type"] for part in parts(*long[:2])] == [10, 18, 10, 18]
    assert [part["type"] for part in parts(*long[:3])] == [10, 18, 10, 18, 18]
    made = parts(*long)
    assert [part["type"] for part in made] == [18] * 5
    assert all(part["description"].endswith("…") for part in made)
    # Room to answer aloud comes before room for words.
    assert [part["type"] for part in parts(STORY, *long[:3])] == [18] * 5


def test_what_was_told_before_is_cut_only_where_it_must() -> None:
    (fits,) = parts(Question("w", "W", "", "text", value="é" * 4000))
    (cut,) = parts(Question("w", "W", "", "text", value="é" * 4001))
    assert fits["component"]["value"] == "é" * 4000
    assert cut["component"]["value"] == "é" * 3999 + "…"


def test_what_no_modal_holds_is_refused() -> None:
    with pytest.raises(Refused):
        modal(sheet(*[Question(f"q{n}", "Q", "") for n in range(6)]))
    with pytest.raises(Refused):
        modal(sheet())
    with pytest.raises(Refused):
        modal(sheet(STORY, mark="x" * 100))


@settings(deadline=None)
@given(
    st.lists(
        st.builds(
            Question, st.just("q"), st.text(), st.text(max_size=300), st.sampled_from(["line", "text", "told"]),
            st.booleans(), st.text(), st.just(()), st.text(max_size=60),
        ),
        min_size=1, max_size=5,
    ),
    st.text(),
)  # fmt: skip
def test_whatever_the_words_discord_takes_the_modal(questions: list[Question], title: str) -> None:
    named = tuple(replace(q, name=f"q{n}") for n, q in enumerate(questions))
    made = modal(Sheet(title, "a.b", named))
    json.dumps(made).encode()
    taken.modal(made)


@pytest.mark.parametrize(
    "data",
    [
        {}, {"custom_id": 3}, {"custom_id": "c/k/1"}, {"custom_id": "f/a.b/[1]"}, {"custom_id": "f/a.b/{"},
        {"custom_id": "f/a.b/{}", "components": "x", "resolved": []}, {"custom_id": "f/a.b"},
        {"custom_id": "f/a.b/{}", "components": [3, {"component": {"type": 19, "custom_id": "a", "values": ["9", 3]}}]},
        {"custom_id": "f/a.b/{\"n\":[1],\"b\":true,\"s\":null}", "components": [{"component": {"value": 3}}]},
    ],
)  # fmt: skip
def test_what_no_modal_of_ours_sends_is_passed_over(data: dict[str, Any]) -> None:
    form, args, values, attached = filled_in(data)
    assert form in ("", "a.b")
    assert (args, values, attached) == ({}, {}, {})


@pytest.mark.parametrize(("language", "address"), [("fr", "tu"), ("fr", "vous"), ("en", "tu")])
def test_every_form_fits_and_asks_its_questions_in_full(language: Any, address: Address) -> None:
    voice = Voice(language, address, ZoneInfo("America/Montreal"), datetime(2027, 1, 4, tzinfo=UTC))
    here: Any = SimpleNamespace(here=voice, settings=Settings(name="Le cercle"))
    seen = 0
    for form in FEATURES.forms.values():
        questions = tuple(forms._asked(here, form.id.split(".")[0], field, "") for field in form.fields)
        if questions:
            made = modal(Sheet("Titre", form.id, questions))
            taken.modal(made)
            assert "…" not in json.dumps(made, ensure_ascii=False), form.id
            assert sum(part.get("component", {}).get("type") == 19 for part in made["components"]) == sum(
                question.shape == "told" for question in questions
            )
            seen += 1
    assert seen > 20
