"""A message as several, each of which fits into one of Discord's. Nothing is lost, and nothing changes place but
what can be chosen: it stands below the last words, as it always does there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial

from adapters.discord.choices import unsaid
from adapters.discord.markup import together
from adapters.discord.render import joined, said
from adapters.discord.text import between, shown, units
from bot.chat.content import (
    Block,
    Bullets,
    Choices,
    Code,
    File,
    Heading,
    Inline,
    Line,
    Link,
    Message,
    Paragraph,
    Quote,
    Strong,
    Text,
)

TEXT_LIMIT = 2000
MOST_FILES = 10

_MORE = Paragraph((Text("…"),))

Fits = Callable[..., bool]
"""Whether these blocks fit into one message."""
_FitsLine = Callable[[Line], bool]


def split(message: Message, limit: int = TEXT_LIMIT) -> list[Message]:
    """Broken between blocks where that is enough, else items or lines, words, characters. Files apart."""
    # Each block is looked at again with every other that may stand beside it.
    fits = partial(_fits, limit, cache(said))
    words = tuple(_words_of(message))
    parts: list[list[Block]] = [list(words) if fits(*words) else []]
    for block in () if parts[0] else words:
        for piece in _fitting(block, fits):
            if not fits(*parts[-1], piece):
                parts.append(_heading_of(parts[-1], piece, fits))
            parts[-1].append(piece)
    choices = tuple(b for b in message.blocks if isinstance(b, Choices))
    parts[-1] += choices
    texts = [Message(tuple(part)) for part in parts if part]
    files = message.files
    apart = [Message(files[start : start + MOST_FILES]) for start in range(0, len(files), MOST_FILES)]
    return texts + apart or [message]


def in_one(message: Message) -> Message:
    """As much of it as one message holds, with all that can be chosen: for what is changed again and again in place,
    where the rest would be said anew each time."""
    first, *rest = split(message.text)
    if not rest:
        return first
    first, *_ = split(message.text, TEXT_LIMIT - units("\n\n…"))
    return Message((*first.blocks, _MORE, *(b for b in message.blocks if isinstance(b, Choices))))


def _fits(limit: int, said: Callable[[Block], str], *blocks: Block) -> bool:
    return units(joined(blocks, said)) <= limit


def _words_of(message: Message) -> Iterator[Block]:
    """All but files and choices; the words of a choice as well, where a button has no room for them."""
    said = tuple(b for b in message.blocks if not isinstance(b, File | Choices))
    yield from said
    lines = tuple((Text(label),) for label in unsaid(message.choices))
    if lines and Bullets(lines) not in said:
        yield Bullets(lines)


def _heading_of(part: list[Block], piece: Block, fits: Fits) -> list[Block]:
    """A heading goes with what it announces, and so do the words before a list."""
    announces = part and (
        isinstance(part[-1], Heading) or (isinstance(part[-1], Paragraph) and isinstance(piece, Bullets))
    )
    if len(part) > 1 and announces and fits(part[-1], piece):
        return [part.pop()]
    return []


# -- breaking a block ----------------------------------------------------------------------------------------


def _fitting(block: Block, fits: Fits) -> Iterator[Block]:
    """The block, or pieces of it that each fit into a message."""
    if fits(block):
        yield block
        return
    match block:
        case Heading():
            yield from map(Heading, _broken(block.line, lambda line: fits(Heading(line))))
        case Paragraph():
            yield from map(Paragraph, _broken(block.line, lambda line: fits(Paragraph(line))))
        case Bullets():
            yield from _lists(block, fits)
        case Quote():
            whole = (Text(shown(block.text).strip("\n")),)
            for line in _broken(whole, lambda line: fits(Quote(_words(line)))):
                yield Quote(_words(line).removesuffix("\n"))
        case _:
            yield block


def _words(line: Line) -> str:
    return "".join(part.text for part in line)


def _lists(block: Bullets, fits: Fits) -> Iterator[Bullets]:
    current: list[Line] = []
    for item in block.items:
        pieces = [item] if fits(Bullets((item,))) else _broken(item, lambda line: fits(Bullets((line,))))
        for piece in pieces:
            if current and not fits(Bullets((*current, piece))):
                yield Bullets(tuple(current))
                current = []
            current.append(piece)
    if current:
        yield Bullets(tuple(current))


# -- breaking a line -----------------------------------------------------------------------------------------


def _broken(line: Line, fit: _FitsLine) -> Iterator[Line]:
    current: list[Inline] = []
    for part in together(line):
        rest = _breakable(part, fit)
        while not fit((*current, rest)):
            first, rest = _cut(current, rest, fit)
            if first is not None:
                current.append(first)
            yield tuple(current)
            current = []
        current.append(rest)
    if current:
        yield tuple(current)


def _breakable(part: Inline, fit: _FitsLine) -> Inline:
    """A link longer than a message is a text, which can be broken."""
    if isinstance(part, Link) and not fit((part,)):
        return Text(part.url if part.text == part.url else f"{part.text} ({part.url})")
    return part


def _cut(current: list[Inline], part: Inline, fit: _FitsLine) -> tuple[Inline | None, Inline]:
    """As much of the part as there is room for behind the others, and the rest."""
    if not isinstance(part, Text | Strong | Code):
        return None, part  # whole in the next message

    def has_room(length: int) -> bool:
        return fit((*current, replace(part, text=part.text[:length])))

    least, most = 0, min(len(part.text), TEXT_LIMIT)
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if has_room(middle) else (least, middle - 1)
    at = _place(part.text, least, anywhere=not current)
    while at > 1 and not has_room(at):  # an address that is cut needs more room than the whole
        at = between(part.text, at - 1)
    if at == 0 or (current and not has_room(at)):
        return None, part
    return replace(part, text=part.text[:at]), replace(part, text=part.text[at:])


def _place(text: str, longest: int, *, anywhere: bool) -> int:
    """Where to cut: after the last line break, else after the last space, else between characters.

    Not `anywhere` when the next message has more room, where a whole word may fit.
    """
    for mark in ("\n", " "):
        at = text.rfind(mark, 0, longest) + 1
        if at > longest // 2:
            return at
    if not anywhere:
        return max(text.rfind(" ", 0, longest), text.rfind("\n", 0, longest)) + 1
    return max(between(text, longest), 1)
