"""A message as several, each of which fits into an event of Matrix. No character is lost or moved."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from adapters.matrix.render import choice_lines, is_link, lines_of, render
from bot.chat.content import (
    Block,
    Bullets,
    Choices,
    File,
    Heading,
    Inline,
    Line,
    Link,
    Mention,
    Message,
    Paragraph,
    Quote,
    Text,
)

TEXT_LIMIT = 16_000
# An event may take 65,536 bytes with its signatures, its relation and its parents. Encrypted, it grows by a
# third: what is left here leaves room for that too.
BYTE_LIMIT = 40_000
# What one character, one piece of a line and one line take at most beside the text itself.
_ESCAPED = {"&": 4, "<": 3, ">": 3, '"': 6, "'": 5, "\\": 2, "\n": 9, "\r": 9}
_PER_PIECE = 64
_PER_LINE = 48
_LONGEST_CLUSTER = 32


def split(message: Message) -> list[Message]:
    """Broken between blocks where that is enough, else items or lines, words, characters. Files apart."""
    parts: list[Message] = []
    current: list[Block] = []
    room = _Room()
    for block in message.text.blocks:
        for piece in _fitting(block):
            taken = _Room.taken(piece)
            if current and not room.has(taken):
                parts.append(Message(tuple(current)))
                current, room = [], _Room()
            current.append(piece)
            room.take(taken)
    if current or not message.files:
        parts.append(Message(tuple(current)))
    return parts + [Message((file,)) for file in message.files]


def fits(message: Message) -> bool:
    rendered = render(message)
    return len(rendered.body) <= TEXT_LIMIT and rendered.size() <= BYTE_LIMIT


class _Room:
    """What is left of one event. Sizes are estimated from above: exact ones would be quadratic to find."""

    def __init__(self) -> None:
        self.characters = TEXT_LIMIT
        self.bytes = BYTE_LIMIT - 256

    def has(self, taken: tuple[int, int]) -> bool:
        return taken[0] <= self.characters and taken[1] <= self.bytes

    def take(self, taken: tuple[int, int]) -> None:
        self.characters -= taken[0]
        self.bytes -= taken[1]

    @staticmethod
    def taken(block: Block) -> tuple[int, int]:
        characters = count = 0
        for line in lines_of(block):
            size = _line_size(line)
            characters, count = characters + size[0] + 4, count + size[1] + _PER_LINE
            if isinstance(block, Quote):
                characters += 2 * (block.text.count("\n") + block.text.count("\r") + 1)
        return characters + 4, count + _PER_LINE


def _line_size(line: Line) -> tuple[int, int]:
    sizes = [_inline_size(part) for part in line]
    return sum(s[0] for s in sizes), sum(s[1] for s in sizes)


def _inline_size(part: Inline) -> tuple[int, int]:
    characters, count = len(part.text), sum(map(_weight, part.text)) + _PER_PIECE
    if isinstance(part, Link):
        characters, count = characters + len(part.url) + 3, count + sum(map(_weight, part.url)) + _PER_PIECE
    elif isinstance(part, Mention) and len(part.person) <= 255:
        # In the address, percent-encoded, and among the mentions.
        count += 4 * len(json.dumps(part.person, ensure_ascii=False).encode("utf-8", "replace")) + _PER_PIECE
    return characters, count


@lru_cache(4096)
def _weight(character: str) -> int:
    """The bytes that one character takes at most, in the body and in the HTML together."""
    encoded = len(character.encode("utf-8", "surrogatepass"))
    if not character.isprintable():
        encoded = max(encoded, 3)  # what stands in its place
    return 2 * encoded + _ESCAPED.get(character, 0)


# -- breaking a block ----------------------------------------------------------------------------------------


def _fitting(block: Block) -> Iterator[Block]:
    """The block, or pieces of it that each fit into an event."""
    if _Room().has(_Room.taken(block)):
        yield block
        return
    match block:
        case Heading() | Paragraph():
            for line in _broken(block.line):
                yield replace(block, line=line)
        case Bullets(items=items):
            yield from _lists(items)
        case Choices():
            yield from _lists(choice_lines(block))
        case Quote():
            for line in _broken((Text(block.text),), quoted=True):
                yield replace(block, text="".join(part.text for part in line))
        case File():
            yield block


def _lists(items: Iterable[Line]) -> Iterator[Block]:
    current: list[Line] = []
    room = _Room()
    for item in items:
        whole = _Room().has(_Room.taken(Bullets((item,))))
        for line in [item] if whole else _broken(item):
            taken = _Room.taken(Bullets((line,)))
            if current and not room.has(taken):
                yield Bullets(tuple(current))
                current, room = [], _Room()
            current.append(line)
            room.take(taken)
    if current:
        yield Bullets(tuple(current))


def _broken(line: Line, *, quoted: bool = False) -> Iterator[Line]:
    current: list[Inline] = []
    room = _line_room()
    for rest in map(_shortened, line):
        while (taken := _fits(rest, room, quoted=quoted)) is None:
            first, rest = _cut(rest, room, quoted=quoted)
            if first is not None:
                current.append(first)
            yield tuple(current)
            current, room = [], _line_room()
        current.append(rest)
        room.take(taken)
    if current:
        yield tuple(current)


def _fits(part: Inline, room: _Room, *, quoted: bool) -> tuple[int, int] | None:
    """What the part takes, None if there is no room for it."""
    if len(part.text) > room.characters:
        return None  # without counting what is long
    characters, count = _inline_size(part)
    if quoted:  # each line of a quotation has its own mark
        characters += 2 * (part.text.count("\n") + part.text.count("\r"))
    return (characters, count) if room.has((characters, count)) else None


def _line_room() -> _Room:
    room = _Room()
    room.take((16, 2 * _PER_LINE))
    return room


def _shortened(part: Inline) -> Inline:
    """An address too long to be clicked is a text, which can be broken."""
    if isinstance(part, Link) and not is_link(part.url):
        return Text(part.text if part.text == part.url else f"{part.text} ({part.url})")
    return part


def _cut(part: Inline, room: _Room, *, quoted: bool) -> tuple[Inline | None, Inline]:
    """As much of the part as there is room for, and the rest."""
    beside = _inline_size(replace(part, text=""))
    characters, count = room.characters - beside[0], room.bytes - beside[1]
    longest = 0
    for character in part.text:
        characters -= 3 if quoted and character in "\r\n" else 1
        count -= _weight(character)
        if characters < 0 or count < 0:
            break
        longest += 1
    whole_event = room.characters >= _line_room().characters
    at = _place(part.text, longest, anywhere=whole_event)
    if at == 0:
        return None, part
    rest = Text(part.text[at:]) if isinstance(part, Mention) else replace(part, text=part.text[at:])
    return replace(part, text=part.text[:at]), rest


def _place(text: str, longest: int, *, anywhere: bool) -> int:
    """Where to cut: after the last line break, else after the last space, else between characters.

    Not `anywhere` when a next event has more room, where a whole word may fit.
    """
    for mark in ("\n", " "):
        at = text.rfind(mark, 0, longest) + 1
        if at > longest // 2:
            return at
    if not anywhere:
        return max(text.rfind(" ", 0, longest), text.rfind("\n", 0, longest)) + 1
    at = longest
    for _ in range(_LONGEST_CLUSTER):
        if at <= 1 or not _belongs_together(text[at - 1], text[at]):
            return at
        at -= 1
    return longest


def _belongs_together(left: str, right: str) -> bool:
    """A letter and its accent, an emoji and its parts, the two halves of a line break."""
    if "\u200d" in (left, right) or "\ufe00" <= right <= "\ufe0f" or "\U0001f3fb" <= right <= "\U0001f3ff":
        return True
    return unicodedata.combining(right) > 0 or (left, right) == ("\r", "\n")
