"""What is wanted of a platform. An action lies in the outbox, under its own key, before anything is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Discriminator, TypeAdapter

from bot.chat.content import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Say something in a room. `thread`: the outbox key of the post whose thread it goes in;
    `answers`: the platform's id of the message it answers. `fleeting`: once it is said, not even that it was
    said is kept: the last words to someone who asked to be forgotten."""

    message: Message
    thread: str = ""
    answers: str = ""
    pin: bool = False
    fleeting: bool = False
    kind: Literal["post"] = "post"


@dataclass(frozen=True, slots=True, kw_only=True)
class Direct:
    """Say something to one person alone."""

    message: Message
    kind: Literal["direct"] = "direct"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Change what was said. `post`: the outbox key of what was said."""

    post: str
    message: Message
    kind: Literal["edit"] = "edit"


@dataclass(frozen=True, slots=True, kw_only=True)
class React:
    """`message`: the platform's id."""

    message: str
    emoji: str
    kind: Literal["react"] = "react"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove:
    """Take a message or a reaction away. `message`: the platform's id."""

    message: str
    kind: Literal["remove"] = "remove"


Action = Annotated[Post | Direct | Edit | React | Remove, Discriminator("kind")]

ACTION: TypeAdapter[Action] = TypeAdapter(Action)
