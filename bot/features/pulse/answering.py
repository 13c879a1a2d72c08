"""One click, sealed at once; one sentence, if they wish, sealed apart."""

from __future__ import annotations

from bot.chat.content import Argument, Choice, Choices
from bot.chat.events import Event, RemovalRefused
from bot.context import Context
from bot.feature import Arguments, Field
from bot.features.pulse.declaration import feature
from bot.fields import LONGEST_LINE, Answers
from bot.model.pulse import Pulse, PulseTaken, SealedAnswer
from bot.padding import LENGTH, padded, unpadded

STEP, SENTENCE = b"1", b"2"
# A step and the longest sentence alike, at four bytes a character.
BLOCK = LENGTH + 1 + 4 * LONGEST_LINE


def key_of(pulse_id: int) -> str:
    return f"pulse-{pulse_id}"


async def seal(ctx: Context, pulse: Pulse, what: int | str) -> None:
    written = STEP + bytes([what]) if isinstance(what, int) else SENTENCE + what.encode()
    sealed = ctx.seals.seal(key_of(pulse.id), padded(written, BLOCK))
    await ctx.unit.add(SealedAnswer(id=f"{ctx.random.getrandbits(128):032x}", pulse_id=pulse.id, sealed=sealed))


def unseal(ctx: Context, pulse: Pulse, answer: SealedAnswer) -> int | str | None:
    """A step, a sentence, or None when the key is gone."""
    opened = ctx.seals.open(key_of(pulse.id), answer.sealed)
    if opened is None:
        return None
    written = unpadded(opened)
    return written[1] if written[:1] == STEP else written[1:].decode()


async def _open(ctx: Context, args: Arguments, *, told: bool = True) -> Pulse | None:
    """The pulse, where it can still be answered. Otherwise whoever asked is told why not. `told`: what they just said
    or clicked tells something of them."""
    # Even a click too many would show in the conversation which step it was.
    await ctx.take_back(about=feature.name if told else "")
    ctx.unit.leave_no_trace()
    pulse = await ctx.unit.get(Pulse, int(args["pulse"]))
    if pulse is None or pulse.community_id != ctx.community.id or pulse.state == "closed":
        await ctx.reply_privately(ctx.here.say("pulse-over"))
        return None
    return pulse


@feature.choice("answer")
async def answer(ctx: Context, args: Arguments) -> None:
    pulse = await _open(ctx, args)
    if pulse is None:
        return
    member = ctx.member
    if await ctx.unit.count(PulseTaken, pulse_id=pulse.id, person_id=member.id):
        await ctx.reply_privately(ctx.here.say("pulse-taken"))
        return
    await ctx.unit.add(PulseTaken(pulse_id=pulse.id, person_id=member.id))
    await seal(ctx, pulse, int(args["step"]))
    # At the hour of the question, not of the click.
    await ctx.log(
        "pulse", member, event=f"pulse:{pulse.id}:{member.pseudonym}", session_id=pulse.session_id, at=pulse.opens
    )
    voice = ctx.here
    again: dict[str, Argument] = {"pulse": pulse.id}
    await ctx.reply_privately(
        voice.say("pulse-thanks"),
        Choices(
            (
                Choice(voice.text("pulse-choice-sentence"), "pulse.sentence", again),
                Choice(voice.text("pulse-choice-enough"), "pulse.enough", again),
            )
        ),
    )


@feature.choice("sentence")
async def sentence(ctx: Context, args: Arguments) -> None:
    if pulse := await _open(ctx, args, told=False):
        await ctx.ask("pulse.sentence", pulse=pulse.id)


@feature.choice("enough")
async def enough(ctx: Context, args: Arguments) -> None:
    await ctx.take_back()
    await ctx.reply_privately(ctx.here.say("pulse-enough"))


@feature.form("sentence", Field("sentence"))
async def add_sentence(ctx: Context, answers: Answers, args: Arguments) -> None:
    if pulse := await _open(ctx, args):
        await seal(ctx, pulse, answers.text("sentence"))
        await ctx.reply_privately(ctx.here.say("pulse-sentence-kept"))


@feature.on(RemovalRefused)
async def stays_there(ctx: Context, event: Event) -> None:
    """In a conversation that they began, we may have no right to. Nothing is kept of having said so."""
    if isinstance(event, RemovalRefused) and event.about == feature.name and ctx.person is not None:
        await ctx.reply(ctx.here.say("pulse-stays-there"))
