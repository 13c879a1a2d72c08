"""What is wanted of a platform. An action lies in the outbox, under its own key, before anything is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Discriminator, TypeAdapter

from bot.chat.content import Gathering, Message, Poll, Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Say something in a room. `thread`: the outbox key of the post whose thread it goes in;
    `answers`: the platform's id of the message it answers. `fleeting`: once it is said, not even that it was
    said is kept, but for what can be chosen: the last words to someone who asked to be forgotten."""

    message: Message
    thread: str = ""
    answers: str = ""
    fleeting: bool = False
    kind: Literal["post"] = "post"


@dataclass(frozen=True, slots=True, kw_only=True)
class Direct:
    """Say something to one person alone. `handle`: what they asked by, if it can be answered by that;
    else, or once it can no more, in private. `fleeting`: as with a post."""

    message: Message
    handle: str = ""
    fleeting: bool = False
    kind: Literal["direct"] = "direct"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenForm:
    """Hand someone a sheet to fill in, in answer to what they asked by `handle`. `otherwise` is said where the
    moment for it has passed: it offers to open it again. `fleeting`: as with a post."""

    sheet: Sheet
    handle: str
    otherwise: Message
    fleeting: bool = False
    kind: Literal["open_form"] = "open_form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Have a gathering stand in the platform's own calendar, as it is now. `earlier`: the outbox key under which
    it was first put there, "" the first time."""

    gathering: Gathering
    earlier: str = ""
    kind: Literal["hold"] = "hold"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoll:
    """Put a question to all of a room by a poll of the platform's own. `otherwise` is said, with its choices, where
    there is none, or where it is refused."""

    poll: Poll
    otherwise: Message
    kind: Literal["open_poll"] = "open_poll"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePoll:
    """Take no more votes in a poll of the platform's own, and learn who chose what in the end: `PollClosed` tells.
    `post`: the outbox key under which it was opened; `says`: that it is over, for where the platform does not."""

    post: str
    says: Message = field(default_factory=lambda: Message(()))
    kind: Literal["close_poll"] = "close_poll"


@dataclass(frozen=True, slots=True, kw_only=True)
class Admit:
    """Open to one person what is kept for members, or close it to them again. Once it is done, no row says so."""

    withdrawn: bool = False
    kind: Literal["admit"] = "admit"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRoll:
    """Have it told who is in the voice rooms now: each by VoiceEntered."""

    kind: Literal["call_roll"] = "call_roll"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Change what was said. `post`: the outbox key of what was said."""

    post: str
    message: Message
    kind: Literal["edit"] = "edit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """Keep what we said before the eyes of a room, and nothing else that we said there. `post`: the outbox key of what
    was said, "" for nothing. A kindness, not a duty: where we may not, nothing comes of it."""

    post: str = ""
    kind: Literal["pin"] = "pin"


@dataclass(frozen=True, slots=True, kw_only=True)
class React:
    """`message`: the platform's id."""

    message: str
    emoji: str
    kind: Literal["react"] = "react"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remove:
    """Take a message or a reaction away. `message`: the platform's id. `person`: whose it is, who is to know where we
    may not; `about`: the capability that would take it away. RemovalRefused tells."""

    message: str
    person: str = ""
    about: str = ""
    kind: Literal["remove"] = "remove"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsay:
    """Take away what was to be said under that outbox key, and may have been, though not before `since`: it was on its
    way when it was taken back. `said`: as it was to be said, for some platforms find it by nothing else. Once it is
    done, no row says so."""

    key: str
    since: datetime
    said: Annotated[Post | Direct | OpenPoll, Discriminator("kind")]
    kind: Literal["unsay"] = "unsay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Discard:
    """Erase a sealed copy of ours. `name`: as in its address."""

    name: str
    kind: Literal["discard"] = "discard"


Action = Annotated[
    Post | Direct | OpenForm | Edit | Pin | React | Remove | Hold | OpenPoll | ClosePoll | Admit | CallRoll
    | Unsay | Discard,
    Discriminator("kind"),
]

ACTION: TypeAdapter[Action] = TypeAdapter(Action)
