"""The tests' own reader of Discord's Markdown sees what Discord's apps would make of a text left as it is."""

from __future__ import annotations

import pytest

from tests.unit.discord.reader import read


@pytest.mark.parametrize(
    ("content", "kind", "text"),
    [
        ("a **b**", "strong", "b"), ("a *b*", "emphasis", "b"), ("_b_ c", "emphasis", "b"), ("__b__", "underline", "b"),
        ("~~b~~", "strike", "b"), ("||b||", "spoiler", "b"), ("a `b*c*`", "code", "b*c*"), ("`` `b ``", "code", "`b"),
        ("```py\nb\n```", "block", ""), ("<@12>", "user", ""), ("<@!12>", "user", ""), ("<@&12>", "role", ""),
        ("<#12>", "channel", ""), ("hi @everyone", "everyone", ""), ("<t:1:F>", "when", ""), ("<:a:1>", "emoji", ""),
        ("</plan:1>", "command", ""), (":smile:", "shortcode", ""), ("<https://x.org/*a*>", "quiet-url", "x.org/*a*"),
        ("xhttps://x.org", "url", "https://x.org"), ("[b](https://x.org)", "link", "b"),
        ("[b](<https://x.org>)", "link", "b"),
        ("discord.gg/abc", "invite", "discord.gg/abc"),
    ],
)  # fmt: skip
def test_markup_is_noticed(content: str, kind: str, text: str) -> None:
    made = read(content.replace("```py\nb\n```", "```b```"))
    assert kind in [found for found, _ in made.found]
    assert text in made.text


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("# a", "heading"), ("### a", "heading"), ("-# a", "small"), ("> a", "quote"), ("  - a", "item"),
        ("1. a", "item"),
    ],
)  # fmt: skip
def test_kinds_of_lines_are_noticed(content: str, kind: str) -> None:
    assert read("b\n" + content).lines == [("", "b"), (kind, "a")]


def test_an_escape_is_undone_before_signs_and_nothing_else() -> None:
    assert read(r"\*a\* \\ \a \1 \- \:").text == r"*a* \ \a \1 - :"
    assert read(r"\<@12> \@everyone \*\*a\*\*").found == []
