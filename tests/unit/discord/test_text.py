"""Text fit to be sent: on its own lines, in its own order, measured and cut as people see it."""

from __future__ import annotations

import pytest

from adapters.discord.text import MOST_MARKS, between, blank, one_line, shortened, shown, units


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("é à ç — « oui\u202f»", "é à ç — « oui\u202f»"), ("a\r\nb\rc\u2028d\x0be\x85f", "a\nb\nc\nd\ne\nf"),
        ("a\u202eb\u2066c\u2069", "abc"), ("\ufeffa\u2060", "a"), ("a\x00\x1b\x9f", "a\ufffd\ufffd\ufffd"),
        ("\ud800", "\ufffd"),
        ("שלום \u200fא", "שלום \u200fא"), ("👩‍👩‍👧 1️⃣ 🇫🇷", "👩‍👩‍👧 1️⃣ 🇫🇷"),
        ("क्षि ก็ู้ ế", "क्षि ก็ู้ ế"), ("a\tb", "a\tb"),
    ],
)  # fmt: skip
def test_what_is_sent(typed: str, sent: str) -> None:
    assert shown(typed) == sent
    assert shown(sent) == sent


def test_marks_do_not_cover_the_lines_around() -> None:
    assert shown("z" + "\u0301" * 40 + "a\u0301") == "z" + "\u0301" * MOST_MARKS + "a\u0301"
    assert shown("z" + "\u0301\u200d" * 40).count("\u0301") == MOST_MARKS
    assert shown("z" + "\u0301\u202e" * 40).count("\u0301") == MOST_MARKS


def test_length_is_counted_in_utf_16() -> None:
    for text in ["", "a", "é", "👍", "👩‍👩‍👧", "\U0010ffff\uffff"]:
        assert units(text) == len(text.encode("utf-16-le")) // 2


def test_shortened_keeps_whole_characters() -> None:
    assert shortened("abcde", 5) == "abcde"
    assert shortened("abcdef", 5) == "abcd…"
    assert shortened("👍👍👍", 5) == "👍👍…"
    assert shortened("ab👩‍👩‍👧c", 8) == "ab…"
    assert shortened("🇫🇷🇨🇦🇧🇪", 8) == "🇫🇷…"
    assert shortened("un deux", 4) == "un…"


def test_a_cut_falls_between_characters() -> None:
    flags = "🇫🇷🇨🇦"
    assert [between(flags, at) for at in range(5)] == [0, 1, 2, 2, 4]
    assert between("ae\u0301", 2) == 1
    assert between("a" + "\u0301" * 100, 80) == 80  # nowhere near


def test_what_cannot_be_seen() -> None:
    for text in ["", " ", "\u00a0\n", "\u200b\u200d", "\u3164", "\u2800", "\ufe0f", "\U000e0041"]:
        assert blank(text), text
    for text in ["a", ".", "👍", "ー", "\ufffd"]:
        assert not blank(text), text


def test_one_line() -> None:
    assert one_line(" a\n b\t\u202ec\u202f? \u00a0") == "a b c\u202f?"
