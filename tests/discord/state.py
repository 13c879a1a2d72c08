"""What Discord remembers, besides servers, channels and members, which have files of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.discord.channel import Channel
    from tests.discord.guild import Guild

Json = dict[str, Any]

EPHEMERAL = 1 << 6
LOADING = 1 << 7
VOICE_MESSAGE = 1 << 13

TEXT, DM, VOICE, ANNOUNCEMENT, STAGE, FORUM = 0, 1, 2, 5, 13, 15
ANNOUNCEMENT_THREAD, PUBLIC_THREAD, PRIVATE_THREAD = 10, 11, 12
THREADS = (ANNOUNCEMENT_THREAD, PUBLIC_THREAD, PRIVATE_THREAD)


def without_nulls(value: Any) -> Any:
    """What is null counts as left out."""
    if isinstance(value, dict):
        return {k: without_nulls(v) for k, v in value.items() if v is not None}
    return [without_nulls(v) for v in value] if isinstance(value, list) else value


@dataclass(eq=False)
class User:
    """`closed`: takes no direct messages."""

    id: int
    name: str
    bot: bool = False
    locale: str = "fr"
    closed: bool = False
    webhook: bool = False

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"


@dataclass(eq=False)
class Role:
    id: int
    name: str
    permissions: int = 0
    position: int = 1
    managed: bool = False


@dataclass
class Overwrite:
    """`of_member`: whether `target` is a member, else a role."""

    target: int
    of_member: bool
    allow: int = 0
    deny: int = 0


@dataclass(eq=False)
class Attachment:
    id: int
    filename: str
    content_type: str
    data: bytes
    url: str
    description: str | None = None
    duration: float | None = None


@dataclass(eq=False)
class Poll:
    question: str
    answers: dict[int, str]
    expiry: datetime
    multiselect: bool = False
    finalized: bool = False
    votes: dict[int, list[int]] = field(default_factory=dict)


@dataclass(eq=False)
class Message:
    """`earlier`: what it said before each edit. `seen_by`: the one person who sees it, if it is ephemeral."""

    id: int
    channel: Channel
    author: User
    at: datetime
    content: str = ""
    type: int = 0
    flags: int = 0
    nonce: str | None = None
    components: list[Json] = field(default_factory=list)
    embeds: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    reactions: dict[str, list[int]] = field(default_factory=dict)
    mentions: list[User] = field(default_factory=list)
    mention_roles: list[int] = field(default_factory=list)
    mention_everyone: bool = False
    answers: int | None = None
    edited: datetime | None = None
    pinned: bool = False
    poll: Poll | None = None
    webhook_id: int | None = None
    interaction: Json | None = None
    thread: Channel | None = None
    seen_by: int | None = None
    deleted: bool = False
    earlier: list[str] = field(default_factory=list)

    @property
    def controls(self) -> list[Json]:
        """Every button and select, in order."""
        return [c for row in self.components for c in row.get("components", ())]

    @property
    def labels(self) -> list[str]:
        return [c["label"] for c in self.controls if c["type"] == 2 and "label" in c]

    def __repr__(self) -> str:
        return f"<Message {self.id} by {self.author.name}: {self.content!r}>"


@dataclass(eq=False)
class ScheduledEvent:
    """`kind`: 1 stage, 2 voice, 3 elsewhere. `status`: 1 scheduled, 2 under way, 3 over, 4 cancelled."""

    id: int
    guild: Guild
    creator: User
    name: str
    description: str | None
    kind: int
    starts: datetime
    ends: datetime | None
    channel_id: int | None
    place: str | None
    status: int = 1
    interested: list[int] = field(default_factory=list)

    @property
    def live(self) -> bool:
        return self.status in (1, 2)


@dataclass(eq=False)
class Application:
    """The bot's own. `members_approved`, `content_approved`: the switches on its page at Discord's."""

    id: int
    user: User
    token: str
    members_approved: bool = True
    content_approved: bool = True
    commands: list[Json] = field(default_factory=list)
    guild_commands: dict[int, list[Json]] = field(default_factory=dict)

    @property
    def flags(self) -> int:
        return (1 << 15 if self.members_approved else 0) | (1 << 19 if self.content_approved else 0)
