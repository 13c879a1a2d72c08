"""The tables, and which class of the model each holds.

The classes know nothing of this: they are mapped from outside, once, when this module is imported.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import registry

from bot.chat.content import Argument, Choice, Gathering, Told
from bot.model.account import Account, LinkCode, LinkTry
from bot.model.activity import Activity
from bot.model.attention import Request
from bot.model.charter import Arrival, Signature
from bot.model.community import Community, Person, Presence, Room
from bot.model.flow import Conversation, Cursor, DirectRoom, Inbox, Outbox, SaidPart
from bot.model.icebreaker import OwnQuestion, QuestionUse
from bot.model.introduction import Introduction
from bot.model.poll import Poll, PollAwaited, PollVote
from bot.model.pulse import Pulse, PulseSentence, PulseTaken, SealedAnswer
from bot.model.rhythm import Deed, Due, Holiday, Pause
from bot.model.session import Attendance, Mirrored, Rsvp, RsvpSign, Session
from bot.model.settings import Settings
from bot.model.story import SealedStory, Story, StoryAnswer, StoryDraft
from storage.columns import Instant, Json, Whole

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)
mapping = registry(metadata=metadata)


def _id() -> Column[int]:
    return Column("id", Whole, primary_key=True, autoincrement=True)


def _of(
    table: str, *, column: str | None = None, null: bool = False, primary: bool = False, index: bool = True
) -> Column[int]:  # fmt: skip
    """A reference that goes when what it refers to goes. `index`: False where another index begins with it."""
    return Column(
        column or f"{table}_id",
        Whole,
        ForeignKey(f"{table}.id", ondelete="CASCADE"),
        nullable=null,
        primary_key=primary,
        index=index and not primary,
    )


def _words(name: str, default: str | None = None) -> Column[str]:
    return Column(name, Text, nullable=False, server_default=default)


def _instant(name: str, *, null: bool = False) -> Column[object]:
    return Column(name, Instant, nullable=null)


def _flag(name: str, default: str | None = None) -> Column[bool]:
    """`default`: "0" or "1", which every database takes for a truth value."""
    return Column(name, Boolean, nullable=False, server_default=default)


def _json(name: str, of: object) -> Column[object]:
    return Column(name, Json(of), nullable=False)


def _number(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, Whole, nullable=null)


def _kept(cls: type, name: str, *columns: Column[object] | Column[int] | Column[str] | Column[bool] | object) -> Table:
    # A number is never given twice: what a button pressed months later refers to may be gone, and is nothing else.
    # The log's rows are referred to by nothing, and too many for it.
    numbered = cls is not Activity and any(getattr(c, "autoincrement", None) is True for c in columns)
    table = Table(name, metadata, *columns, sqlite_autoincrement=numbered)  # type: ignore[arg-type]  # columns, constraints and indexes alike
    mapping.map_imperatively(cls, table)
    return table


_kept(Community, "community", _id(), Column("slug", String(64), unique=True, nullable=False),
      _json("settings", Settings), _instant("since"))
_kept(Room, "room", _id(), _of("community"), _words("platform"), _words("external"), _words("name"),
      _flag("main"), _flag("office", "0"), _flag("open"), UniqueConstraint("platform", "external"))
_kept(Person, "person", _id(), _of("community"), _words("platform"), _words("external"), _words("name"),
      Column("pseudonym", String(16), unique=True, nullable=False), Column("language", String(2)),
      _flag("present"), _instant("joined_at", null=True), _words("greeting"), _flag("logged"),
      _flag("reachable"), _flag("introduced"), _words("wish", "usual"),
      UniqueConstraint("community_id", "platform", "external"))
_kept(Account, "account", _id(), _of("community"), _of("person"), _words("platform"), _words("external"),
      _words("name"), _flag("reachable"), UniqueConstraint("community_id", "platform", "external"))
_kept(LinkCode, "link_code", _id(), _of("community"), _of("person"), Column("sealed", LargeBinary, nullable=False),
      _instant("expires"), _of("person", column="other_id", null=True), _flag("agreed"))
_kept(LinkTry, "link_try", _id(), _of("person"), _instant("at"))
_kept(Presence, "presence", _id(), _of("room"), _of("person"), UniqueConstraint("room_id", "person_id"))
_kept(Introduction, "introduction", _id(), _of("person"), _words("does"), _words("hopes"), _words("about"),
      _flag("posted"))

_kept(Signature, "signature", _id(), _of("community"), _of("person"), _words("text"), _instant("at"),
      _flag("stuck"), UniqueConstraint("person_id"))
_kept(Arrival, "arrival", _id(), _of("community"), _of("person"), _words("state"), _number("asked"),
      _instant("asked_at", null=True), UniqueConstraint("person_id"))

_kept(Session, "session", _id(), _of("community"), _number("number"), _words("theme"), _instant("starts"),
      _number("minutes"), _words("place"), _words("state"), _words("series"), _number("every_weeks"),
      _number("sequence"), _number("planned_by"), _flag("announced"),
      UniqueConstraint("community_id", "number"))
_kept(Rsvp, "rsvp", _id(), _of("session"), _of("person"), _words("answer"), _instant("at"),
      _flag("by_interest", "0"), UniqueConstraint("session_id", "person_id"))
_kept(RsvpSign, "rsvp_sign", _id(), _of("session"), _of("person"), _words("answer"),
      Column("trace", String(255), nullable=False, index=True))
_kept(Attendance, "attendance", _id(), _of("session"), _of("person"), _flag("by_voice", "0"),
      UniqueConstraint("session_id", "person_id"))
_kept(Mirrored, "mirrored", _id(), _of("session"), _of("room"), Column("stands", Json(Gathering), nullable=True),
      _json("put", tuple[Gathering, ...]), UniqueConstraint("session_id", "room_id"))

# No surrogate key and no row number: where a row lies says nothing of when it came.
_kept(Story, "story", Column("id", String(32), primary_key=True), _of("session"), _of("person", null=True),
      _words("sharing"), _words("text"), _words("voice"), _words("voice_mime"), _flag("shared"))
_kept(StoryAnswer, "story_answer", _of("session", primary=True), _of("person", primary=True))
_kept(StoryDraft, "story_draft", _of("session", primary=True), _of("person", primary=True),
      Column("sealed", LargeBinary, nullable=False))
_kept(SealedStory, "sealed_story", Column("id", String(32), primary_key=True), _of("session"),
      Column("sealed", LargeBinary, nullable=False))
for _table in ("story", "story_answer", "story_draft", "sealed_story"):
    mapping.metadata.tables[_table].dialect_options["sqlite"]["with_rowid"] = False

_kept(Pulse, "pulse", _id(), _of("community"), _words("question"), _words("own"), _of("session", null=True),
      _instant("opens"), _instant("closes"), _words("state"), _number("asked"),
      _json("counts", tuple[int, ...]))
# As above.
_kept(PulseTaken, "pulse_taken", _of("pulse", primary=True), _of("person", primary=True))
mapping.metadata.tables["pulse_taken"].dialect_options["sqlite"]["with_rowid"] = False
_kept(SealedAnswer, "sealed_answer", Column("id", String(32), primary_key=True), _of("pulse"),
      Column("sealed", LargeBinary, nullable=False))
mapping.metadata.tables["sealed_answer"].dialect_options["sqlite"]["with_rowid"] = False
_kept(PulseSentence, "pulse_sentence", Column("id", String(32), primary_key=True), _of("pulse"),
      _words("text"))
mapping.metadata.tables["pulse_sentence"].dialect_options["sqlite"]["with_rowid"] = False

_kept(Poll, "poll", _id(), _of("community"), _number("number"), _words("question"),
      _json("options", tuple[str, ...]), _instant("opens"), _instant("closes"), _words("state"),
      _json("strangers", tuple[int, ...]), _json("counts", tuple[int, ...]), _number("members"), _flag("lacking"),
      UniqueConstraint("community_id", "number"))
_kept(PollVote, "poll_vote", _of("poll", primary=True), _of("person", primary=True), _number("option"),
      _of("room", null=True), Column("trace", String(255), nullable=False, index=True), _instant("at"))
_kept(PollAwaited, "poll_awaited", _of("poll", primary=True), _of("room", primary=True))

_kept(OwnQuestion, "own_question", _id(), _of("community"), _words("text"), _flag("removed"))
_kept(QuestionUse, "question_use", _id(), _of("community"), _words("question"), _instant("at"),
      _flag("skipped"))

_kept(Due, "due", _id(), _of("community", index=False), Column("key", String(128), nullable=False), _words("kind"),
      _instant("due_at"), _json("args", dict[str, Argument]), _words("state"), _flag("moved"),
      _instant("rhythm_at", null=True), _instant("late_from", null=True), _instant("closed_at", null=True),
      _words("reason", ""), _number("merged_into", null=True),
      UniqueConstraint("community_id", "key"),
      # What is still to come is a sliver of the table: only that is indexed by its hour.
      Index("ix_due_pending", "due_at", sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'")),
      Index("ix_due_coming", "community_id", "due_at"),
      Index("ix_due_closed", "community_id", "closed_at", sqlite_where=text("closed_at is not null"),
            postgresql_where=text("closed_at is not null")))
_kept(Holiday, "holiday", _id(), _of("community"), _json("first", date), _json("last", date), _flag("off"))
_kept(Deed, "deed", _id(), _of("community"), _of("person"), _words("name"), _json("args", dict[str, Argument]),
      _instant("at"), UniqueConstraint("person_id"))
_kept(Pause, "pause", _id(), _of("community"), _words("feature"), _instant("until", null=True),
      UniqueConstraint("community_id", "feature"))

_kept(Request, "request", _id(), _of("community"), _of("person"), Column("key", String(128), nullable=False),
      _words("purpose"), _json("args", dict[str, Argument]), _instant("asked_at"), _instant("until"),
      _instant("look_at"), _words("state"), _words("why"), _instant("sent_at", null=True),
      Column("message", String(128), nullable=False, index=True),
      Column("due_id", Whole, nullable=True, index=True), _instant("late_from", null=True), _flag("offered"),
      UniqueConstraint("person_id", "key"),
      Index("ix_request_waits", "look_at", sqlite_where=text("state = 'waits'"),
            postgresql_where=text("state = 'waits'")))

activity = _kept(
    Activity, "activity", _id(), _of("community"), _of("room", null=True),
    Column("who", String(16), nullable=False, index=True), _instant("at"), _words("kind"),
    Column("event", String(255), nullable=False), _words("answers"), _words("answers_who"),
    _of("session", null=True), UniqueConstraint("community_id", "event"),
    Index("ix_activity_answers", "community_id", "answers", sqlite_where=text("answers != ''"),
          postgresql_where=text("answers != ''")))

_kept(Cursor, "cursor", _id(), Column("account", String(255), unique=True, nullable=False), _words("value"))
_kept(Inbox, "inbox", _id(), Column("key", String(255), unique=True, nullable=False), _words("platform"),
      _words("room"), _words("event"), _words("state"), _instant("at"),
      Index("ix_inbox_pending", "id", sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'")))
_kept(Outbox, "outbox", _id(),
      # By it SQLAlchemy tells which id is whose, where many are laid by one statement.
      Column("key", String(128), unique=True, nullable=False, insert_sentinel=True), _of("community"),
      _words("platform"), _words("room"), _words("person"), _words("language"), _words("purpose"), _words("action"),
      _json("choices", tuple[Choice, ...]), _words("state"), Column("message", String(255), nullable=False,
      index=True), _words("problem"), _number("tries"),
      _flag("native", "0"), _instant("at"), _instant("sent_at", null=True), _number("due_id", null=True),
      _instant("until", null=True),
      Index("ix_outbox_due", "due_id", sqlite_where=text("due_id is not null"),
            postgresql_where=text("due_id is not null")),
      Index("ix_outbox_queue", "platform", "room", "person", "id", sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'")),
      Index("ix_outbox_pending", "id", sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'")))
_kept(SaidPart, "said_part", _id(), _of("outbox"), _number("position"), _words("room"),
      Column("message", String(255), nullable=False, index=True), UniqueConstraint("outbox_id", "position"))
_kept(DirectRoom, "direct_room", _id(), _words("platform"), _words("person"),
      Column("room", String(255), nullable=False, index=True), UniqueConstraint("platform", "person"))
_kept(Conversation, "conversation", _id(), _of("person"), _words("form"), _words("room"),
      _words("platform", ""), _words("waiting_for"), _json("args", dict[str, Argument]),
      _json("answers", dict[str, Told]), _instant("at"), UniqueConstraint("person_id"))
