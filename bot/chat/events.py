"""What happened on a platform, said in the same words for all of them.

Every event carries the platform's own identifier, by which it is taken in once and never twice.
Rooms, persons and messages are named by the platform's identifiers; the core maps them to its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Discriminator, TypeAdapter

from bot.chat.content import Argument, File, Told
from bot.chat.happened import Happened
from bot.chat.language import Language


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
class MessageUnread(Happened):
    """Somebody said something that could not be read, for its key has not come. Told once for each room."""

    name: str = ""
    direct: bool = False
    kind: Literal["message_unread"] = "message_unread"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRemoved(Happened):
    """`message`: what was taken back, be it a message or a reaction. `person`: by whom, who may be another."""

    message: str
    direct: bool = False
    kind: Literal["message_removed"] = "message_removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionAdded(Happened):
    """`trace`: by which it is taken back, where the same one may be put again. "" where that is its `id`."""

    message: str
    emoji: str
    direct: bool = False
    trace: str = ""
    kind: Literal["reaction_added"] = "reaction_added"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Happened):
    """Something asked by a means of the platform's own, and not by a message.

    `handle`: by it an answer reaches this person alone, at once, for as long as the platform lets it. "" where
    there is no such thing. `language`: in which the person uses the platform, if it is one of ours. `level`: what
    they may do in the room, as ChatPlatform.level, where the platform told it with what was asked.
    """

    name: str = ""
    direct: bool = False
    handle: str = ""
    language: Language | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonPressed(Asked):
    """`choice`: the position of the button among the message's choices, from 0. `post`: the outbox key of the
    message, where the button carries it."""

    message: str
    choice: int
    post: str = ""
    kind: Literal["button_pressed"] = "button_pressed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandUsed(Asked):
    """`command`: its id. `values`: what was given, by field."""

    command: str
    values: dict[str, str] = field(default_factory=dict)
    kind: Literal["command_used"] = "command_used"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSubmitted(Asked):
    """A sheet that was filled in. `form` and `args` as the sheet had them; `values`: what was told, by field."""

    form: str
    args: dict[str, Argument] = field(default_factory=dict)
    values: dict[str, Told] = field(default_factory=dict)
    kind: Literal["form_submitted"] = "form_submitted"


@dataclass(frozen=True, slots=True, kw_only=True)
class PollVoted(Happened):
    """In a poll of the platform's own. `message`: the poll. `option`: the position of what was chosen, from 0; where
    it is `withdrawn`, of what is given up, -1 for whatever it was. `trace`: what says so on the platform, by which it
    is taken back, "" where nothing does. What nobody heard, because we were stopped, is made up for when the poll is
    closed."""

    message: str
    option: int
    withdrawn: bool = False
    trace: str = ""
    kind: Literal["poll_voted"] = "poll_voted"


@dataclass(frozen=True, slots=True, kw_only=True)
class PollEnded(Happened):
    """Someone says, by a means of the platform's own, that a poll is over. Whether they may is not known."""

    message: str
    kind: Literal["poll_ended"] = "poll_ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class PollClosed(Happened):
    """A poll of the platform's own takes no more votes, and who chose what is known: it is what came of asking
    it to close the poll. `post`: the outbox key under which it was opened. `votes`: who chose each option in the
    end, None where the platform could not tell: what was heard before then stands."""

    post: str
    votes: tuple[tuple[str, ...], ...] | None
    kind: Literal["poll_closed"] = "poll_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheringChanged(Happened):
    """A gathering that we put there stands so now on the platform itself, whoever changed it: it may have been us.
    `person` may be unknown, "". `voice`: the identifier of the voice room that is its place, "" if none is."""

    gathering: str
    title: str
    starts: datetime
    ends: datetime | None
    place: str
    voice: str = ""
    cancelled: bool = False
    kind: Literal["gathering_changed"] = "gathering_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestShown(Happened):
    """Someone said, on the platform itself, that a gathering interests them, or takes it back."""

    gathering: str
    name: str = ""
    withdrawn: bool = False
    kind: Literal["interest_shown"] = "interest_shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceEntered(Happened):
    """Someone is in a voice room. `voice`: its identifier; `voice_name`: what it is called."""

    voice: str
    voice_name: str = ""
    name: str = ""
    kind: Literal["voice_entered"] = "voice_entered"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdmissionRefused(Happened):
    """The platform did not let us open to this person what is kept for members, or (`withdrawn`) close it. No
    platform tells this by itself: it is what came of asking."""

    withdrawn: bool = False
    kind: Literal["admission_refused"] = "admission_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalRefused(Happened):
    """The platform did not let us take away what this person told us in private. No platform tells this by itself: it
    is what came of asking. `about`: the capability that asked."""

    about: str
    direct: bool = True
    kind: Literal["removal_refused"] = "removal_refused"


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
    `main`: the community is spoken to there. `office`: facilitators are.
    """

    community: str
    name: str = ""
    main: bool = False
    office: bool = False
    members: tuple[Someone, ...] = field(default=())
    kind: Literal["room_opened"] = "room_opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomClosed(Happened):
    """The room is ours no more: it is gone, it is configured no longer, or (`put_out`) somebody put the bot out.
    `person`: by whom."""

    put_out: bool = False
    kind: Literal["room_closed"] = "room_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomReplaced(Happened):
    """The room was given up for another one. `successor`: its identifier. `followed`: the bot is there, and what the
    room was goes on there; else it could not get in, or that room does not say that it takes this one's place."""

    successor: str
    followed: bool
    kind: Literal["room_replaced"] = "room_replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomBarred(Happened):
    """The bot is not allowed to write there for now. What it has to say waits. No platform tells this by itself: it is
    what came of trying."""

    kind: Literal["room_barred"] = "room_barred"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSaid(Happened):
    """What was to be said since `at` was set aside: the platform failed at it time and again. `room`: where it was to
    be said, or the community's main room where it was for one person alone (`private`)."""

    private: bool = False
    kind: Literal["not_said"] = "not_said"


Event = Annotated[
    MessagePosted
    | MessageUnread
    | MessageRemoved
    | ReactionAdded
    | ButtonPressed
    | CommandUsed
    | FormSubmitted
    | PollVoted
    | PollEnded
    | PollClosed
    | GatheringChanged
    | InterestShown
    | VoiceEntered
    | AdmissionRefused
    | RemovalRefused
    | MemberJoined
    | MemberLeft
    | MemberRenamed
    | RoomOpened
    | RoomClosed
    | RoomReplaced
    | RoomBarred
    | NotSaid,
    Discriminator("kind"),
]

EVENT: TypeAdapter[Event] = TypeAdapter(Event)


def trace_of(event: Event) -> str:
    """By which it is taken back."""
    return getattr(event, "trace", "") or event.id
