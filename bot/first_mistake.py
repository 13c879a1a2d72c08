"""The first mistake of a file, as one sentence: which key, and what may stand there.

What only its own rule can explain has a sentence of its own, from bot.mistakes. Everything else is told by the type of
pydantic's error, never in pydantic's words: they are English, and made for programmers. The value is not repeated: it
may be a secret.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.errors import EXIT_CONFIGURATION, OperatorProblem
from bot.mistakes import variables

SENTENCES = {
    "missing": "config-key-missing",
    "int_type": "config-number",
    "int_parsing": "config-number",
    "int_parsing_size": "config-number",
    "int_from_float": "config-number",
    "greater_than_equal": "config-at-least",
    "less_than_equal": "config-at-most",
    "bool_type": "config-yes-or-no",
    "bool_parsing": "config-yes-or-no",
    "literal_error": "config-choice",
    "string_type": "config-text",
    "path_type": "config-text",
    "string_too_short": "config-too-short",
    "string_too_long": "config-too-long",
    "too_short": "config-list-too-short",
    "date_type": "config-date",
    "date_parsing": "config-date",
    "date_from_datetime_parsing": "config-date",
    "date_from_datetime_inexact": "config-date",
}
# A value where a part with settings of its own belongs, or no list where there are several things.
NO_PART, NO_LIST = ("model_type", "model_attributes_type"), ("tuple_type", "list_type")


def first_mistake(problem: ValidationError, file: Path, model: type[BaseModel]) -> OperatorProblem:
    errors = problem.errors(include_url=False, include_input=False)
    # A mistyped key also makes the right one missing: the typo says more.
    error = next((e for e in errors if e["type"] == "extra_forbidden"), errors[0])
    loc = error["loc"]
    sentence, about = _unknown_key(loc, model) if error["type"] == "extra_forbidden" else _told(error, model)
    return OperatorProblem(sentence, EXIT_CONFIGURATION, file=str(file), key=_dotted(loc), **about)


def _unknown_key(loc: tuple[int | str, ...], model: type[BaseModel]) -> tuple[str, dict[str, Any]]:
    part = _part(model, loc[:-1])
    known = sorted(part.model_fields) if part else []
    if nearest := get_close_matches(str(loc[-1]), known, n=1):
        return "config-unknown-key-near", {"near": nearest[0]}
    return "config-unknown-key", {"known": ", ".join(known)}


def _told(error: ErrorDetails, model: type[BaseModel]) -> tuple[str, dict[str, Any]]:
    """The sentence, and what it is given besides the file and the key."""
    type, loc = error["type"], error["loc"]
    if type.startswith("config-"):
        return type, variables(error)
    header = ".".join(part for part in loc if isinstance(part, str))
    if type in NO_PART:
        return "config-parts" if isinstance(loc[-1], int) else "config-part", {"part": header}
    if type in NO_LIST:
        return ("config-parts", {"part": header}) if _part(model, loc) else ("config-list", {})
    return SENTENCES.get(type, "config-wrong-value"), _limits(error)


def _limits(error: ErrorDetails) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, limit in error.get("ctx", {}).items():
        if name in ("ge", "le"):
            told["number"] = str(limit)  # to be typed as it stands, without a space after the thousands
        elif name in ("min_length", "max_length"):
            told["count"] = limit
        elif name == "expected":
            told["choices"] = ", ".join(f'"{choice}"' for choice in re.findall(r"'([^']*)'", limit))
    return told


def _dotted(loc: tuple[int | str, ...]) -> str:
    """communities[2].zone, counting from 1 as people do."""
    dotted = ""
    for part in loc:
        dotted += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if dotted else part
    return dotted


def _part(model: type[BaseModel], loc: tuple[int | str, ...]) -> type[BaseModel] | None:
    """What stands there, or each of what stands there; None for a value."""
    current: type[BaseModel] | None = model
    for name in loc:
        if current is not None and isinstance(name, str):
            field = current.model_fields.get(name)
            current = _model_in(field.annotation) if field else None
    return current


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if found := _model_in(inner):
            return found
    return None
