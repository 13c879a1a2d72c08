"""From a message's blocks to what Matrix shows. Pure; whatever stands in a block is text and stays text."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from adapters.matrix.inbound import link_to
from adapters.matrix.settings import USER_ID
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
    Mention,
    Message,
    Paragraph,
    Quote,
    Strong,
    Text,
)

# No control characters: some servers refuse the whole message for one of them. No half characters either.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SCHEMES = ("https://", "http://", "mailto:")
LONGEST_URL = 1000


@dataclass(frozen=True, slots=True)
class Rendered:
    """`mentions`: the only persons whom this message calls."""

    body: str
    formatted: str
    mentions: tuple[str, ...] = ()

    def content(self) -> dict[str, Any]:
        """As an event's content. Bots answer with notices, which no other bot answers.

        The mentions are always given, even none: where they are missing, clients look for "@room" and for
        names in the text.
        """
        return {
            "msgtype": "m.notice",
            "body": self.body,
            "format": "org.matrix.custom.html",
            "formatted_body": self.formatted,
            "m.mentions": {"user_ids": list(self.mentions)} if self.mentions else {},
        }

    def size(self) -> int:
        """What it takes of an event, in bytes."""
        return len(json.dumps(self.content(), ensure_ascii=False).encode())


def shown(text: str) -> str:
    """The text as it can be sent: line breaks are line feeds, and what cannot be printed is marked."""
    return _UNPRINTABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_link(url: str) -> bool:
    """Addresses that may be clicked. Anything else is shown and leads nowhere."""
    clean = len(url) <= LONGEST_URL and not any(c.isspace() or not c.isprintable() for c in url)
    return clean and url.casefold().startswith(_SCHEMES)


def is_person(person: str) -> bool:
    return len(person) <= 255 and person.isprintable() and USER_ID.fullmatch(person) is not None


def render(message: Message) -> Rendered:
    """The message without its files, which are events of their own."""
    blocks = [b for b in message.blocks if not isinstance(b, File)]
    called = (part.person for b in blocks for part in _inlines(b) if isinstance(part, Mention))
    mentions = filter(is_person, called)
    return Rendered(
        "\n\n".join(_plain_block(b) for b in blocks),
        "".join(_html_block(b) for b in blocks),
        tuple(dict.fromkeys(mentions)),
    )


def lines_of(block: Block) -> Iterator[Line]:
    match block:
        case Heading() | Paragraph():
            yield block.line
        case Bullets():
            yield from block.items
        case Quote():
            yield (Text(block.text),)
        case Choices():
            yield from choice_lines(block)


def choice_lines(block: Choices) -> tuple[Line, ...]:
    """Nothing is clicked here: they are only named."""
    return tuple((Text(f"{c.emoji} {c.label}" if c.emoji else c.label),) for c in block.choices)


def _inlines(block: Block) -> Iterator[Inline]:
    for line in lines_of(block):
        yield from line


# -- bare text -----------------------------------------------------------------------------------------------


def _plain_block(block: Block) -> str:
    match block:
        case Bullets():
            return "\n".join("• " + _plain(item) for item in block.items)
        case Choices():
            return "\n".join("• " + _plain(item) for item in choice_lines(block))
        case Quote():
            return "\n".join("> " + line for line in shown(block.text).split("\n"))
        case Heading() | Paragraph():
            return _plain(block.line)
        case _:
            return ""


def _plain(line: Iterable[Inline]) -> str:
    return "".join(_plain_part(part) for part in line)


def _plain_part(part: Inline) -> str:
    if isinstance(part, Link) and shown(part.url) != shown(part.text):
        return f"{shown(part.text)} ({shown(part.url)})"
    return shown(part.text)


# -- HTML ----------------------------------------------------------------------------------------------------


def _html_block(block: Block) -> str:
    match block:
        case Heading():
            return f"<h4>{_html(block.line)}</h4>"
        case Paragraph():
            return f"<p>{_html(block.line)}</p>"
        case Bullets():
            return _html_list(block.items)
        case Choices():
            return _html_list(choice_lines(block))
        case Quote():
            return f"<blockquote>{_escaped(block.text)}</blockquote>"
        case _:
            return ""


def _html_list(items: Iterable[Line]) -> str:
    return "<ul>" + "".join(f"<li>{_html(item)}</li>" for item in items) + "</ul>"


def _html(line: Iterable[Inline]) -> str:
    return "".join(_html_part(part) for part in line)


def _html_part(part: Inline) -> str:
    text = _escaped(part.text)
    match part:
        case Strong():
            return f"<strong>{text}</strong>"
        case Code():
            return f"<code>{text}</code>"
        case Mention() if is_person(part.person):
            return f'<a href="{html.escape(link_to(part.person))}">{text}</a>'
        case Link() if is_link(part.url):
            return f'<a href="{html.escape(part.url)}">{text}</a>'
        case Link():
            return _escaped(_plain_part(part))
        case _:
            return text


def _escaped(text: str) -> str:
    return html.escape(shown(text)).replace("\n", "<br>")
