"""Being forgotten, and being counted no more.

Being forgotten while staying in the room raises a question that the person alone can settle: either nothing
is kept, and whatever they do next is counted again as a stranger's; or they are not counted, and that refusal
has to be kept, with the identifier by which they are recognised. Both are offered, in those words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from bot import office, people
from bot.chat.content import Attachment, Bullets, Choice, Choices
from bot.chat.events import EVENT
from bot.context import Context
from bot.feature import Arguments
from bot.features.privacy.declared import feature
from bot.features.privacy.kept import Kept, gather
from bot.fields import Answers
from bot.model.account import Account
from bot.model.activity import Activity
from bot.model.community import Person, Room, draw_pseudonym
from bot.model.flow import DirectRoom, Inbox, Outbox
from bot.model.introduction import Introduction
from bot.model.session import Session
from bot.ports import OneOf, erased_in
from bot.recalling import keep_place

# A statement takes only so many values.
AT_ONCE = 500
Row = TypeVar("Row", int, str)


@feature.command("forget", en="forget me", fr="oublie-moi", path=("my-data erase", "mes-données effacer"))
async def forget(ctx: Context, answers: Answers) -> None:
    """Say what goes and what cannot, and ask."""
    voice = ctx.here
    going = ("person", "log", "sessions", "stories", "votes", "introduction", "signature", "messages")
    staying = ("unnamed", "counted", "rooms", "backups")
    await ctx.reply_privately(
        voice.say("privacy-forget", community=ctx.settings.name),
        Bullets(tuple(voice.say(f"privacy-goes-{what}") for what in going)),
        voice.say("privacy-stays"),
        Bullets(tuple(voice.say(f"privacy-stays-{what}") for what in staying)),
        voice.say("privacy-forget-after"),
        Choices(
            (
                Choice(voice.text("privacy-choice-erase"), "privacy.erase"),
                Choice(voice.text("privacy-choice-erase-uncounted"), "privacy.erase-uncounted"),
                Choice(voice.text("privacy-choice-keep"), "privacy.keep"),
            )
        ),
    )


@feature.choice("keep")
async def keep(ctx: Context, args: Arguments) -> None:
    await ctx.reply_privately(ctx.here.say("privacy-unchanged"))


@feature.choice("erase")
async def erase(ctx: Context, args: Arguments) -> None:
    last_words = ctx.here.say("privacy-forgotten")
    await _erase(ctx, ctx.member)
    await ctx.reply(last_words, fleeting=True)


@feature.choice("erase-uncounted")
async def erase_uncounted(ctx: Context, args: Arguments) -> None:
    person = ctx.member
    last_words = ctx.here.say("privacy-forgotten-uncounted")
    for account in await _erase(ctx, person):
        # One refusal an account: nothing says any more that they are the same person's.
        await ctx.unit.add(
            Person(
                community_id=account.community_id, platform=account.platform, external=account.external,
                pseudonym=draw_pseudonym(ctx.random), present=False, logged=False,
            )
        )  # fmt: skip
    await ctx.reply(last_words, fleeting=True)


async def _erase(ctx: Context, person: Person) -> list[Account]:
    """All that leads to that person, in this community. What refers to their row goes with it. Returns the accounts
    by which they were known."""
    unit = ctx.unit
    kept = await gather(ctx, person)
    for known in ctx.features.all:
        for forgets in known.erasers:
            await forgets(ctx, person)
    for told in kept.conversation.answers.values() if kept.conversation else ():
        if isinstance(told, Attachment):
            await ctx.discard(told.uri)
    for introduction in kept.introductions:
        await ctx.withdraw(introduction.key)
    await unit.delete(Introduction, person_id=person.id)
    await _erase_inbox(ctx, kept)
    await _erase_activity(ctx, person)
    for rows in _batches([m.id for m in kept.messages]):
        await unit.delete(Outbox, id=OneOf(rows))
    if kept.arrival is not None:
        await office.withdraw(ctx, kept.arrival.key)
        if kept.arrival.state == "open" and kept.signature is not None:
            await ctx.admit(person, withdrawn=True)
    for vote in kept.votes:
        key = f"polls.recount:{vote.poll_id}:{ctx.now:%Y%m%dT%H%M%S}"
        await ctx.plan_once(key, "polls.recount", ctx.now, poll=vote.poll_id)
    for session in await unit.find(Session, community_id=person.community_id, planned_by=person.id):
        session.planned_by = 0
    await unit.delete(Person, id=person.id)
    for account in kept.accounts:
        if not await people.everywhere(unit, account.platform, account.external):
            # A member of no other community here.
            await unit.delete(DirectRoom, platform=account.platform, person=account.external)
            await unit.delete(Inbox, platform=account.platform, room=OneOf(kept.direct_rooms))
    await keep_place(unit, erased_in(ctx.community.slug), ctx.now.isoformat())
    unit.leave_no_trace(rewrite=True)
    return kept.accounts


async def _erase_inbox(ctx: Context, kept: Kept) -> None:
    """What of theirs was handled in the community's rooms, and what still waits there."""
    unit = ctx.unit
    rooms = [r.external for r in await unit.find(Room, community_id=kept.person.community_id)]
    for account in kept.accounts:
        platform = account.platform
        handled = {f"{platform}:{row.event}" for row in kept.activity}
        # What Veillée itself logged is named after the event that caused it.
        handled |= {row.event.split(f"/{row.kind}")[0] for row in kept.activity}
        for keys in _batches(sorted(handled)):
            await unit.delete(Inbox, platform=platform, key=OneOf(keys))
        for row in await unit.find(Inbox, state="pending", platform=platform, room=OneOf(rooms)):
            if EVENT.validate_json(row.event).person == account.external:
                await unit.delete(Inbox, id=row.id)


