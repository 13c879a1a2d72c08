"""Whatever stands in a message: it fits, all of it is said, and none of it becomes anything but text."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.discord.render import content, render
from adapters.discord.split import MOST_FILES, TEXT_LIMIT, in_one, split
from adapters.discord.text import MOST_MARKS, blank, shown, units
from bot.chat.content import (
    Block,
    Bullets,
    Choice,
    Choices,
    Code,
    File,
    Heading,
    Inline,
    Line,
    Mention,
    Message,
    Paragraph,
    Quote,
    Strong,
    Text,
    When,
)
from tests.unit.discord import taken
from tests.unit.discord.reader import Read, read

NASTY = [
    "@everyone", "@here", "<@123456789012345678>", "<@!1>", "<@&1>", "<#1>", "<t:1:F>", "<:a:1>", "<a:b:2>", "</x:1>",
    "<id:guide>", "<a@b.ca>", "<+33 1>", ":smile:", ":+1:", "# ", "## ", "#", "-# ", "- ", "-", "* ", "+ ", "> ",
    ">>> ", "1. ", "1", ". ", "12) ", "*", "**", "***", "_", "__", "~~", "||", "`", "``", "```", "```py\n", "\\",
    "[a](https://x.org)", "[", "](", ")", "<", ">", "https://x.org/a_b?c=d", "http://", "://", ":", "https://x.org/(a)",
    "steam://x", "discord.gg/abc", "https://discord.gg/abc", "discord.com/invite/abc", "¯\\_(ツ)_/¯", "\n", "\n\n",
    "\r\n", " ", "   ", "\t", "\u00a0", "\u2028", "\x00", "\ud800", "\u202e", "\u2066", "\u2069", "\u2060", "\u200b",
    "e\u0301", "z" + "\u0301" * 30, "👩‍👩‍👧", "🇫🇷", "👍🏽", "é", "word", "a",
]  # fmt: skip
TYPED = st.lists(st.sampled_from(NASTY) | st.text(max_size=8), max_size=10).map("".join)
CLUSTERS = ["👩‍👩‍👧", "🇫🇷", "👍🏽", "e\u0301", "ก\u0e33\u0e49", "🏴\U000e0067\U000e0062\U000e007f"]
PERSONS = st.sampled_from(["123456789012345678", "987654321098765432", "", "0", "12a", "@everyone", "１２"])
INSTANTS = st.integers(0, 4_000_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))


def inlines(text: st.SearchStrategy[str]) -> st.SearchStrategy[Inline]:
    return st.one_of(
        st.builds(Text, text), st.builds(Strong, text), st.builds(Code, text), st.builds(When, INSTANTS, text),
        st.builds(Mention, PERSONS, text, st.sampled_from(["", "discord", "matrix"]), st.booleans()),
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
    st.sampled_from([*NASTY, "word ", "é", "👍", "line\n", "para\n\n"]),
    st.integers(0, 3000),
    TYPED,
).filter(lambda text: len(text) < 12_000)  # fmt: skip


def lines_of(message: Message) -> list[Line]:
    found: list[Line] = []
    for block in message.blocks:
        match block:
            case Paragraph() | Heading():
                found.append(block.line)
            case Bullets():
                found += block.items
            case Quote():
                found.append((Text(block.text),))
    return found


def called(part: Inline) -> bool:
    return (
        isinstance(part, Mention) and not part.quiet and part.platform in ("", "discord") and len(part.person) == 18
    )


def bare(text: str) -> str:
    """Without spaces, and what is not seen: where lines break is another test's concern."""
    return "".join(c for c in text if not c.isspace() and not blank(c))


def seen(message: Message) -> str:
    """What is typed, but for what Discord writes itself: names of those called, and instants."""
    parts = [p for line in lines_of(message) for p in line if not isinstance(p, When) and not called(p)]
    return bare("".join(shown(part.text) for part in parts))


def only_what_was_meant(made: Read, message: Message) -> None:
    parts = [part for line in lines_of(message) for part in line]
    assert {kind for kind, _ in made.found} <= {"strong", "code", "user", "when", "quiet-url"}
    assert made.of("user") == [p.person for p in parts if isinstance(p, Mention) and called(p)]
    assert made.of("when") == [f"{int(p.instant.timestamp())}:F" for p in parts if isinstance(p, When)]
    # Only an address typed as such can be clicked.
    typed = [bare(shown(part.text)) for part in parts]
    for url in made.of("quiet-url"):
        assert re.match(r"(?i)https?://\w", url)
        assert bare(url) in "".join(typed)


@settings(deadline=None, max_examples=300)
@given(messages(TYPED, 4))
def test_what_is_typed_stays_text(message: Message) -> None:
    made = read(content(message))
    only_what_was_meant(made, message)
    parts = [part for line in lines_of(message) for part in line]
    if all(blank(shown(p.text)) and not isinstance(p, When) and not called(p) for p in parts):
        assert made.text == "…"
        return
    assert bare(made.text) == seen(message)
    body = render(message, key="key.0")
    taken.message(body)
    users = [p.person for p in parts if isinstance(p, Mention) and called(p)]
    assert body["allowed_mentions"] == {"parse": [], "users": list(dict.fromkeys(users)), "replied_user": False}
    assert body["flags"] == 4
    body["content"].encode()  # no half characters


@settings(deadline=None, max_examples=300)
@given(TYPED)
def test_text_alone_is_read_as_it_was_typed(text: str) -> None:
    made = read(content(Message((Paragraph((Text(text),)),))))
    if not blank(shown(text)):
        assert made.text == shown(text).strip()
        assert {kind for kind, _ in made.lines} == {""}


