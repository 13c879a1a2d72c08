"""How much a member wants to be written to: seen, changed, and heeded at once, for what waits as well."""

from __future__ import annotations

from typing import cast

from bot.chat.content import Argument, Bullets, Choice, Choices
from bot.context import Context
from bot.feature import Arguments, Field, Option
from bot.features.attention.declaration import feature
from bot.fields import Answers
from bot.model.attention import WISHES, Request, Wish

OPTIONS = (
    Option("usual", ("as usual", "usual"), ("comme d’habitude", "habitude")),
    Option("less", ("less",), ("moins",)),
    Option(
        "sessions", ("only sessions", "sessions"), ("rencontres seulement", "les rencontres seulement", "rencontres")
    ),
    Option("nothing", ("nothing",), ("rien",)),
)


@feature.command(
    "wish", en=("messages", "write less", "write to me less"), fr=("messages", "écrire moins", "sollicitations"),
    fields=[Field("wish", "option", optional=True, options=OPTIONS)],
)  # fmt: skip
async def wish(ctx: Context, answers: Answers) -> None:
    if answers.given("wish"):
        await _wish(ctx, cast(Wish, answers.text("wish")))
    else:
        await _show(ctx)


@feature.choice("change")
async def change(ctx: Context, args: Arguments) -> None:
    await _show(ctx)


async def _show(ctx: Context) -> None:
    voice, most = ctx.here, ctx.settings.attention.per_week
    meant = tuple(voice.say(f"attention-means-{each}", most=most) for each in WISHES)
    buttons = tuple(Choice(voice.text(f"attention-choice-{each}"), "attention.wish", {"wish": each}) for each in WISHES)
    await ctx.reply_privately(
        voice.say("attention-how-much"), Bullets(meant), voice.say(f"attention-now-{ctx.member.wish}"),
        voice.say("attention-yours"), Choices(buttons),
    )  # fmt: skip


@feature.choice("wish")
async def chosen(ctx: Context, args: Arguments) -> None:
    await _wish(ctx, next(each for each in WISHES if each == args["wish"]))


async def _wish(ctx: Context, wanted: Wish) -> None:
    ctx.member.wish = wanted
    for row in await ctx.unit.find(Request, person_id=ctx.member.id, state="waits"):
        row.look_at = ctx.now
    voice, most = ctx.here, ctx.settings.attention.per_week
    await ctx.reply_privately(
        voice.say(f"attention-set-{wanted}", most=most, change=ctx.typed("attention.wish", voice))
    )


@feature.choice("open")
async def open_(ctx: Context, args: Arguments) -> None:
    """One of several things that were asked in one message, in full."""
    rest: dict[str, Argument] = {name: value for name, value in args.items() if name != "purpose"}
    kind = ctx.features.requests.get(str(args["purpose"]))
    asking = await kind.words(ctx, ctx.member, rest) if kind else None
    await ctx.reply_privately(*(asking.said if asking else [ctx.here.say("attention-over")]))


