"""docs/commands.md, made from the commands themselves: python -m bot.documentation > docs/commands.md"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot import errors
from bot.app import FEATURES
from bot.chat.commands import CommandShape
from bot.chat.language import Language
from bot.feature import Command
from bot.shapes import shapes
from bot.voice import Voice

EXITS = {
    0: "all went well",
    1: "a mistake of ours",
    errors.EXIT_CONFIGURATION: "the configuration, or what was typed, is to be put right",
    errors.EXIT_PLATFORM: "a platform refuses: its token, a place, a permission, the network",
    errors.EXIT_DATABASE: "the database cannot be used",
    errors.EXIT_DISK: "the disk is full, or a folder cannot be written",
    errors.EXIT_TIME: "this machine’s clock is wrong",
    errors.EXIT_UNWELL: "`veillee health`: it is not well, or nothing answers",
    130: "stopped by Ctrl+C",
}

INTRODUCTION = """# Commands

In a room, a command begins with `!veillee` (each community may choose another word) or with a mention of
Veillée. In private, nothing stands before it. Capitals, accents and hyphens do not count, and each member
may use either language. What a command needs and was not told, it asks for in private, one question at a time.
Several things in one line are separated by `|`.

On Discord every command is one of Discord's own, shown in French or in English as each member uses Discord, with
what can be chosen proposed while one types; commands typed as above are read there only where the configuration says
`read_messages`. Those for facilitators are shown to whoever may manage events (*Manage Events*), which a server may
change in its settings, and are carried out for facilitators alone.

*This page is made from the commands themselves; a test keeps it true.*
"""


AFTER_CHECK = """`veillee check` looks at everything, and ends with the code of the first line with ✗.
"""


def commands_document() -> str:
    parts = [INTRODUCTION, "## For every member\n", _table([c for c in _all() if not c.facilitator])]
    parts += ["## For facilitators\n", _table([c for c in _all() if c.facilitator])]
    parts += ["## In the terminal\n", _terminal(), "## Exit codes\n", AFTER_CHECK, _exits()]
    return "\n".join(parts)


def _all() -> list[Command]:
    return list(FEATURES.commands.values())


def _table(commands: list[Command]) -> str:
    places = {shape.id: _place(shape) for shape in shapes(FEATURES)}
    lines = ["| français | English | on Discord | what it does |", "| --- | --- | --- | --- |"]
    lines += [f"| {_typed(c, 'fr')} | {_typed(c, 'en')} | {places[c.id]} | {_says(c)} |" for c in commands]
    return "\n".join(lines) + "\n"


def _place(shape: CommandShape) -> str:
    return f"`/{' '.join(shape.path_fr)}` · `/{' '.join(shape.path_en)}`"


def _voice(language: Language) -> Voice:
    return Voice(language, "tu", ZoneInfo("UTC"), datetime(2027, 1, 1, tzinfo=UTC))


def _typed(command: Command, language: Language) -> str:
    taught, *others = command.fr if language == "fr" else command.en
    bar = " \\| ".join(_field(command, f.name, f.optional, language) for f in command.fields)
    also = f" (or `{'`, `'.join(others)}`)" if others and language == "en" else ""
    also = f" (ou `{'`, `'.join(others)}`)" if others and language == "fr" else also
    return f"`{taught}`" + (f" {bar}" if bar else "") + also


def _field(command: Command, name: str, optional: bool, language: Language) -> str:
    said = _voice(language).text(f"label-{command.id.split('.')[0]}-{name}").lower()
    return f"[*{said}*]" if optional else f"*{said}*"


def _says(command: Command) -> str:
    id = "help-" + command.id.replace(".", "-")
    return f"{_voice('fr').text(id)} / {_voice('en').text(id)}"


def _terminal() -> str:
    from typer.main import get_command

    from bot.__main__ import cli

    group = get_command(cli)
    lines = ["| command | what it does |", "| --- | --- |"]
    for name, command in sorted(getattr(group, "commands", {}).items()):
        lines.append(f"| `veillee {name}` | {command.help} |")
    return "\n".join(lines) + "\n"


def _exits() -> str:
    lines = ["| code | meaning |", "| --- | --- |"]
    return "\n".join(lines + [f"| {code} | {meaning} |" for code, meaning in sorted(EXITS.items())]) + "\n"


if __name__ == "__main__":
    sys.stdout.write(commands_document())
