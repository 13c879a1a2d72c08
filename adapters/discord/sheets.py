"""A sheet as Discord's modal, and back: what was told on it, by question."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from adapters.discord.markup import escaped
from adapters.discord.native import Json, mapping, sequence, words
from adapters.discord.text import blank, one_line, shortened, shown, units
from bot.chat.content import Argument, Question, Sheet
from bot.ports import Refused

LONGEST_TITLE, LONGEST_LABEL, LONGEST_ASKED, LONGEST_OPTION = 45, 45, 100, 100
LONGEST_ID = 100
LONGEST_VALUE = 4000
# At the top of a modal: questions, and longer words above them.
MOST = 5
_IN_A_GROUP, _IN_A_LIST = range(2, 11), range(1, 26)
_TEXT_INPUT, _SELECT, _WORDS, _LABEL, _UPLOAD, _RADIO = 4, 3, 10, 18, 19, 21
_LINE, _PARAGRAPH = 1, 2
# Beside the question, what is told aloud.
_ALOUD = "/aloud"


def modal(sheet: Sheet) -> Json:
    """Raises Refused where it cannot be a modal."""
    id = f"f/{sheet.form}/{json.dumps(sheet.args, separators=(',', ':'), ensure_ascii=False)}"
    if units(id) > LONGEST_ID or not 0 < len(sheet.questions) <= MOST:
        raise Refused("more than a modal holds")
    return {
        "custom_id": id,
        "title": _short(sheet.title, LONGEST_TITLE),
        "components": [part for asked in _in_all(sheet.questions) for part in asked],
    }


def _in_all(questions: tuple[Question, ...]) -> Iterator[Iterator[Json]]:
    """First the questions themselves, then room to answer aloud, then what is asked in full where it is long."""
    free = MOST - len(questions)
    aloud = [q for q in questions if q.shape == "told" and q.aloud][:free]
    free -= len(aloud)
    long = [q for q in questions if units(one_line(q.asks)) > LONGEST_ASKED][:free]
    for question in questions:
        yield _asked(question, aloud=question in aloud, above=question in long)


def _asked(question: Question, *, aloud: bool, above: bool) -> Iterator[Json]:
    if above:
        yield {"type": _WORDS, "content": escaped(shown(question.asks))}
    label: Json = {
        "type": _LABEL,
        "label": _short(question.label, LONGEST_LABEL),
        "component": _field(question, required=question.required and not aloud),
    }
    asks = one_line(question.asks)
    if not above and not blank(asks) and asks != label["label"]:
        label["description"] = shortened(asks, LONGEST_ASKED)
    yield label
    if aloud:
        upload = {"type": _UPLOAD, "custom_id": question.name + _ALOUD, "required": False, "min_values": 0}
        yield {
            "type": _LABEL, "label": _short(question.aloud, LONGEST_LABEL), "component": upload | {"max_values": 1},
        }  # fmt: skip


def _field(question: Question, *, required: bool) -> Json:
    made: Json = {"custom_id": question.name, "required": required}
    if question.shape == "option" and len(question.options) in _IN_A_LIST:
        together = len(question.options) in _IN_A_GROUP
        made |= {"type": _RADIO if together else _SELECT, "options": [*_options(question)]}
        return made if together else made | {"min_values": int(required), "max_values": 1}
    line = question.shape in ("line", "option")
    made |= {"type": _TEXT_INPUT, "style": _LINE if line else _PARAGRAPH, "max_length": LONGEST_VALUE}
    value = one_line(question.value) if line else shown(question.value)
    return made | {"value": shortened(value, LONGEST_VALUE)} if value else made


def _options(question: Question) -> Iterator[Json]:
    for id, label in question.options:
        option: Json = {"label": _short(label, LONGEST_OPTION), "value": id}
        yield option | {"default": True} if question.value == id else option


def _short(text: str, most: int) -> str:
    line = one_line(text)
    return "…" if blank(line) else shortened(line, most)


# -- and back ------------------------------------------------------------------------------------------------


def filled_in(data: Mapping[str, Any]) -> tuple[str, dict[str, Argument], dict[str, str], dict[str, list[Json]]]:
    """The form, its arguments, and, by question, what was told and the files that came with it.

    Of what no sheet of ours would send nothing is taken; the form is "" then.
    """
    form, args = _form(words(data.get("custom_id")))
    files = mapping(mapping(data.get("resolved")).get("attachments"))
    values: dict[str, str] = {}
    attached: dict[str, list[Json]] = {}
    for field in _fields(data):
        name = words(field.get("custom_id"))
        chosen = [value for value in sequence(field.get("values")) if isinstance(value, str)]
        if field.get("type") == _UPLOAD:
            if found := [dict(mapping(files[id])) for id in chosen if id in files]:
                attached[name.removesuffix(_ALOUD)] = found
        elif told := words(field.get("value"), LONGEST_VALUE) or next(iter(chosen), ""):
            values[name] = told
    return form, args, values, attached


def _form(id: str) -> tuple[str, dict[str, Argument]]:
    kind, _, rest = id.partition("/")
    form, _, written = rest.partition("/")
    try:
        args = json.loads(written)
    except ValueError:
        args = None
    if kind != "f" or not isinstance(args, dict):
        return "", {}
    return form, {name: value for name, value in args.items() if type(value) in (str, int)}


def _fields(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for part in map(mapping, sequence(data.get("components"))):
        yield mapping(part.get("component"))
        yield from map(mapping, sequence(part.get("components")))
