"""Unlinking: from then on each account is someone of its own. What was counted together stays so."""

from __future__ import annotations

from dataclasses import replace

from bot import people
from bot.chat.content import Choice, Choices, Line
from bot.context import Context
from bot.errors import Problem
from bot.feature import Arguments
from bot.features.linking.declared import feature
from bot.fields import Answers
from bot.model.account import Account
from bot.model.charter import Arrival, Signature
from bot.model.community import Person, Presence, Room, draw_pseudonym
from bot.ports import OneOf
from bot.voice import Voice


@feature.command(
    "unlink", en=("unlink my account", "unlink my accounts"), fr=("délier mon compte", "délier mes comptes"),
    path=("my-data unlink", "mes-données délier"),
)  # fmt: skip
async def unlink(ctx: Context, answers: Answers) -> None:
    mine, *others = await people.accounts(ctx.unit, ctx.member)
    if not others:
        raise Problem("linking-nothing-linked")
    voice = ctx.here
    choices = [
        Choice(
            voice.text("linking-choice-apart", platform=other.platform.capitalize()),
            "linking.apart",
            {"platform": other.platform},
        )
        for other in others
    ]
    await ctx.reply_privately(
        voice.say("linking-apart-ask", mine=_called(mine, voice)),
        voice.say("linking-apart-past"),
        Choices((*choices, Choice(voice.text("linking-choice-leave"), "linking.leave"))),
    )


@feature.choice("leave")
async def leave(ctx: Context, args: Arguments) -> None:
    await ctx.reply_privately(ctx.here.say("linking-unchanged"))


@feature.choice("apart")
async def apart(ctx: Context, args: Arguments) -> None:
    account = await ctx.unit.one(Account, person_id=ctx.member.id, platform=str(args["platform"]))
    if account is None:
        raise Problem("linking-apart-already")
    voice = ctx.here
    alone = _called(account, voice)
    await _part(ctx, ctx.member, account)
    mine, *_ = await people.accounts(ctx.unit, ctx.member)
    await ctx.reply_privately(voice.say("linking-apart-done", account=alone, mine=_called(mine, voice)))


async def _part(ctx: Context, person: Person, account: Account) -> None:
    """The account becomes a person: of the other's past it has nothing, of what they chose it has all."""
    unit = ctx.unit
    rooms = await unit.find(Room, community_id=person.community_id, platform=account.platform)
    present = person.present
    other = Person(
        community_id=person.community_id, platform=account.platform, external=account.external, name=account.name,
        pseudonym=draw_pseudonym(ctx.random), language=person.language, joined_at=person.joined_at,
        logged=person.logged, reachable=account.reachable, wish=person.wish,
    )  # fmt: skip
    await unit.delete(Account, id=account.id)
    await unit.add(other)
    # They did sign, and what it opened there stays open.
    if signature := await unit.one(Signature, person_id=person.id):
        await unit.add(replace(signature, id=0, person_id=other.id))
        if arrival := await unit.one(Arrival, person_id=person.id, state="open"):
            await unit.add(replace(arrival, id=0, person_id=other.id, asked=0, asked_at=None))
    for presence in await unit.find(Presence, person_id=person.id, room_id=OneOf([r.id for r in rooms])):
        presence.person_id = other.id
    here, there = [await unit.count(Presence, person_id=p.id) for p in (person, other)]
    # Who is known by what they said alone has no presence anywhere, and is there all the same.
    person.present = present and bool(here or not there)
    other.present = present and bool(there or not here)


def _called(account: Account, voice: Voice) -> Line:
    return voice.say(
        "linking-account", platform=account.platform.capitalize(), name=account.name or account.external,
        identifier=account.external,
    )  # fmt: skip
