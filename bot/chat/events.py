"""What happened on a platform, said in the same words for all of them.

Every event carries the platform's own identifier, by which it is taken in once and never twice.
Rooms, persons and messages are named by the platform's identifiers; the core maps them to its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Discriminator, TypeAdapter

from bot.chat.content import File


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """`id`: unique for ever on its platform. `at`: when, by the platform's clock, aware, UTC."""

    id: str
    platform: str
    room: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePosted(Happened):
    """`answers`: the message replied to. `thread`: the first message of the thread it stands in."""

    text: str
    name: str = ""
    direct: bool = False
    mentions_bot: bool = False
    answers: str = ""
    thread: str = ""
    files: tuple[File, ...] = ()
    kind: Literal["message_posted"] = "message_posted"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRemoved(Happened):
    """`message`: what was taken back, be it a message or a reaction."""

    message: str
    kind: Literal["message_removed"] = "message_removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionAdded(Happened):
    message: str
    emoji: str
    direct: bool = False
    kind: Literal["reaction_added"] = "reaction_added"


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonPressed(Happened):
    """`choice`: the position of the button among the message's choices, from 0."""

    message: str
    choice: int
    direct: bool = False
    kind: Literal["button_pressed"] = "button_pressed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberJoined(Happened):
    name: str = ""
    kind: Literal["member_joined"] = "member_joined"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLeft(Happened):
    kind: Literal["member_left"] = "member_left"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRenamed(Happened):
    name: str
    kind: Literal["member_renamed"] = "member_renamed"


@dataclass(frozen=True, slots=True)
class Someone:
    person: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomOpened(Happened):
    """The bot is in the room for the first time: who was there already is not a newcomer.

    `person` is whoever let the bot in, or the bot itself. `community`: the slug of the community it belongs to.
    `main`: the community is spoken to there.
    """

    community: str
    name: str = ""
    main: bool = False
    members: tuple[Someone, ...] = field(default=())
    kind: Literal["room_opened"] = "room_opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomClosed(Happened):
    """The bot was put out of the room, or the room is gone. `person`: by whom."""

    kind: Literal["room_closed"] = "room_closed"


Event = Annotated[
    MessagePosted
    | MessageRemoved
    | ReactionAdded
    | ButtonPressed
    | MemberJoined
    | MemberLeft
    | MemberRenamed
    | RoomOpened
    | RoomClosed,
    Discriminator("kind"),
]

EVENT: TypeAdapter[Event] = TypeAdapter(Event)
