"""A poll of Discord's own, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.discord.polls import body
from bot.chat.content import Message, Paragraph, Poll, Text, message
from bot.ports import Refused
from tests.unit.discord import taken

NOW = datetime(2027, 1, 4, 15, 0, tzinfo=UTC)
SAYS = message((Text("Une question pour *tout* le monde."),))
POLL = Poll("On se voit quand\u202f?", ("le matin", "le soir"), NOW + timedelta(hours=48), SAYS)


def test_a_poll() -> None:
    sent = body(POLL, NOW, key="k")
    taken.message(sent)
    assert sent["content"] == r"Une question pour \*tout\* le monde."
    assert sent["allowed_mentions"]["parse"] == []
    assert sent["poll"] == {
        "question": {"text": "On se voit quand\u202f?"},
        "answers": [{"poll_media": {"text": "le matin"}}, {"poll_media": {"text": "le soir"}}],
        "duration": 48,
        "allow_multiselect": False,
    }


def test_nothing_said_with_it() -> None:
    sent = body(replace(POLL, says=Message(())), NOW)
    taken.message(sent)
    assert sent["content"] == ""


@pytest.mark.parametrize(
    ("lasts", "hours"),
    [
        (timedelta(days=-1), 1), (timedelta(0), 1), (timedelta(minutes=61), 2), (timedelta(hours=2), 2),
        (timedelta(hours=2, microseconds=1), 3), (timedelta(hours=768), 768),
    ],
)  # fmt: skip
def test_it_stays_open_until_it_closes_at_least(lasts: timedelta, hours: int) -> None:
    sent = body(replace(POLL, closes=NOW + lasts), NOW)
    taken.message(sent)
    assert sent["poll"]["duration"] == hours


@pytest.mark.parametrize(
    "change",
    [
        {"question": "a" * 301}, {"question": " "}, {"options": ()}, {"options": tuple("abcdefghijk")},
        {"options": ("a", "b" * 56)}, {"options": ("a", "👍" * 28)}, {"options": ("a", "\u200b")},
        {"closes": NOW + timedelta(hours=768, seconds=1)}, {"says": Message((Paragraph((Text("a" * 2001),)),))},
    ],
)  # fmt: skip
def test_what_is_too_large_is_refused_and_not_cut(change: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        body(replace(POLL, **change), NOW)


def test_the_largest() -> None:
    options = tuple(f"{n}" + "b" * 54 for n in range(10))
    sent = body(replace(POLL, question="a" * 300, options=options), NOW)
    taken.message(sent)
    assert [a["poll_media"]["text"] for a in sent["poll"]["answers"]] == list(options)
