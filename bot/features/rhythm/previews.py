"""What a row will say: its very handler is run, at its hour, in a unit of work that is undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.chat.actions import ACTION, Direct, Edit, Post
from bot.chat.content import (
    Block,
    Bullets,
    Choice,
    Choices,
    Heading,
    Line,
    Mention,
    Message,
    Paragraph,
    Quote,
    plain,
)
from bot.context import Context
from bot.feature import Arguments
from bot.features.rhythm.declaration import feature
from bot.forecast import foreseen
from bot.model.rhythm import Due

LONGEST_EXCERPT = 240


@dataclass(frozen=True, slots=True)
class Preview:
    """One message that will go out: `people` of them in private, or 0 where it goes to the room. `cost`: where it asks
    something of them, when they will hear it."""

    message: Message
    people: int
    cost: Line | None = None


async def previews(ctx: Context, due: Due) -> list[Preview]:
    """What this row would say. Run it within `unit.rehearsed`."""
    kind = ctx.features.dues[due.kind]
    if kind.confided:
        return []
    cause = f"preview:{due.id}"
    late = due.late_from is not None
    then = replace(
        ctx, now=due.due_at, cause=cause, person=None, where=None, said=[], asked=[], after_commit=[], due=due,
        late=late, excuse=late and not kind.tells_lateness,
    )  # fmt: skip
    await kind.run(then, due)
    forecast = await foreseen(then)
    counted: dict[str, int] = {}
    first: dict[str, Message] = {}
    for row in then.said:
        action = ACTION.validate_json(row.action)
        if not isinstance(action, Post | Direct | Edit):
            continue
        private = isinstance(action, Direct)
        # The same sentence in another language is another message, in the same words it is one.
        key = f"{private}{row.language}{excerpt(action.message)}"
        first.setdefault(key, action.message)
        counted[key] = counted.get(key, 0) + (1 if private else 0)
    found = [Preview(message, counted[key]) for key, message in first.items()]
    cost = forecast.cost(ctx.here)
    return [*found, *(Preview(each.message, each.people, cost) for each in forecast.shown)]


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


def excerpt(message: Message) -> str:
    whole = "\n".join(_lines(message))
    return whole if len(whole) <= LONGEST_EXCERPT else whole[: LONGEST_EXCERPT - 1].rstrip() + "…"


def harmless(message: Message) -> list[Block]:
    """The message as it will look, to be looked at: nobody is called, and what can be chosen does nothing."""
    return [_still(block) for block in message.blocks]


def _still(block: Block) -> Block:
    match block:
        case Heading(line):
            return Heading(_uncalled(line))
        case Paragraph(line):
            return Paragraph(_uncalled(line))
        case Bullets(items):
            return Bullets(tuple(_uncalled(item) for item in items))
        case Choices(choices):
            return Choices(tuple(Choice(c.label, "rhythm.inert", {}, c.emoji) for c in choices))
        case _:
            return block


def _uncalled(line: Line) -> Line:
    return tuple(replace(part, quiet=True) if isinstance(part, Mention) else part for part in line)


@feature.choice("inert")
async def inert(ctx: Context, args: Arguments) -> None:
    await ctx.reply(ctx.here.say("rhythm-inert"))
