"""A conversation in the terminal: one line a name, as in a chat, in few colours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderResult
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from adapters.rehearsal.platform import BOT, Said
from bot.chat.content import (
    Block,
    Bullets,
    Choices,
    Code,
    File,
    Heading,
    Inline,
    Line,
    Mention,
    Paragraph,
    Quote,
    Strong,
)
from bot.rehearsal import Pressed
from bot.transcript import NAME, clicked
from bot.voice import Voice

NAME_WIDTH = 13
# Blocks shown of one message where not all of it is.
MOST = 10
# Rich breaks lines at non-breaking spaces too: these stand for them until the lines are made.
HELD = str.maketrans({"\u00a0": "\ue0a0", "\u202f": "\ue02f"})
RELEASED = str.maketrans({"\ue0a0": "\u00a0", "\ue02f": "\u202f"})


class Unbroken:
    """As Rich would show it, with the spaces held by `held` given back."""

    def __init__(self, shown: ConsoleRenderable) -> None:
        self._shown = shown

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segment in console.render(self._shown, options):
            yield Segment(segment.text.translate(RELEASED), segment.style, segment.control)


class _Hanging:
    """A text whose first line begins with a mark, and the others are drawn in to match."""

    def __init__(self, first: str, rest: str, text: Text) -> None:
        self._first, self._rest, self._text = first, rest, text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        narrower = options.update(width=max(options.max_width - len(self._first), 10))
        for position, line in enumerate(console.render_lines(self._text, narrower, pad=False)):
            yield Segment(self._rest if position else self._first)
            yield from line
            yield Segment.line()


def held(text: str, style: str = "") -> Text:
    return Text(text.translate(HELD), style=style)


def say(console: Console, text: str, style: str = "") -> None:
    console.print(Unbroken(held(text, style)))


class Chat:
    """Prints what is said as a reader of the room would see it."""

    def __init__(self, console: Console, voice: Voice, names: dict[str, str]) -> None:
        self._console = console
        self._voice = voice
        self._names = names | {BOT: NAME}

    def scene(self, title: str, items: Iterable[Said | Pressed]) -> None:
        """A few things said, under a title; what is long is cut."""
        self._console.print()
        say(self._console, title, "bold underline")
        for item in items:
            self.line(item, whole=False)

    def line(
        self, item: Said | Pressed, *, whole: bool = True, numbers: int | None = None, when: str = ""
    ) -> None:
        """`numbers`: what the first button is numbered, to be pressed. `when`: told beside the name."""
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        table.add_column(width=NAME_WIDTH, no_wrap=True, overflow="ellipsis")
        table.add_column(ratio=1)
        if isinstance(item, Pressed):
            table.add_row("", held(clicked(self._voice, item), "italic"))
        else:
            lines = list(said_lines(item, numbers))
            if not whole and len(lines) > MOST:
                # The buttons, which come last, stay in view.
                cut = held(self._voice.text("rehearsal-cut"), "dim italic")
                buttons = lines[-1:] if item.message and item.message.choices else []
                lines = [*lines[: MOST - 1 - len(buttons)], cut, *buttons]
            indent = "  " if item.thread or item.answers else ""
            name = self._names.get(item.person, item.person)
            head = Text(f"{indent}{name}", style="bold cyan" if item.person == BOT else "bold")
            for position, line in enumerate(lines or [Text()]):
                table.add_row(head if position == 0 else "", line)
        if when:
            say(self._console, when, "dim")
        self._console.print(Unbroken(table))


def said_lines(said: Said, numbers: int | None = None) -> Iterator[ConsoleRenderable]:
    if said.message is None:
        yield from (held(line) for line in said.text.split("\n"))
        yield from (held(f"📎 {file.name}") for file in said.files)
        return
    for block in said.message.blocks:
        yield from _block(block, numbers)


def _block(block: Block, numbers: int | None) -> Iterator[ConsoleRenderable]:
    match block:
        case Heading(line):
            yield Text.assemble(*(_part(part) for part in line), style="bold")
        case Paragraph(line):
            yield _line(line)
        case Bullets(items):
            yield from (_Hanging("• ", "  ", _line(item)) for item in items)
        case Quote(text):
            yield from (_Hanging("│ ", "│ ", held(line)) for line in text.split("\n"))
        case Choices(choices):
            shown = Text()
            for position, choice in enumerate(choices):
                number = "" if numbers is None else f"{numbers + position} "
                # One button is never on two lines.
                label = f"{number}[{choice.label}]".replace(" ", "\u00a0").translate(HELD)
                shown.append("" if position == 0 else "  ").append(label, style="cyan")
            yield shown
        case File():
            yield held(f"📎 {block.name}")


def _line(line: Line) -> Text:
    return Text.assemble(*(_part(part) for part in line))


def _part(part: Inline) -> Text:
    match part:
        case Strong(text) | Mention(_, text):
            return held(text, "bold")
        case Code(text):
            # What is to be typed stays together where it can.
            return held(text.replace(" ", "\u00a0") if len(text) < 30 else text, "cyan")
        case _:
            return held(part.text)
