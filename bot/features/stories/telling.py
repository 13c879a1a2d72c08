"""Told, then shown back before anything is kept."""

from __future__ import annotations

from bot.chat.addresses import Kept, Laid, ours
from bot.chat.content import Argument, Attachment, Block, Bullets, Choice, Choices, Line, Told
from bot.context import Context
from bot.feature import Arguments, Field
from bot.features.stories.asking import still_open
from bot.features.stories.attached import let_go, words_of
from bot.features.stories.declaration import feature
from bot.features.stories.keeping import Draft, draft_of, keep_draft
from bot.fields import Answers
from bot.model.community import Person
from bot.model.session import Session

SIGNED = ("named", "unnamed", "facilitator", "again", "drop")
FOR_ANOTHER = ("named-for", "unnamed-for", "drop")


@feature.form("written", Field("story", "story"))
async def written(ctx: Context, answers: Answers, args: Arguments) -> None:
    await _told(ctx, answers.told("story"), args)


@feature.form("recorded", Field("recording", "story"))
async def recorded(ctx: Context, answers: Answers, args: Arguments) -> None:
    await _told(ctx, answers.told("recording"), args)


async def _told(ctx: Context, told: Told, args: Arguments) -> None:
    if session := await still_open(ctx, args, told):
        await show_draft(ctx, session, told, ctx.member)


async def show_draft(ctx: Context, session: Session, told: Told, author: Person) -> None:
    """Whose story it is may be another: a facilitator writes down what a member tells."""
    voice = ctx.here
    own = author.id == ctx.member.id
    mark = ctx.random.getrandbits(31)
    args: dict[str, Argument] = {"session": session.id, "draft": mark}

    def choice(which: str) -> Choice:
        return Choice(voice.text(f"stories-choice-{which.removesuffix('-for')}"), f"stories.{which}", args)

    said: list[Block | Line] = [
        voice.say("stories-draft" if own else "stories-draft-for", theme=session.theme, name=ctx.name(author)),
        *words_of(told), *_came_with(ctx, told),
    ]  # fmt: skip
    if own:
        readers = [voice.say("stories-means-named"), voice.say("stories-means-unnamed")]
        readers.append(voice.say("stories-means-facilitator"))
        said += [voice.say("stories-who-reads"), Bullets(tuple(readers)), voice.say("stories-unnamed-frankly")]
        # What lies in their message is not to be deleted yet.
        lies_there = isinstance(told, Attachment) and ours(told.uri) is None
        if ctx.where is not None and ctx.where.typed and not lies_there:
            said.append(voice.say("stories-message-stays"))
        if isinstance(told, Attachment):
            said.append(voice.say("stories-voice-known" if told.aloud else "stories-picture-known"))
        said.append(Choices(tuple(choice(which) for which in SIGNED)))
    else:
        said.append(voice.say("stories-for-ask", name=ctx.name(author)))
        said.append(Choices(tuple(choice(which) for which in FOR_ANOTHER)))
    await ctx.reply_privately(*said)
    if (earlier := await draft_of(ctx, session)) is not None:
        await let_go(ctx, earlier.told)
    await keep_draft(ctx, session, Draft(told, author.id, mark))


def _came_with(ctx: Context, told: Told) -> list[Block | Line]:
    """What came with it, and where it lies. They have just sent it: it is not shown to them again."""
    if not isinstance(told, Attachment):
        return []
    match ours(told.uri):
        case Kept():
            lies = "stories-lies-copy"
        case Laid():
            lies = "stories-lies-laid"
        case _:
            lies = "stories-lies-message"
    return [ctx.here.say(f"stories-with-{told.family}"), ctx.here.say(lies)]
