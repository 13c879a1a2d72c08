"""What goes out by itself: seen beforehand, passed over, moved, paused.

What is shown is what will be said: the very handlers are run, at their hour, in a unit of work that is undone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.chat.actions import ACTION, Direct, Edit, Post
from bot.chat.content import Block, Bullets, Heading, Line, Message, Paragraph, Quote, Strong, plain
from bot.context import Context
from bot.errors import Problem
from bot.feature import Feature, Field
from bot.fields import Answers
from bot.model.rhythm import Due, Pause
from bot.ports import AtLeast
from bot.rhythm import paused
from bot.text import folded

feature = Feature("rhythm")

SHOWN = timedelta(days=30)
LONGEST_EXCERPT = 240


@dataclass(frozen=True, slots=True)
class Preview:
    """One message that will go out: `people` of them in private, or 0 where it goes to the room."""

    message: Message
    people: int


async def _coming(ctx: Context) -> list[Due]:
    until = ctx.now + SHOWN
    pending = await ctx.unit.find(
        Due, community_id=ctx.community.id, state="pending", due_at=AtLeast(ctx.now), order="due_at"
    )
    return [d for d in pending if d.due_at <= until and not _chore(ctx, d)]


def _chore(ctx: Context, due: Due) -> bool:
    kind = ctx.features.dues.get(due.kind)
    return kind is not None and kind.chore


async def _previews(ctx: Context, due: Due) -> list[Preview]:
    """What this row would say. Run it within `unit.rehearsed`."""
    kind = ctx.features.dues[due.kind]
    if not kind.shown_before:
        return []
    cause = f"preview:{due.id}"
    then = replace(ctx, now=due.due_at, cause=cause, person=None, where=None, said=[], after_commit=[])
    await kind.run(then, due)
    counted: dict[str, int] = {}
    first: dict[str, Message] = {}
    for row in then.said:
        action = ACTION.validate_json(row.action)
        if not isinstance(action, Post | Direct | Edit):
            continue
        private = isinstance(action, Direct)
        # The same sentence in another language is another message, in the same words it is one.
        key = f"{private}{row.language}{_excerpt(action.message)}"
        first.setdefault(key, action.message)
        counted[key] = counted.get(key, 0) + (1 if private else 0)
    return [Preview(message, counted[key]) for key, message in first.items()]


def _lines(message: Message) -> Iterator[str]:
    for block in message.blocks:
        match block:
            case Heading(line) | Paragraph(line):
                yield plain(line)
            case Bullets(items):
                yield from (f"• {plain(item)}" for item in items)
            case Quote(text):
                yield text
            case _:
                continue


def _whole(message: Message) -> str:
    return "\n".join(_lines(message))


def _excerpt(message: Message) -> str:
    whole = _whole(message)
    return whole if len(whole) <= LONGEST_EXCERPT else whole[: LONGEST_EXCERPT - 1].rstrip() + "…"


def _title(ctx: Context, due: Due) -> Line:
    voice = ctx.here
    name = voice.text(f"due-{due.kind.replace('.', '-')}")
    when = voice.text("rhythm-when", day=voice.day(due.due_at), time=voice.time(due.due_at))
    return voice.say("rhythm-entry", number=str(due.id), when=Strong(when), what=name)


def _nothing_yet(ctx: Context, due: Due) -> Line:
    told = ctx.features.dues[due.kind].shown_before
    return ctx.here.say("rhythm-entry-nobody" if told else "rhythm-entry-untold")


@feature.command(
    "plan", en="plan", fr=("plan", "plan d’animation"), facilitator=True, path=("plan upcoming", "plan à-venir")
)
async def plan(ctx: Context, answers: Answers) -> None:
    voice = ctx.here
    entries: list[Block | Line] = []
    async with ctx.unit.rehearsed():
        for due in await _coming(ctx):
            entries.append(_title(ctx, due))
            if await paused(ctx, due.kind.split(".")[0], due.due_at):
                entries.append(voice.say("rhythm-entry-paused"))
                continue
            previews = await _previews(ctx, due)
            if not previews:
                entries.append(_nothing_yet(ctx, due))
            for preview in previews:
                if preview.people:
                    entries.append(voice.say("rhythm-entry-people", count=preview.people))
                entries.append(Quote(_excerpt(preview.message)))
    if not entries:
        await ctx.reply_privately(voice.say("rhythm-plan-empty"))
        return
    await ctx.reply_privately(
        Heading(voice.say("rhythm-plan-title")),
        *entries,
        voice.say(
            "rhythm-plan-how",
            show=ctx.typed("rhythm.show", voice, "12"),
            skip=ctx.typed("rhythm.skip", voice, "12"),
            move=ctx.typed("rhythm.move", voice, voice.text("rhythm-move-example")),
        ),
    )


async def _row(ctx: Context, answers: Answers, state: str = "pending") -> Due:
    due = await ctx.unit.get(Due, answers.number("number"))
    ours = due is not None and due.community_id == ctx.community.id and not _chore(ctx, due)
    if due is None or not ours or due.state != state or due.due_at < ctx.now:
        raise Problem(
            "rhythm-no-such-entry",
            number=str(answers.number("number")),
            plan=ctx.typed("rhythm.plan", ctx.here),
        )
    return due


async def _to_come(ctx: Context, typed: str) -> list[tuple[str, str]]:
    return _proposed(ctx, await _coming(ctx), typed)


async def _skipped(ctx: Context, typed: str) -> list[tuple[str, str]]:
    skipped = await ctx.unit.find(
        Due, community_id=ctx.community.id, state="skipped", due_at=AtLeast(ctx.now), order="due_at"
    )
    return _proposed(ctx, skipped, typed)


def _proposed(ctx: Context, dues: list[Due], typed: str) -> list[tuple[str, str]]:
    found = [(plain(_title(ctx, due)), str(due.id)) for due in dues]
    return [each for each in found if folded(typed) in folded(each[0])]


NUMBER = Field("number", "number", suggests=_to_come)


@feature.command("show", en="plan show", fr="plan voir", fields=[NUMBER], facilitator=True)
async def show(ctx: Context, answers: Answers) -> None:
    """One post in full, as it would go out."""
    wanted = await _row(ctx, answers)
    said: list[Block | Line] = [_title(ctx, wanted)]
    async with ctx.unit.rehearsed():
        # What goes out before it may change what it says: the question of an icebreaker, for one.
        previews: list[Preview] = []
        for due in await _coming(ctx):
            previews = await _previews(ctx, due)
            if due.id == wanted.id:
                break
    for preview in previews:
        if preview.people:
            said.append(ctx.here.say("rhythm-entry-people", count=preview.people))
        said.append(Quote(_whole(preview.message)))
    if not previews:
        said.append(_nothing_yet(ctx, wanted))
    await ctx.reply_privately(*said)


@feature.command("skip", en="plan skip", fr="plan passer", fields=[NUMBER], facilitator=True)
async def skip(ctx: Context, answers: Answers) -> None:
    due = await _row(ctx, answers)
    due.state = "skipped"
    back = ctx.typed("rhythm.restore", ctx.here, str(due.id))
    await ctx.reply_privately(ctx.here.say("rhythm-skipped", entry=_title(ctx, due), back=back))


@feature.command(
    "restore", en="plan restore", fr="plan remettre", facilitator=True,
    fields=[Field("number", "number", suggests=_skipped)],
)  # fmt: skip
async def restore(ctx: Context, answers: Answers) -> None:
    due = await _row(ctx, answers, state="skipped")
    due.state = "pending"
    await ctx.reply_privately(ctx.here.say("rhythm-restored", entry=_title(ctx, due)))


@feature.command(
    "move",
    en="plan move",
    fr="plan déplacer",
    fields=[NUMBER, Field("when", "instant")],
    facilitator=True,
)
async def move(ctx: Context, answers: Answers) -> None:
    due = await _row(ctx, answers)
    due.due_at, due.moved = answers.instant("when"), True
    await ctx.reply_privately(ctx.here.say("rhythm-moved", entry=_title(ctx, due)))


@feature.command(
    "pause",
    en="pause",
    fr="pause",
    fields=[Field("scope", "scope", optional=True), Field("until", "day", optional=True)],
    facilitator=True,
    path=("plan pause", "plan pause"),
)
async def pause(ctx: Context, answers: Answers) -> None:
    scope = answers.text("scope")
    until = answers.instant("until") if answers.given("until") else None
    await ctx.unit.delete(Pause, community_id=ctx.community.id, feature=scope)
    await ctx.unit.add(Pause(community_id=ctx.community.id, feature=scope, until=until))
    voice = ctx.here
    what = voice.say(f"rhythm-{scope}") if scope else voice.say("rhythm-all")
    resume = ctx.typed("rhythm.resume", voice, voice.text(f"rhythm-{scope}") if scope else "")
    if until is None:
        await ctx.reply_privately(voice.say("rhythm-paused", what=what, resume=resume))
    else:
        await ctx.reply_privately(
            voice.say("rhythm-paused-until", what=what, until=voice.day(until), resume=resume)
        )


@feature.command(
    "resume", en="resume", fr="reprendre", fields=[Field("scope", "scope", optional=True)], facilitator=True,
    path=("plan resume", "plan reprendre"),
)  # fmt: skip
async def resume(ctx: Context, answers: Answers) -> None:
    scope = answers.text("scope")
    pauses = await ctx.unit.find(Pause, community_id=ctx.community.id)
    ended = [p for p in pauses if not scope or p.feature == scope]
    for each in ended:
        await ctx.unit.delete(Pause, id=each.id)
    left = any(p.feature == "" for p in pauses) and scope != ""
    id = "rhythm-still-paused" if left else "rhythm-resumed" if ended else "rhythm-nothing-paused"
    await ctx.reply_privately(ctx.here.say(id))

