"""What can be chosen, as buttons; as lists to select from where there are too many for that.

Each carries the key of its message and its own position: nothing has to be remembered for it to work months later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adapters.discord.native import Json
from adapters.discord.text import blank, one_line, shortened, units
from bot.chat.content import Choice

LONGEST_BUTTON, LONGEST_OPTION = 80, 100
LONGEST_ID = 100
_IN_A_ROW, _ROWS, _IN_A_LIST = 5, 5, 25
MOST_BUTTONS = _IN_A_ROW * _ROWS
# More than so many cannot be shown under one message.
MOST_CHOICES = _ROWS * _IN_A_LIST
_ROW, _BUTTON, _SELECT = 1, 2, 3
_GREY = 2


def components(choices: Sequence[Choice], key: str) -> list[Json]:
    """`key`: of the message, in the outbox."""
    if len(f"c/{key}/{MOST_CHOICES}") > LONGEST_ID:
        key = ""  # found again by the message itself
    if len(choices) > MOST_BUTTONS:
        return list(_lists(choices[:MOST_CHOICES], key))
    buttons = [_button(choice, f"c/{key}/{position}") for position, choice in enumerate(choices)]
    return [{"type": _ROW, "components": row} for row in _by(_IN_A_ROW, buttons)]


def unsaid(choices: Sequence[Choice]) -> tuple[str, ...]:
    """The labels of which there is no room for all."""
    most = LONGEST_OPTION if len(choices) > MOST_BUTTONS else LONGEST_BUTTON
    return tuple(c.label for c in choices if units(one_line(c.label)) > most)


def _button(choice: Choice, id: str) -> Json:
    made: Json = {"type": _BUTTON, "style": _GREY, "custom_id": id, "label": _label(choice, LONGEST_BUTTON)}
    return made | _emoji(choice)


def _lists(choices: Sequence[Choice], key: str) -> Iterator[Json]:
    options = [
        {"label": _label(choice, LONGEST_OPTION), "value": str(position)} | _emoji(choice)
        for position, choice in enumerate(choices)
    ]
    for number, some in enumerate(_by(_IN_A_LIST, options)):
        yield {
            "type": _ROW,
            "components": [{"type": _SELECT, "custom_id": f"c/{key}/s{number}", "options": some}],
        }


def _label(choice: Choice, most: int) -> str:
    label = one_line(choice.label)
    return "…" if blank(label) else shortened(label, most)


def _emoji(choice: Choice) -> Json:
    return {"emoji": {"name": choice.emoji}} if choice.emoji else {}


def _by(size: int, things: Sequence[Json]) -> Iterator[list[Json]]:
    for start in range(0, len(things), size):
        yield list(things[start : start + size])
