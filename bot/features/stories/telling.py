"""Told, then shown back before anything is kept."""

from __future__ import annotations

from bot.chat.content import Argument, Block, Bullets, Choice, Choices, File, Line, Quote, Told, VoiceNote
from bot.context import Context
from bot.feature import Arguments, Field
from bot.features.stories.asking import still_open
from bot.features.stories.declaration import feature
from bot.features.stories.keeping import Draft, keep_draft
from bot.fields import Answers
from bot.model.community import Person
from bot.model.session import Session
from bot.model.story import Story

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

    aloud = isinstance(told, VoiceNote)
    said: list[Block | Line] = [
        voice.say("stories-draft" if own else "stories-draft-for", theme=session.theme, name=ctx.name(author)),
        as_told(told),
    ]
    if own:
        readers = [voice.say("stories-means-named"), voice.say("stories-means-unnamed")]
        readers.append(voice.say("stories-means-facilitator"))
        said += [voice.say("stories-who-reads"), Bullets(tuple(readers)), voice.say("stories-unnamed-frankly")]
        if ctx.where is not None and ctx.where.typed:
            said.append(voice.say("stories-message-stays"))
        if aloud:
            said.append(voice.say("stories-voice-known"))
        said.append(Choices(tuple(choice(which) for which in SIGNED)))
    else:
        said.append(voice.say("stories-for-ask", name=ctx.name(author)))
        said.append(Choices(tuple(choice(which) for which in FOR_ANOTHER)))
    await ctx.reply_privately(*said)
    await keep_draft(ctx, session, Draft(told, author.id, mark))


def as_told(told: Told | Story) -> Block:
    """The member's own words, or their voice."""
    if isinstance(told, Story):
        told = VoiceNote(told.voice_mime, told.voice) if told.voice else told.text
    if isinstance(told, VoiceNote):
        kind = told.mime.split("/")[-1].split(";")[0]
        return File(name=f"audio.{kind}", mime=told.mime, uri=told.uri)
    return Quote(told)
