from pathlib import Path

from bot.app import FEATURES
from bot.documentation import FIELDS, commands_document

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"


def test_the_page_is_what_the_commands_say() -> None:
    assert PAGE.read_text("utf-8") == commands_document(), "python -m bot.documentation > docs/commands.md"


def test_every_field_has_a_name_in_both_languages() -> None:
    fields = {field.name for command in FEATURES.commands.values() for field in command.fields}
    assert fields <= FIELDS.keys()


def test_no_two_commands_are_typed_alike() -> None:
    typed = [w for c in FEATURES.commands.values() for w in {*c.fr, *c.en}]
    assert sorted(typed) == sorted(set(typed))
