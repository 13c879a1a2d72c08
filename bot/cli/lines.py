"""A conversation in the terminal: one line a name, as in a chat, in few colours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console
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

NAME_WIDTH = 12
LONGEST = 14


class Chat:
    """Prints what is said as a reader of the room would see it."""

    def __init__(self, console: Console, voice: Voice, names: dict[str, str]) -> None:
        self._console = console
        self._voice = voice
        self._names = names | {BOT: NAME}

    def scene(self, title: str, items: Iterable[Said | Pressed], *, whole: bool = False) -> None:
        """A few things said, under a title."""
        console = self._console
        console.print()
        console.print(Text(title, style="bold"))
        for item in items:
            self.line(item, whole=whole)

    def line(
        self, item: Said | Pressed, *, whole: bool = True, numbers: int | None = None, when: str = ""
    ) -> None:
        """`numbers`: what the first button is numbered, to be pressed. `when`: told beside the name."""
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(width=NAME_WIDTH, no_wrap=True, overflow="ellipsis")
        table.add_column(ratio=1)
        if isinstance(item, Pressed):
            table.add_row("", Text(clicked(self._voice, item), style="dim italic"))
        else:
            name = self._names.get(item.person, item.person)
            style = "bold cyan" if item.person == BOT else "bold"
            lines = list(said_lines(item, numbers))
            if not whole and len(lines) > LONGEST:
                lines = [*lines[: LONGEST - 2], Text(self._voice.text("rehearsal-cut"), style="dim italic")]
            indent = "  " if item.thread or item.answers else ""
            head = Text(f"{indent}{name}", style=style)
            for position, line in enumerate(lines or [Text()]):
                table.add_row(head if position == 0 else "", line)
        if when:
            self._console.print(Text(when, style="dim"))
        self._console.print(table)


def said_lines(said: Said, numbers: int | None = None) -> Iterator[Text]:
    if said.message is None:
        yield from (Text(line) for line in said.text.split("\n"))
        yield from (Text(f"📎 {file.name}", style="dim") for file in said.files)
        return
    for block in said.message.blocks:
        yield from _block(block, numbers)


def _block(block: Block, numbers: int | None) -> Iterator[Text]:
    match block:
        case Heading(line):
            yield Text.assemble(*(_part(part) for part in line), style="bold")
        case Paragraph(line):
            yield _line(line)
        case Bullets(items):
            for item in items:
                yield Text.assemble("• ", _line(item))
        case Quote(text):
            yield from (Text(f"│ {line}") for line in text.split("\n"))
        case Choices(choices):
            shown = Text()
            for position, choice in enumerate(choices):
                number = "" if numbers is None else f"{numbers + position} "
                shown.append("" if position == 0 else "  ").append(f"{number}[{choice.label}]", style="cyan")
            yield shown
        case File():
            yield Text(f"📎 {block.name}", style="dim")


def _line(line: Line) -> Text:
    return Text.assemble(*(_part(part) for part in line))


def _part(part: Inline) -> Text:
    match part:
        case Strong(text) | Mention(_, text):
            return Text(text, style="bold")
        case Code(text):
            return Text(text, style="cyan")
        case _:
            return Text(part.text)
