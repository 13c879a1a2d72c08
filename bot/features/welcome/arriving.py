"""The greeting in the room, and the first words in private.

Those who arrive within a few minutes, or while the community sleeps, share one greeting: the first to arrive
plans it, and all who are there when its hour comes are in it. Who has left by then is not.
"""

from __future__ import annotations

from datetime import timedelta

from bot import charter
from bot.chat.content import Block, Bullets, Choice, Choices, Line
from bot.chat.events import Event, MemberJoined
from bot.context import Context
from bot.feature import Arguments, Field
from bot.features.welcome.declared import feature
from bot.fields import Answers
from bot.model.charter import Signature
from bot.model.community import Person
from bot.model.rhythm import Due
from bot.ports import Other
from bot.rhythm import after_quiet_hours

# Beyond this many, naming a few would leave the others out, and naming all would flood the room.
NAMED_AT_MOST = 12
# A greeting later than this says that it is.
LATE = timedelta(hours=24)


@feature.on(MemberJoined)
async def arrived(ctx: Context, event: Event) -> None:
    if ctx.member.greeting == "none":
        return
    community = ctx.community.id
    if await ctx.unit.one(Due, community_id=community, kind="welcome.greet", state="pending"):
        return
    at = after_quiet_hours(ctx, ctx.now + timedelta(minutes=ctx.settings.welcome.together_minutes))
    # The key says nothing of who arrived: it outlives them.
    number = await ctx.unit.count(Due, community_id=community, kind="welcome.greet")
    await ctx.plan_once(f"welcome:{at.isoformat()}:{number}", "welcome.greet", at)


# Whether it still makes sense is settled for each newcomer, by how long they have been there.
@feature.due("greet", useful_for=timedelta(days=366), on_holidays="goes", waits_for_pause=True, tells_lateness=True)
async def greet(ctx: Context, due: Due) -> None:
    """Greet all who are owed it, at once. In one unit of work with noting that it is done."""
    owed = await ctx.unit.find(
        Person, community_id=ctx.community.id, present=True, greeting=Other("none"), order="joined_at"
    )
    oldest = ctx.now - timedelta(days=ctx.settings.welcome.within_days)
    greeted = [p for p in owed if p.joined_at is not None and p.joined_at >= oldest]
    new = {p.id for p in greeted if p.greeting == "new"}
    for person in owed:
        person.greeting = "none"
    # Each where they arrived: the others do not meet them.
    sides: dict[str, list[Person]] = {}
    for person in greeted:
        sides.setdefault(ctx.side(person), []).append(person)
    for there in sides.values():
        first, back = [p for p in there if p.id in new], [p for p in there if p.id not in new]
        late = any(p.joined_at is not None and ctx.now - p.joined_at > LATE for p in there)
        await ctx.post(*_greeting(ctx, first, back, late), purpose="welcome.greeting", beside=there[0])
    for person in (p for p in greeted if p.id in new):
        await ctx.direct(person, *_first_words(ctx, person), purpose="welcome.first")
        await ctx.direct(person, *await _first_steps(ctx, person), purpose="welcome.steps")


def _greeting(ctx: Context, new: list[Person], back: list[Person], late: bool) -> list[Line]:
    voice = ctx.voice()
    named = len(new) + len(back) <= NAMED_AT_MOST
    lines: list[Line] = []
    greetings = ((new, "welcome-new", "welcome-new-many"), (back, "welcome-back", "welcome-back-many"))
    for people, by_name, as_many in greetings:
        if people and named:
            lines.append(voice.say(by_name, names=voice.listed([ctx.mention(p) for p in people])))
        elif people:
            lines.append(voice.say(as_many, count=len(people)))
    if late:
        lines[0] = voice.say("welcome-late", greeting=lines[0])
    if new:
        lines.append(voice.say("welcome-how", count=len(new), help=ctx.typed("help.help", voice)))
    return lines


def _first_words(ctx: Context, person: Person) -> list[Block | Line]:
    """To read: who speaks, what is kept, what brings people here, and the charter."""
    voice = ctx.voice(person)
    said: list[Block | Line] = [
        voice.say("welcome-hello", name=person.name or person.external, community=ctx.settings.name),
        voice.say("welcome-kept", data=ctx.typed("privacy.data", voice)),
    ]
    if most := ctx.settings.attention.per_week:
        said.append(voice.say("welcome-how-often", most=most, less=ctx.typed("attention.wish", voice)))
    if ctx.settings.mission:
        said.append(voice.say("welcome-mission", mission=ctx.settings.mission))
    return said + charter.shown(ctx.settings, voice)


async def _first_steps(ctx: Context, person: Person) -> list[Block | Line]:
    """To do, in a message of its own, which is the one in sight: the smallest steps, with all that can be chosen."""
    voice = ctx.voice(person)
    steps = ("welcome-step-click", "welcome-step-sentence", "welcome-step-introduce")
    said: list[Block | Line] = [voice.say("welcome-steps"), Bullets(tuple(voice.say(step) for step in steps))]
    first: list[Choice] = []
    if not await ctx.unit.one(Signature, person_id=person.id):
        said.append(voice.say("charter-means"))
        first.append(Choice(voice.text("charter-choice-sign"), "charter.sign"))
    other = voice.text("welcome-other-language")
    said.append(voice.say("welcome-ask"))
    said.append(
        Choices(
            (
                *first,
                Choice(voice.text("welcome-choice-introduce"), "welcome.introduce"),
                Choice(voice.text("welcome-choice-later"), "welcome.later"),
                Choice(other, "welcome.speak", {"language": "en" if voice.language == "fr" else "fr"}),
            )
        )
    )
    return said


@feature.choice("later")
async def later(ctx: Context, args: Arguments) -> None:
    await ctx.reply_privately(
        ctx.here.say("welcome-later", introduce=ctx.typed("welcome.introduce", ctx.here))
    )


@feature.choice("speak")
async def speak(ctx: Context, args: Arguments) -> None:
    """The first words again, in the other language: they could not be read."""
    ctx.member.language = "fr" if args["language"] == "fr" else "en"
    await ctx.reply_privately(ctx.here.say("welcome-language"), *_first_words(ctx, ctx.member))
    await ctx.reply_privately(*await _first_steps(ctx, ctx.member))


@feature.command("language", en="language", fr="langue", fields=[Field("language", "language")])
async def language(ctx: Context, answers: Answers) -> None:
    ctx.member.language = "fr" if answers.text("language") == "fr" else "en"
    await ctx.reply_privately(ctx.here.say("welcome-language"))
