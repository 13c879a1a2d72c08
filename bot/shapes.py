"""Every command as a platform with commands of its own is given it, made from what features declare."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.chat.commands import CommandShape, FieldShape, FieldWanted
from bot.chat.language import Language
from bot.feature import Command, Features, Field
from bot.voice import Address, Voice, WordsMissing

# What is asked of names and sentences there, so that each platform takes them as they are.
LONGEST_NAME = 32
LONGEST_ABOUT = 100
MOST_TOGETHER = 25
MOST_AT_THE_TOP = 100

Options = tuple[tuple[str, str, str], ...]
_SUGGESTED = {"instant", "day", "duration", "span", "session", "people", "series"}
_LANGUAGES = (("fr", "French", "Français"), ("en", "English", "Anglais"))
_ANY_LANGUAGE: tuple[Language, Language] = ("en", "fr")


class ShapeProblem(ValueError):
    """A declaration that no platform could take as it is: a mistake of ours."""


def shapes(features: Features, address: Address = "tu") -> tuple[CommandShape, ...]:
    """In the order declared. `address`: the way to say "you" in French; names are the same in both.

    Raises ShapeProblem.
    """
    english, french = (_voice(language, address) for language in _ANY_LANGUAGE)
    made = tuple(_shape(command, features, english, french) for command in features.commands.values())
    _check_paths(made)
    return made


def _voice(language: Language, address: Address) -> Voice:
    return Voice(language, address, ZoneInfo("UTC"), datetime(2027, 1, 1, tzinfo=UTC))


def _shape(command: Command, features: Features, english: Voice, french: Voice) -> CommandShape:
    feature, name = command.id.split(".")
    path_en, path_fr = (_path(command, language) for language in _ANY_LANGUAGE)
    fields = tuple(
        # What one tells at length is told on a sheet, which is handed out where it is missing.
        _field(feature, field, features, english, french) for field in command.fields if field.kind != "story"
    )
    for names in ([f.name_en for f in fields], [f.name_fr for f in fields]):
        if len(set(names)) < len(names) or len(names) > MOST_TOGETHER:
            raise ShapeProblem(f"{command.id}: fields that cannot stand together, {names}")
    about_en, about_fr = (_about(v, f"{feature}-{name}", "help") for v in (english, french))
    return CommandShape(command.id, path_en, path_fr, about_en, about_fr, command.facilitator, fields)


def _path(command: Command, language: Language) -> tuple[str, ...]:
    declared = command.path[_ANY_LANGUAGE.index(language)]
    taught = (command.fr if language == "fr" else command.en)[0]
    path = tuple(_named(word, command.id) for word in (declared or taught).split())
    if not 1 <= len(path) <= 3:
        raise ShapeProblem(f"{command.id}: a path of one to three words, not {path}")
    return path


def _named(words: str, id: str) -> str:
    name = "-".join(words.lower().replace("’", "'").split())
    if not re.fullmatch(r"[\w'-]+", name) or len(name) > LONGEST_NAME:
        raise ShapeProblem(f"{id}: {name!r} cannot be a name")
    return name


def typed_as_own(command: Command, voice: Voice, rest: str = "") -> str:
    """The command as a platform with commands of its own has it typed, each field by its name: `rest` holds what is
    given for them, a bar between."""
    fields = [field for field in command.fields if field.kind != "story"]
    values = [value.strip() for value in rest.split("|", max(0, len(fields) - 1))]
    feature = command.id.split(".")[0]
    given = [f"{field_name(feature, f, voice)}:{value}" for f, value in zip(fields, values, strict=False) if value]
    return " ".join(["/" + " ".join(_path(command, voice.language)), *given])


def _about(voice: Voice, name: str, otherwise: str) -> str:
    try:
        about = voice.text(f"about-{name}")
    except WordsMissing:
        about = voice.text(f"{otherwise}-{name}")
    if len(about) > LONGEST_ABOUT:
        raise ShapeProblem(f"{about!r} is too long: say about-{name} in {LONGEST_ABOUT} characters")
    return _begun(about)


def _begun(words: str) -> str:
    """As a line by itself begins."""
    return words[:1].upper() + words[1:]


def field_name(feature: str, field: Field, voice: Voice) -> str:
    """What a field is called among others, in that language: its label, in the way of a name."""
    id = f"label-{feature}-{field.name}"
    return _named(voice.text(id), id)


def _field(feature: str, field: Field, features: Features, english: Voice, french: Voice) -> FieldShape:
    options = _options(field, features, english, french)
    about_en, about_fr = (_about(v, f"{feature}-{field.name}", "ask") for v in (english, french))
    return FieldShape(
        field.name, field_name(feature, field, english), field_name(feature, field, french), about_en, about_fr,
        _kind(field, options), not field.optional, options,
    )  # fmt: skip


def _kind(field: Field, options: Options) -> FieldWanted:
    if options:
        return "option"
    if field.suggests or field.kind in _SUGGESTED or field.kind == "scope" or field.options:
        return "suggested"
    return "number" if field.kind == "number" else "text"


def _options(field: Field, features: Features, english: Voice, french: Voice) -> Options:
    """None where there are more than can be shown: they are suggested then."""
    found: Options
    match field.kind:
        case "language":
            found = _LANGUAGES
        case "scope":
            rhythms = [f"rhythm-{f.name}" for f in features.all if f.has_rhythm]
            named = [(id.removeprefix("rhythm-"), english.text(id), french.text(id)) for id in rhythms]
            found = (("all", english.text("rhythm-all"), french.text("rhythm-all")), *named)
        case _:
            found = tuple((o.id, o.en[0], o.fr[0]) for o in field.options)
    return tuple((id, _begun(en), _begun(fr)) for id, en, fr in found) if len(found) <= MOST_TOGETHER else ()


def _check_paths(made: Iterable[CommandShape]) -> None:
    """In either language a name means one thing; a group is no command; none is half for facilitators."""
    commands = tuple(made)
    meant: dict[tuple[str, ...], str] = {}
    others: dict[tuple[str, ...], tuple[str, ...]] = {}
    whose: dict[str, bool] = {}
    for shape in commands:
        if len(shape.path_en) != len(shape.path_fr):
            raise ShapeProblem(f"{shape.id}: {shape.path_en} and {shape.path_fr} do not stand alike")
        if whose.setdefault(shape.path_en[0], shape.facilitator) != shape.facilitator:
            raise ShapeProblem(f"{shape.id}: {shape.path_en[0]} is half for facilitators")
        for depth in range(1, len(shape.path_en) + 1):
            english, french = shape.path_en[:depth], shape.path_fr[:depth]
            meaning = shape.id if depth == len(shape.path_en) else "/".join(english)
            for path in (english, french):
                if meant.setdefault(path, meaning) != meaning:
                    raise ShapeProblem(f"{shape.id}: {path} is {meant[path]} already")
            if others.setdefault(english, french) != french:
                raise ShapeProblem(f"{shape.id}: {english} is {others[english]} in French already, not {french}")
    _check_numbers(set(others))


def _check_numbers(paths: set[tuple[str, ...]]) -> None:
    above = sorted(path[:-1] for path in paths)
    for group in set(above):
        if above.count(group) > (MOST_TOGETHER if group else MOST_AT_THE_TOP):
            raise ShapeProblem(f"too many commands in {group}")
