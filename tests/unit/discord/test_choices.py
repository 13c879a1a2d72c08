"""What can be chosen, as buttons and as lists."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.discord.choices import MOST_BUTTONS, MOST_CHOICES
from adapters.discord.render import content, render
from adapters.discord.split import split
from bot.chat.content import Bullets, Choice, Choices, Message, Text, message
from tests.unit.discord import taken
from tests.unit.discord.reader import read


def offered(count: int, key: str = "k.0", label: str = "choix {}") -> dict[str, Any]:
    choices = Choices(tuple(Choice(label.format(n), "a.b") for n in range(count)))
    body = render(message((Text("Que veux-tu\u202f?"),), choices), key=key)
    taken.message(body)
    return body


@pytest.mark.parametrize("count", [0, 1, 5, 6, 24, 25])
def test_buttons_stand_five_in_a_row(count: int) -> None:
    rows = [row["components"] for row in offered(count)["components"]]
    buttons = [button for row in rows for button in row]
    assert [len(row) for row in rows] == [5] * (count // 5) + [count % 5] * (count % 5 > 0)
    assert [button["custom_id"] for button in buttons] == [f"c/k.0/{n}" for n in range(count)]
    assert [button["label"] for button in buttons] == [f"choix {n}" for n in range(count)]


@pytest.mark.parametrize("count", [MOST_BUTTONS + 1, 50, 51, MOST_CHOICES, MOST_CHOICES + 3])
def test_too_many_for_buttons_are_lists_of_positions(count: int) -> None:
    rows = [row["components"] for row in offered(count)["components"]]
    assert all(len(row) == 1 and row[0]["type"] == 3 for row in rows)
    assert [row[0]["custom_id"] for row in rows] == [f"c/k.0/s{n}" for n in range(len(rows))]
    options = [option for row in rows for option in row[0]["options"]]
    assert [option["value"] for option in options] == [str(n) for n in range(min(count, MOST_CHOICES))]
    assert options[-1]["label"] == f"choix {min(count, MOST_CHOICES) - 1}"


def test_a_key_too_long_for_a_button_leaves_the_message_to_find_it_by() -> None:
    for count in (2, 30):
        for row in offered(count, key="k" * 128)["components"]:
            for part in row["components"]:
                assert part["custom_id"].startswith("c//")


def test_hostile_labels_are_only_labels() -> None:
    labels = ["a\n\u202eb", "", "\u200b", "**a** <@1>"]
    choices = Choices(tuple(Choice(label, "a.b") for label in labels))
    body = render(Message((choices,)), key="k")
    taken.message(body)
    assert [b["label"] for b in body["components"][0]["components"]] == ["a b", "…", "…", "**a** <@1>"]


def test_a_label_longer_than_its_button_is_said_in_full_above() -> None:
    long = "Une très longue phrase * qui ne tient pas sur un bouton, " * 3
    asked = Message((Choices((Choice("court", "a.b"), Choice(long, "a.b"))),))
    (part,) = split(asked)
    assert part.blocks == (Bullets(((Text(long),),)), *asked.blocks)
    assert read(content(part)).text == long.strip()
    assert split(part) == [part]
    body = render(part, key="k")
    taken.message(body)
    labels = [button["label"] for button in body["components"][0]["components"]]
    assert labels[0] == "court"
    assert labels[1].endswith("…")
    assert long.startswith(labels[1][:-1])