@settings(deadline=None, max_examples=300)
@given(TYPED)
def test_a_quote_keeps_its_lines_and_its_mark(text: str) -> None:
    made = read(content(Message((Quote(text),))))
    if not blank(shown(text)):
        assert {kind for kind, _ in made.lines} == {"quote"}
        lines = shown(text).strip("\n").split("\n")
        assert [t.strip() for _, t in made.lines] == ["" if blank(line) else line.strip() for line in lines]


@settings(deadline=None, max_examples=200)
@given(st.lists(TYPED, min_size=1, max_size=4))
def test_a_list_stays_one_and_a_heading_one_line(texts: list[str]) -> None:
    items = tuple((Text(text),) for text in texts)
    visible = [text for text in texts if not blank(shown(text))]
    made = read(content(Message((Heading(items[0]), Bullets(items)))))
    headings = [text for kind, text in made.lines if kind == "heading"]
    assert [bare(h) for h in headings] == [bare(shown(texts[0]))] * (texts[0] in visible)
    assert len([kind for kind, _ in made.lines if kind == "item"]) == len(visible)


@settings(deadline=None, max_examples=100)
@given(st.text(), st.integers(0, 40))
def test_marks_do_not_pile_up_and_no_line_is_turned_around(text: str, marks: int) -> None:
    sent = content(Message((Paragraph((Text("a" + "\u0336" * marks + text + "\u202e\u2067b"),)),)))
    assert "\u0336" * (MOST_MARKS + 1) not in sent
    assert not set(sent) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


# -- splitting -----------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(messages(LONG, 3))
def test_long_messages_fit_and_lose_nothing(message: Message) -> None:
    parts = split(message)
    assert parts
    whole, users, instants = "", [], []
    for part in parts:
        sent = render(part)["content"]
        assert units(sent) == len(sent.encode("utf-16-le")) // 2 <= TEXT_LIMIT
        made = read(sent)
        whole += bare(made.text)
        users += made.of("user")
        instants += made.of("when")
        assert {kind for kind, _ in made.found} <= {"strong", "code", "user", "when", "quiet-url"}
    if seen(message):
        assert whole == seen(message)
    inside = [part for line in lines_of(message) for part in line]
    assert users == [p.person for p in inside if isinstance(p, Mention) and called(p)]
    assert len(instants) == sum(isinstance(p, When) for p in inside)


@settings(deadline=None)
@given(
    messages(TYPED, 3),
    st.lists(st.builds(File, st.text(max_size=5), st.just("a/b"), st.just(b"eA==")), max_size=25),
    st.integers(0, 30),
)
def test_what_fits_is_one_message_and_files_stand_apart(message: Message, files: list[File], many: int) -> None:
    choices = (Choices(tuple(Choice(f"c{n}", "a.b") for n in range(many))),) if many else ()
    parts = split(Message((*files, *choices, *message.blocks)))
    texts = [part for part in parts if not part.files]
    assert texts == ([Message((*message.blocks, *choices))] if message.blocks or choices or not files else [])
    kept = [part.files for part in parts if part.files]
    assert [file for some in kept for file in some] == files
    assert all(len(some) <= MOST_FILES for some in kept)
    assert parts == texts + [part for part in parts if part.files]


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 60), st.integers(5, 100), st.integers(1, 25))
def test_paragraphs_stay_whole_and_choices_stand_below_the_last(count: int, length: int, many: int) -> None:
    paragraph = Paragraph((Text(("word " * length).strip()),))
    choices = Choices(tuple(Choice(f"c{n}", "a.b") for n in range(many)))
    parts = split(Message((choices, *[paragraph] * count)))
    assert [block for part in parts for block in part.blocks] == [paragraph] * count + [choices]
    assert parts[-1].choices == choices.choices
    assert len(parts) >= units(paragraph.line[0].text) * count / TEXT_LIMIT


@settings(max_examples=40, deadline=None)
@given(messages(LONG, 3), st.integers(0, 25))
# Broken in two by so many blank lines, of which the halves have no need: both fit into one message.
@example(Message((Paragraph((Text("a" * 1980 + "\n" * 36 + "b"),)),)), 0)
def test_what_is_changed_in_place_is_one_message(message: Message, many: int) -> None:
    choices = (Choices(tuple(Choice(f"c{n}", "a.b") for n in range(many))),) if many else ()
    whole = Message((*choices, *message.blocks))
    made = in_one(whole)
    sent = content(made)
    assert units(sent) <= TEXT_LIMIT
    assert made.choices == whole.choices
    if len(split(whole)) > 1:
        assert sent.endswith("\n…")
        assert seen(message).startswith(bare(read(sent).text).removesuffix("…"))
    elif units(content(message)) <= TEXT_LIMIT:
        assert sent == content(message)
    else:
        assert bare(read(sent).text) == bare(read(content(message)).text)


def test_words_stay_whole() -> None:
    text = " ".join(f"word{n}" for n in range(3000))
    for block in (Paragraph((Text(text),)), Quote(text), Bullets(((Text(text),),)), Heading((Strong(text),))):
        pieces = [read(content(part)) for part in split(Message((block,)))]
        assert len(pieces) > 10
        assert [word for piece in pieces for word in piece.text.split()] == text.split()
        kinds = {Paragraph: "", Quote: "quote", Bullets: "item", Heading: "heading"}
        assert {kind for piece in pieces for kind, _ in piece.lines} == {kinds[type(block)]}


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(CLUSTERS), st.integers(0, 3))
def test_what_is_one_character_to_people_is_never_cut(cluster: str, before: int) -> None:
    text = "a" * before + cluster * 1500
    pieces = [read(content(part)).text for part in split(Message((Quote(text),)))]
    assert "".join(pieces) == text
    assert all(piece.removeprefix("a" * before).replace(cluster, "") == "" for piece in pieces)
