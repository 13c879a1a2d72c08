"""What went out by itself, to how many, and why something did not. No text, and nobody's name: counts."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from bot.chat.content import Block, Heading, Line, Strong
from bot.context import Context
from bot.feature import Field
from bot.features.rhythm.declaration import chore, feature
from bot.fields import Answers
from bot.model.community import Room
from bot.model.flow import Outbox
from bot.model.rhythm import HOLIDAY, NOBODY, PAUSED, Due
from bot.ports import AtLeast, OneOf

PAGE = 10
PAGES = 50
KEPT = timedelta(days=400)
# Of fewer, the number itself may tell who they are.
FEWEST = 5


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
    told = sorted((d for d in closed if not chore(ctx, d)), key=lambda d: (d.closed_at, d.due_at), reverse=True)
    shown = told[PAGE * (page - 1) : PAGE * page]
    if not shown:
        await ctx.reply_privately(voice.say("rhythm-journal-empty" if page == 1 else "rhythm-journal-no-more"))
        return
    rows = await ctx.unit.find(Outbox, due_id=OneOf([due.id for due in shown]))
    rooms = {(r.platform, r.external): r for r in await ctx.unit.find(Room, community_id=ctx.community.id)}
    entries: list[Block | Line] = []
    for due in shown:
        entries.append(_title(ctx, due))
        entries += _became(ctx, due, [row for row in rows if row.due_id == due.id], rooms)
    if len(told) > PAGE * page:
        entries.append(voice.say("rhythm-journal-next", next=ctx.typed("rhythm.journal", voice, str(page + 1))))
    await ctx.reply_privately(Heading(voice.say("rhythm-journal-title")), *entries)


def _title(ctx: Context, due: Due) -> Line:
    voice = ctx.here
    at = due.late_from or due.due_at
    when = voice.text("rhythm-when", day=voice.day(at), time=voice.time(at))
    name = voice.text(f"due-{due.kind.replace('.', '-')}")
    return voice.say("rhythm-entry", number=str(due.id), when=Strong(when), what=name)


def _became(ctx: Context, due: Due, rows: list[Outbox], rooms: dict[tuple[str, str], Room]) -> list[Line]:
    voice = ctx.here
    match due.state:
        case "done":
            return _sent(ctx, due, rows, rooms)
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


def _sent(ctx: Context, due: Due, rows: list[Outbox], rooms: dict[tuple[str, str], Room]) -> list[Line]:
    """To which rooms, to how many, how late, and what a platform refused."""
    voice = ctx.here
    lines: list[Line] = []
    counted = Counter((row.state, bool(row.person)) for row in rows)
    posted = {(row.platform, row.room) for row in rows if row.state == "sent" and not row.person}
    names = sorted({(rooms[key].name or rooms[key].external) for key in posted if key in rooms})
    if names:
        lines.append(voice.say("rhythm-journal-room", rooms=voice.listed(names)))
    if people := counted["sent", True]:
        lines.append(_people(ctx, "rhythm-journal-people", people))
    if waiting := counted["pending", True] + counted["pending", False]:
        lines.append(_people(ctx, "rhythm-journal-waiting", waiting))
    if refused := counted["failed", True] + counted["failed", False]:
        lines.append(_people(ctx, "rhythm-journal-refused", refused))
    since = due.late_from or due.due_at
    if lines and due.closed_at is not None and due.closed_at - since > timedelta(minutes=5):
        lines.append(voice.say("rhythm-journal-late", gap=voice.gap(due.closed_at - since)))
    return lines or [voice.say("rhythm-journal-nobody" if due.reason == NOBODY else "rhythm-journal-said")]


def _people(ctx: Context, id: str, count: int) -> Line:
    return ctx.here.say(id, count=count) if count >= FEWEST else ctx.here.say(f"{id}-few", most=FEWEST)
