"""From a message's blocks to the body of a message of Discord's. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from adapters.discord.choices import components
from adapters.discord.markup import calls, escaped, markdown
from adapters.discord.native import Json
from adapters.discord.text import JOINER, blank, shown
from bot.chat.content import Block, Bullets, File, Heading, Inline, Line, Mention, Message, Paragraph, Quote, When

SUPPRESS_EMBEDS = 1 << 2
_MOST_CALLED = 100
# Said where there would be nothing to see: Discord takes no empty message.
NOTHING = "…"


def render(message: Message, *, key: str = "") -> Json:
    """The body, without the files. `key`: of the message in the outbox; what is chosen comes back with it.

    Only who is called by a mention of ours is told of it, whatever stands in the text. Links do not unfold.
    """
    users = dict.fromkeys(part.person for part in _inlines(message) if isinstance(part, Mention) and calls(part))
    return {
        "content": content(message),
        "components": components(message.choices, key),
        "allowed_mentions": {"parse": [], "users": [*users][:_MOST_CALLED], "replied_user": False},
        "flags": SUPPRESS_EMBEDS,
    }


def file_name(file: File) -> str:
    """Without what could lead to another folder, or hide what kind of file it is."""
    name = "".join(c for c in shown(file.name) if c.isprintable() and c not in '/\\:*?"<>|').strip(". ")
    return name[-100:] or "file"


def content(message: Message) -> str:
    return joined(message.blocks, said) or ("" if message.files and not message.choices else NOTHING)


def joined(blocks: Iterable[Block], said: Callable[[Block], str]) -> str:
    """One below the other. `said`: each by itself."""
    text = ""
    before: Block | None = None
    for block in blocks:
        if words := said(block):
            text += (_gap(before, block) if before else "") + words
            before = block
    return text


def _gap(before: Block, block: Block) -> str:
    """A list stands close to what announces it, all else below a heading, or apart."""
    close = isinstance(before, Heading) or (isinstance(before, Paragraph) and isinstance(block, Bullets))
    return "\n" if close and not isinstance(block, Heading) else "\n\n"


def said(block: Block) -> str:
    match block:
        case Heading():
            return _heading(block.line)
        case Paragraph() if _says(block.line):
            return markdown(block.line).strip()
        case Bullets():
            return "\n".join("- " + _item(item) for item in block.items if _says(item))
        case Quote() if not blank(shown(block.text)):
            return "\n".join("> " + _quoted(line) for line in shown(block.text).strip("\n").split("\n"))
        case _:
            return ""


def _heading(line: Line) -> str:
    if not _says(line):
        return ""
    text = " ".join(markdown(line).split("\n")).strip()
    # Discord leaves out the number signs at the end.
    return f"### {text}{JOINER if text.endswith('#') else ''}"


def _item(item: Line) -> str:
    return markdown(item).strip().replace("\n", "\n  ")


def _quoted(line: str) -> str:
    """Never nothing: the mark alone, at the end of a message, would be shown as such."""
    return JOINER if blank(line) else escaped(line)


def _says(line: Iterable[Inline]) -> bool:
    return any(isinstance(p, When) or calls(p) or not blank(shown(p.text)) or _has_url(p) for p in line)


def _has_url(part: Inline) -> bool:
    return not blank(getattr(part, "url", ""))


def _inlines(message: Message) -> Iterator[Inline]:
    for block in message.blocks:
        match block:
            case Heading() | Paragraph():
                yield from block.line
            case Bullets():
                for item in block.items:
                    yield from item
