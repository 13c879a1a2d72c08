"""Who someone is, by any of their accounts: the one place where that is settled.

A person is one row, which bears the account they are spoken to by: the one they last did something from, unless
its door is closed and another's is not. `Account` holds the further ones they linked. So whoever handles what
someone did finds in their row the account it was done from, and writes to them where they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from bot.chat.actions import Action, Direct, Edit, OpenForm, OpenPoll, Post
from bot.chat.content import Block, Bullets, Heading, Inline, Line, Mention, Message, Paragraph, Strong, Text
from bot.model.account import Account
from bot.model.community import Person, Presence, Room
from bot.model.flow import DirectRoom
from bot.ports import OneOf, Unit

# -- who it is -----------------------------------------------------------------------------------------------


async def find(unit: Unit, community_id: int, platform: str, external: str) -> Person | None:
    return (await among(unit, community_id, platform, [external])).get(external)


async def among(unit: Unit, community_id: int, platform: str, externals: Iterable[str]) -> dict[str, Person]:
    """The members who go by these identifiers, by identifier. Further accounts are asked for only where there is
    nobody else: of people known by the account they speak from, one question is enough."""
    wanted = sorted(set(externals))
    known = await unit.find(Person, community_id=community_id, platform=platform, external=OneOf(wanted))
    found = {p.external: p for p in known}
    missing = [external for external in wanted if external not in found]
    if missing:
        further = await unit.find(Account, community_id=community_id, platform=platform, external=OneOf(missing))
        owners = await _owners(unit, further)
        found |= {a.external: owners[a.person_id] for a in further}
    return found


async def fields(
    unit: Unit, community_id: int, platform: str, externals: Iterable[str], *names: str
) -> dict[str, tuple[Any, ...]]:
    """As above, these fields alone of each: where there may be thousands, and nothing is to be changed."""
    wanted = sorted(set(externals))
    here: dict[str, Any] = {"community_id": community_id, "platform": platform}
    found = {e: rest for e, *rest in await unit.only(Person, "external", *names, **here, external=OneOf(wanted))}
    if missing := [external for external in wanted if external not in found]:
        further = dict(await unit.only(Account, "external", "person_id", **here, external=OneOf(missing)))
        if further:
            ids = OneOf(sorted(set(further.values())))
            owners = {id: rest for id, *rest in await unit.only(Person, "id", *names, id=ids)}
            found |= {external: owners[id] for external, id in further.items()}
    return {external: tuple(rest) for external, rest in found.items()}


async def everywhere(unit: Unit, platform: str, external: str) -> list[Person]:
    """Whoever it is in each community they belong to."""
    people = await unit.find(Person, platform=platform, external=external)
    owners = await _owners(unit, await unit.find(Account, platform=platform, external=external))
    return sorted((*people, *owners.values()), key=lambda person: person.id)


async def named(unit: Unit, community_id: int, names: Collection[str]) -> set[int]:
    """The ids of those whom these identifiers name, by whichever account."""
    if not names:
        return set()
    wanted = OneOf(sorted(names))
    people = await unit.find(Person, community_id=community_id, external=wanted)
    further = await unit.find(Account, community_id=community_id, external=wanted)
    return {p.id for p in people} | {a.person_id for a in further}


async def _owners(unit: Unit, accounts: Collection[Account]) -> dict[int, Person]:
    if not accounts:
        return {}
    people = await unit.find(Person, id=OneOf(sorted({a.person_id for a in accounts})))
    return {p.id: p for p in people}


# -- by which accounts ---------------------------------------------------------------------------------------


async def further(unit: Unit, person: Person) -> list[Account]:
    return await unit.find(Account, person_id=person.id)


async def accounts(unit: Unit, person: Person) -> list[Account]:
    """All of them, the one they are spoken to by first."""
    first = Account(
        community_id=person.community_id, person_id=person.id, platform=person.platform, external=person.external,
        name=person.name, reachable=person.reachable,
    )  # fmt: skip
    return [first, *await further(unit, person)]


async def identifiers(unit: Unit, people: Collection[Person], platform: str) -> set[str]:
    """What these people go by on that platform."""
    found = {p.external for p in people if p.platform == platform}
    elsewhere = [p.id for p in people if p.platform != platform]
    if elsewhere:
        known = await unit.find(Account, platform=platform, person_id=OneOf(elsewhere))
        found |= {a.external for a in known}
    return found


# -- where they are spoken to --------------------------------------------------------------------------------


async def turn_to(unit: Unit, person: Person, platform: str, external: str) -> None:
    """They did something from this account: they are spoken to there from now on, unless its door is closed and
    the other's is not."""
    if (person.platform, person.external) == (platform, external):
        return
    account = await unit.one(Account, person_id=person.id, platform=platform, external=external)
    if account is not None and (account.reachable or not person.reachable):
        _exchange(person, account)