def _batches(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    return (rows[i : i + AT_ONCE] for i in range(0, len(rows), AT_ONCE))


async def _erase_activity(ctx: Context, person: Person) -> None:
    community = person.community_id
    await ctx.unit.delete(Activity, community_id=community, who=person.pseudonym)
    for row in await ctx.unit.find(Activity, community_id=community, answers_who=person.pseudonym):
        row.answers_who = ""


# -- the activity log ----------------------------------------------------------------------------------------


@feature.command(
    "log-off", en="log off", fr="journal arrêter", path=("my-data log-off", "mes-données journal-arrêter")
)
async def log_off(ctx: Context, answers: Answers) -> None:
    voice = ctx.here
    if not ctx.member.logged:
        on = ctx.typed("privacy.log-on", voice)
        await ctx.reply_privately(voice.say("privacy-log-off-already", on=on))
        return
    await ctx.reply_privately(
        voice.say("privacy-log-off"),
        voice.say("privacy-log-off-stays", forget=ctx.typed("privacy.forget", voice)),
        Choices(
            (
                Choice(voice.text("privacy-choice-uncount"), "privacy.uncount"),
                Choice(voice.text("privacy-choice-keep"), "privacy.keep"),
            )
        ),
    )


@feature.choice("uncount")
async def uncount(ctx: Context, args: Arguments) -> None:
    person = ctx.member
    on = ctx.typed("privacy.log-on", ctx.here)
    if not person.logged:
        await ctx.reply_privately(ctx.here.say("privacy-log-off-already", on=on))
        return
    await _erase_activity(ctx, person)
    # Should they be counted again one day, nothing ties it to what a copy of the database may still hold.
    person.logged, person.pseudonym = False, draw_pseudonym(ctx.random)
    ctx.unit.leave_no_trace(rewrite=True)
    await ctx.reply_privately(ctx.here.say("privacy-log-is-off", on=on))


@feature.command(
    "log-on", en="log on", fr="journal reprendre", path=("my-data log-on", "mes-données journal-reprendre")
)
async def log_on(ctx: Context, answers: Answers) -> None:
    off = ctx.typed("privacy.log-off", ctx.here)
    if ctx.member.logged:
        await ctx.reply_privately(ctx.here.say("privacy-log-on-already", off=off))
        return
    ctx.member.logged = True
    await ctx.reply_privately(ctx.here.say("privacy-log-is-on", off=off))
