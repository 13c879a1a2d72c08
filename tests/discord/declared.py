"""What Discord refuses in commands, their completions, scheduled events and names. Each check yields (where, why)."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import discord

from tests.discord.limits import Wrong, length
from tests.discord.state import Json

SUBCOMMAND, GROUP, STRING, INTEGER, NUMBER = 1, 2, 3, 4, 10
LOCALES = frozenset(locale.value for locale in discord.Locale)


def commands(forms: Any) -> Wrong:
    if not isinstance(forms, list):
        yield "", "a list is wanted"
        return
    yield from _unique("", forms)
    if sum(f.get("type", 1) == 1 for f in forms) > 100:
        yield "", "takes up to 100 commands"
    for n, form in enumerate(forms):
        yield from command(form, f"{n}")


def command(form: Json, where: str = "") -> Wrong:
    if form.get("type", 1) == 1:
        yield from _named(where, form)
        yield from _options(where, form.get("options") or [], depth=0)
    else:
        yield from length(f"{where}.name", form.get("name"), 1, 32)
        if form.get("description"):
            yield f"{where}.description", "not for a command of a menu"
    if (size := _size(form)) > 8000:
        yield where, f"takes up to 8000 characters in all, not {size}"


def _named(where: str, form: Json) -> Wrong:
    yield from _name(f"{where}.name", form.get("name"))
    yield from length(f"{where}.description", form.get("description"), 1, 100)
    for kind in ("name", "description"):
        for locale, words in (form.get(f"{kind}_localizations") or {}).items():
            at = f"{where}.{kind}_localizations.{locale}"
            if locale not in LOCALES:
                yield at, "no such locale"
            yield from _name(at, words) if kind == "name" else length(at, words, 1, 100)


def _name(where: str, name: Any) -> Wrong:
    fits = isinstance(name, str) and 1 <= len(name) <= 32 and all(c.isalnum() or c in "-_'" for c in name)
    if not fits or name != name.lower():
        yield where, f"{name!r} is not 1 to 32 lowercase letters, figures, hyphens or underscores"


def _unique(where: str, forms: list[Json]) -> Wrong:
    """In every language a name is one thing's only."""
    for locale in ("", *LOCALES):
        names = Counter(
            ((f.get("name_localizations") or {}).get(locale, f.get("name")), f.get("type", 1) if not where else 0)
            for f in forms
        )
        if twice := [name for (name, _), count in names.items() if count > 1]:
            yield where, f"{twice} twice in {locale or 'names'}"
            return


def _options(where: str, options: list[Json], *, depth: int) -> Wrong:
    if len(options) > 25:
        yield f"{where}.options", f"takes up to 25, not {len(options)}"
    yield from _unique(f"{where}.options", options)
    nested = [o.get("type") in (SUBCOMMAND, GROUP) for o in options]
    if any(nested) and not all(nested):
        yield f"{where}.options", "subcommands stand alone"
    required = [bool(o.get("required")) for o in options]
    if required != sorted(required, reverse=True):
        yield f"{where}.options", "what is required comes first"
    for n, option in enumerate(options):
        yield from _option(f"{where}.options.{n}", option, depth)


def _option(where: str, option: Json, depth: int) -> Wrong:
    kind = option.get("type")
    yield from _named(where, option)
    if kind in (SUBCOMMAND, GROUP):
        if depth + (kind == SUBCOMMAND) > 2 or (kind == GROUP and depth > 0):
            yield where, "nested too deep"
        yield from _options(where, option.get("options") or [], depth=depth + 1)
        if kind == GROUP and any(o.get("type") != SUBCOMMAND for o in option.get("options") or ()):
            yield f"{where}.options", "a group holds subcommands"
        return
    choices = option.get("choices") or []
    if choices and option.get("autocomplete"):
        yield f"{where}.autocomplete", "not with choices"
    if (choices or option.get("autocomplete")) and kind not in (STRING, INTEGER, NUMBER):
        yield where, "neither choices nor autocompletion for this type"
    yield from offered(choices, f"{where}.choices")
    if not 0 <= option.get("min_length", 0) <= option.get("max_length", 6000) <= 6000:
        yield f"{where}.max_length", "from min_length to 6000"


def offered(choices: list[Json], where: str = "data.choices") -> Wrong:
    """Choices of an option, or those offered while it is typed."""
    if len(choices) > 25:
        yield where, f"takes up to 25, not {len(choices)}"
    for n, choice in enumerate(choices):
        yield from length(f"{where}.{n}.name", choice.get("name"), 1, 100)
        if isinstance(choice.get("value"), str):
            yield from length(f"{where}.{n}.value", choice["value"], 1, 100)
        for locale, words in (choice.get("name_localizations") or {}).items():
            yield from length(f"{where}.{n}.name_localizations.{locale}", words, 1, 100)


def _size(form: Json) -> int:
    """Of names, descriptions and values, each in its longest language."""
    size = 0
    for key in ("name", "description"):
        size += max(map(len, [form.get(key) or "", *(form.get(f"{key}_localizations") or {}).values()]))
    size += len(form["value"]) if isinstance(form.get("value"), str) else 0
    return size + sum(_size(inner) for key in ("options", "choices") for inner in form.get(key) or ())


def event(form: Json, now: datetime, *, new: bool) -> Wrong:
    if new or "name" in form:
        yield from length("name", form.get("name"), 1, 100)
    yield from length("description", form.get("description") or "", 0, 1000)
    if new and form.get("entity_type") not in (1, 2, 3):
        yield "entity_type", "1, 2 or 3"
    if (new or "privacy_level" in form) and form.get("privacy_level") != 2:
        yield "privacy_level", "2"
    if form.get("entity_metadata"):
        yield from length("entity_metadata.location", form["entity_metadata"].get("location"), 1, 100)
    for key in ("scheduled_start_time", "scheduled_end_time"):
        if form.get(key):
            yield from _instant(key, form[key], now)
        elif new and key == "scheduled_start_time":
            yield key, "is wanted"


def _instant(where: str, value: Any, now: datetime) -> Wrong:
    try:
        at = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        yield where, f"{value!r} is no instant"
        return
    if at.tzinfo is None:
        yield where, f"{value!r} says no zone"
    elif at > now + timedelta(days=5 * 365):
        yield where, "too far away"


def thread(form: Json) -> Wrong:
    yield from length("name", form.get("name"), 1, 100)
    if form.get("auto_archive_duration", 1440) not in (60, 1440, 4320, 10080, None):
        yield "auto_archive_duration", "60, 1440, 4320 or 10080"


def names(form: Json, route: str) -> Wrong:
    """Of a nickname, a role, a channel."""
    if form.get("nick"):
        yield from length("nick", form["nick"], 1, 32)
    if form.get("name") is not None and route.endswith(("/roles", "/roles/{role_id}", "/channels", "/{channel_id}")):
        yield from length("name", form["name"], 1, 100)
    if form.get("topic"):
        yield from length("topic", form["topic"], 0, 1024)