async def turn_from(unit: Unit, person: Person, platform: str) -> None:
    """They left a room there: they are spoken to where they remain."""
    if person.platform != platform:
        return
    here = await unit.find(Presence, person_id=person.id)
    rooms = await unit.find(Room, id=OneOf([p.room_id for p in here])) if here else []
    platforms = {room.platform for room in rooms}
    if not platforms or platform in platforms:
        return
    open_ = await unit.find(Account, person_id=person.id, reachable=True, platform=OneOf(sorted(platforms)))
    if open_:
        _exchange(person, open_[0])


async def open_door(unit: Unit, person: Person, platform: str, external: str, room: str) -> None:
    """They wrote in private: there they can be written to. `room`: where."""
    if not await unit.count(DirectRoom, platform=platform, person=external):
        await unit.add(DirectRoom(platform=platform, person=external, room=room))
    if (person.platform, person.external) == (platform, external):
        person.reachable = True
    elif account := await unit.one(Account, person_id=person.id, platform=platform, external=external):
        account.reachable = True


async def found_open(unit: Unit, community_id: int, platform: str, external: str) -> None:
    """They were written to in private: there they can be."""
    here: dict[str, Any] = {"community_id": community_id, "platform": platform, "external": external}
    for kind in (Person, Account):
        await unit.change(kind, {"reachable": True}, **here, reachable=False)


async def close_door(unit: Unit, platform: str, external: str) -> None:
    """They cannot be written to there, in whichever community: by another of their accounts, if there is one."""
    for account in await unit.find(Account, platform=platform, external=external):
        account.reachable = False
    for person in await unit.find(Person, platform=platform, external=external):
        person.reachable = False
        if other := await unit.one(Account, person_id=person.id, reachable=True):
            _exchange(person, other)


async def rename(unit: Unit, person: Person, platform: str, external: str, name: str) -> None:
    """What they are called there."""
    if (person.platform, person.external) == (platform, external):
        person.name = name
    elif account := await unit.one(Account, person_id=person.id, platform=platform, external=external):
        account.name = name


def _exchange(person: Person, account: Account) -> None:
    mine = (person.platform, person.external, person.name, person.reachable)
    person.platform, person.external = account.platform, account.external
    person.name, person.reachable = account.name, account.reachable
    account.platform, account.external, account.name, account.reachable = mine


# -- as they are called --------------------------------------------------------------------------------------


async def as_read_on(unit: Unit, community_id: int, message: Message, platform: str) -> Message:
    """The message for readers on that platform: who is a member there goes by their account there, and is
    mentioned; of who is not, the name stands alone."""
    known: dict[Mention, Inline] = {}
    for mention in _mentions(message):
        if mention not in known and (mention.quiet or mention.platform not in ("", platform)):
            known[mention] = await _called(unit, community_id, mention, platform)
    return Message(tuple(_with(block, known) for block in message.blocks)) if known else message


async def as_addressed(unit: Unit, community_id: int, action: Action, platform: str) -> Action:
    """The action with its words as they are read on that platform."""
    match action:
        case OpenForm() | OpenPoll():
            said = await as_read_on(unit, community_id, action.otherwise, platform)
            return action if said is action.otherwise else replace(action, otherwise=said)
        case Post() | Direct() | Edit():
            said = await as_read_on(unit, community_id, action.message, platform)
            return action if said is action.message else replace(action, message=said)
        case _:
            return action


async def _called(unit: Unit, community_id: int, mention: Mention, platform: str) -> Inline:
    here: Account | None = None
    if mention.platform not in ("", platform):
        person = await find(unit, community_id, mention.platform, mention.person)
        here = next((a for a in await accounts(unit, person) if a.platform == platform), None) if person else None
    name = (here.name or here.external) if here else mention.text
    if mention.quiet:
        return Strong(name)
    return Mention(here.external, name, platform) if here else Text(name)


def _mentions(message: Message) -> Iterable[Mention]:
    for block in message.blocks:
        lines = block.items if isinstance(block, Bullets) else ()
        lines = (block.line,) if isinstance(block, Heading | Paragraph) else lines
        yield from (part for line in lines for part in line if isinstance(part, Mention))


def _with(block: Block, known: dict[Mention, Inline]) -> Block:
    def read(line: Line) -> Line:
        return tuple(known.get(part, part) if isinstance(part, Mention) else part for part in line)

    match block:
        case Heading() | Paragraph():
            return replace(block, line=read(block.line))
        case Bullets():
            return replace(block, items=tuple(read(item) for item in block.items))
        case _:
            return block
