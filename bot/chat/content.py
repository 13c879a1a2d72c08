"""A message as blocks, free of any platform's markup.

Whatever text stands in a block is plain text, what a member typed included: it is each platform's
renderer that escapes it, so nothing typed can become a mention, a command or HTML.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Base64Bytes, Discriminator, TypeAdapter


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Strong:
    text: str
    kind: Literal["strong"] = "strong"


@dataclass(frozen=True, slots=True)
class Code:
    """Something to type exactly as it stands, such as a command. `own`: what is typed instead on a platform that has
    commands of its own, "" where it is the same."""

    text: str
    own: str = ""
    kind: Literal["code"] = "code"


@dataclass(frozen=True, slots=True)
class Mention:
    """A member, by the identifier of their platform, "" where it goes without saying; `text` is how they are called.

    `quiet`: only their name is said, as it is where it is read, and nobody is called."""

    person: str
    text: str
    platform: str = ""
    quiet: bool = False
    kind: Literal["mention"] = "mention"


@dataclass(frozen=True, slots=True)
class When:
    """An instant. `text` says it in the community's zone, for platforms that show no local time. `shows`: as much of
    it as the text says, where the reader's own clock is shown: the day in full and the time, or the time alone."""

    instant: datetime
    text: str
    shows: Literal["day-and-time", "time"] = "day-and-time"
    kind: Literal["when"] = "when"


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    text: str
    kind: Literal["link"] = "link"


Inline = Annotated[Text | Strong | Code | Mention | When | Link, Discriminator("kind")]
Line = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    line: Line
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    line: Line
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Line, ...]
    kind: Literal["bullets"] = "bullets"


@dataclass(frozen=True, slots=True)
class Quote:
    """A member's own words, whole: line breaks are kept."""

    text: str
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True, slots=True)
class File:
    """A file made here (`data`), or one that lies somewhere already (`uri`), such as a voice note. `size`: in bytes, as
    the platform says, None where it does not."""

    name: str
    mime: str
    data: Base64Bytes = b""
    uri: str = ""
    size: int | None = None
    kind: Literal["file"] = "file"


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something told otherwise than by words alone: a voice note, a picture. `uri`: where it lies, see
    bot/chat/addresses.py; `words`: what was written with it; `size`: as of a file. A type of its own: nothing typed is
    taken for one."""

    mime: str
    uri: str
    words: str = ""
    size: int | None = None

    @property
    def aloud(self) -> bool:
        return self.mime.startswith(("audio/", "video/"))

    @property
    def family(self) -> Literal["audio", "video", "image", "document"]:
        first = self.mime.split("/")[0]
        return first if first in ("audio", "video", "image") else "document"  # type: ignore[return-value]  # one of them


Told = str | Attachment
Argument = str | int


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing a reader may choose by one click.

    `does` names what happens, as "feature.choice"; `args` are handed to it. `emoji` stands for the choice
    where a room has reactions and no buttons; without one, choices are numbered.
    """

    label: str
    does: str
    args: dict[str, Argument] = field(default_factory=dict)
    emoji: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """`unseen`: what is chosen is for nobody else to see. Where a click would be seen by more people than words are,
    it is chosen by words."""

    choices: tuple[Choice, ...]
    unseen: bool = False
    kind: Literal["choices"] = "choices"


Block = Annotated[Heading | Paragraph | Bullets | Quote | File | Choices, Discriminator("kind")]


@dataclass(frozen=True, slots=True)
class Message:
    blocks: tuple[Block, ...]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Every choice of the message, in the order shown."""
        return tuple(c for b in self.blocks if isinstance(b, Choices) for c in b.choices)

    @property
    def files(self) -> tuple[File, ...]:
        return tuple(b for b in self.blocks if isinstance(b, File))

    @property
    def text(self) -> Message:
        """The message without its files, which most platforms send apart."""
        return replace(self, blocks=tuple(b for b in self.blocks if not isinstance(b, File)))


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked on a sheet. `label` in a few words (45 characters at most); `asks` in full.

    line: a few words. text: as long as one likes. option: one of `options`, each an id and its words. told: words
    or something told aloud, which `aloud` asks for, in as few words as the label. `value`: what stands there already.
    """

    name: str
    label: str
    asks: str
    shape: Literal["line", "text", "option", "told"] = "line"
    required: bool = True
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()
    aloud: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form as someone is handed it, where a platform has such a thing. `form` and `args` come back with it."""

    title: str
    form: str
    questions: tuple[Question, ...]
    args: dict[str, Argument] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gathering:
    """A session as a platform's own calendar shows it. `nowhere`: said for the place while none is known, where a
    platform wants one."""

    title: str
    starts: datetime
    ends: datetime
    place: str = ""
    about: str = ""
    cancelled: bool = False
    nowhere: str = ""


@dataclass(frozen=True, slots=True)
class Poll:
    """A question to all, where who chose what is no secret. Each chooses one of the options. `says` goes with it,
    in the same message where the platform allows it."""

    question: str
    options: tuple[str, ...]
    closes: datetime
    says: Message


def message(*blocks: Block | Line) -> Message:
    """A message from blocks; a bare line is a paragraph."""
    return Message(tuple(Paragraph(b) if isinstance(b, tuple) else b for b in blocks))


def plain(line: Iterable[Inline]) -> str:
    """The line as bare words."""
    return "".join(part.text for part in line)


MESSAGE: TypeAdapter[Message] = TypeAdapter(Message)
