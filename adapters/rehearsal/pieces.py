"""How long a block is, and a block longer than one message in pieces."""

from __future__ import annotations

from bot.chat.content import Heading, Paragraph, Quote, Text


def size_of(block: object) -> int:
    match block:
        case Heading(line) | Paragraph(line):
            return sum(len(part.text) for part in line)
        case Quote(text):
            return len(text)
        case _:
            return 0


def pieces(block: object, limit: int) -> list[object]:
    """A block longer than one message, cut."""
    if size_of(block) <= limit:
        return [block]
    match block:
        case Quote(text):
            return [Quote(text[i : i + limit]) for i in range(0, len(text), limit)]
        case Heading(line) | Paragraph(line):
            text = "".join(part.text for part in line)
            return [Paragraph((Text(text[i : i + limit]),)) for i in range(0, len(text), limit)]
        case _:
            return [block]
