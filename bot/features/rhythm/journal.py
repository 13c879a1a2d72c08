"""What went out by itself, to how many, and why something did not. No text, and nobody's name: counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.chat.content import Block, Heading, Line, Strong
from bot.context import Context
from bot.feature import Field
from bot.features.rhythm.declaration import feature
from bot.fields import Answers
from bot.forecast import FEWEST, told
from bot.model.attention import Request, Why
from bot.model.community import Room
from bot.model.flow import Outbox
from bot.model.rhythm import HOLIDAY, NOBODY, PAUSED, Due
from bot.ports import AtLeast, OneOf
from bot.rhythm import chore

PAGE = 10
PAGES = 50
KEPT = timedelta(days=400)
# In the order in which they are told.
STATES = {"sent": "people", "pending": "waiting", "failed": "refused", "closed": "closed", "late": "too-late"}
# Why what was asked of someone was not said, by what is told of it. Of the other reasons nothing is: that would say
# what someone did.
WHY: dict[Why, str] = {"wish": "held", "room": "held", "closed": "closed", "quiet": "late", "late": "late"}


@feature.command(
    "journal", en=("plan log", "plan journal"), fr=("plan journal", "plan historique"), facilitator=True,
    fields=[Field("page", "number", optional=True)],
)  # fmt: skip
async def journal(ctx: Context, answers: Answers) -> None:
    voice = ctx.here
    page = max(1, answers.number("page")) if answers.given("page") else 1
    page = min(page, PAGES)
    closed = await ctx.unit.find(
        Due, community_id=ctx.community.id, closed_at=AtLeast(ctx.now - KEPT), order="-closed_at", limit=2000
    )
    went = sorted((d for d in closed if not chore(ctx, d)), key=lambda d: (d.closed_at, d.due_at), reverse=True)
    shown = went[PAGE * (page - 1) : PAGE * page]
    if not shown:
        await ctx.reply_privately(voice.say("rhythm-journal-empty" if page == 1 else "rhythm-journal-no-more"))
        return
    sent = await _sent_by(ctx, [due.id for due in shown])
    rooms = {(r.platform, r.external): r for r in await ctx.unit.find(Room, community_id=ctx.community.id)}
    entries: list[Block | Line] = []
    for due in shown:
        entries.append(_title(ctx, due))
        entries += _became(ctx, due, sent[due.id], rooms)
    if len(went) > PAGE * page:
        entries.append(voice.say("rhythm-journal-next", next=ctx.typed("rhythm.journal", voice, str(page + 1))))
    await ctx.reply_privately(Heading(voice.say("rhythm-journal-title")), *entries)


@dataclass(slots=True)
class _Sent:
    """`rooms`: where it was posted. `people`: messages to one person, by what became of them. `asked`: of how many
    something was asked that they may have less of; `held` of them hear it later, or not at all."""

    rooms: set[tuple[str, str]] = field(default_factory=set)
    people: Counter[str] = field(default_factory=Counter)
    asked: int = 0
    held: int = 0


async def _sent_by(ctx: Context, ids: list[int]) -> dict[int, _Sent]:
    found = {id: _Sent() for id in ids}
    written_to: set[tuple[int, str, str]] = set()
    for row in await ctx.unit.find(Outbox, due_id=OneOf(ids)):
        if row.due_id is None:
            continue
        if row.state == "sent" and not row.person:
            found[row.due_id].rooms.add((row.platform, row.room))
        elif row.state == "sent":
            written_to.add((row.due_id, row.platform, row.person))  # in several messages, some of them
        else:
            found[row.due_id].people[row.state] += 1
    for due_id, _, _ in written_to:
        found[due_id].people["sent"] += 1
    asked = await ctx.unit.find(Request, due_id=OneOf(ids))
    said = {row.message for row in asked if row.message}
    states = dict(await ctx.unit.only(Outbox, "key", "state", key=OneOf(sorted(said)))) if said else {}
    for request in asked:
        if request.due_id is not None:
            _count(found[request.due_id], request, states)
    return found


def _count(sent: _Sent, request: Request, states: Mapping[str, str]) -> None:
    if request.state == "dropped" and request.why not in WHY:
        return
    became = "held" if request.state == "waits" else WHY.get(request.why) or states.get(request.message, "sent")
    if became in ("held", "sent", "pending"):
        sent.asked += 1
        sent.held += became == "held"
    if became not in ("held", "sent"):
        sent.people[became] += 1


def _title(ctx: Context, due: Due) -> Line:
    voice = ctx.here
    at = due.late_from or due.due_at
    when = voice.text("rhythm-when", day=voice.day(at), time=voice.time(at))
    name = voice.text(f"due-{due.kind.replace('.', '-')}")
    return voice.say("rhythm-entry", number=str(due.id), when=Strong(when), what=name)


def _became(ctx: Context, due: Due, sent: _Sent, rooms: dict[tuple[str, str], Room]) -> list[Line]:
    voice = ctx.here
    match due.state:
        case "done":
            return _told(ctx, due, sent, rooms)
        case "skipped" if due.reason in (PAUSED, HOLIDAY):
            return [voice.say(f"rhythm-journal-{due.reason}")]
        case "skipped":
            return [voice.say("rhythm-journal-skipped")]
        case "merged":
            return [voice.say("rhythm-journal-merged", into=str(due.merged_into))]
        case "overtaken":
            return [voice.say("rhythm-journal-overtaken")]
        case _:
            return [voice.say("rhythm-journal-failed")]


def _told(ctx: Context, due: Due, sent: _Sent, rooms: dict[tuple[str, str], Room]) -> list[Line]:
    """To which rooms, to how many, how late, and what a platform refused."""
    voice = ctx.here
    lines: list[Line] = []
    names = sorted({(rooms[key].name or rooms[key].external) for key in sent.rooms if key in rooms})
    if names:
        lines.append(voice.say("rhythm-journal-room", rooms=voice.listed(names)))
    if sent.asked:
        reached = sent.asked - sent.held
        id = f"rhythm-journal-asked-{told(sent.asked, reached)}"
        lines.append(voice.say(id, people=sent.asked, reached=reached, held=sent.held))
    for state, id in STATES.items():
        if count := sent.people[state]:
            lines.append(_people(ctx, f"rhythm-journal-{id}", count))
    since = due.late_from or due.due_at
    if lines and due.closed_at is not None and due.closed_at - since > timedelta(minutes=5):
        lines.append(voice.say("rhythm-journal-late", gap=voice.gap(due.closed_at - since)))
    return lines or [voice.say("rhythm-journal-nobody" if due.reason == NOBODY else "rhythm-journal-said")]


def _people(ctx: Context, id: str, count: int) -> Line:
    return ctx.here.say(id, count=count) if count >= FEWEST else ctx.here.say(f"{id}-few", most=FEWEST)
