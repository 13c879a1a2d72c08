"""Introducing oneself: three short questions, a draft nobody else reads, and then as the person decides."""

from __future__ import annotations

from datetime import timedelta

from bot.chat.content import Choice, Choices, Quote
from bot.chat.events import Event, MemberLeft
from bot.context import Context
from bot.errors import Problem
from bot.feature import Arguments, Field
from bot.features.welcome.declared import feature
from bot.fields import Answers
from bot.model.activity import Activity
from bot.model.introduction import Introduction
from bot.model.rhythm import Due
from bot.voice import Voice

# A draft on which nothing is decided is not kept for ever.
KEPT_FOR = timedelta(days=7)


@feature.command(
    "introduce", en=("introduce", "introduce myself"), fr=("me présenter", "présentation"),
    path=("introduce", "me-présenter"),
)  # fmt: skip
async def introduce(ctx: Context, answers: Answers) -> None:
    await ctx.ask("welcome.introduction")


@feature.choice("introduce")
async def introduce_myself(ctx: Context, args: Arguments) -> None:
    await ctx.ask("welcome.introduction")


@feature.form(
    "introduction", Field("does", optional=True), Field("hopes", optional=True), Field("about", optional=True)
)
async def introduced(ctx: Context, answers: Answers, args: Arguments) -> None:
    written = Introduction(
        person_id=ctx.member.id, does=answers.text("does"), hopes=answers.text("hopes"),
        about=answers.text("about"),
    )  # fmt: skip
    await _propose(ctx, written)


@feature.form(
    "change",
    Field("new-does", optional=True),
    Field("new-hopes", optional=True),
    Field("new-about", optional=True),
)
async def changed(ctx: Context, answers: Answers, args: Arguments) -> None:
    """What is passed over stays as it was."""
    before = await ctx.unit.get(Introduction, int(args["draft"]))
    if before is None or before.person_id != ctx.member.id:
        before = Introduction(person_id=ctx.member.id)  # erased meanwhile: what was told just now is not
    written = Introduction(
        person_id=ctx.member.id,
        does=answers.text("new-does") or before.does,
        hopes=answers.text("new-hopes") or before.hopes,
        about=answers.text("new-about") or before.about,
    )
    await _propose(ctx, written)


async def _propose(ctx: Context, written: Introduction) -> None:
    voice = ctx.here
    await ctx.unit.delete(Introduction, person_id=ctx.member.id, posted=False)
    if not (written.does or written.hopes or written.about):
        again = ctx.typed("welcome.introduce", voice)
        await ctx.reply_privately(voice.say("welcome-nothing-given", introduce=again))
        return
    await ctx.unit.add(written)
    erased_at = ctx.now + KEPT_FOR
    await ctx.plan_once(f"welcome:draft:{written.id}", "welcome.draft", erased_at, draft=written.id)
    which: dict[str, str | int] = {"draft": written.id}
    await ctx.reply_privately(
        voice.say("welcome-draft"),
        Quote(_words(written, voice)),
        voice.say("welcome-draft-kept", until=voice.day(erased_at)),
        Choices(
            (
                Choice(voice.text("welcome-choice-post"), "welcome.post", which),
                Choice(voice.text("welcome-choice-change"), "welcome.change", which),
                Choice(voice.text("welcome-choice-discard"), "welcome.discard", which),
            )
        ),
    )


def _words(written: Introduction, voice: Voice) -> str:
    """In the language of whoever wrote: it is all theirs."""
    told = (("does", written.does), ("hopes", written.hopes), ("about", written.about))
    return "\n".join(voice.text(f"welcome-quote-{name}", answer=answer) for name, answer in told if answer)


async def _draft(ctx: Context, args: Arguments) -> Introduction:
    """Raises Problem where it is posted, changed or erased by now."""
    draft = await ctx.unit.get(Introduction, int(args["draft"]))
    if draft is None or draft.person_id != ctx.member.id:
        raise Problem("welcome-draft-gone", introduce=ctx.typed("welcome.introduce", ctx.here))
    if draft.posted:
        raise Problem("welcome-posted-already")
    return draft


@feature.choice("post")
async def post(ctx: Context, args: Arguments) -> None:
    draft = await _draft(ctx, args)
    voice = ctx.here
    await ctx.post(
        ctx.voice().say("welcome-introduction", who=ctx.mention(ctx.member)),
        Quote(_words(draft, voice)),
        purpose="welcome.introduction",
        key=draft.key,
        beside=ctx.member,
    )
    draft.does = draft.hopes = draft.about = ""
    draft.posted = True
    ctx.member.introduced = True
    await ctx.log("introduction", ctx.member, event=draft.key)
    await ctx.reply_privately(
        voice.say("welcome-posted"),
        Choices((Choice(voice.text("welcome-choice-withdraw"), "welcome.withdraw", {"draft": draft.id}),)),
    )


@feature.choice("change")
async def change(ctx: Context, args: Arguments) -> None:
    draft = await _draft(ctx, args)
    await ctx.ask("welcome.change", draft=draft.id)


@feature.choice("discard")
async def discard(ctx: Context, args: Arguments) -> None:
    draft = await _draft(ctx, args)
    await ctx.unit.delete(Introduction, id=draft.id)
    again = ctx.typed("welcome.introduce", ctx.here)
    await ctx.reply_privately(ctx.here.say("welcome-discarded", introduce=again))


@feature.choice("withdraw")
async def withdraw(ctx: Context, args: Arguments) -> None:
    posted = await ctx.unit.get(Introduction, int(args["draft"]))
    again = ctx.typed("welcome.introduce", ctx.here)
    if posted is None or posted.person_id != ctx.member.id:
        raise Problem("welcome-draft-gone", introduce=again)
    await ctx.withdraw(posted.key)
    await ctx.unit.delete(Introduction, id=posted.id)
    await ctx.unit.delete(Activity, community_id=ctx.community.id, event=posted.key)
    left = await ctx.unit.count(Introduction, person_id=ctx.member.id, posted=True)
    ctx.member.introduced = left > 0
    await ctx.reply_privately(ctx.here.say("welcome-withdrawn", introduce=again))


@feature.due("draft", useful_for=timedelta(days=3660), heeds_quiet_hours=False, chore=True)
async def forget_draft(ctx: Context, due: Due) -> None:
    await ctx.unit.delete(Introduction, id=int(due.args["draft"]), posted=False)


@feature.on(MemberLeft)
async def left(ctx: Context, event: Event) -> None:
    await ctx.unit.delete(Introduction, person_id=ctx.member.id, posted=False)
