"""What members and facilitators may ask for at any time."""

from __future__ import annotations

from bot.chat.content import Argument, Block, Choice, Choices, Line
from bot.context import Context
from bot.errors import Problem
from bot.feature import Field
from bot.features.stories.asking import asking, still_open
from bot.features.stories.attached import show, words_of
from bot.features.stories.declaration import feature
from bot.features.stories.keeping import signed_by
from bot.features.stories.telling import show_draft
from bot.fields import Answers
from bot.model.community import Person
from bot.model.session import Session
from bot.model.story import Story
from bot.ports import AtLeast


async def _session(ctx: Context, answers: Answers) -> Session:
    """The one that was named, or the next."""
    if answers.given("session"):
        return answers.session("session")
    coming = await ctx.unit.one(
        Session, community_id=ctx.community.id, state="planned", starts=AtLeast(ctx.now), order="starts"
    )
    if coming is None:
        raise Problem("stories-no-session")
    return coming


@feature.command(
    "tell", en="story", fr="récit", fields=[Field("session", "session", optional=True)],
    path=("story tell", "récit raconter"),
)  # fmt: skip
async def tell(ctx: Context, answers: Answers) -> None:
    session = await _session(ctx, answers)
    if await still_open(ctx, {"session": session.id}) is None:
        return
    if await signed_by(ctx, session, ctx.member):
        await _show_mine(ctx, session)
        return
    await ctx.reply_privately(*asking(ctx, ctx.member, session, 0, may_pass=False))


@feature.command(
    "mine", en="my story", fr="mon récit", fields=[Field("session", "session", optional=True)],
    path=("story mine", "récit relire"),
)  # fmt: skip
async def mine(ctx: Context, answers: Answers) -> None:
    await _show_mine(ctx, await _session(ctx, answers))


async def _show_mine(ctx: Context, session: Session) -> None:
    """What bears their name, which they may take back until the session begins."""
    story = await signed_by(ctx, session, ctx.member)
    if story is None:
        tell_ = ctx.typed("stories.tell", ctx.here, str(session.number))
        await ctx.reply_privately(ctx.here.say("stories-none-of-yours", theme=session.theme, tell=tell_))
        return
    voice = ctx.here
    await show(ctx, story)
    said: list[Block | Line] = [
        voice.say(f"stories-mine-{story.sharing}", theme=session.theme),
        *words_of(story),
    ]
    if session.starts > ctx.now and not story.shared:
        args: dict[str, Argument] = {"session": session.id}
        said.append(
            Choices(
                (
                    Choice(voice.text("stories-choice-withdraw"), "stories.withdraw", args),
                    Choice(voice.text("stories-choice-again"), "stories.again", args),
                )
            )
        )
    await ctx.reply_privately(*said)


@feature.command(
    "list", en="stories", fr="récits", fields=[Field("session", "session", optional=True)], facilitator=True,
    path=("stories list", "récits voir"),
)  # fmt: skip
async def list_(ctx: Context, answers: Answers) -> None:
    """How many there are, and those entrusted to the facilitators. The others wait for their hour."""
    session = await _session(ctx, answers)
    stories = await ctx.unit.find(Story, session_id=session.id)
    voice = ctx.here

    def count(sharing: str) -> int:
        return sum(story.sharing == sharing for story in stories)

    said: list[Block | Line] = [
        voice.say("stories-count", theme=session.theme, named=count("named"), entrusted=count("facilitator"))
    ]
    if session.starts > ctx.now:
        said.append(voice.say("stories-count-unnamed-later"))
    else:
        said.append(voice.say("stories-count-unnamed", count=count("unnamed")))
    await ctx.reply_privately(*said)
    for story in stories:
        if story.sharing == "facilitator":
            author = await ctx.unit.get(Person, story.person_id or 0)
            by = voice.say("stories-entrusted", name=ctx.name(author) if author else "", theme=session.theme)
            await ctx.reply_privately(by, *words_of(story))
            await show(ctx, story)


@feature.command(
    "for", en="story for", fr="récit pour", facilitator=True,
    fields=[Field("session", "session"), Field("member", "people"), Field("words", "story")],
    path=("stories add", "récits déposer"),
)  # fmt: skip
async def for_(ctx: Context, answers: Answers) -> None:
    """Written down for a member who told it otherwise. Credited or not, as that member wishes."""
    people = answers.people("member")
    if len(people) != 1:
        raise Problem("stories-for-one")
    session = answers.session("session")
    told = answers.told("words")
    if await still_open(ctx, {"session": session.id}, told):
        await show_draft(ctx, session, told, people[0])
