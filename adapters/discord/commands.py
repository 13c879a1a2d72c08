"""Commands as Discord's own: written in its JSON, and read back from what someone used or is typing. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from adapters.discord.native import Json, mapping, number, sequence, words
from bot.chat.commands import CommandShape, FieldShape

# Kinds of options.
_SUBCOMMAND, _GROUP, _STRING, _INTEGER = 1, 2, 3, 4
# In a server, and alone with Veillée. Installed on a server, not by a person for themselves.
_CONTEXTS = [0, 1]
_INSTALLED_ON = [0]
# Whoever may manage events sees what is for facilitators: it is what Discord itself asks of those who plan sessions.
# A server may decide otherwise in its settings, and the right is asked anew whenever a command is used.
FACILITATORS_SEE = 1 << 33
_LONGEST_ABOUT = 100

Path = tuple[str, ...]


# -- as they are written there -----------------------------------------------------------------------------------


def body(shapes: Iterable[CommandShape]) -> list[Json]:
    """All of them, for one call that puts them in the place of what was there."""
    by_top: dict[str, list[CommandShape]] = {}
    for shape in shapes:
        by_top.setdefault(shape.path_en[0], []).append(shape)
    return [_top(together) for together in by_top.values()]


def _top(together: Sequence[CommandShape]) -> Json:
    facilitators = all(shape.facilitator for shape in together)
    return _level(together, 0) | {
        "type": 1,
        "default_member_permissions": FACILITATORS_SEE if facilitators else None,
        "contexts": _CONTEXTS,
        "integration_types": _INSTALLED_ON,
    }


def _level(together: Sequence[CommandShape], depth: int) -> Json:
    """What has one name at that depth: a command, or a group of them."""
    first = together[0]
    named = _named(first.path_en[depth], first.path_fr[depth])
    if len(first.path_en) == depth + 1:
        options = sorted(first.fields, key=lambda field: not field.required)
        return named | _about(first.about_en, first.about_fr) | {"options": [_option(f) for f in options]}
    below: dict[str, list[CommandShape]] = {}
    for shape in together:
        below.setdefault(shape.path_en[depth + 1], []).append(shape)
    levels = [_level(each, depth + 1) | {"type": _kind(each, depth + 1)} for each in below.values()]
    # A group is shown by what it holds.
    about = (_listed(level["name"] for level in levels), _listed(level["name_localizations"]["fr"] for level in levels))
    return named | _about(*about) | {"options": levels}


def _kind(together: Sequence[CommandShape], depth: int) -> int:
    return _SUBCOMMAND if len(together[0].path_en) == depth + 1 else _GROUP


def _option(field: FieldShape) -> Json:
    option = _named(field.name_en, field.name_fr) | _about(field.about_en, field.about_fr)
    option |= {"type": _INTEGER if field.kind == "number" else _STRING, "required": field.required}
    match field.kind:
        case "number":
            option |= {"min_value": 1, "max_value": 999_999}
        case "suggested":
            option["autocomplete"] = True
        case "option":
            option["choices"] = [_named(en, fr) | {"value": id} for id, en, fr in field.options]
    return option


def _named(english: str, french: str) -> Json:
    return {"name": english, "name_localizations": {"fr": french}}


def _about(english: str, french: str) -> Json:
    return {"description": english, "description_localizations": {"fr": french}}


def _listed(names: Iterable[str]) -> str:
    listed = ", ".join(names)
    return listed if len(listed) <= _LONGEST_ABOUT else listed[: _LONGEST_ABOUT - 1].rstrip(" ,") + "…"


# -- whether they are there already ------------------------------------------------------------------------------


def same(there: Iterable[object], wanted: Iterable[Json]) -> bool:
    """Whether what Discord has is what we would write, in whichever order and whatever it adds of its own."""
    return _by_name(there) == _by_name(wanted)


def _by_name(commands: Iterable[object]) -> dict[Any, Json]:
    return {(mapping(c).get("name"), mapping(c).get("type", 1)): _kept(mapping(c)) for c in commands}


def _kept(command: Mapping[str, Any]) -> Json:
    permissions = command.get("default_member_permissions")
    return _words(command) | {
        "permissions": None if permissions is None else number(permissions),
        "contexts": sorted(sequence(command.get("contexts"))),
        "installed": sorted(sequence(command.get("integration_types"))),
        "options": [_kept_option(mapping(o)) for o in sequence(command.get("options"))],
    }


def _kept_option(option: Mapping[str, Any]) -> Json:
    """What is left out there counts as what it then is."""
    return _words(option) | {
        "type": option.get("type"),
        "required": bool(option.get("required")),
        "autocomplete": bool(option.get("autocomplete")),
        "bounds": (option.get("min_value"), option.get("max_value")),
        "choices": [_words(mapping(c)) | {"value": mapping(c).get("value")} for c in sequence(option.get("choices"))],
        "options": [_kept_option(mapping(o)) for o in sequence(option.get("options"))],
    }


def _words(named: Mapping[str, Any]) -> Json:
    return {
        "name": named.get("name"), "names": dict(mapping(named.get("name_localizations"))),
        "about": named.get("description"), "abouts": dict(mapping(named.get("description_localizations"))),
    }  # fmt: skip


# -- as someone uses them ----------------------------------------------------------------------------------------


def used(data: Json, shapes: Iterable[CommandShape]) -> tuple[str, dict[str, str]]:
    """Which command, and what was given for it. One that is ours no more goes by its words."""
    path, options = _path(data)
    shape = _find(path, shapes)
    if shape is None:
        return " ".join(path), {}
    names = {field.name_en: field.name for field in shape.fields}
    given = {names.get(str(option.get("name"))): _value(option) for option in options}
    return shape.id, {name: value for name, value in given.items() if name and value}


def focused(data: Json, shapes: Iterable[CommandShape]) -> tuple[str, str, str]:
    """Which command, which of its fields is being typed, and what stands there so far. Empty words if none."""
    path, options = _path(data)
    shape = _find(path, shapes)
    typing = next((option for option in options if option.get("focused")), None)
    if shape is None or typing is None:
        return "", "", ""
    field = next((f.name for f in shape.fields if f.name_en == typing.get("name")), "")
    return (shape.id, field, _value(typing)) if field else ("", "", "")


def _path(data: Mapping[str, Any]) -> tuple[Path, list[Mapping[str, Any]]]:
    """The words of the command, and what was given for it."""
    path: list[str] = []
    here: Mapping[str, Any] = data
    while True:
        path.append(words(here.get("name")))
        options = [mapping(option) for option in sequence(here.get("options"))]
        below = next((o for o in options if o.get("type") in (_SUBCOMMAND, _GROUP)), None)
        if below is None or len(path) == 3:
            return tuple(path), options
        here = below


def _find(path: Path, shapes: Iterable[CommandShape]) -> CommandShape | None:
    return next((shape for shape in shapes if shape.path_en == path), None)


def _value(option: Mapping[str, Any]) -> str:
    value = option.get("value")
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
