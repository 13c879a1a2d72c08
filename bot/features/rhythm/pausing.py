"""All that goes out by itself, or one rhythm of it, paused and resumed."""

from __future__ import annotations

from datetime import datetime, time

from bot import deeds
from bot.chat.content import Line, When
from bot.context import Context
from bot.dates.recurrence import wall
from bot.errors import Problem
from bot.feature import Arguments, Field
from bot.features.rhythm.declaration import feature
from bot.fields import Answers
from bot.model.rhythm import Pause
from bot.rhythm import pauses_changed


@feature.command(
    "pause", en="pause", fr="pause", facilitator=True, path=("plan pause", "plan pause"),
    fields=[Field("scope", "scope", optional=True), Field("until", "day", optional=True)],
)  # fmt: skip
async def pause(ctx: Context, answers: Answers) -> None:
    scope = answers.text("scope")
    until = answers.instant("until") if answers.given("until") else None
    if until is not None and until <= ctx.now:
        raise Problem("rhythm-pause-past")
    before = [p for p in await _under_way(ctx) if p.feature == scope]
    await deeds.note(ctx, "rhythm.pause", scope=scope, after=deeds.written(until), **_told(before))
    await _set(ctx, scope, until)
    voice = ctx.here
    resume = ctx.typed("rhythm.resume", voice, voice.text(f"rhythm-{scope}") if scope else "")
    if until is None:
        await ctx.reply_privately(voice.say("rhythm-paused", what=_what(ctx, scope), resume=resume))
    else:
        told = _resumes(ctx, until)
        await ctx.reply_privately(
            voice.say("rhythm-paused-until", what=_what(ctx, scope), until=told, resume=resume)
        )


@feature.undoes("pause")
async def unpause(ctx: Context, args: Arguments) -> Line:
    scope = str(args["scope"])
    now = await ctx.unit.one(Pause, community_id=ctx.community.id, feature=scope)
    if now is None or deeds.written(now.until) != args["after"]:
        raise deeds.changed(ctx)
    if now.over(ctx.now):
        raise deeds.too_late(ctx)
    until = deeds.instant(args.get("until"))
    if "until" in args and (until is None or until > ctx.now):
        await _set(ctx, scope, until)
    else:
        await ctx.unit.delete(Pause, id=now.id)
        await pauses_changed(ctx)
    return await _as_it_stands(ctx)


@feature.command(
    "resume", en="resume", fr="reprendre", fields=[Field("scope", "scope", optional=True)], facilitator=True,
    path=("plan resume", "plan reprendre"),
)  # fmt: skip
async def resume(ctx: Context, answers: Answers) -> None:
    scope = answers.text("scope")
    pauses = await _under_way(ctx)
    ended = [p for p in pauses if not scope or p.feature == scope]
    if ended:
        await deeds.note(
            ctx, "rhythm.resume", **{f"scope{i}": p.feature for i, p in enumerate(ended)},
            **{f"until{i}": deeds.written(p.until) for i, p in enumerate(ended)},
        )  # fmt: skip
    for each in ended:
        await ctx.unit.delete(Pause, id=each.id)
    left = any(p.feature == "" for p in pauses) and scope != ""
    if ended:
        await pauses_changed(ctx)
    id = "rhythm-still-paused" if left else "rhythm-resumed" if ended else "rhythm-nothing-paused"
    await ctx.reply_privately(ctx.here.say(id))


@feature.undoes("resume")
async def unresume(ctx: Context, args: Arguments) -> Line:
    for name in [name for name in args if name.startswith("scope")]:
        scope, until = str(args[name]), deeds.instant(args[f"until{name.removeprefix('scope')}"])
        if any(p.feature == scope for p in await _under_way(ctx)):
            raise deeds.changed(ctx)
        if until is not None and until <= ctx.now:
            raise deeds.too_late(ctx)
        await _set(ctx, scope, until)
    return await _as_it_stands(ctx)


async def _set(ctx: Context, scope: str, until: datetime | None) -> None:
    await ctx.unit.delete(Pause, community_id=ctx.community.id, feature=scope)
    await ctx.unit.add(Pause(community_id=ctx.community.id, feature=scope, until=until))
    await pauses_changed(ctx)


async def _as_it_stands(ctx: Context) -> Line:
    """What is paused, and until when; or that nothing is."""
    voice = ctx.here
    lines: list[Line] = []
    for each in sorted(await _under_way(ctx), key=lambda p: p.feature):  # that of all first
        what = _what(ctx, each.feature)
        if each.until is None:
            lines.append(voice.say("rhythm-is-paused", what=what))
        else:
            lines.append(voice.say("rhythm-is-paused-until", what=what, until=_resumes(ctx, each.until)))
    if not lines:
        return voice.say("rhythm-resumed")
    return sum((voice.say("form-gap") + line for line in lines[1:]), lines[0])


def _what(ctx: Context, scope: str) -> Line:
    return ctx.here.say(f"rhythm-{scope or 'all'}")


def _resumes(ctx: Context, until: datetime) -> str | When:
    voice = ctx.here
    whole_days = until == wall(until.astimezone(voice.zone).date(), time(), voice.zone)
    return voice.day(until) if whole_days else voice.when(until)


async def _under_way(ctx: Context) -> list[Pause]:
    return [p for p in await ctx.unit.find(Pause, community_id=ctx.community.id) if not p.over(ctx.now)]


def _told(pauses: list[Pause]) -> dict[str, str]:
    return {"until": deeds.written(pauses[0].until)} if pauses else {}
