"""Whatever stands in a message: it fits, all of it is said, and none of it becomes anything but text."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.matrix.render import is_link, is_person, render, shown
from adapters.matrix.split import BYTE_LIMIT, TEXT_LIMIT, fits, split
from bot.chat.content import (
    Block,
    Bullets,
    Code,
    File,
    Heading,
    Inline,
    Link,
    Mention,
    Message,
    Paragraph,
    Quote,
    Strong,
    Text,
)

NASTY = [
    "@room", "<b>x</b>", "</p><script>alert(1)</script>", "&amp;", '" onclick="x', "'", "[a](javascript:x)", "\\",
    "<img src=x onerror=y>", "@bo:x.org", "https://matrix.to/#/@bo:x.org", "\r\n", "\n", " ", "\x00", "\ud800",
    "👩‍👩‍👧", "e\u0301", "!veillee", "/me", "```", "\u202e", "<mx-reply>", "]]>", "<!--",
]  # fmt: skip
TYPED = st.lists(st.sampled_from(NASTY) | st.text(max_size=12), max_size=8).map("".join)
PERSONS = st.sampled_from(
    ["@ana:x.org", "@bo:x.org", '@"><b>:x', "ana", "@", "@a:b c", "@é:x", "@" + "a" * 300 + ":x"]
)
URLS = st.sampled_from(
    ["https://x.org/?a=1&b=2", 'https://x.org/"><b>', "mailto:a@x", "javascript:x", "ftp://x", ""]
)


def inlines(text: st.SearchStrategy[str]) -> st.SearchStrategy[Inline]:
    return st.one_of(
        st.builds(Text, text), st.builds(Strong, text), st.builds(Code, text), st.builds(Mention, PERSONS, text),
        st.builds(Link, URLS | text, text),
    )  # fmt: skip


def messages(text: st.SearchStrategy[str], size: int) -> st.SearchStrategy[Message]:
    line = st.lists(inlines(text), max_size=size).map(tuple)
    block: st.SearchStrategy[Block] = st.one_of(
        st.builds(Paragraph, line), st.builds(Heading, line), st.builds(Quote, text),
        st.builds(Bullets, st.lists(line, max_size=size).map(tuple)),
    )  # fmt: skip
    return st.lists(block, max_size=size).map(lambda blocks: Message(tuple(blocks)))


# A short piece many times over: long texts, without the generator having to write them.
LONG = st.builds(
    lambda piece, times, end: piece * times + end,
    st.sampled_from([*NASTY, "word ", "a", "é", "👍", "&", '"', "line\n", "para\n\n"]),
    st.integers(0, 20_000),
    TYPED,
).filter(lambda text: len(text) < 80_000)  # fmt: skip


class Reader(HTMLParser):
    """What a client makes of the HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert [name for name, _ in attributes] == (["href"] if tag == "a" else [])
        self.links += [value or "" for _, value in attributes]
        if tag == "br":
            self.text.append("\n")
        else:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError("a declaration")


def read(formatted: str) -> Reader:
    reader = Reader()
    reader.feed(formatted)
    reader.close()
    assert not reader.open
    return reader


def parts_of(message: Message) -> list[Inline]:
    found: list[Inline] = []
    for block in message.blocks:
        match block:
            case Paragraph() | Heading():
                found += block.line
            case Bullets():
                found += [part for item in block.items for part in item]
            case Quote():
                found.append(Text(block.text))
    return found


def seen(part: Inline) -> str:
    if isinstance(part, Link) and not is_link(part.url) and shown(part.url) != shown(part.text):
        return f"{shown(part.text)} ({shown(part.url)})"
    return shown(part.text)


@settings(deadline=None)
@given(messages(TYPED, 5))
def test_what_is_typed_stays_text(message: Message) -> None:
    rendered = render(message)
    reader = read(rendered.formatted)
    parts = parts_of(message)
    assert "".join(reader.text) == "".join(map(seen, parts))
    assert set(reader.tags) <= {"p", "h4", "ul", "li", "blockquote", "strong", "code", "a", "br"}
    people = [p.person for p in parts if isinstance(p, Mention) and is_person(p.person)]
    assert list(rendered.mentions) == list(dict.fromkeys(people))
    content = rendered.content()
    assert content["m.mentions"] == ({"user_ids": list(dict.fromkeys(people))} if people else {})
    clickable = [p for p in parts if isinstance(p, Link) and is_link(p.url)]
    assert len(reader.links) == len(people) + len(clickable)
    assert all(re.match(r"(?i)https?://|mailto:", link) for link in reader.links)
    assert content["msgtype"] == "m.notice"  # no client runs a command, no other bot answers
    json.dumps(content, ensure_ascii=False).encode()  # no half characters


def without_breaks(text: str) -> str:
    return re.sub(r"[\r\n]", "", text)


@settings(max_examples=60, deadline=None)
@given(messages(LONG, 3))
def test_long_messages_fit_and_lose_nothing(message: Message) -> None:
    parts = split(message)
    assert parts
    for part in parts:
        assert fits(part)
        assert len(render(part).content()["body"]) <= TEXT_LIMIT
        assert len(json.dumps(render(part).content(), ensure_ascii=False).encode()) <= BYTE_LIMIT
    whole = "".join("".join(read(render(part).formatted).text) for part in parts)
    wanted = "".join(map(seen, parts_of(message)))
    links = sum(isinstance(p, Link) for p in parts_of(message))
    if links:  # an address too long to be clicked is a text from then on, and so is one behind it
        assert len(whole) >= len("".join(shown(p.text) for p in parts_of(message)))
    else:
        assert without_breaks(whole) == without_breaks(wanted)
    people = {p.person for p in parts_of(message) if isinstance(p, Mention) and is_person(p.person)}
    assert {person for part in parts for person in render(part).mentions} == people


@settings(deadline=None)
@given(
    messages(TYPED, 4),
    st.lists(st.builds(File, st.text(max_size=5), st.just("a/b"), st.just(b"eA==")), max_size=3),
)
def test_what_fits_is_one_message_and_files_stand_apart(message: Message, files: list[File]) -> None:
    mixed = Message((*files, *message.blocks))
    parts = split(mixed)
    texts = [part for part in parts if not part.files]
    assert texts == ([message] if message.blocks or not files else [])
    assert [part.blocks for part in parts if part.files] == [(file,) for file in files]


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 400), st.integers(50, 200))
def test_paragraphs_stay_whole(count: int, length: int) -> None:
    paragraph = ("word " * length).strip()
    message = Message(tuple(Paragraph((Text(paragraph),)) for _ in range(count)))
    assert all(block in message.blocks for part in split(message) for block in part.blocks)


def test_words_stay_whole() -> None:
    text = " ".join(f"word{n}" for n in range(10_000))
    pieces = ["".join(p.text for p in parts_of(part)) for part in split(Message((Paragraph((Text(text),)),)))]
    assert len(pieces) > 3
    assert "".join(pieces) == text
    assert [word for piece in pieces for word in piece.split()] == text.split()
