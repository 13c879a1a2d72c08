from pathlib import Path

from bot.app import FEATURES
from bot.documentation import commands_document
from bot.shapes import shapes

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"


def test_the_page_is_what_the_commands_say() -> None:
    assert PAGE.read_text("utf-8") == commands_document(), "python -m bot.documentation > docs/commands.md"


def test_every_command_is_found_as_discord_shows_it() -> None:
    page = commands_document()
    for shape in shapes(FEATURES):
        assert f"`/{' '.join(shape.path_fr)}` · `/{' '.join(shape.path_en)}`" in page


def test_no_two_commands_are_typed_alike() -> None:
    typed = [w for c in FEATURES.commands.values() for w in {*c.fr, *c.en}]
    assert sorted(typed) == sorted(set(typed))
