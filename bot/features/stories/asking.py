"""When stories are asked for, of whom, and in which words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from bot.banks.read import bank_for
from bot.chat.content import Argument, Attachment, Block, Bullets, Choice, Choices, Line, Text, Told
from bot.context import Context
from bot.dates.recurrence import wall
from bot.falling_due import Quiet
from bot.feature import Arguments, Planned
from bot.features.stories.attached import SHOWN_BY, let_go, released, words_of
from bot.features.stories.declaration import feature
from bot.features.stories.keeping import forget_asking, holds_sealed, key_of, pass_turn, signed_by
from bot.model.attention import Request
from bot.model.community import Person
from bot.model.rhythm import Due
from bot.model.session import Rsvp, Session
from bot.model.story import StoryAnswer
from bot.ports import AtLeast, OneOf
from bot.requests import Asking, Priority
from bot.rhythm import quiet_times

# Quiet hours put a prompt off by less than this: until then it is still wanted.
PUT_OFF = timedelta(days=1)
PROMPT = "stories.prompt"
# Nearer to the session than this, nobody tells a story in peace.
TIME_TO_TELL = timedelta(hours=2)
TIDIED_AFTER = timedelta(days=2)
LOOKED_BACK = timedelta(days=30)


@feature.plans
async def plan(ctx: Context, until: datetime) -> list[Planned]:
    planned: list[Planned] = []
    recent = await ctx.unit.find(
        Session, community_id=ctx.community.id, starts=AtLeast(ctx.now - LOOKED_BACK), order="starts"
    )
    quiet = await quiet_times(ctx)
    for session in recent:
        if session.state != "planned":
            continue
        args: dict[str, Argument] = {"session": session.id}
        key = f"{session.id}:{session.starts:%Y%m%dT%H%M}"
        planned.append(Planned(key=f"stories.share:{key}", kind="stories.share", due_at=session.starts, args=args))
        for days, at in _prompted_at(ctx, session, quiet):
            planned.append(
                Planned(key=f"stories.prompt:{key}:{days}", kind="stories.prompt", due_at=at, args=args)
            )
    sealed = await holds_sealed(ctx, recent)
    for session in sealed:
        at = session.ends + TIDIED_AFTER
        while at <= ctx.now:
            at += timedelta(days=1)
        tidied: dict[str, Argument] = {"session": session.id}
        planned.append(
            Planned(key=f"stories.tidy:{session.id}:{at.date()}", kind="stories.tidy", due_at=at, args=tidied)
        )
    for session in await released(ctx, recent):
        at = session.starts + SHOWN_BY
        while at <= ctx.now:
            at += timedelta(days=1)
        shown: dict[str, Argument] = {"session": session.id}
        key = f"stories.release:{session.id}:{at:%Y%m%dT%H%M}"
        planned.append(Planned(key=key, kind="stories.release", due_at=at, args=shown))
    for session in recent:
        if session.starts <= ctx.now and session not in sealed:
            ctx.after_commit.append(partial(ctx.seals.destroy, key_of(session.id)))
    return [p for p in planned if ctx.now - PUT_OFF <= p.due_at <= until]


def _prompted_at(ctx: Context, session: Session, quiet: Quiet) -> Iterator[tuple[int, datetime]]:
    """How many days before, and when: two that days off bring to the same hour are one."""
    kind, local = ctx.features.dues[PROMPT], session.starts.astimezone(quiet.zone)
    known: set[datetime] = set()
    for days in sorted(set(ctx.settings.stories.days), reverse=True):
        at = wall(local.date() - timedelta(days=days), local.time(), quiet.zone)
        found = quiet.in_time(kind, at, first=ctx.now, latest=session.starts - TIME_TO_TELL)
        if found is not None and found not in known:
            known.add(found)
            yield days, found


@feature.due("prompt", useful_for=timedelta(hours=20), merges=("session",), waits_for_pause=True)
async def prompt(ctx: Context, due: Due) -> None:
    """Once to each who may still be asked."""
    session = await ctx.unit.get(Session, int(due.args["session"]))
    if session is None or session.state != "planned" or session.starts <= ctx.now:
        return
    passed = {a.person_id for a in await ctx.unit.find(StoryAnswer, order="person_id", session_id=session.id)}
    passed |= {r.person_id for r in await ctx.unit.find(Rsvp, session_id=session.id, answer="no")}
    await ctx.request(
        [person for person in await ctx.members() if person.id not in passed], PROMPT, key=due.key,
        until=session.starts - TIME_TO_TELL, session=session.id,
    )  # fmt: skip


@feature.request("prompt", priority=Priority.NORMAL)
async def prompted(ctx: Context, person: Person, args: Arguments) -> Asking | None:
    """A second time in fewer words, from another angle."""
    session = await ctx.unit.get(Session, int(args["session"]))
    if session is None or session.state != "planned" or session.starts <= ctx.now:
        return None
    about: dict[str, int] = {"session_id": session.id, "person_id": person.id}
    if await ctx.unit.count(StoryAnswer, **about) or await ctx.unit.count(Rsvp, **about, answer="no"):
        return None
    voice = ctx.voice_for(person)
    said = await ctx.unit.find(Request, person_id=person.id, purpose=PROMPT, state=OneOf(["sent", "merged"]))
    turn = sum(row.args == args for row in said)
    if person is ctx.person:
        turn -= turn > 0  # they ask to see what they were told of just now
    short = voice.say("stories-prompt-short", when=voice.when(session.starts), theme=session.theme)
    return Asking(asking(ctx, person, session, turn), short, voice.text("stories-choice-tell"))


def asking(
    ctx: Context, person: Person, session: Session, turn: int, *, may_pass: bool = True
) -> list[Block | Line]:
    """The words of the prompt. `turn`: how many times it was asked before."""
    voice = ctx.voice_for(person)
    angles = bank_for(voice, "stories")["help"]
    questions = angles[(2 * session.number + turn) % len(angles)]["questions"]
    first = "stories-prompt" if turn == 0 else "stories-prompt-again"
    said: list[Block | Line] = [
        voice.say(first, when=voice.when(session.starts), theme=session.theme),
        voice.say("stories-questions"),
        Bullets(tuple((Text(q),) for q in questions)),
    ]
    if turn == 0 and may_pass:
        said.append(voice.say("stories-may-pass"))
    args: dict[str, Argument] = {"session": session.id}
    choices = [
        Choice(voice.text("stories-choice-write"), "stories.write", args),
        *([Choice(voice.text("stories-choice-record"), "stories.record", args)] if _attached(ctx) else []),
    ]
    if may_pass:
        choices.append(Choice(voice.text("stories-choice-pass"), "stories.pass", args))
    return [*said, Choices(tuple(choices))]


def _attached(ctx: Context) -> bool:
    """Whether something other than words is taken."""
    return ctx.settings.stories.attachments != "none"


async def still_open(ctx: Context, args: Arguments, told: Told | None = None) -> Session | None:
    """The session, where a story may still be told for it. Otherwise whoever asked is told why not, and where what
    they told is."""
    session = await ctx.unit.get(Session, int(args["session"]))
    if session is None or session.community_id != ctx.community.id or session.state != "planned":
        await ctx.reply_privately(ctx.here.say("stories-cancelled"), *await _not_lost(ctx, told))
        return None
    if session.starts <= ctx.now:
        await ctx.reply_privately(ctx.here.say("stories-begun", theme=session.theme), *await _not_lost(ctx, told))
        return None
    return session


async def _not_lost(ctx: Context, told: Told | None) -> list[Block | Line]:
    """A sheet leaves nothing to be seen of what was written on it. What came with it they have still."""
    if told is None:
        return []
    await let_go(ctx, told)
    if ctx.where is None or ctx.where.typed:
        return [ctx.here.say("stories-still-there")]
    said: list[Block | Line] = [ctx.here.say("form-file-not-kept")] if isinstance(told, Attachment) else []
    words = words_of(told)
    return [*said, ctx.here.say("form-given-back"), *words] if words else said


@feature.choice("write")
async def write(ctx: Context, args: Arguments) -> None:
    if session := await still_open(ctx, args):
        await ctx.ask("stories.written", session=session.id)


@feature.choice("record")
async def record(ctx: Context, args: Arguments) -> None:
    if session := await still_open(ctx, args):
        await ctx.ask("stories.recorded" if _attached(ctx) else "stories.written", session=session.id)


@feature.choice("pass")
async def pass_(ctx: Context, args: Arguments) -> None:
    session = await still_open(ctx, args)
    if session is None:
        return
    if await signed_by(ctx, session, ctx.member):
        mine = ctx.typed("stories.mine", ctx.here, str(session.number))
        await ctx.reply_privately(ctx.here.say("stories-kept-already", mine=mine))
        return
    await pass_turn(ctx, session, ctx.member.id)
    await forget_asking(ctx, session)
    await ctx.reply_privately(ctx.here.say("stories-passed"))
